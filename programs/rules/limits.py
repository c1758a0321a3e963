"""How much fits in a session and in a day: active entries (R20), caps (R29, R30), the test dose (R39)."""

from collections.abc import Iterable

from exercises.content import RELIEF_POSITIONS, Dose, Kind, Severity
from programs.rules.routine import Item, Role

RESTFUL: frozenset[str] = frozenset(
    {
        "breathing",
        *RELIEF_POSITIONS,
        "heat-pack",
        "cold-pack",
        "position-change",
        "break-planning",
        "sleep-setup",
        "log-roll",
    }
)
"""X11: entries that are no exercise; they count neither as active (R20) nor in the day's minutes (R30)."""

R20_ACTIVE: dict[Severity, int] = {Severity.MILD: 8, Severity.MODERATE: 6, Severity.SEVERE: 4}
"""R20: the most active entries in one session."""

R30_MINUTES: dict[Severity, int] = {Severity.MILD: 60, Severity.MODERATE: 40, Severity.SEVERE: 25}
"""R30: the most exercise minutes in one day."""

R30_SESSIONS = 2
"""R30: the most sessions in one day; in severe the D set is relief and is not one of them (X15)."""

RELIEF_SETS_A_DAY = 3
"""R27, X15: how often a day the D set may be done in severe."""


def is_active(item: Item) -> bool:
    """X11: not the opener of an A or B day, and not restful."""
    return item.role is not Role.OPENER and item.exercise not in RESTFUL


def active_count(items: Iterable[Item]) -> int:
    """R20: the number of active entries."""
    return sum(map(is_active, items))


def r20_surplus(items: tuple[Item, ...], severity: Severity) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """R20, X11: (what stays, what is dropped): the last active entries go until the rest fit."""
    dropped: list[Item] = []
    kept = list(items)
    while active_count(kept) > R20_ACTIVE[severity]:
        last = [item for item in kept if is_active(item) and item.role is Role.MAIN][-1]
        kept.remove(last)
        dropped.append(last)
    return tuple(kept), tuple(dropped)


def r39_test_dose(item: Item) -> Item:
    """R39, X18: one set; of an aerobic entry half the minutes, rounded down, at least one. Else unchanged."""
    dose = item.dose
    if dose.sets is not None and dose.sets > 1:
        return item.with_sets(1, "R39")
    if item.content.kind is Kind.AEROBIC and dose.minutes is not None and dose.minutes > 1:
        return item.with_minutes(dose.minutes // 2, "R39")
    return item


def r30_counted_seconds(items: Iterable[Item]) -> int:
    """R30, X15: the seconds that count towards the day's exercise minutes."""
    return sum(item.seconds for item in items if item.exercise not in RESTFUL)


def r30_fits(seconds: int, severity: Severity) -> bool:
    """R30: is this much exercise within the day's minutes?"""
    return seconds <= R30_MINUTES[severity] * 60


def r30_shortened(
    first: tuple[Item, ...], daily: tuple[Item, ...], severity: Severity
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """R30, X15: (what stays of ``daily`` on a day that also has ``first``, what it loses from its end)."""
    kept, lost = list(daily), []
    while not r30_fits(r30_counted_seconds((*first, *kept)), severity):
        counted = [item for item in kept if item.exercise not in RESTFUL]
        if not counted:
            break
        kept.remove(counted[-1])
        lost.append(counted[-1])
    return tuple(kept), tuple(lost)


def r29_set_size(dose: Dose) -> int:
    """R29, X15: what one set adds to the day's count, in the cap's unit; per side for a per-side exercise."""
    return dose.minutes if dose.minutes is not None else dose.reps or 0


def r29_sets_allowed(dose: Dose, done: int) -> int:
    """R29, X15: how many of the dose's sets still fit under its cap.

    ``done`` is what was logged of the exercise on this local date, in the cap's unit (per side), unfinished
    sets counted whole. 0 hides the exercise for the day; a minutes dose is one set and must fit as a whole.
    """
    size = r29_set_size(dose)
    left = max(dose.daily_cap - done, 0)
    planned = dose.sets if dose.sets is not None else 1
    return min(planned, left // size) if size else planned
