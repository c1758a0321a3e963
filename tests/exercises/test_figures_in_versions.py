"""The pictures of a version's figure through their address, and what a draft takes over."""

import gzip
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from exercises.actions import start_draft
from exercises.figure_pictures import DRAWING, KINDS, url_of
from exercises.figures.figure import read_figure
from exercises.figures.files import load_figures
from exercises.figures.paint import at_night
from exercises.figures.svg import moving, still
from exercises.models import Exercise, ExerciseVersion
from tests.conftest import Clients, House

pytestmark = pytest.mark.usefixtures("catalogue")


def bridge() -> ExerciseVersion:
    """The published version of an exercise that has a figure."""
    return ExerciseVersion.objects.select_related("exercise").get(exercise__slug="bridge", exercise__clinic=None)


@pytest.mark.parametrize("kind", KINDS)
def test_anybody_sees_a_published_figure(client: Client, kind: str) -> None:
    """As a file that never changes, without anything that could run, in 6 KB."""
    response = client.get(str(url_of(bridge(), kind)))
    assert response.status_code == 200 and response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"] and "public" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"<svg" in response.content and b"<script" not in response.content
    assert len(gzip.compress(response.content)) <= 6 * 1024
    assert (b"data-figure" in response.content) is (kind == "moving")


@pytest.mark.parametrize(("digest", "kind"), [("0" * 64, "end"), ("", "end"), ("x", "end"), ("bridge", "sideways")])
def test_other_addresses_are_not_found(client: Client, digest: str, kind: str) -> None:
    """Unknown figures and kinds alike."""
    version = bridge()
    address = reverse("exercises:figure", args=[1, version.figure_hash if digest == "bridge" else digest or "-", kind])
    assert client.get(address).status_code == 404


def test_a_draft_takes_the_figure_over_and_is_for_staff_of_its_clinic(
    house: House, other_house: House, client: Client, client_for: Clients
) -> None:
    """A figure that is not published yet is nobody else's."""
    draft = start_draft(exercise=bridge().exercise, by=house.editor)
    assert draft.figure == bridge().figure
    ExerciseVersion.objects.filter(pk=draft.pk).update(figure_hash="f" * 64)
    draft.refresh_from_db()
    address = str(url_of(draft))
    assert client_for(house.editor).get(address).status_code == 200
    assert client_for(house.therapist).get(address).status_code == 200
    assert client.get(address).status_code == 404
    assert client_for(other_house.editor).get(address).status_code == 404


def test_a_published_figure_never_changes() -> None:
    """Design decision 16, by the database's own hand."""
    version = bridge()
    for change in ({"figure": None}, {"figure": {"alt": "another"}}, {"figure_hash": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExerciseVersion.objects.filter(pk=version.pk).update(**change)


def test_an_exercise_without_a_figure_has_no_picture_of_one() -> None:
    """Its start position stands in."""
    version = ExerciseVersion(exercise=Exercise(slug="new"), figure=None)
    assert url_of(version) is None


def test_a_stored_figure_keeps_the_order_of_its_poses(catalogue: None) -> None:
    """The first pose is where the movement begins, and a pose follows one above it; a database may sort the names."""
    stored = ExerciseVersion.objects.exclude(figure_hash="").select_related("exercise")
    written = load_figures()
    assert stored
    for version in stored:
        assert version.figure is not None
        assert list(version.figure["poses"]) == list(written[version.exercise.slug]["poses"])
        assert version.figure == written[version.exercise.slug]


def test_a_figure_that_is_drawn_in_another_way_has_another_address() -> None:
    """Devices keep a picture for a year: whoever changes the drawing raises ``DRAWING`` and sets the mark here."""
    bodies = [read_figure(load_figures()[slug]) for slug in ("bridge", "neck-rotation", "seated-row-band")]
    drawn = "".join(moving(figure) + still(figure) + at_night(still(figure, start=True)) for figure in bodies)
    assert (DRAWING, sha256(drawn.encode()).hexdigest()[:12]) == (2, "806356ae64a4")
