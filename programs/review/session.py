"""The read side of one session: pain before, after each set, and after; stops; what was skipped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Patient
from programs.models import Alert, Session, SessionEvent
from programs.rules.events import fields_of
from programs.wording import review as wording
from programs.wording.alerts import alert_words

SHOWN = {
    "screen",
    "check-in",
    "started",
    "set-done",
    "pain",
    "rest-check",
    "interval",
    "skipped",
    "eased",
    "relief",
    "fall-check",
    "finished",
    "ended",
}


@dataclass(frozen=True)
class EventLine:
    """One event in words."""

    at: datetime
    words: str
    spine: int | None
    limb: int | None
    flags: tuple[str, ...]
    replaced: bool
    quick: bool = False
    """Said as “the same or less”: the scores are those of the beginning, and the most that they can be."""


@dataclass(frozen=True)
class EntryBlock:
    """What happened at one entry of the plan."""

    name: str
    dose: str
    status: str
    status_words: str
    lines: tuple[EventLine, ...]
    walks: tuple[str, ...] = ()
    """S19: each walking interval in words."""


@dataclass(frozen=True)
class SessionPage:
    """All that the page of one session shows."""

    session: Session
    kind: str
    words: str
    before: tuple[EventLine, ...]
    entries: tuple[EntryBlock, ...]
    after: tuple[EventLine, ...]
    alerts: tuple[tuple[str, str], ...]


def session_page(patient: Patient, session: Session) -> SessionPage:
    """One session of a patient; three queries."""
    events = list(SessionEvent.objects.filter(session=session, kind__in=SHOWN).order_by("seq", "occurred_at"))
    told = {event.pk: fields_of(event.kind, event.payload) for event in events}
    replaced = {str(payload["replaces"]) for payload in told.values() if payload.get("replaces")}
    items = {item["id"]: item for part in ("items", "minimum", "relief_only") for item in session.plan.get(part, [])}
    of_item: dict[str, list[EventLine]] = {}
    before, after = [], []
    for event in events:
        line = _line(event, told[event.pk], replaced)
        item = told[event.pk].get("item", "")
        if item in items:
            of_item.setdefault(item, []).append(line)
        elif event.kind in {"screen", "check-in", "started"}:
            before.append(line)
        else:
            after.append(line)
    return SessionPage(
        session=session,
        kind=wording.kind_words(session.kind),
        words=wording.session_words(session),
        before=tuple(before),
        entries=tuple(_block(items[key], lines, session.summary) for key, lines in of_item.items()),
        after=tuple(after),
        alerts=tuple(
            (
                alert.level,
                alert_words(rule=alert.rule, row=alert.row, params=alert.params, level=alert.level),
            )
            for alert in Alert.objects.filter(patient=patient, session=session).order_by("rank", "at")
        ),
    )


def _line(event: SessionEvent, payload: dict[str, Any], replaced: set[str]) -> EventLine:
    return EventLine(
        at=event.occurred_at,
        words=wording.event_words(event.kind, payload),
        spine=_score(payload.get("spine")),
        limb=_score(payload.get("limb")),
        flags=wording.event_flags(payload),
        replaced=str(event.client_id) in replaced,
        quick=payload.get("quick") is True,
    )


def _score(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _block(item: dict[str, Any], lines: list[EventLine], summary: dict[str, Any]) -> EntryBlock:
    entries = summary.get("items", {})
    found = entries.get(item["id"], {}) if isinstance(entries, dict) else {}
    status = str(found.get("status", ""))
    walks = tuple(wording.walk_words(place, walk) for place, walk in enumerate(found.get("walks", ()), start=1))
    words = wording.entry_status(status)
    return EntryBlock(item["name"], item.get("dose_words", ""), status, words, tuple(lines), walks)
