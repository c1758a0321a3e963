"""X12: fitting a session into the patient's minutes (R21, R23)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from exercises.content import RELIEF_POSITIONS, Kind, Severity
from programs.rules.limits import active_count, is_active
from programs.rules.profile import Profile
from programs.rules.routine import Item, Role
from programs.rules.timing import whole_minutes

R21_UPPER: dict[str, dict[Severity, int]] = {
    "A": {Severity.MILD: 40, Severity.MODERATE: 25, Severity.SEVERE: 21},
    "B": {Severity.MILD: 50, Severity.MODERATE: 30, Severity.SEVERE: 15},
    "D": dict.fromkeys(Severity, 15),
}
"""R21: the upper end of each day's minutes."""

RELIEF_FLOOR = 5
BREATHING_FLOOR = 2
AEROBIC_FLOOR = 5
"""X12: minutes under which these are not cut."""

LAST_RESORT: tuple[Kind, ...] = (
    Kind.MOBILITY,
    Kind.STRETCH,
    Kind.STABILISATION,
    Kind.STRENGTH,
    Kind.BALANCE,
)
"""X12 (7): what goes when nothing else helps, in this order."""


def limit(day: str, profile: Profile) -> int:
    """X12: the whole minutes that a session of this day may take; R21 with a tenth more, rounded down."""
    upper = R21_UPPER[day][profile.severity] * 11 // 10
    return upper if profile.minutes is None else min(profile.minutes, upper)


@dataclass
class Fitting:
    """A session on its way into its limit; ``dropped`` in the order in which entries went."""

    items: list[Item]
    limit: int
    dropped: list[Item] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Is the session still longer than its limit? Whole minutes, halves up."""
        return whole_minutes(sum(item.seconds for item in self.items)) > self.limit

    def cut(self, which: Callable[[Item], bool], floor: int) -> None:
        """Shorten minutes entries by whole minutes toward ``floor``, only as far as needed."""
        for place, item in enumerate(self.items):
            if not which(item) or item.dose.minutes is None:
                continue
            minutes = item.dose.minutes
            while self.over and minutes > floor:
                minutes -= 1
                self.items[place] = item.with_minutes(minutes, "R23")

    def drop(self, which: Callable[[Item], bool], *, spare: int = 0) -> None:
        """Drop main entries, last first, until the session fits or only the first ``spare`` are left."""
        for item in [item for item in self.items if item.role is Role.MAIN and which(item)][spare:][::-1]:
            if self.over:
                self.remove(item)

    def remove(self, item: Item) -> None:
        """Take an entry out."""
        self.items.remove(item)
        self.dropped.append(item)


def of_kind(kind: Kind) -> Callable[[Item], bool]:
    """Is an item of this kind?"""
    return lambda item: item.content.kind is kind


def fit(day: str, items: tuple[Item, ...], profile: Profile) -> Fitting:
    """X12, R23: the session as far as it can be brought into its limit."""
    fitting = Fitting(list(items), limit(day, profile))
    if day == "D":
        _last_active(fitting, of_any)
        _step_1(fitting)
        return fitting
    _step_1(fitting)
    if "fall-risk" not in profile.codes:
        fitting.drop(of_kind(Kind.BALANCE))
    for kind in (Kind.STRETCH, Kind.STABILISATION, Kind.STRENGTH):
        fitting.drop(of_kind(kind), spare=1)
    fitting.cut(lambda item: item.role is Role.MAIN and item.content.kind is Kind.AEROBIC, AEROBIC_FLOOR)
    for kind in LAST_RESORT:
        _last_active(fitting, of_kind(kind))
    return fitting


def of_any(item: Item) -> bool:
    """Every item."""
    return True


def _step_1(fitting: Fitting) -> None:
    """X12 (1): relief positions toward 5 minutes, then breathing toward 2."""
    fitting.cut(lambda item: item.exercise in RELIEF_POSITIONS, RELIEF_FLOOR)
    fitting.cut(lambda item: item.exercise == "breathing", BREATHING_FLOOR)


def _last_active(fitting: Fitting, which: Callable[[Item], bool]) -> None:
    """Drop main active entries one by one, last first, but keep one active entry."""
    while fitting.over and active_count(fitting.items) > 1:
        candidates = [item for item in fitting.items if item.role is Role.MAIN and is_active(item) and which(item)]
        if not candidates:
            return
        fitting.remove(candidates[-1])
