"""The catalogue editor's desk: drafts, publishing, retiring."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent, Clinic, Patient
from exercises import access, actions
from exercises.catalogue import published_versions
from exercises.models import Exercise, ExerciseVersion
from tests.conftest import Clients, House
from tests.exercises.desk import NEW, draft_of, form_of, publish
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


def test_a_new_exercise_goes_from_draft_to_the_catalogue(editor: StrictClient, house: House) -> None:
    response = editor.post(reverse("desk:add"), NEW)
    assert response.status_code == 302, response.context["forms"].form.errors
    version = ExerciseVersion.objects.get(exercise__slug="towel-squeeze")
    assert version.status == "draft"
    assert editor.get("/exercises/towel-squeeze/").status_code == 404
    assert "Towel squeeze" in editor.get(reverse("desk:preview", args=[version.id])).content.decode()
    publish(editor, version)
    assert editor.get("/exercises/towel-squeeze/").status_code == 200
    stored = published_versions(house.clinic)["towel-squeeze"].as_content()
    assert stored.equipment == (("chair",), ("towel", "pillow"))


def test_another_clinic_sees_nothing_of_it(editor: StrictClient, other_house: House, client_for: Clients) -> None:
    editor.post(reverse("desk:add"), NEW)
    version = ExerciseVersion.objects.get(exercise__slug="towel-squeeze")
    publish(editor, version)
    foreign = client_for(other_house.editor)
    assert foreign.get("/exercises/towel-squeeze/").status_code == 404
    for name in ("preview", "edit"):
        assert foreign.get(reverse(f"desk:{name}", args=[version.id])).status_code == 404
    assert foreign.post(reverse("desk:publish", args=[version.id])).status_code == 404
    assert foreign.get(reverse("desk:exercise", args=[version.exercise_id])).status_code == 404


def test_changing_a_shared_exercise_makes_the_clinics_own_copy(
    editor: StrictClient, house: House, other_house: House
) -> None:
    version = draft_of(editor, "bridge")
    assert version.exercise.clinic == house.clinic
    data = form_of(editor, version) | {"name": "Bridge, our way"}
    assert editor.post(reverse("desk:edit", args=[version.id]), data).status_code == 302
    publish(editor, version)
    assert published_versions(house.clinic)["bridge"].name == "Bridge, our way"
    assert published_versions(other_house.clinic)["bridge"].name == "Bridge"
    assert len(published_versions(house.clinic)) == 85


def test_an_unchanged_form_saves_the_same_content(editor: StrictClient) -> None:
    version = draft_of(editor, "walking-intervals")
    before = version.as_content()
    response = editor.post(reverse("desk:edit", args=[version.id]), form_of(editor, version))
    assert response.status_code == 302, [form.errors for form in response.context["forms"].all_forms]
    assert ExerciseVersion.objects.with_doses().get(id=version.id).as_content() == before


def test_a_published_version_never_changes(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    data = form_of(editor, version)
    publish(editor, version)
    assert editor.post(reverse("desk:edit", args=[version.id]), data | {"name": "X"}).status_code == 404
    assert editor.post(reverse("desk:discard", args=[version.id])).status_code == 404
    version.refresh_from_db()
    assert (version.name, version.status) == ("Bridge", "published")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("steps", "One.\nTwo.", "three to six steps"),
        ("equipment", "trampoline", "trampoline"),
        ("easier", "no-such", "no-such"),
        ("easier", "towel-squeeze", "not one of the available choices"),
        ("mild-daily_cap", "10", "over this cap"),
        ("mild-hold_seconds", "45", "30 seconds at most"),
        ("mild-sets", "", "Give a number"),
        ("mild-type", "", "at least one severity"),
        ("slug", "bridge", "Another exercise"),
        ("name", "", "required"),
        ("regions", [], "required"),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_nothing_typed_is_lost(
    editor: StrictClient, field: str, value: Any, words: str
) -> None:
    """S29 among others: no hold over 30 seconds in a strength exercise."""
    response = editor.post(reverse("desk:add"), NEW | {field: value})
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert "There is a problem" in page
    assert "The inside of the thighs working." in page
    assert not Exercise.objects.filter(slug="towel-squeeze").exists()


def test_two_editors_saving_at_once_lose_nothing(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    mine = form_of(editor, version) | {"name": "My bridge"}
    theirs = form_of(editor, version) | {"name": "Their bridge"}
    assert editor.post(reverse("desk:edit", args=[version.id]), theirs).status_code == 302
    response = editor.post(reverse("desk:edit", args=[version.id]), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "My bridge" in page and "Their bridge" in page
    mine["seen"] = "1"
    assert editor.post(reverse("desk:edit", args=[version.id]), mine).status_code == 302
    assert ExerciseVersion.objects.get(id=version.id).name == "My bridge"


def test_retire_tells_where_it_is_used_and_can_be_undone(
    editor: StrictClient, on_treatment: Patient, house: House
) -> None:
    version = draft_of(editor, "bridge")
    publish(editor, version)
    page = editor.get(reverse("desk:exercise", args=[version.exercise_id])).content.decode()
    assert "Used in 1 program" in page
    editor.post(reverse("desk:retire", args=[version.exercise_id]))
    assert "bridge" not in published_versions(house.clinic)
    editor.post(reverse("desk:bring-back", args=[version.exercise_id]))
    assert "bridge" in published_versions(house.clinic)


def test_a_shared_exercise_cannot_be_retired_by_one_clinic(editor: StrictClient) -> None:
    shared = Exercise.objects.get(slug="bridge", clinic=None)
    editor.post(reverse("desk:retire", args=[shared.id]))
    shared.refresh_from_db()
    assert shared.retired_at is None


def test_discarding_the_only_draft_leaves_no_trace(editor: StrictClient, house: House) -> None:
    version = draft_of(editor, "bridge")
    editor.post(reverse("desk:discard", args=[version.id]))
    assert not Exercise.objects.filter(clinic=house.clinic).exists()
    assert published_versions(house.clinic)["bridge"].exercise.clinic is None


def test_the_desk_list_needs_the_same_queries_however_long(
    editor: StrictClient, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        assert editor.get(reverse("desk:list")).status_code == 200


@pytest.mark.parametrize("role", ["patient", "therapist", "admin"])
def test_only_editors_reach_the_desk(client_for: Clients, role: str) -> None:
    assert client_for(role).get(reverse("desk:list")).status_code == 404


def test_a_deactivated_editor_edits_nothing(house: House, catalogue: None) -> None:
    house.editor.is_active = False
    assert not access.editable(house.editor).exists()
    assert isinstance(house.clinic, Clinic)


@pytest.mark.parametrize("seen", ["0", "", "-1", "9" * 400, "²", "x"])
def test_nobody_publishes_what_they_have_not_looked_at(editor: StrictClient, seen: str) -> None:
    version = draft_of(editor, "bridge")
    editor.post(reverse("desk:edit", args=[version.id]), form_of(editor, version) | {"name": "Changed since"})
    response = editor.post(reverse("desk:publish", args=[version.id]), {"seen": seen}, follow=True)
    assert "Nothing was published" in response.content.decode()
    version.refresh_from_db()
    assert version.status == "draft"
    assert publish(editor, version).status_code == 302
    version.refresh_from_db()
    assert (version.status, version.name) == ("published", "Changed since")


@pytest.mark.parametrize("wanted", ["discard", "publish"])
def test_a_draft_that_was_published_meanwhile_is_neither_thrown_away_nor_published_again(
    editor: StrictClient, house: House, wanted: str
) -> None:
    version = draft_of(editor, "bridge")
    publish(editor, version)
    with pytest.raises(actions.StaleDraft):
        if wanted == "discard":
            actions.discard_draft(version=version, by=house.editor)
        else:
            actions.publish(version=version, seen=version.edit_count, by=house.editor)
    assert ExerciseVersion.objects.get(id=version.id).doses.exists()


def test_throwing_a_draft_away_leaves_a_trail_that_names_it(editor: StrictClient) -> None:
    version = draft_of(editor, "bridge")
    assert editor.post(reverse("desk:discard", args=[version.id])).status_code == 302
    event = AuditEvent.objects.get(action="exercise-draft-discarded")
    assert event.objects_touched == {"exercise": str(version.exercise_id), "version": str(version.id)}
    assert not Exercise.objects.filter(id=version.exercise_id).exists()
    assert editor.post(reverse("desk:discard", args=[version.id])).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("steps", "One.\nTwo.\x00\nThree.", "Null characters"),
        ("other_names", "x" * 161, "Line 1 is too long"),
        ("other_names", "x\n" * 41, "at most 40 lines"),
        ("equipment", "chair\x00", "Null characters"),
        ("name", "Squeeze\x00", "Null characters"),
        ("slug", "Towel_Squeeze", "small letters"),
        ("mild-sets", "9" * 400, "Give a whole number from 1 to 5."),
        ("mild-reps", "NaN", "whole number"),
        ("kind", "juggling", "not one of the available choices"),
        ("exclude", ["no-such-code"], "not one of the available choices"),
    ],
)
def test_nonsense_is_refused_in_words(editor: StrictClient, field: str, value: Any, words: str) -> None:
    response = editor.post(reverse("desk:add"), NEW | {field: value})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Exercise.objects.filter(clinic__isnull=False).exists()


def test_an_empty_form_is_answered_with_what_is_missing(editor: StrictClient) -> None:
    response = editor.post(reverse("desk:add"), {})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()


def test_a_short_name_that_was_taken_meanwhile_is_told(editor: StrictClient, house: House) -> None:
    entry = ExerciseVersion.objects.with_doses().get(exercise__slug="bridge").as_content()
    with pytest.raises(ValidationError, match="Another exercise"):
        actions.create_exercise(entry=entry, by=house.editor)


def test_every_change_at_the_desk_leaves_a_trail_that_knows_its_route(editor: StrictClient, house: House) -> None:
    """Who, and by which route."""
    editor.post(reverse("desk:add"), NEW)
    made = ExerciseVersion.objects.get(exercise__slug="towel-squeeze")
    editor.post(reverse("desk:edit", args=[made.id]), form_of(editor, made))
    publish(editor, made)
    draft = draft_of(editor, "towel-squeeze")
    editor.post(reverse("desk:discard", args=[draft.id]))
    editor.post(reverse("desk:retire", args=[made.exercise_id]))
    editor.post(reverse("desk:bring-back", args=[made.exercise_id]))
    lines = AuditEvent.objects.exclude(action="signed-in")
    assert {(line.action, line.route) for line in lines} == {
        ("exercise-created", "desk:add"),
        ("exercise-draft-saved", "desk:edit"),
        ("exercise-published", "desk:publish"),
        ("exercise-draft-started", "desk:start-draft"),
        ("exercise-draft-discarded", "desk:discard"),
        ("exercise-retired", "desk:retire"),
        ("exercise-brought-back", "desk:bring-back"),
    }
    assert {(line.actor_id, line.method) for line in lines} == {(house.editor.pk, "POST")}
