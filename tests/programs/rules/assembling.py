"""Helpers: a profile in few words, and what a routine holds."""

from typing import Any

from exercises.content import Catalogue, Exercise, Severity
from exercises.starter import load_starter
from programs.rules.assembly import assemble
from programs.rules.profile import Profile
from programs.rules.routine import Item, Role, Routine

CATALOGUE = load_starter()
FULL = ("bike", "band")


def profile(*regions: str, severity: str = "mild", codes: tuple[str, ...] = (), **given: Any) -> Profile:
    """A profile; lumbar where no region is given."""
    return Profile.from_given(
        {"regions": list(regions or ("lumbar",)), "severity": severity, "precautions": list(codes), **given},
        CATALOGUE,
    )


def routine(*regions: str, catalogue: Catalogue = CATALOGUE, equipment: Any = FULL, **given: Any) -> Routine:
    """The routine of a profile with bike and band in the house."""
    listed = None if equipment is None else list(equipment)
    return assemble(profile(*regions, equipment=listed, **given), catalogue)


def slugs(routine: Routine, day: str) -> list[str]:
    """The day in order."""
    return [item.exercise for item in routine.days[day].items]


def everything(routine: Routine) -> set[str]:
    """All slugs of all days."""
    return {slug for day in routine.days for slug in slugs(routine, day)}


def swaps(routine: Routine) -> set[tuple[str, str, str]]:
    """(day, from, to)."""
    return {(swap.day, swap.origin, swap.to) for swap in routine.swaps}


def gaps(routine: Routine) -> dict[tuple[str, str], str]:
    """(day, template entry) to the rule that left it out."""
    return {(gap.day, gap.exercise): gap.rule for gap in routine.left_out}


def item(slug: str, severity: str = "mild", role: Role = Role.MAIN) -> Item:
    """A catalogue entry as an item of a day."""
    exercise = exercise_of(slug)
    return Item(exercise, exercise.doses[Severity(severity)], role, slug, ("R2",))


def exercise_of(slug: str) -> Exercise:
    """The catalogue entry; fails where there is none."""
    return CATALOGUE.by_slug[slug]


def changed(**exercises: Exercise) -> Catalogue:
    """The starter catalogue with entries replaced; keys are slugs with underscores."""
    new = {slug.replace("_", "-"): exercise for slug, exercise in exercises.items()}
    kept = tuple(new.pop(entry.slug, entry) for entry in CATALOGUE)
    return Catalogue((*kept, *new.values()), CATALOGUE.precautions)
