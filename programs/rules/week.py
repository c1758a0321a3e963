"""The default week of a routine (R26, R27, X14) and its thin days (X13)."""

from collections.abc import Mapping

from exercises.content import Kind, Severity
from programs.rules.limits import active_count
from programs.rules.routine import Day, Mark, Role

R26_WEEK: tuple[tuple[str, ...], ...] = (
    ("A", "D"),
    ("B",),
    ("A", "D"),
    ("B",),
    ("A", "D"),
    ("B",),
    ("D",),
)
"""R26: mild and moderate; day 1 is the day on which the program starts."""

R27_WEEK: tuple[tuple[str, ...], ...] = (
    ("A", "D"),
    ("B", "D"),
    ("D",),
    ("A", "D"),
    ("B", "D"),
    ("D",),
    ("D",),
)
"""R27: severe; the relief set every day."""

NO_AEROBIC = "no aerobic entry"
SHORT = "short"
"""The marks of X13."""


def is_offered(name: str, day: Day, severity: Severity) -> bool:
    """X13: an A or B day needs an opener and an active entry; a D set an active entry, in severe any entry."""
    if name == "D":
        return bool(day.items) if severity is Severity.SEVERE else active_count(day.items) > 0
    has_opener = any(item.role is Role.OPENER for item in day.items)
    return has_opener and active_count(day.items) > 0


def marks(name: str, day: Day) -> tuple[Mark, ...]:
    """X13: what the therapist should see of an offered day. A D set is no day, an opener no aerobic entry (X14)."""
    found = []
    if name == "B" and not any(item.role is Role.MAIN and item.content.kind is Kind.AEROBIC for item in day.items):
        found.append(Mark(name, NO_AEROBIC))
    if name != "D" and active_count(day.items) == 1:
        found.append(Mark(name, SHORT))
    return tuple(found)


def week(days: Mapping[str, Day], severity: Severity) -> tuple[tuple[str, ...], ...]:
    """X14: seven days; a day that is not offered becomes D, or rest where D is not offered either."""
    pattern = R27_WEEK if severity is Severity.SEVERE else R26_WEEK
    return tuple(_offered(names, days) for names in pattern)


def _offered(names: tuple[str, ...], days: Mapping[str, Day]) -> tuple[str, ...]:
    wanted = [name if days[name].items else "D" for name in names]
    return tuple(name for name in dict.fromkeys(wanted) if days[name].items)
