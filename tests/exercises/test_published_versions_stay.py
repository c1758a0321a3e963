"""R38: the database itself keeps a published version and its doses as they were."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from exercises.models import Exercise, ExercisePicture, ExerciseVersion, VersionDose
from tests.conftest import House

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def bridge() -> ExerciseVersion:
    """A published version of the shared catalogue."""
    return ExerciseVersion.objects.get(exercise__slug="bridge")


def row() -> "object":
    """The version and its doses as they are stored."""
    version = ExerciseVersion.objects.filter(exercise__slug="bridge")
    doses = VersionDose.objects.filter(version__in=version).order_by("id")
    return list(version.values()), list(doses.values())


def _add_a_dose() -> None:
    dose = VersionDose.objects.filter(version=bridge()).first()
    assert dose is not None
    dose.pk, dose.severity = None, "other"
    dose.save(force_insert=True)


def _move_a_dose_to_it() -> None:
    other = Exercise.objects.exclude(slug="bridge").first()
    assert other is not None
    other.pk, other.slug, other.current = None, "another", None
    other.save(force_insert=True)
    draft = bridge()
    draft.pk, draft.exercise, draft.status, draft.published_at = None, other, "draft", None
    draft.save(force_insert=True)
    dose = VersionDose(version=draft, severity="other", sets=1, reps=1, times_a_day=1, days_a_week=1, daily_cap=1)
    dose.save()
    VersionDose.objects.filter(id=dose.id).update(version=bridge())


WAYS: dict[str, Callable[[], object]] = {
    "text": lambda: ExerciseVersion.objects.filter(id=bridge().id).update(stop="Go on whatever happens."),
    "list": lambda: ExerciseVersion.objects.filter(id=bridge().id).update(exclude=[]),
    "flag": lambda: ExerciseVersion.objects.filter(id=bridge().id).update(per_side=True),
    "back to draft": lambda: ExerciseVersion.objects.filter(id=bridge().id).update(status="draft"),
    "delete": lambda: ExerciseVersion.objects.filter(id=bridge().id)._raw_delete("default"),
    "dose": lambda: VersionDose.objects.filter(version=bridge()).update(reps=F("reps") + 10),
    "dose away": lambda: VersionDose.objects.filter(version=bridge()).delete(),
    "dose more": _add_a_dose,
    "dose moved in": _move_a_dose_to_it,
}


@pytest.mark.parametrize("way", WAYS)
def test_r38_no_route_changes_a_published_version(way: str) -> None:
    before = row()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        WAYS[way]()
    assert row() == before


def test_it_can_still_be_retired_and_then_stays_so() -> None:
    ExerciseVersion.objects.filter(id=bridge().id).update(status="retired")
    assert bridge().status == "retired"
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ExerciseVersion.objects.filter(id=bridge().id).update(status="published")


@pytest.mark.parametrize(
    "changed", [{"file": "exercises/other.webp"}, {"rights": "Nobody's."}, {"content_type": "text/html"}, {"width": 1}]
)
def test_r38_the_picture_of_a_published_version_stays(changed: dict[str, Any], house: House) -> None:
    values = {
        "clinic": house.clinic,
        "content_type": "image/webp",
        "width": 9,
        "height": 9,
        "uploaded_by": house.editor,
    }
    picture = ExercisePicture.objects.create(file="exercises/a.webp", rights="Own.", **values)
    rows = ExercisePicture.objects.filter(id=picture.id)
    draft = bridge()
    published_at = draft.published_at
    draft.pk, draft.number, draft.status, draft.published_at, draft.picture = None, 9, "draft", None, picture
    draft.save(force_insert=True)
    rows.update(rights="Our own.")
    ExerciseVersion.objects.filter(id=draft.id).update(status="published", published_at=published_at)
    before = list(rows.values())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        rows.update(**changed)
    assert list(rows.values()) == before


@pytest.mark.parametrize("table", [VersionDose, ExerciseVersion])
def test_r38_the_tables_are_not_emptied_at_once(table: type[VersionDose] | type[ExerciseVersion]) -> None:
    name = table._meta.db_table
    emptied = f"TRUNCATE {name} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {name}"
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # TRUNCATE wants no check of a foreign key left over
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(emptied)
    assert table._default_manager.exists()
