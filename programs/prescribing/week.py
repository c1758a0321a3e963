"""The week of a draft: as the rules have it (R26, R27, X14), or as the therapist set it. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from exercises.content import Severity
from programs.changes import DAYS
from programs.prescribing.draft import Draft
from programs.prescribing.notices import Notice
from programs.rules.routine import Day
from programs.rules.schedule import Load, r28_conflicts
from programs.rules.week import week as assembled_week

Week = tuple[tuple[str, ...], ...]

DAYS_IN_A_WEEK = 7
SEVERE_DAYS = 2
"""R27: A-days, and B-days, of a severe week; a third only when the P-rules allow."""
SOME_MONDAY = date(2001, 1, 1)
"""Any date: the rules of the calendar look at distances alone."""


def week_of(draft: Draft, days: Mapping[str, Day], severity: Severity) -> Week:
    """The week that an approval takes over. X14: an A or B day that is no longer there becomes D, or rest."""
    if not draft.week:
        return assembled_week(days, severity)
    return tuple(_offered(names, days) for names in draft.week)


def _offered(names: Sequence[str], days: Mapping[str, Day]) -> tuple[str, ...]:
    wanted = {name if days[name].items else "D" for name in names}
    return tuple(name for name in DAYS if name in wanted and days[name].items)


def week_warnings(week: Week, draft: Draft, severity: Severity) -> Iterator[Notice]:
    """R26, R27, R28: what a week set by hand does against the rules; the therapist may still approve it."""
    if not draft.week:
        return
    keys = dict.fromkeys(conflict.key for conflict in r28_conflicts(_loads(week)))
    yield from (Notice("R28", key) for key in keys)
    rule = "R27" if severity is Severity.SEVERE else "R26"
    if all({"A", "B"} & set(names) for names in week):
        yield Notice(rule, "no-rest-day")
    together = [str(number) for number, names in enumerate(week, start=1) if {"A", "B"} <= set(names)]
    if together:
        yield Notice(rule, "a-with-b", {"days": ", ".join(together)})
    counts = Counter(name for names in week for name in names)
    if severity is Severity.SEVERE:
        for name in ("A", "B"):
            if counts[name] > SEVERE_DAYS:
                yield Notice("R27", "third-in-severe", {"day": name, "count": counts[name], "limit": SEVERE_DAYS})
    for name in draft.offered:
        if not counts[name]:
            yield Notice(rule, "never-falls", {"day": name})


def _loads(week: Week) -> Iterator[Load]:
    """The week twice: it comes round again. A minute stands for a B day; how long it is is looked at elsewhere."""
    for number, names in enumerate((*week, *week)):
        yield Load(SOME_MONDAY + timedelta(days=number), names, 1 if "B" in names else 0)
