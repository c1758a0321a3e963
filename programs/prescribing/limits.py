"""What a dose set by hand may be. Pure: fields and codes out, words elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from exercises.content import Dose, Exercise, Kind
from exercises.limits import excesses
from programs.rules.schedule import R28_AEROBIC_MINUTES

RANGES: dict[str, tuple[int, int]] = {
    "sets": (1, 5),
    "reps": (1, 30),
    "hold_seconds": (0, 60),
    "rest_seconds": (0, 300),
    "minutes": (1, 60),
    "work_seconds": (15, 1800),
}
"""Least and most of each field; seconds and minutes as named."""
SET_FIELDS = ("sets", "reps", "hold_seconds", "rest_seconds")
MINUTE_FIELDS = ("minutes", "work_seconds", "rest_seconds")
LONGEST_AEROBIC = R28_AEROBIC_MINUTES
"""R28, minutes a day."""


@dataclass(frozen=True)
class Fault:
    """Why a dose cannot be: the field, a code for the words, the rule, and the limit."""

    field: str
    code: str
    rule: str
    limit: int


def fields_of(dose: Dose) -> tuple[str, ...]:
    """The fields that a therapist may change in a dose of this form."""
    if not dose.is_minutes:
        return SET_FIELDS
    return MINUTE_FIELDS if dose.work_seconds else ("minutes",)


def faults(exercise: Exercise, dose: Dose) -> Iterator[Fault]:
    """Everything that is wrong with ``dose`` for ``exercise`` (S27, S29, S32, R28, R29)."""
    for field in fields_of(dose):
        low, high = RANGES[field]
        value = getattr(dose, field)
        if value is None or not low <= value <= high:
            yield Fault(field, "range", "R29", high)
            return
    for excess in excesses(exercise, dose):
        yield Fault(excess.field, excess.key, excess.rule, excess.limit)
    if dose.minutes and exercise.kind is Kind.AEROBIC and dose.minutes > LONGEST_AEROBIC:
        yield Fault("minutes", "aerobic", "R28", LONGEST_AEROBIC)
    if dose.work_seconds and dose.work_seconds > (dose.minutes or 0) * 60:
        yield Fault("work_seconds", "longer-than-all", "R22", (dose.minutes or 0) * 60)
    if total(dose) > dose.daily_cap:
        yield Fault("minutes" if dose.is_minutes else "reps", "cap", "R29", dose.daily_cap)


def total(dose: Dose) -> int:
    """What a day of this dose counts toward its cap, in the cap's unit (R29; per side where it is per side)."""
    once = dose.minutes if dose.minutes is not None else (dose.sets or 0) * (dose.reps or 0)
    return once * dose.times_a_day
