"""The week on the calendar: which days are planned, and what R28 allows on a local date.

Everything here is about local dates, never about instants, so clock changes and travel do not matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

R28_A_IN_7_DAYS = 4
R28_AEROBIC_IN_7_DAYS = 5
R28_AEROBIC_MINUTES = 40
"""R28: the most A-days and aerobic days in any 7 days, and aerobic minutes in one day."""

R31_ANY_DAY: frozenset[str] = frozenset({"heat-pack", "cold-pack", "position-change", "break-planning"})
"""R31: entries for any day; stretches, too, may be done daily."""

R40_NEW_IN_7_DAYS = 2
"""R40: the most new entries in a week."""

Week = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Load:
    """What was done, or is planned, on one local date.

    ``aerobic_minutes`` are those of aerobic entries; a `marching-standing` opener is not one (X14).
    """

    on: date
    days: tuple[str, ...]
    aerobic_minutes: int = 0

    @property
    def is_aerobic(self) -> bool:
        """R28: does the date count as an aerobic day?"""
        return self.aerobic_minutes > 0


@dataclass(frozen=True)
class Conflict:
    """A limit of R28 that a date would break."""

    on: date
    key: str
    rule: str = "R28"


def planned_days(week: Week, start: date, on: date) -> tuple[str, ...]:
    """R26, R27: the days planned for a date; day 1 of the week is the day on which the program starts.

    The answer depends on the date alone, so a missed day is never stacked on the next one (R36).
    """
    since = (on - start).days
    return tuple(week[since % len(week)]) if since >= 0 and week else ()


def r28_conflicts(loads: Iterable[Load]) -> tuple[Conflict, ...]:
    """R28 over dates of sessions done and planned, across a change of plan too (X14); in order of date."""
    by_date = _merged(loads)
    conflicts = []
    for on, load in sorted(by_date.items()):
        week = [by_date[day] for day in _seven_days_to(on) if day in by_date]
        before = by_date.get(on - timedelta(days=1))
        if "A" in load.days and before is not None and "A" in before.days:
            conflicts.append(Conflict(on, "a-two-days-running"))
        if "A" in load.days and sum("A" in other.days for other in week) > R28_A_IN_7_DAYS:
            conflicts.append(Conflict(on, "a-too-often"))
        if load.is_aerobic and sum(other.is_aerobic for other in week) > R28_AEROBIC_IN_7_DAYS:
            conflicts.append(Conflict(on, "aerobic-too-often"))
        if load.aerobic_minutes > R28_AEROBIC_MINUTES:
            conflicts.append(Conflict(on, "aerobic-too-long"))
    return tuple(conflicts)


def _seven_days_to(on: date) -> list[date]:
    return [on - timedelta(days=back) for back in range(7)]


def _merged(loads: Iterable[Load]) -> dict[date, Load]:
    merged: dict[date, Load] = {}
    for load in loads:
        known = merged.get(load.on, Load(load.on, ()))
        merged[load.on] = Load(
            load.on,
            tuple(dict.fromkeys((*known.days, *load.days))),
            known.aerobic_minutes + load.aerobic_minutes,
        )
    return merged


def allowed_days(
    planned: Sequence[str], on: date, done: Iterable[Load], *, aerobic_minutes: int = 0, daily: bool = True
) -> tuple[str, ...]:
    """The planned days that R28 allows on a date after what was done; a day that it forbids becomes D.

    ``aerobic_minutes`` are the B day's. ``daily`` says whether the routine offers a D set.
    """
    before = [load for load in done if load.on <= on]
    known = {(conflict.on, conflict.key) for conflict in r28_conflicts(before)}
    answer: list[str] = []
    for name in planned:
        load = Load(on, (name,), aerobic_minutes if name == "B" else 0)
        caused = [conflict for conflict in r28_conflicts([*before, load]) if (conflict.on, conflict.key) not in known]
        stays = name if not caused else "D"
        if stays not in answer and (stays != "D" or daily):
            answer.append(stays)
    return tuple(answer)


def r39_is_test(day: str, *, raises_or_adds: bool, done_since: Iterable[str]) -> bool:
    """R39, X18: is the next session of this day a test dose?

    One A and one B session of each revision that raises or adds anything; a D set until any session was done.
    ``done_since`` are the days of the sessions done since the revision.
    """
    done = set(done_since)
    return raises_or_adds and (not done if day == "D" else day not in done)


def r40_new(before: Iterable[str] | None, after: Iterable[str]) -> frozenset[str]:
    """R40: the entries that a revision adds; none for a patient's first plan (X18)."""
    return frozenset() if before is None else frozenset(after) - frozenset(before)


def r40_too_many(new: Iterable[str], added_in_last_7_days: Iterable[str] = ()) -> bool:
    """R40: would these new entries, with those added in the last 7 days, be more than a week may bring?"""
    return len({*new, *added_in_last_7_days}) > R40_NEW_IN_7_DAYS
