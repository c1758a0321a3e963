"""The sheet of all figures, marking one, and changing a draft's figure on the desk."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from exercises.actions import start_draft
from exercises.models import Exercise, ExerciseVersion, FigureReview
from tests.conftest import Clients, House
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("catalogue")
SHEET = "/exercises/figures/"


@pytest.fixture
def therapist(house: House, client_for: Clients) -> StrictClient:
    """A therapist of the clinic, signed in."""
    return client_for(house.therapist)


@pytest.fixture
def draft(house: House) -> ExerciseVersion:
    """The clinic's own draft of an exercise that has a figure."""
    return start_draft(exercise=Exercise.objects.get(slug="bridge", clinic=None), by=house.editor)


def digest() -> str:
    """Of the figure in force."""
    return ExerciseVersion.objects.get(exercise__slug="bridge", exercise__clinic=None).figure_hash


def test_the_sheet_shows_every_figure_with_or_without_its_name(therapist: StrictClient) -> None:
    """Hidden names are nowhere in the sheet's words: whoever looks has to recognise the movement."""
    page = therapist.get(SHEET).content.decode()
    assert "<h2>Bridge</h2>" in page and "/end.svg" in page
    hidden = therapist.get(SHEET, {"names": "hidden"}).content.decode()
    assert "Bridge" not in hidden and "Figure 1" in hidden


def test_the_sheets_queries_do_not_grow(therapist: StrictClient, house: House) -> None:
    """Query count: the same with no mark and with many."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            therapist.get(SHEET)
        return len(seen)

    queries()  # the first page of a sign-in asks more
    few = queries()
    for exercise in Exercise.objects.filter(clinic=None).select_related("current")[:20]:
        FigureReview.objects.create(
            clinic=house.clinic, exercise=exercise, figure_hash=exercise.slug, verdict="fine", by=house.therapist
        )
    assert queries() == few <= 10


def test_a_mark_is_kept_with_who_and_when(therapist: StrictClient, house: House, other_house: House) -> None:
    """And it is the clinic's own."""
    address = reverse("exercises:figure-review", args=["bridge"])
    assert therapist.get(address).status_code == 200
    answer = therapist.post(address, {"verdict": "change", "note": "The feet slide.", "digest": digest()})
    assert answer.status_code == 302
    mark = FigureReview.objects.get()
    assert (mark.by, mark.verdict, mark.note, mark.clinic) == (
        house.therapist,
        "change",
        "The feet slide.",
        house.clinic,
    )
    assert "The feet slide." in therapist.get(SHEET).content.decode()
    assert AuditEvent.objects.filter(action="figure-reviewed", route="exercises:figure-review").count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"verdict": "change", "note": ""}, "Say what should be changed."),
        ({"verdict": "", "note": "Something"}, "This field is required."),
        ({"verdict": "superb"}, "superb"),
        ({"verdict": "fine", "digest": "0" * 64}, "has changed since"),
    ],
)
def test_a_bad_mark_is_asked_again(therapist: StrictClient, sent: dict[str, str], words: str) -> None:
    """Nothing is kept, nothing typed is lost."""
    address = reverse("exercises:figure-review", args=["bridge"])
    answer = therapist.post(address, {"digest": digest(), **sent})
    assert answer.status_code == 400 and words in answer.content.decode()
    assert sent.get("note", "") in answer.content.decode()
    assert not FigureReview.objects.exists()


def figure_of(version: ExerciseVersion, **changes: Any) -> str:
    """The draft's figure as text, with some parts changed."""
    assert version.figure is not None
    return json.dumps({**version.figure, **changes})


def test_an_editor_changes_a_drafts_figure(editor: StrictClient, draft: ExerciseVersion) -> None:
    """Checked first, then saved; the published version keeps its own."""
    address = reverse("desk:figure", args=[draft.id])
    typed = figure_of(draft, alt="Another way to say what the bridge shows.")
    sent = {"figure": typed, "seen": draft.edit_count}
    checked = editor.post(address, {**sent, "check": "1"})
    assert checked.status_code == 200 and "not saved yet" in checked.content.decode()
    draft.refresh_from_db()
    assert draft.figure is not None and draft.figure["alt"].startswith("Lying")
    assert editor.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.figure["alt"] == "Another way to say what the bridge shows."
    assert editor.post(address, sent).status_code == 409, "somebody saved in between: oneself"
    assert draft.figure_hash != digest()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("{", "Line 1 is not written as it should be"),
        ("[1]", "A figure begins with {"),
        ({"poses": {"start": {"kneee": 3}}}, "bridge: Pose start: &#x27;kneee&#x27; is no joint"),
        ({"poses": {"start": {"knee": -40}}, "moves": []}, "bridge: Pose start: right.knee is at -40"),
        ({"moves": [{"to": "sky", "seconds": 2}]}, "pose &#x27;sky&#x27;, which is missing"),
        ({"props": [{"kind": "sofa"}]}, "&#x27;sofa&#x27; is no prop"),
        ({"alt": ""}, "text alternative"),
        ("[" * 30_000, "not written as it should be"),
        ("x" * 50_000, "at most 40000 characters"),
    ],
)
def test_a_bad_figure_is_not_taken(
    editor: StrictClient, draft: ExerciseVersion, change: dict[str, Any] | str, words: str
) -> None:
    """The message names exercise, pose and joint; what was typed stays in the field, the good figure in the draft."""
    typed = change if isinstance(change, str) else figure_of(draft, **change)
    answer = editor.post(reverse("desk:figure", args=[draft.id]), {"figure": typed, "seen": draft.edit_count})
    page = answer.content.decode()
    assert answer.status_code == 400 and words in page
    if isinstance(change, dict):
        assert answer.context["form"]["figure"].value() == typed
    before = draft.figure
    draft.refresh_from_db()
    assert draft.figure == before


def test_a_version_whose_figure_breaks_a_limit_is_not_published(editor: StrictClient, draft: ExerciseVersion) -> None:
    """However the data came there."""
    assert draft.figure is not None
    ExerciseVersion.objects.filter(pk=draft.pk).update(figure={**draft.figure, "alt": ""})
    answer = editor.post(reverse("desk:publish", args=[draft.id]), {"seen": draft.edit_count}, follow=True)
    assert "The figure: The text alternative is missing" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_draft_may_have_no_figure(editor: StrictClient, draft: ExerciseVersion) -> None:
    """The picture of the start position stands in."""
    sent = {"figure": "", "seen": draft.edit_count}
    assert editor.post(reverse("desk:figure", args=[draft.id]), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.figure, draft.figure_hash) == (None, "")
