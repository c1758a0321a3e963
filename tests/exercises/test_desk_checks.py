"""The desk takes nothing that the lint of the catalogue calls a fault, and nothing of it is published."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent, Patient
from exercises import actions, desk_pages
from exercises.models import Exercise, ExerciseVersion
from tests import factories
from tests.conftest import House
from tests.exercises.desk import NEW, draft_of, form_of, publish
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
HARD = (
    "Simultaneously demonstrate considerable abdominal stabilisation capability.\n"
    "Subsequently facilitate progressive horizontal adduction.\nNecessarily reiterate."
)
TIMED = {f"mild-{name}": "" for name in ("sets", "reps", "hold_seconds", "rest_seconds")} | {"mild-type": "minutes"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"steps": HARD}, "too hard to read"),
        ({"voice_cue": ""}, "required"),
        ({"source": ""}, "required"),
        ({"slug": "side-plank-easy", "mild-hold_seconds": "25"}, "Hold 20 seconds at most"),
        ({"kind": "posture", "mild-hold_seconds": "45"}, "Hold 30 seconds at most"),
        ({"kind": "passive", "mild-hold_seconds": "45"}, "Hold 30 seconds at most"),
        ({"locks": ["clinician-only"]}, "ends after 60 seconds"),
        ({"locks": ["clinician-only"], "mild-minutes": "2"} | TIMED, "ends after 60 seconds"),
        ({"easier": "bridge", "harder": "supine-march"}, "both easier and harder"),
        ({"exclude": ["cannot-lie-supine"], "clinician_ok": ["cannot-lie-supine"]}, "Choose one of the two lists"),
    ],
)
def test_s29_s32_what_the_lint_refuses_the_desk_refuses(
    changes: dict[str, Any], words: str, editor: StrictClient
) -> None:
    page = editor.post(reverse("desk:add"), NEW | changes)
    assert page.status_code == 400 and words in page.content.decode()
    assert not Exercise.objects.filter(clinic__isnull=False).exists()


def test_an_exercise_does_not_lead_back_to_itself(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    easiest = form_of(editor, version) | {"easier": "bridge-march", "harder": ""}
    page = editor.post(reverse("desk:edit", args=[version.id]), easiest)
    assert page.status_code == 400 and "in a circle" in page.content.decode()


def test_s29_publishing_asks_again(editor: StrictClient, house: House) -> None:
    """What came into a draft by another way than the form is not put in force either."""
    version = draft_of(editor, "bridge")
    version.doses.filter(severity="mild").update(hold_seconds=50)
    page = editor.post(reverse("desk:publish", args=[version.id]), {"seen": "0"}, follow=True).content.decode()
    assert "Start dose (Mild): Hold 30 seconds at most" in page
    with pytest.raises(ValidationError):
        actions.publish(version=version, seen=0, by=house.editor)
    assert ExerciseVersion.objects.get(id=version.id).status == "draft"


def test_an_easier_version_is_one_that_is_in_force(editor: StrictClient) -> None:
    """Neither a draft nor a retired exercise; a link to one that was retired since is told, not dropped in silence."""
    editor.post(reverse("desk:add"), NEW)
    other = NEW | {"slug": "ball-squeeze", "easier": "towel-squeeze"}
    assert editor.post(reverse("desk:add"), other).status_code == 400
    publish(editor, ExerciseVersion.objects.get(exercise__slug="towel-squeeze"))
    assert editor.post(reverse("desk:add"), other).status_code == 302
    draft = ExerciseVersion.objects.get(exercise__slug="ball-squeeze")
    squeeze = Exercise.objects.get(slug="towel-squeeze")
    editor.post(reverse("desk:retire", args=[squeeze.id]))
    page = editor.post(reverse("desk:edit", args=[draft.id]), form_of(editor, draft))
    assert page.status_code == 400 and "Choose an exercise that is in the catalogue" in page.content.decode()
    assert "towel-squeeze (not in the catalogue)" in page.content.decode()


def test_retiring_tells_what_points_to_the_exercise(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    publish(editor, version)
    page = editor.get(reverse("desk:exercise", args=[version.exercise_id])).content.decode()
    assert "lumbar-mild" in page and "Bridge with march" in page


def test_the_programs_of_another_clinic_are_not_counted(
    house: House, other_house: House, on_treatment: Patient
) -> None:
    factories.on_treatment(other_house.therapist, f"Olga {other_house.canary}")
    shared = Exercise.objects.get(slug="bridge", clinic=None)
    assert desk_pages.programs_using(house.editor, shared) == 1
    assert desk_pages.programs_using(other_house.editor, shared) == 1


def test_publishing_a_draft_of_a_retired_exercise_says_that_it_comes_back(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    publish(editor, version)
    draft = draft_of(editor, "bridge")
    editor.post(reverse("desk:retire", args=[version.exercise_id]))
    assert (
        "Publishing this version brings it back"
        in editor.get(reverse("desk:preview", args=[draft.id])).content.decode()
    )
    publish(editor, draft)
    assert AuditEvent.objects.filter(action="exercise-published").latest("at").objects_touched["brought-back"] is True


def test_retiring_twice_is_one_retirement(editor: StrictClient, house: House) -> None:
    version = draft_of(editor, "bridge")
    publish(editor, version)
    read_before = Exercise.objects.get(id=version.exercise_id)
    assert actions.retire(exercise=read_before, by=house.editor)
    first = Exercise.objects.get(id=version.exercise_id).retired_at
    assert not actions.retire(exercise=read_before, by=house.editor)
    assert Exercise.objects.get(id=version.exercise_id).retired_at == first
    assert actions.bring_back(exercise=read_before, by=house.editor)
    assert not actions.bring_back(exercise=read_before, by=house.editor)
    assert AuditEvent.objects.filter(action__in=("exercise-retired", "exercise-brought-back")).count() == 2


def test_a_copy_that_is_gone_meanwhile_is_not_found(editor: StrictClient, house: House) -> None:
    version = draft_of(editor, "bridge")
    own = version.exercise
    actions.discard_draft(version=version, by=house.editor)
    with pytest.raises(actions.StaleDraft):
        actions.start_draft(exercise=own, by=house.editor)
