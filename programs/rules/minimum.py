"""The minimum plan for a bad day (X16), and relief first (X17)."""

from collections.abc import Iterable
from dataclasses import replace

from exercises.content import RELIEF_POSITIONS, Catalogue, Dose, Exercise, Severity
from programs.rules.filters import judge
from programs.rules.gates import block
from programs.rules.profile import Profile
from programs.rules.routine import Item, Role

EASY_MOBILITY: tuple[str, ...] = (
    "pelvic-tilt-seated",
    "shoulder-roll",
    "lower-trunk-rotation",
    "neck-rotation",
)
"""X16: the first of these that passes; each region's own passes R13 alone."""

BREATHING_MINUTES = 2
RELIEF_MINUTES = 5
WALK_MINUTES = 5
"""X16, X17: minutes of the minimum plan's entries; a walk takes this long at most."""


def minimum_plan(profile: Profile, catalogue: Catalogue, relief: str | None, *, walk: bool = False) -> tuple[Item, ...]:
    """X16: the plan for a bad day, all at the severe dose; what does not pass X6 is left out.

    ``relief`` is the patient's saved relief position, ``walk`` asks for a short walk in place of the march.
    Empty when a gate is closed (X4).
    """
    if block(profile):
        return ()
    careful = replace(profile, severity=Severity.SEVERE)
    march = _passing(("marching-seated",), careful, catalogue)
    if walk:
        march = _passing(("walking-intervals",), careful, catalogue) or march
    found = (
        march,
        _passing(EASY_MOBILITY, careful, catalogue),
        _passing(("breathing",), careful, catalogue),
        _passing((relief,) if relief in RELIEF_POSITIONS else (), careful, catalogue),
    )
    return tuple(_item(exercise) for exercise in found if exercise is not None)


def _passing(slugs: Iterable[str | None], profile: Profile, catalogue: Catalogue) -> Exercise | None:
    exercises = (catalogue.get(slug) for slug in slugs if slug)
    return next((exercise for exercise in exercises if exercise is not None and not judge(exercise, profile)), None)


def _item(exercise: Exercise) -> Item:
    dose = exercise.doses[Severity.SEVERE]
    return Item(exercise, _minimum_dose(exercise, dose), Role.MAIN, exercise.slug, ("X16",))


def _minimum_dose(exercise: Exercise, dose: Dose) -> Dose:
    if exercise.slug == "breathing":
        return replace(dose, minutes=BREATHING_MINUTES)
    if exercise.slug in RELIEF_POSITIONS:
        return replace(dose, minutes=RELIEF_MINUTES)
    if exercise.slug == "walking-intervals" and dose.minutes is not None:
        return replace(dose, minutes=min(dose.minutes, WALK_MINUTES))
    return dose


def relief_first(severity: Severity, opener: str, relief: str | None) -> str | None:
    """R19, X17: the relief position offered for 5 minutes before the opener; ``None`` where there is none.

    Only in severe, and only if the opener is not a relief position itself. It is no entry and counts nowhere.
    """
    if severity is not Severity.SEVERE or opener in RELIEF_POSITIONS:
        return None
    return relief
