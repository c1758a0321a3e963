"""What the replay of a session gives: its state, the locks and notices it earned, and the ledger they are kept in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from programs.rules.checkin import CheckInResult


@dataclass(frozen=True)
class Notice:
    """An alert for the therapist: level E, T, H, end, stop, no-data or note, its rule, row and parameters.

    Parameters are ids and numbers, never sentences. ``at`` is when it was earned, if the event tells.
    """

    level: str
    rule: str
    row: str
    params: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True)
class Earned:
    """A lock: level, rule and scope ``all`` or ``walking`` (X7), when it was earned, if the event tells, and the id of
    the event: a sign that is told again after a release locks again (X8)."""

    level: str
    rule: str
    scope: str = "all"
    at: datetime | None = field(default=None, compare=False)
    event: str = field(default="", compare=False)


@dataclass(frozen=True)
class SessionState:
    """What the events of one session amount to. Scores 0-10; ``items`` maps item ids to their last status.

    ``state``: minted, checked-in, started, finished, ended (S18), closed (X5, X9) or refused (S2, table C).
    """

    state: str = "minted"
    kind: str = "full"
    check_in: CheckInResult | None = None
    row: str = ""
    """The row of table C, ``outcome`` its outcome, ``restrictions`` what X18 adds."""
    outcome: str = ""
    restrictions: tuple[str, ...] = ()
    baseline_spine: int | None = None
    baseline_limb: int | None = None
    final_spine: int | None = None
    final_limb: int | None = None
    effort: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    resting: str | None = None
    """``stop`` or ``interval`` while the patient rests from it (table U), in which entry and since when."""
    resting_item: str | None = None
    resting_since: datetime | None = None
    waiting: str = ""
    """``sign`` or ``fall`` while its questions are still to be answered (X17, S25)."""
    waiting_group: str = ""
    """X17: the group of Table A that the sign belongs to, where it was named."""
    stops: int = 0
    limits: int = 0
    next_interval_s: int | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    eased: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Item ids to the dose that the patient made smaller for today (R25, P12): reps, hold_s or stretch_s."""
    sets: frozenset[tuple[str, int]] = frozenset()
    extra_sets: frozenset[tuple[str, int]] = frozenset()
    """Sets reported outside a running session: they count towards caps (R29), not as done."""
    off_today: frozenset[str] = frozenset()
    """Slugs not offered again on this local date, in any session (S17, X14)."""
    end_row: str = ""
    end_rule: str = ""
    counted_end: bool = False
    """X14: does it count towards two ends in 7 days?"""
    was_closed: bool = False
    """X5: was it closed for silence before a rule ended it? As an exercise session it counts as a closed one."""
    relief_only_until_restart: bool = False
    """X14, P14: after spread."""
    spread: bool = False
    late_corrections: tuple[str, ...] = ()
    """Ids of corrections that came after the next step had begun: kept, not followed."""
    alerts: tuple[Notice, ...] = ()
    locks: tuple[Earned, ...] = ()
    """Each kind once."""
    every_lock: tuple[Earned, ...] = ()
    """Each kind for each event that earned it."""

    @property
    def sets_done(self) -> int:
        """Sets done within the plan, each counted once."""
        return len(self.sets)


class Ledger:
    """Locks and notices, each kept once; a lock brings its own notice. Nothing is ever taken out (S2)."""

    def __init__(self) -> None:
        """An empty ledger."""
        self.locks: list[Earned] = []
        self.alerts: list[Notice] = []

    def lock(self, level: str, rule: str, *, scope: str = "all", at: datetime | None = None, event: str = "") -> bool:
        """X7: open a lock; answers whether it is the first of its kind. Each event earns its own."""
        earned = Earned(level, rule, scope, at, event)
        first = earned not in self.locks
        if first:
            self.alerts.append(Notice(level, rule, "", {"scope": scope}, at))
        if first or not any(lock == earned and lock.event == event for lock in self.locks):
            self.locks.append(earned)
        return first

    def notice(
        self,
        level: str,
        rule: str,
        row: str = "",
        params: Mapping[str, Any] | None = None,
        *,
        at: datetime | None = None,
    ) -> None:
        """Tell the therapist, once for the same finding with the same parameters."""
        found = Notice(level, rule, row, dict(params or {}), at)
        if not any((n.level, n.rule, n.row, n.params) == (level, rule, row, found.params) for n in self.alerts):
            self.alerts.append(found)

    @property
    def gravest(self) -> str:
        """X7: E over T over H, of the locks that hold all exercise; empty when there is none."""
        levels = {each.level for each in self.locks if each.scope == "all"}
        return next((level for level in "ETH" if level in levels), "")

    @property
    def walking_held(self) -> bool:
        """S13, X7: are entries of the kind aerobic that start standing held?"""
        return any(each.scope == "walking" for each in self.locks)
