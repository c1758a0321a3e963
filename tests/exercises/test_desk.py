"""The catalogue editor's desk: drafts, publishing, retiring, pictures."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent, Clinic, Patient, User
from exercises import access, actions
from exercises.catalogue import published_versions
from exercises.models import Exercise, ExercisePicture, ExerciseVersion
from tests.conftest import House
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
Clients = Callable[[User | Patient | str], StrictClient]

NEW = {
    "slug": "towel-squeeze",
    "name": "Towel squeeze",
    "regions": ["lumbar"],
    "kind": "strength",
    "start_position": "sitting",
    "direction_bias": "neutral",
    "equipment": "chair\ntowel or pillow",
    "steps": "Sit tall on the chair.\nPut the towel between your knees.\nSqueeze it and breathe.",
    "feel": "The inside of the thighs working.",
    "stop": "Stop if pain goes down the leg.",
    "mild-type": "reps",
    "mild-sets": "2",
    "mild-reps": "8",
    "mild-hold_seconds": "5",
    "mild-rest_seconds": "30",
    "mild-times_a_day": "1",
    "mild-days_a_week": "3",
    "mild-daily_cap": "20",
}


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    """A small picture file."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **save)
    return out.getvalue()


def upload(data: bytes, name: str = "p.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


@pytest.fixture(autouse=True)
def pictures_folder(settings: Any, tmp_path: Any) -> None:
    """Uploaded files go to a folder of the test."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = storages


@pytest.fixture
def editor(house: House, catalogue: None, client_for: Clients) -> StrictClient:
    """The editor of the clinic, signed in."""
    return client_for("editor")


def draft_of(client: StrictClient, slug: str) -> ExerciseVersion:
    """Begin a draft of an exercise through the desk."""
    exercise = Exercise.objects.filter(slug=slug).order_by("clinic").last()
    assert exercise is not None
    response = client.post(reverse("desk:start-draft", args=[exercise.id]))
    assert response.status_code == 302
    return ExerciseVersion.objects.with_doses().get(status="draft", exercise__slug=slug)


def publish(client: StrictClient, version: ExerciseVersion) -> Any:
    """Press "Publish" on the preview as it stands now."""
    seen = client.get(reverse("desk:preview", args=[version.id])).context["version"].edit_count
    return client.post(reverse("desk:publish", args=[version.id]), {"seen": seen})


def form_of(client: StrictClient, version: ExerciseVersion) -> dict[str, Any]:
    """What a browser would send of the edit page as it stands."""
    forms = client.get(reverse("desk:edit", args=[version.id])).context["forms"]
    data: dict[str, Any] = {"seen": str(version.edit_count)}
    for form in forms.all_forms:
        for field in form:
            value = field.value()
            if isinstance(value, list | tuple) and field.name in {"other_names", "steps", "equipment"}:
                value = "\n".join(value)
            if value not in (None, False, "") and field.name != "upload":
                data[field.html_name] = "on" if value is True else value
    return data


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
        ("easier", "towel-squeeze", "its own easier"),
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


def test_a_picture_is_made_anew_without_its_metadata(editor: StrictClient, client_for: Clients) -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    response = editor.post(
        reverse("desk:add"),
        NEW
        | {
            "upload": upload(picture_bytes(exif=exif) + b"<script>alert(1)</script>"),
            "picture_alt": "A towel between two knees.",
            "picture_rights": "Own photo.",
        },
    )
    assert response.status_code == 302, response.context["forms"].form.errors
    row = ExercisePicture.objects.get()
    answer = editor.get(reverse("exercises:picture", args=[row.id]))
    data = answer.getvalue()
    assert Image.open(io.BytesIO(data)).format == "WEBP"
    assert b"taken at home" not in data and b"script" not in data
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_picture_is_not_for_other_clinics(editor: StrictClient, other_house: House, client_for: Clients) -> None:
    editor.post(
        reverse("desk:add"), NEW | {"upload": upload(picture_bytes()), "picture_alt": "x", "picture_rights": "Own."}
    )
    row = ExercisePicture.objects.get()
    assert client_for(other_house.editor).get(reverse("exercises:picture", args=[row.id])).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4 nothing to see", "JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        (picture_bytes("GIF"), "JPEG, PNG or WebP"),
        (picture_bytes()[:200], "cannot be read"),
        (picture_bytes("PNG", (6000, 5000)), "25 million pixels"),
        (b"x" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_a_bad_picture_is_refused_in_words(editor: StrictClient, data: bytes, words: str) -> None:
    response = editor.post(
        reverse("desk:add"), NEW | {"upload": upload(data), "picture_alt": "x", "picture_rights": "Own."}
    )
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not ExercisePicture.objects.exists()


def test_a_picture_needs_words_and_rights(editor: StrictClient) -> None:
    page = editor.post(reverse("desk:add"), NEW | {"upload": upload(picture_bytes())}).content.decode()
    assert "Say in words what the picture shows" in page
    assert "Say who made the picture" in page


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
        ("mild-sets", "9" * 400, "less than or equal to 5"),
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


def test_new_words_on_a_pictures_rights_are_kept_and_published_ones_stay(editor: StrictClient) -> None:
    picture = {"upload": upload(picture_bytes()), "picture_alt": "Knees together.", "picture_rights": "Own photo."}
    editor.post(reverse("desk:add"), NEW | picture)
    first = ExerciseVersion.objects.get(exercise__slug="towel-squeeze")
    publish(editor, first)
    second = draft_of(editor, "towel-squeeze")
    data = form_of(editor, second) | {"picture_rights": "Photo: clinic. The person agreed."}
    assert editor.post(reverse("desk:edit", args=[second.id]), data | {"picture_rights": ""}).status_code == 400
    assert editor.post(reverse("desk:edit", args=[second.id]), data).status_code == 302
    rights = ExerciseVersion.objects.filter(exercise__slug="towel-squeeze").order_by("number")
    assert list(rights.values_list("picture__rights", flat=True)) == [
        "Own photo.",
        "Photo: clinic. The person agreed.",
    ]
    shown = ExercisePicture.objects.get(versions=second)
    response = editor.get(reverse("exercises:picture", args=[shown.id]))
    assert response.getvalue()[8:12] == b"WEBP"
    response.close()
