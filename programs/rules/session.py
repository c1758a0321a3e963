"""Replays a session's events: baseline, stops, end, alerts and locks, whatever order the events came in (S15-S25).

The rows of tables C, T and U are judged again here; what a device concluded itself is never taken over, except that
an end which it reports is kept: that is the careful side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from programs.rules.checkin import HeldLock
from programs.rules.day import DayFacts
from programs.rules.events import InvalidEvent, validate_event
from programs.rules.limits_in_session import CHECK_IN_HOLDS_S, RESUME_WITHIN_S
from programs.rules.session_course import Course
from programs.rules.session_state import Earned, Notice, SessionState
from programs.rules.tables import score, tables
from programs.rules.timeline import Event, in_order, moment, timeline

__all__ = ["Earned", "InvalidEvent", "Notice", "OpenLock", "SessionState", "fold", "in_order", "validate_event"]


@dataclass(frozen=True)
class OpenLock:
    """A lock that something else than the session opened: its level, and when it held (S2, X8)."""

    level: str
    opened_at: datetime
    released_at: datetime | None = None

    def held(self, at: datetime) -> bool:
        """Was it open at that moment?"""
        return self.opened_at <= at and (self.released_at is None or self.released_at > at)


def fold(
    plan: Mapping[str, Any],
    events: Iterable[Event],
    *,
    now: datetime | None = None,
    locks: Sequence[HeldLock] = (),
    close_quiet: bool = True,
    day: DayFacts | None = None,
) -> SessionState:
    """S15-S25, X4-X18: the state of a session after its events, in any arrival order, duplicates and all.

    ``events`` are validated (``validate_event``) and carry id, kind, seq, mono, at, local_date and payload; ``clock``
    marks an impossible one (S33). ``locks`` are those of elsewhere, ``day`` what changed since the plan was made.
    With ``now`` a sign waits 5 minutes for its questions (X17) and, with ``close_quiet``, a session that nobody went on
    with is closed (X5); a device that was offline may have more to tell. Without ``now`` no answer counts as yes.
    Nothing after the end reopens a session; locks are earned even then (S2).
    """
    read = timeline(events)
    replay = Course(plan, locks, now, day)
    for event in read.events:
        replay.read(event)
    for event in read.late:
        _late(replay, event)
    replay.close()
    _locked_under_way(replay)
    if close_quiet:
        _abandoned(replay)
    return _result(replay, tuple(str(event["id"]) for event in read.late))


def _late(replay: Course, event: Event) -> None:
    """A correction after the next step changes no answer; a sign in it, or grave pain, counts (X17, S18)."""
    replay.notice("note", "S33", event, params={"event": str(event["id"])})
    given = event["payload"]
    limits = tables()["thresholds"]
    scores = [value for value in (score(given["spine"]), score(given["limb"])) if value is not None]
    rises = replay.rises(given["spine"], given["limb"])
    high = any(value >= limits["high_score"] for value in scores) or any(rise >= limits["big_rise"] for rise in rises)
    if given["alarm"] != "none" or given["spread"] or given["tingling"] == "lasting" or high:
        (replay.pain if event["kind"] == "pain" else replay.rest_check)(event)


def _locked_under_way(replay: Course) -> None:
    """S2: a lock that was opened elsewhere ends a session that is under way."""
    if replay.now is None or replay.last is None or not replay.running:
        return
    if replay.closed_by(replay.now):
        replay.end("ended", "", "S2", replay.last)
        replay.notice("note", "S2", replay.last)


def _abandoned(replay: Course) -> None:
    """X5, X9: a session that nobody went on with, or that lies on another date, as it stands at ``now``."""
    last = replay.last
    heard = moment(last.get("at")) if last else None
    if replay.now is None or last is None or heard is None:
        return
    quiet = (replay.now - heard).total_seconds()
    another_date = _past_midnight(replay.plan, replay.now)
    if replay.running and (quiet > RESUME_WITHIN_S or another_date):
        replay.end("closed", "", "X5", last)
        replay.notice("no-data", "X9", last)
    elif replay.state == "checked-in" and (quiet > CHECK_IN_HOLDS_S or another_date):
        replay.end("closed", "", "X5", last)


def _past_midnight(plan: Mapping[str, Any], now: datetime) -> bool:
    """X3, X5: is it a later local date than the plan's, in the plan's zone?"""
    date, zone = plan.get("local_date"), plan.get("zone")
    return bool(date and zone and now.astimezone(ZoneInfo(zone)).date().isoformat() > date)


def _result(replay: Course, late: tuple[str, ...]) -> SessionState:
    found = replay.check_in_result
    origin, since = replay.rest if replay.rest and replay.running else (None, None)
    spine, limb = replay.baseline if found and found.baseline else (None, None)
    return SessionState(
        **replay.facts,
        state=replay.state,
        kind=replay.kind,
        check_in=found,
        row=found.row if found else "",
        outcome=found.outcome if found else "",
        restrictions=found.restrictions if found else (),
        baseline_spine=spine,
        baseline_limb=limb,
        resting=origin,
        resting_item=since["payload"]["item"] if since else None,
        resting_since=moment(since.get("at")) if since else None,
        waiting=replay.waiting,
        waiting_group=str(replay.sign["payload"].get("group") or "") if replay.sign and replay.waiting else "",
        stops=replay.stops,
        limits=replay.limits,
        items=dict(replay.items),
        eased=dict(replay.eased_items),
        sets=frozenset(replay.sets),
        extra_sets=frozenset(replay.extra),
        off_today=frozenset(replay.off),
        late_corrections=late,
        alerts=tuple(replay.ledger.alerts),
        locks=tuple(dict.fromkeys(replay.ledger.locks)),
        every_lock=tuple(replay.ledger.locks),
    )
