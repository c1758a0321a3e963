"""What the check-in lets the patient start without JavaScript: the same choices as the player's (X12, C12). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.guided.walked import walked_as
from programs.rules.checkin import MAY_START
from programs.rules.session import SessionState
from programs.wording.check_in import DAYS

SUGGESTED: Mapping[str, str] = {"better": "good", "worse": "bad"}
"""The kind of day that the check-in speaks for stands first."""


@dataclass(frozen=True)
class Start:
    """A session that may be started: its kind, and what the patient calls the day by choosing it, if anything."""

    kind: str
    day: str = ""
    by_day: bool = False
    """Is it chosen by the kind of day, and not by that of the session?"""

    @property
    def value(self) -> str:
        """What its button sends."""
        return self.day if self.by_day else self.kind

    @property
    def words(self) -> tuple[str, str]:
        """For a choice by the day: its name, and what it starts."""
        name, leads_to = DAYS[self.day]
        return str(name), str(leads_to)

    def payload(self, state: SessionState) -> dict[str, Any]:
        """The event of the start."""
        day = {"day": self.day} if self.day else {}
        return {"kind": self.kind, "restrictions": list(state.restrictions), **day}


def starts(plan: Mapping[str, Any], state: SessionState) -> tuple[Start, ...]:
    """Less than table C allows is always allowed, more never is; what has nothing in it today is not offered."""
    allowed = MAY_START.get(state.outcome, frozenset())
    kind = plan["kind"]
    if kind not in allowed:
        kind = "minimum" if "minimum" in allowed else "relief"
    if kind != "full":
        offered = [Start(kind)]
    elif state.outcome == "offer-minimum-plan":
        offered = [Start("minimum", "bad"), Start("full", "ordinary")]
    else:
        offered = [Start("minimum" if day == "bad" else "full", day, by_day=True) for day in _days(state)]
    return tuple(start for start in offered if walked_as(start.kind, plan, state))


def _days(state: SessionState) -> list[str]:
    said = state.check_in.event["payload"].get("q3") if state.check_in else None
    first = SUGGESTED.get(str(said), "ordinary")
    return sorted(DAYS, key=lambda day: day != first)
