"""What a session's events say, as plain values: the rules' fold in the words of our rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Earned:
    """A lock or an alert that the events earned. ``source`` tells two of a kind in one session apart."""

    level: str
    rule: str
    at: datetime
    row: str = ""
    scope: str = "all"
    source: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def key(self, session: object) -> str:
        """The same for the same finding, however often the events are read."""
        return ":".join(part for part in (str(session), self.rule, self.level, self.scope, self.source) if part)[:110]


@dataclass(frozen=True)
class CheckInRead:
    """The check-in that counts, with the row of table C that it came to."""

    at: datetime
    local_date: date
    spine: int | None
    limb: int | None
    answers: dict[str, Any]
    row: str
    outcome: str
    rule: str


@dataclass(frozen=True)
class ScreenRead:
    """A red-flag screen, or an S1 event such as a fall (scope ``event``)."""

    at: datetime
    local_date: date
    scope: str
    complete: bool
    answers: dict[str, Any]
    outcome: str


@dataclass(frozen=True)
class NextDay:
    """S22: the row of table N for a session of an earlier date."""

    row: str
    outcome: str


@dataclass(frozen=True)
class Reading:
    """All that follows from a session's events."""

    state: str
    kind: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    row: str = ""
    rule: str = ""
    symptom: bool = True
    """Was it ended for a symptom (safety X14), and not because the patient wanted to stop?"""
    spread: bool = False
    check_in: CheckInRead | None = None
    baseline: tuple[int, int] | None = None
    final: tuple[int | None, int | None] = (None, None)
    effort: int | None = None
    stops: int = 0
    sets_done: int = 0
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    resting: tuple[str, str, datetime] | None = None
    """The entry that was stopped, whether for a stop or an interval, and since when the patient rests."""
    waiting: str = ""
    """The sign (``sign`` or ``fall``) whose questions are still open (safety X17)."""
    screens: tuple[ScreenRead, ...] = ()
    locks: tuple[Earned, ...] = ()
    alerts: tuple[Earned, ...] = ()
    last_answer: str | None = None
    """The answer to Q4, for the sessions of the earlier date; ``None`` when it was not asked."""
    sleep_worse: bool = False
