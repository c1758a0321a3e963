"""What has changed since a session's plan was made, as its start has to know it (R10, R37, X5, X8, X14). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KINDS_LEFT: Mapping[str, frozenset[str]] = {
    "": frozenset({"full", "minimum", "relief"}),
    "minimum": frozenset({"minimum", "relief"}),
    "relief": frozenset({"relief"}),
}
"""X14, P14: the kinds of session that a pause of the program leaves."""


@dataclass(frozen=True)
class DayFacts:
    """The facts at the moment of the start; the defaults change nothing."""

    screen_due_since: datetime | None = None
    """X8: the last release of a lock, while no full screen was answered since."""
    restricted_to: str = ""
    """X14, P14: ``minimum`` or ``relief`` while the program is paused."""
    closed: str = ""
    """The rule that closes all exercise (R10, R37), or ``discharged``."""
    ended_today: bool = False
    """S18, S24: a session of this date was ended by a rule: nothing more but relief."""
    off_today: frozenset[str] = frozenset()
    """S17, X14: slugs that were stopped in another session of this date."""

    def forbids(self, wanted: str, local_date: str, plan: Mapping[str, Any]) -> str:
        """The rule by which a session of this kind may not start, or nothing. X5: a plan is for its own date."""
        if self.closed:
            return self.closed
        if plan.get("local_date") and local_date != plan["local_date"]:
            return "X5"
        if wanted not in KINDS_LEFT[self.restricted_to]:
            return "X14"
        return "S18" if self.ended_today and wanted != "relief" else ""
