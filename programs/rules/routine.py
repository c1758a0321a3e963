"""What assembly answers: the days with their entries, the week, and an explanation of every decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from exercises.content import Dose, Exercise
from programs.rules import RULES_VERSION
from programs.rules.timing import entry_seconds, tenths_of_minutes


class Role(StrEnum):
    """The slot that an entry has in its day (X7)."""

    OPENER = "opener"
    MAIN = "main"
    CLOSER = "closer"


@dataclass(frozen=True)
class Item:
    """An exercise placed in a day. ``origin`` is the template entry whose place it has."""

    content: Exercise
    dose: Dose
    role: Role
    origin: str
    reasons: tuple[str, ...]

    @property
    def exercise(self) -> str:
        """The slug."""
        return self.content.slug

    @property
    def seconds(self) -> int:
        """R22: how long the entry takes, with set-up, rests and the pain check."""
        return entry_seconds(self.content.kind, self.dose)

    @property
    def minutes(self) -> float:
        """R22 in minutes, to a tenth."""
        return tenths_of_minutes(self.seconds)

    def with_sets(self, sets: int, rule: str) -> "Item":
        """The item with this many sets, and ``rule`` among its reasons."""
        return replace(self, dose=replace(self.dose, sets=sets), reasons=added(self.reasons, rule))

    def with_minutes(self, minutes: int, rule: str) -> "Item":
        """The item with this many minutes, and ``rule`` among its reasons."""
        return replace(self, dose=replace(self.dose, minutes=minutes), reasons=added(self.reasons, rule))


def added(reasons: tuple[str, ...], rule: str) -> tuple[str, ...]:
    """The reasons with ``rule`` once more at the end, unless it is there."""
    return reasons if rule in reasons else (*reasons, rule)


@dataclass(frozen=True)
class Decision:
    """Why something is as it is: day and exercise (empty = the whole), rule, key for the words, parameters."""

    day: str
    exercise: str
    rule: str
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """A template entry that is missing from its day, and the one rule behind it (X20)."""

    day: str
    exercise: str
    rule: str
    decision: Decision


@dataclass(frozen=True)
class Swap:
    """A template entry with another exercise in its place (R17)."""

    day: str
    origin: str
    to: str
    rule: str = "R17"


@dataclass(frozen=True)
class Mark:
    """What the therapist should see before approving a day (X13): ``no aerobic entry`` or ``short``."""

    day: str
    mark: str


@dataclass(frozen=True)
class Day:
    """One kind of day; without items it is not offered (X13)."""

    items: tuple[Item, ...] = ()

    @property
    def seconds(self) -> int:
        """R22 over the day."""
        return sum(item.seconds for item in self.items)

    @property
    def minutes(self) -> float:
        """R22 over the day in minutes, to a tenth."""
        return tenths_of_minutes(self.seconds)


NO_WEEK: tuple[tuple[str, ...], ...] = ((),) * 7


@dataclass(frozen=True)
class Routine:
    """An assembled routine: a draft, never active by itself (R1)."""

    severity: str
    regions: tuple[str, ...]
    template: str
    days: Mapping[str, Day]
    week: tuple[tuple[str, ...], ...] = NO_WEEK
    left_out: tuple[LeftOut, ...] = ()
    swaps: tuple[Swap, ...] = ()
    needs_ok: tuple[tuple[str, str], ...] = ()
    """(exercise, precaution) pairs that a therapist's tick would settle (R12)."""
    marks: tuple[Mark, ...] = ()
    blocked: Decision | None = None
    explanation: tuple[Decision, ...] = ()
    rules_version: str = RULES_VERSION

    def as_dict(self, why: Callable[[Decision], str] | None = None) -> dict[str, Any]:
        """The routine as plain values for JSON. ``why`` puts a decision into words; without it, its key."""
        words = why or (lambda decision: decision.key)
        return {
            "rules_version": self.rules_version,
            "severity": self.severity,
            "regions": list(self.regions),
            "days": {
                name: {"items": [item_as_dict(item) for item in day.items], "minutes": day.minutes}
                for name, day in self.days.items()
            },
            "week": [list(day) for day in self.week],
            "left_out": [
                {"day": gap.day, "exercise": gap.exercise, "rule": gap.rule, "why": words(gap.decision)}
                for gap in self.left_out
            ],
            "swaps": [{"day": swap.day, "from": swap.origin, "to": swap.to, "rule": swap.rule} for swap in self.swaps],
            "needs_ok": [{"exercise": slug, "precaution": code} for slug, code in self.needs_ok],
            "marks": [{"day": mark.day, "mark": mark.mark} for mark in self.marks],
            "blocked": self.blocked and {"rule": self.blocked.rule, "why": words(self.blocked)},
        }

    def record(self, codes: frozenset[str], approved_by: str) -> dict[str, Any]:
        """R38: what is stored with every assembled routine that a therapist approves."""
        return {
            "rules_version": self.rules_version,
            "template": self.template,
            "swaps": [[swap.day, swap.origin, swap.to, swap.rule] for swap in self.swaps],
            "codes": sorted(codes),
            "severity": self.severity,
            "regions": list(self.regions),
            "approved_by": approved_by,
        }


def item_as_dict(item: Item) -> dict[str, Any]:
    """An entry as plain values; ``None`` where a field does not apply to its kind of dose."""
    dose = item.dose
    return {
        "exercise": item.exercise,
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_seconds": dose.hold_seconds,
        "rest_seconds": dose.rest_seconds,
        "per_side": dose.per_side,
        "dose_minutes": dose.minutes,
        "work_seconds": dose.work_seconds,
        "times_a_day": dose.times_a_day,
        "daily_cap": dose.daily_cap,
        "minutes": item.minutes,
        "reasons": list(item.reasons),
    }
