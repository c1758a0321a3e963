"""The starter catalogue in the database."""

import dataclasses

import pytest
from django.core.management import call_command

from exercises import content
from exercises.catalogue import catalogue_for, published_versions
from exercises.figures.files import load_figures
from exercises.loading import content_hash, load
from exercises.models import Exercise, ExerciseVersion
from exercises.starter import load_starter

pytestmark = pytest.mark.django_db


def test_all_entries_come_in_and_read_the_same() -> None:
    starter = load_starter()
    done = load(starter)
    assert done.added == len(starter) == 85
    assert {entry.slug: content_hash(entry) for entry in starter} == {
        version.exercise.slug: version.starter_hash for version in published_versions(None).values()
    }
    for stored, entry in zip(catalogue_for(None), starter, strict=True):
        assert dataclasses.replace(stored, regions=tuple(sorted(stored.regions))) == dataclasses.replace(
            entry, regions=tuple(sorted(entry.regions))
        )


def test_a_second_load_changes_nothing(catalogue: None, capsys: pytest.CaptureFixture[str]) -> None:
    before = set(ExerciseVersion.objects.values_list("id", "updated_at"))
    call_command("load_catalogue")
    assert "85 unchanged" in capsys.readouterr().out
    assert set(ExerciseVersion.objects.values_list("id", "updated_at")) == before


def test_a_changed_file_becomes_a_new_version_and_the_old_one_stays(catalogue: None) -> None:
    starter = load_starter()
    changed = dataclasses.replace(starter.exercises[0], name="Knee tuck, one leg")
    catalogue_ = content.Catalogue(exercises=(changed, *starter.exercises[1:]), precautions=starter.precautions)
    done = load(catalogue_, load_figures())
    assert (done.renewed, done.unchanged) == (1, 84)
    exercise = Exercise.objects.get(slug=changed.slug)
    assert exercise.current is not None and exercise.current.name == "Knee tuck, one leg"
    assert list(exercise.versions.values_list("number", "status")) == [(1, "published"), (2, "published")]
    assert exercise.versions.get(number=1).name == starter.exercises[0].name


def test_the_catalogue_is_read_in_a_constant_number_of_queries(
    catalogue: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(catalogue_for(None)) == 85


def test_a_changed_figure_becomes_a_new_version(catalogue: None) -> None:
    """The figure is part of a version; programs keep the one that they were given."""
    figures = load_figures()
    figures["bridge"] = {**figures["bridge"], "alt": "Another way to say what the bridge shows."}
    assert load(load_starter(), figures).renewed == 1
    first, second = Exercise.objects.get(slug="bridge").versions.order_by("number")
    assert first.figure != second.figure == figures["bridge"] and first.figure_hash != second.figure_hash
