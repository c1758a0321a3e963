"""A patient's state today, from plain facts: first that holds is shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

AWAY_DAYS = 7
"""Days without a started session after which a patient counts as "no data" (P23, P17)."""


class Today(StrEnum):
    """What the therapist's list says of a patient."""

    DISCHARGED = "discharged"
    LOCKED = "locked"
    RELIEF_ONLY = "relief-only"
    MINIMUM_ONLY = "minimum-only"
    NO_PROGRAM = "no-program"
    NEW = "new"
    UNDER_WAY = "under-way"
    ENDED = "ended"
    DONE = "done"
    AWAY = "away"
    PLANNED = "planned"
    REST = "rest"


@dataclass(frozen=True)
class Facts:
    """What the state is read from; dates are the patient's local ones."""

    today: date
    discharged: bool
    locked: bool
    restriction: str
    starts_on: date | None
    last_session_on: date | None
    states_today: tuple[str, ...]
    planned_today: bool


def state_of(facts: Facts) -> Today:
    """The state of a patient today; a lock beats all but a discharge (S2)."""
    rows = (
        (facts.discharged, Today.DISCHARGED),
        (facts.locked, Today.LOCKED),
        (facts.restriction == "relief", Today.RELIEF_ONLY),
        (facts.restriction == "minimum", Today.MINIMUM_ONLY),
        (facts.starts_on is None, Today.NO_PROGRAM),
        ("started" in facts.states_today, Today.UNDER_WAY),
        ("ended" in facts.states_today, Today.ENDED),
        ("finished" in facts.states_today, Today.DONE),
        (silence_of(facts) is not None, Today.AWAY),
        (facts.last_session_on is None, Today.NEW),
        (facts.planned_today, Today.PLANNED),
    )
    return next((state for holds, state in rows if holds), Today.REST)


@dataclass(frozen=True)
class Silence:
    """Days without a session, in the patient's own time zone: since which date, and how many."""

    since: date
    days: int

    @property
    def key(self) -> str:
        """One key a week of silence, for what was noted of it."""
        return f"no-data:{self.since.isoformat()}:{self.days // 7}"


def silence_of(facts: Facts) -> Silence | None:
    """Since the last day with a session (or the start), where that is AWAY_DAYS or more ago and exercise is open."""
    if facts.discharged or facts.locked or facts.starts_on is None:
        return None
    last = max(filter(None, (facts.starts_on, facts.last_session_on)))
    days = (facts.today - last).days
    return Silence(last, days) if days >= AWAY_DAYS else None
