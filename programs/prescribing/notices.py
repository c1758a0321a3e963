"""What a draft is warned about, and what stops its approval. Pure: rule, key and parameters out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exercises.content import Catalogue, Exercise, Kind, Severity, StartPosition
from programs.changes import DAYS
from programs.prescribing.draft import Draft, Entry
from programs.prescribing.limits import LONGEST_AEROBIC, faults
from programs.rules.filters import Effect, judge
from programs.rules.limits import (
    R20_ACTIVE,
    R30_MINUTES,
    RESTFUL,
    active_count,
    r30_counted_seconds,
    r30_fits,
)
from programs.rules.ordering import MAX_POSITION_CHANGES, position_changes
from programs.rules.profile import Profile
from programs.rules.routine import Day, Item, Role
from programs.rules.schedule import R40_NEW_IN_7_DAYS, r40_too_many
from programs.rules.time_limit import R21_UPPER
from programs.rules.timing import whole_minutes
from programs.rules.week import marks


@dataclass(frozen=True)
class Notice:
    """One thing to see: the rule, a key for the words, the parameters, and where it is."""

    rule: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    day: str = ""
    exercise: str = ""


def as_days(draft: Draft, catalogue: Catalogue) -> dict[str, Day]:
    """The draft's days as the rules count them: the first entry of an A or B day is its opener (X7)."""
    days = {}
    for day in DAYS:
        items = []
        for number, entry in enumerate(draft.days[day]):
            exercise = catalogue.get(entry.exercise)
            if exercise is not None:
                role = Role.OPENER if day != "D" and number == 0 else Role.MAIN
                items.append(Item(exercise, entry.dose, role, entry.exercise, entry.reasons))
        days[day] = Day(tuple(items))
    return days


def warnings(days: Mapping[str, Day], profile: Profile, week: Iterable[tuple[str, ...]]) -> tuple[Notice, ...]:
    """R19, R20, R21, R23, R24, R28, R30: what the therapist should see, and may still approve."""
    found = [notice for name, day in days.items() if day.items for notice in _day_warnings(name, day, profile)]
    found += [
        Notice("X13", mark.mark.replace(" ", "-"), {}, name)
        for name, day in days.items()
        if day.items
        for mark in marks(name, day)
    ]
    for names in dict.fromkeys(week):
        seconds = r30_counted_seconds(item for name in names for item in days[name].items)
        if not r30_fits(seconds, profile.severity):
            limit = R30_MINUTES[profile.severity]
            params = {"minutes": whole_minutes(seconds), "limit": limit, "days": list(names)}
            found.append(Notice("R30", "daily-minutes", params))
    return tuple(found)


def _day_warnings(name: str, day: Day, profile: Profile) -> Iterator[Notice]:
    severity, minutes = profile.severity, whole_minutes(day.seconds)
    active, limit = active_count(day.items), R20_ACTIVE[profile.severity]
    if active > limit:
        yield Notice("R20", "too-many", {"count": active, "limit": limit}, name)
    most = R21_UPPER[name][severity]
    if minutes > most:
        yield Notice("R21", "too-long", {"minutes": minutes, "limit": most}, name)
    if profile.minutes is not None and minutes > profile.minutes:
        yield Notice("R23", "over-patients-time", {"minutes": minutes, "limit": profile.minutes}, name)
    aerobic = sum(item.dose.minutes or 0 for item in day.items if _counts_as_aerobic(item))
    if aerobic > LONGEST_AEROBIC:
        yield Notice("R28", "aerobic-minutes", {"minutes": aerobic, "limit": LONGEST_AEROBIC}, name)
    changes = position_changes(day.items)
    if changes > MAX_POSITION_CHANGES:
        yield Notice("R24", "position-changes", {"count": changes, "limit": MAX_POSITION_CHANGES}, name)
    if severity is Severity.SEVERE and name != "D" and not _opens_gently(day.items[0].content):
        yield Notice("R19", "no-relief-first", {}, name, day.items[0].exercise)


def _counts_as_aerobic(item: Item) -> bool:
    return item.role is not Role.OPENER and item.content.kind is Kind.AEROBIC


def _opens_gently(exercise: Exercise) -> bool:
    return exercise.slug in RESTFUL or exercise.start_position is StartPosition.SITTING


def new_this_week(new: frozenset[str], added_before: frozenset[str]) -> tuple[Notice, ...]:
    """R40: more new entries than a week may bring, those of the days before among them."""
    if not new or not r40_too_many(new, added_before):
        return ()
    key = "many-new" if new >= added_before else "many-new-with-before"
    return (Notice("R40", key, {"count": len(new | added_before), "limit": R40_NEW_IN_7_DAYS}),)


def problems(draft: Draft, profile: Profile, catalogue: Catalogue) -> tuple[Notice, ...]:
    """What must be settled before approval: codes without a reason or tick, doses past their limits, nothing to do."""
    found = [
        notice
        for day in DAYS
        for entry in draft.days[day]
        for notice in _entry_problems(day, entry, profile, catalogue)
    ]
    if not draft.offered:
        found.append(Notice("X13", "empty"))
    return tuple(found)


def _entry_problems(day: str, entry: Entry, profile: Profile, catalogue: Catalogue) -> Iterator[Notice]:
    exercise = catalogue.get(entry.exercise)
    if exercise is None:
        yield Notice("X1", "retired", {}, day, entry.exercise)
        return
    for verdict in judge(exercise, profile):
        params = {"codes": list(verdict.codes), "why": verdict.key}
        if verdict.effect is Effect.NOT_AT_HOME:
            yield Notice("X19", "not-at-home", params, day, entry.exercise)
        elif verdict.effect is Effect.HELD:
            yield Notice("R12", "held", params, day, entry.exercise)
        elif not entry.by_hand_reason:
            yield Notice(verdict.rule, "needs-reason", params, day, entry.exercise)
    for fault in faults(exercise, entry.dose):
        yield Notice(fault.rule, "dose", {"fault": fault.code, "limit": fault.limit}, day, entry.exercise)
