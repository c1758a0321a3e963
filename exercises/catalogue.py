"""The only door to the catalogue's tables for the programs."""

from accounts.models import Clinic
from exercises import content
from exercises.access import with_exercise
from exercises.models import Exercise, ExerciseVersion, PrecautionCode


def published_versions(clinic: Clinic | None) -> dict[str, ExerciseVersion]:
    """The version in force of each slug of the clinic's catalogue, in catalogue order; two queries."""
    exercises = Exercise.objects.in_force(clinic).select_related("current__picture").prefetch_related("current__doses")
    return {exercise.slug: with_exercise(exercise) for exercise in exercises}


def catalogue_for(clinic: Clinic | None) -> content.Catalogue:
    """The clinic's catalogue as the rules read it; three queries."""
    return catalogue_of(published_versions(clinic))


def catalogue_of(versions: dict[str, ExerciseVersion]) -> content.Catalogue:
    """The catalogue made of ``versions`` (from ``published_versions``); one query."""
    return content.Catalogue(
        exercises=tuple(version.as_content() for version in versions.values()),
        precautions=precautions(),
    )


def precautions() -> tuple[content.Precaution, ...]:
    """All precaution codes in catalogue order; one query."""
    return tuple(
        content.Precaution(code=row.code, statement=row.statement, effect=row.effect)
        for row in PrecautionCode.objects.all()
    )
