"""R22: how long entries and sessions take."""

from exercises.content import Dose, Kind

TEMPO_SECONDS = 4
"""One repetition takes its hold and this long (R22)."""

SET_UP_SECONDS = 20
PAIN_CHECK_SECONDS = 20


def entry_seconds(kind: Kind, dose: Dose) -> int:
    """R22: seconds of one entry. Stretches rest between repeats, all else between sets."""
    if dose.minutes is not None:
        return dose.minutes * 60 + PAIN_CHECK_SECONDS
    sides = 2 if dose.per_side else 1
    sets, reps = dose.sets or 0, dose.reps or 0
    bouts = sides * sets * reps
    rests = (bouts if kind is Kind.STRETCH else sides * sets) - 1
    return (
        bouts * ((dose.hold_seconds or 0) + TEMPO_SECONDS)
        + max(rests, 0) * (dose.rest_seconds or 0)
        + SET_UP_SECONDS
        + PAIN_CHECK_SECONDS
    )


def whole_minutes(seconds: int) -> int:
    """X12: whole minutes, halves up."""
    return (seconds + 30) // 60


def tenths_of_minutes(seconds: int) -> float:
    """Minutes to a tenth; what pages and files show."""
    return round(seconds / 60, 1)
