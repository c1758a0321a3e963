"""Numbers for guiding the patient that are no limits: effort, walks, reminders (R32-R35), slow rises (R24)."""

from exercises.content import Severity, StartPosition

R33_EFFORT: dict[Severity, tuple[int, int]] = {
    Severity.MILD: (5, 6),
    Severity.MODERATE: (3, 5),
    Severity.SEVERE: (2, 4),
}
"""R33: aerobic effort out of 10; always talk but not sing."""

R32_WEEK_TARGETS: dict[str, int] = {"moderate-minutes": 150, "strength-days": 2, "balance-strength-days": 3}
"""R32: the long-term direction in mild; never shown as missed."""

R34_REMINDER_MINUTES = 30
R34_REMINDER_RANGE = range(15, 61)
"""R34: minutes of waking sitting before a reminder to change position; the patient may turn it off."""

R24_PAUSE_BREATHS = 2
"""R24: breaths sitting before standing up from the floor."""

SLOW_RISE_CODES: frozenset[str] = frozenset({"orthostatic-hypotension", "dizziness-vertigo"})


def r35_rest_after(seconds_to_symptoms: int) -> int:
    """R35: plan the rest at two thirds of the usual time to symptoms; seconds, rounded down to 5."""
    return seconds_to_symptoms * 2 // 3 // 5 * 5


def r34_is_valid(minutes: int | None) -> bool:
    """R34: may a patient set the reminder so? ``None`` turns it off."""
    return minutes is None or minutes in R34_REMINDER_RANGE


def r24_sitting_pause(before: StartPosition, after: StartPosition, codes: frozenset[str]) -> int:
    """R24: how many breaths to sit between two entries; 0 where no pause is needed.

    Lying counts as the floor: on a mat it is, and on a bed the same codes make a fast rise unsafe.
    """
    low = (
        StartPosition.SUPINE,
        StartPosition.SIDE,
        StartPosition.PRONE,
        StartPosition.FOUR_POINT,
        StartPosition.FLOOR_SITTING,
    )
    rises = before in low and after is StartPosition.STANDING
    return R24_PAUSE_BREATHS if rises and SLOW_RISE_CODES & codes else 0
