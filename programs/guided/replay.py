"""A stored session through the rules' replay: its rows in, its state and its record out. Nothing is written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Patient
from programs.guided.dayfacts import day_facts
from programs.models import Lock, Session, SessionEvent
from programs.rules.events import every_item, fields_of
from programs.rules.record import Done, Screened, done_of, screens_of
from programs.rules.session import OpenLock, SessionState, fold, in_order


@dataclass(frozen=True)
class Replay:
    """What the stored events of a session amount to."""

    state: SessionState
    done: dict[str, Done]
    """By item id."""
    screens: tuple[Screened, ...]
    received: dict[str, datetime]
    """Event id to when the server heard of it."""

    @property
    def answers(self) -> dict[str, Any]:
        """The answers of the check-in that counts; empty before it."""
        return dict(self.state.check_in.event["payload"]) if self.state.check_in else {}


def replay_session(patient: Patient, session: Session, now: datetime, *, close_quiet: bool = False) -> Replay:
    """What a session's stored events say at ``now``; ``close_quiet`` closes one left behind (X5).

    A constant number of queries.
    """
    rows = list(SessionEvent.objects.filter(session=session).order_by("seq", "occurred_at", "id"))
    events = [_event(row) for row in rows]
    started = min((row.occurred_at for row in rows if row.kind == "started"), default=now)
    locks = _locks_of_elsewhere(patient, session)
    facts = day_facts(patient, session, started)
    state = fold(session.plan, events, now=now, locks=locks, close_quiet=close_quiet, day=facts)
    counted = in_order(events)
    return Replay(
        state,
        done_of(session.plan, counted, state),
        screens_of(session.plan, counted, state),
        {str(row.client_id): row.received_at for row in rows},
    )


def item_of(plan: dict[str, Any], item_id: str | None) -> dict[str, Any]:
    """The entry of the plan with this id, in any of its three lists; empty for none."""
    return next((dict(item) for item in every_item(plan) if item["id"] == item_id), {})


def _event(row: SessionEvent) -> dict[str, Any]:
    return {
        "id": str(row.client_id),
        "kind": row.kind,
        "seq": row.seq,
        "mono": row.mono,
        "at": row.occurred_at,
        "local_date": row.local_date.isoformat(),
        "clock": row.clock,
        "payload": fields_of(row.kind, row.payload),
    }


def _locks_of_elsewhere(patient: Patient, session: Session) -> list[OpenLock]:
    """The locks that may have been open during the session, those that it opened itself apart."""
    rows = Lock.objects.filter(patient=patient, scope=Lock.Scope.ALL).exclude(session=session)
    return [OpenLock(row.level, row.opened_at, row.released_at) for row in rows]
