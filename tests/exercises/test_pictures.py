"""Pictures of exercises: checked, made anew, kept with their rights, and removed with their last draft."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from exercises import actions, pictures
from exercises.models import Exercise, ExercisePicture, ExerciseVersion
from exercises.starter import load_starter
from tests.conftest import Clients, House
from tests.exercises.desk import NEW, draft_of, form_of, picture_bytes, publish, upload
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[list[Callable[[], None]]]]


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Commits:
    """Runs, or keeps, what waits for a commit; a test's own transaction is never committed."""
    return django_capture_on_commit_callbacks


def a_picture(data: bytes = b"") -> dict[str, Any]:
    """The fields of the form about a picture."""
    return {
        "upload": upload(data or picture_bytes()),
        "picture_alt": "Knees together.",
        "picture_rights": "Own.",
    }


def files_in(folder: Path) -> set[str]:
    """The names of the kept files."""
    return {file.name for file in folder.glob("*")}


@pytest.fixture
def drafted(editor: StrictClient) -> ExerciseVersion:
    """A draft with a picture."""
    assert editor.post(reverse("desk:add"), NEW | a_picture()).status_code == 302
    return ExerciseVersion.objects.get(exercise__slug="towel-squeeze")


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
    editor.post(reverse("desk:add"), NEW | a_picture())
    row = ExercisePicture.objects.get()
    assert client_for(other_house.editor).get(reverse("exercises:picture", args=[row.id])).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4 nothing to see", "JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        (picture_bytes("GIF"), "JPEG, PNG or WebP"),
        (picture_bytes()[:200], "cannot be read"),
        (picture_bytes("PNG", (6000, 5000)), "12 million pixels"),
        (picture_bytes("JPEG", (6000, 5000)), "25 million pixels"),
        (b"x" * 8_000_001, "larger than 8 MB"),
    ],
)
def test_a_bad_picture_is_refused_in_words(editor: StrictClient, data: bytes, words: str) -> None:
    response = editor.post(reverse("desk:add"), NEW | a_picture(data))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not ExercisePicture.objects.exists()


def test_a_picture_needs_words_and_rights(editor: StrictClient) -> None:
    page = editor.post(reverse("desk:add"), NEW | {"upload": upload(picture_bytes())}).content.decode()
    assert "Say in words what the picture shows" in page
    assert "Say who made the picture" in page


def test_new_words_on_a_pictures_rights_are_kept_and_published_ones_stay(editor: StrictClient) -> None:
    editor.post(reverse("desk:add"), NEW | a_picture())
    first = ExerciseVersion.objects.get(exercise__slug="towel-squeeze")
    publish(editor, first)
    second = draft_of(editor, "towel-squeeze")
    data = form_of(editor, second) | {"picture_rights": "Photo: clinic. The person agreed."}
    assert editor.post(reverse("desk:edit", args=[second.id]), data | {"picture_rights": ""}).status_code == 400
    assert editor.post(reverse("desk:edit", args=[second.id]), data).status_code == 302
    rights = ExerciseVersion.objects.filter(exercise__slug="towel-squeeze").order_by("number")
    assert list(rights.values_list("picture__rights", flat=True)) == [
        "Own.",
        "Photo: clinic. The person agreed.",
    ]
    shown = ExercisePicture.objects.get(versions=second)
    response = editor.get(reverse("exercises:picture", args=[shown.id]))
    assert response.getvalue()[8:12] == b"WEBP"
    response.close()


@pytest.mark.parametrize("how", ["another one", "none"])
def test_a_picture_that_a_draft_no_longer_shows_is_removed_once_that_is_committed(
    how: str, editor: StrictClient, drafted: ExerciseVersion, pictures_folder: Path, commits: Commits
) -> None:
    first = files_in(pictures_folder)
    change = a_picture() if how == "another one" else {"remove_picture": "on"}
    with commits(execute=False) as waiting:
        data = form_of(editor, drafted) | change
        assert editor.post(reverse("desk:edit", args=[drafted.id]), data).status_code == 302
    assert first <= files_in(pictures_folder), "a save that is rolled back loses nothing"
    for commit in waiting:
        commit()
    kept = [Path(name).name for name in ExercisePicture.objects.values_list("file", flat=True)]
    assert len(first) == 1 and not first & files_in(pictures_folder) and files_in(pictures_folder) == set(kept)
    assert len(kept) == (1 if how == "another one" else 0)


def test_a_discarded_draft_takes_its_picture_with_it(
    editor: StrictClient, drafted: ExerciseVersion, pictures_folder: Path, commits: Commits
) -> None:
    with commits(execute=True):
        editor.post(reverse("desk:discard", args=[drafted.id]))
    assert files_in(pictures_folder) == set() and not ExercisePicture.objects.exists()


@pytest.mark.parametrize("what", ["discarded", "given another picture", "given other rights"])
def test_what_a_published_version_shows_stays(
    what: str, editor: StrictClient, drafted: ExerciseVersion, pictures_folder: Path, commits: Commits
) -> None:
    publish(editor, drafted)
    shown, first = ExercisePicture.objects.get(), files_in(pictures_folder)
    draft = draft_of(editor, "towel-squeeze")
    with commits(execute=True):
        change = a_picture() if what == "given another picture" else {"picture_rights": "Photo: clinic."}
        if what != "discarded":
            editor.post(reverse("desk:edit", args=[draft.id]), form_of(editor, draft) | change)
        editor.post(reverse("desk:discard", args=[draft.id]))
    assert files_in(pictures_folder) == first
    assert ExercisePicture.objects.get() == shown
    editor.get(reverse("exercises:picture", args=[shown.id])).close()


@pytest.mark.parametrize("case", ["somebody else has saved", "the short name is taken"])
def test_a_picture_that_could_not_be_saved_with_its_exercise_is_not_kept(
    case: str, editor: StrictClient, house: House, drafted: ExerciseVersion, pictures_folder: Path, commits: Commits
) -> None:
    first, row = files_in(pictures_folder), ExercisePicture.objects.get()
    with commits(execute=True):
        if case == "somebody else has saved":
            stale = form_of(editor, drafted) | a_picture() | {"seen": "7"}
            assert editor.post(reverse("desk:edit", args=[drafted.id]), stale).status_code == 409
        else:
            assert _add_while_another_editor_takes_the_name(editor).status_code == 400
    assert files_in(pictures_folder) == first
    assert ExercisePicture.objects.get() == row


def _add_while_another_editor_takes_the_name(editor: StrictClient) -> Any:
    def taken(**values: Any) -> None:
        raise ValidationError({"slug": "Another exercise has this short name."})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "create_exercise", taken)
        return editor.post(reverse("desk:add"), NEW | {"slug": "other-squeeze"} | a_picture())


def test_a_picture_whose_file_is_gone_is_not_found(editor: StrictClient, pictures_folder: Path) -> None:
    editor.post(reverse("desk:add"), NEW | a_picture())
    for file in pictures_folder.glob("*"):
        file.unlink()
    address = reverse("exercises:picture", args=[ExercisePicture.objects.get().id])
    assert editor.get(address).status_code == 404


def test_an_exercise_that_fails_with_its_picture_leaves_nothing(
    editor: StrictClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: no draft without the picture that was sent with it."""
    entry = load_starter().by_slug["bridge"]

    def broken(*args: Any, **values: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.audit.record", broken)
    with pytest.raises(RuntimeError):
        actions.create_exercise(entry=replace(entry, slug="other-bridge"), by=house.editor)
    assert not Exercise.objects.filter(slug="other-bridge").exists()


@pytest.mark.parametrize(
    ("value", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_a_picture_is_turned_as_its_metadata_says(value: int, corner: tuple[int, int]) -> None:
    image, out, exif = Image.new("RGB", (60, 40), "white"), io.BytesIO(), Image.Exif()
    image.paste("black", (0, 0, 20, 20))
    exif[0x0112] = value
    image.save(out, "PNG", exif=exif)
    made = pictures.clean(upload(out.getvalue()))
    assert (made.width, made.height) == ((60, 40) if value < 5 else (40, 60))
    shown = Image.open(made.file)
    x, y = corner[0] * (made.width - 1), corner[1] * (made.height - 1)
    assert sum(shown.getpixel((x, y))) < 60  # type: ignore[arg-type]


def test_a_large_photo_is_made_small(editor: StrictClient) -> None:
    made = pictures.clean(upload(picture_bytes("JPEG", (4000, 3000))))
    assert (made.width, made.height) == (1600, 1200)
    assert pictures.clean(upload(picture_bytes("PNG", (3400, 1700)))).width == 1600


EXIF = Image.Exif()
EXIF[0x0112], EXIF[0x010E] = 6, "taken at home"
WHOLE = [picture_bytes(kind, (24, 16), exif=EXIF) for kind in ("JPEG", "PNG", "WEBP")]


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
@example(WHOLE[0], [(34, 0), (35, 0)])
def test_whatever_a_file_holds_it_is_a_picture_or_refused_in_words(
    whole: bytes, changes: list[tuple[int, int]]
) -> None:
    """Damaged files, metadata above all: nothing but a picture or a ValidationError."""
    data = bytearray(whole)
    for place, value in changes:
        data[place % len(data)] = value
    try:
        made = pictures.clean(upload(bytes(data)))
    except ValidationError:
        return
    assert made.content_type == "image/webp" and made.width > 0


def test_metadata_with_an_orientation_of_another_type_turns_nothing() -> None:
    """Text, a fraction, or a value cut off in the middle of its entry."""
    for value in ("six", (6, 7), 6.5, b"\x06"):
        image = Image.new("RGB", (24, 16), "teal")
        image.getexif()[0x0112] = value
        assert pictures._turn(image) is None
