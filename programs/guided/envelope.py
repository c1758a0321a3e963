"""The envelope of a batch of events: what is read before any event is looked at, and each event's own frame. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from programs.rules.checkin import pressure_locks

MAX_BYTES = 256 * 1024
MAX_EVENTS = 200
MAX_PAYLOAD_BYTES = 16 * 1024
MAX_DEPTH = 8
"""Levels of a payload; databases have limits of their own for JSON."""
MAX_SEQ = 2_147_483_647
MAX_MONO = 2**53
AHEAD = timedelta(minutes=10)
"""Safety X3: a device clock may be this far ahead of ours."""
FAST = "fast"
"""The mark of an event from further ahead: only a sign is taken with it."""
BACKWARDS = timedelta(minutes=5)
"""Safety X3: an event that is this much earlier than the one before it comes from a clock that was set back."""
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)


class Unreadable(ValueError):
    """The body is no batch of events; ``code`` says why, ``status`` is the answer's."""

    def __init__(self, code: str, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


class Refused(ValueError):
    """One event cannot be taken; ``why`` names the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Frame:
    """One event as it was sent, checked but for its payload. ``clock`` names what is wrong with its time (X3)."""

    id: UUID
    kind: str
    at: datetime
    told_at: datetime
    """By the device's clock; ``at`` is never later than ours."""
    zone: str
    local_date: date
    mono: int | None
    seq: int
    payload: dict[str, Any]
    clock: str = ""

    def content_hash(self, session: UUID) -> str:
        """The same for the same content, however its keys were ordered when it was sent."""
        parts = [
            str(session),
            self.kind,
            self.told_at.astimezone(UTC).isoformat(),
            self.zone,
            self.local_date.isoformat(),
            self.mono,
            self.seq,
            self.payload,
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def read_batch(body: bytes) -> dict[str, Any]:
    """The batch as an object with ``account`` and ``events``. Raises ``Unreadable``.

    NaN, Infinity, numbers too large to read, text that is not UTF-8 and nesting without end are all unreadable.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable("too-large", 413)
    try:
        batch = json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not-json") from error
    if not isinstance(batch, dict) or not isinstance(batch.get("account"), str):
        raise Unreadable("no-batch")
    events = batch.get("events")
    if not isinstance(events, list):
        raise Unreadable("no-batch")
    if len(events) > MAX_EVENTS:
        raise Unreadable("too-many", 413)
    return batch


def read_frame(raw: Any, *, now: datetime, minted_at: datetime) -> Frame:
    """One event of the batch. Raises ``Refused``. ``minted_at`` is when its session was made."""
    if not isinstance(raw, dict):
        raise Refused("no-object")
    at = _instant(raw.get("at"))
    zone = _zone(raw.get("zone"))
    local_date = _local_date(raw.get("local_date"))
    if _date_in(zone, at) != local_date:
        raise Refused("local_date")
    payload = raw.get("payload")
    if not isinstance(payload, dict) or not _storable(payload):
        raise Refused("payload")
    kind = raw.get("kind")
    if not isinstance(kind, str):
        raise Refused("kind")
    fast = at > now + AHEAD
    return Frame(
        id=read_id(raw),
        kind=kind,
        at=min(at, now),
        told_at=at,
        zone=zone,
        local_date=local_date,
        mono=_whole(raw.get("mono"), "mono", MAX_MONO) if raw.get("mono") is not None else None,
        seq=_whole(raw.get("seq"), "seq", MAX_SEQ),
        payload=payload,
        clock=FAST if fast else "early" if at < minted_at - AHEAD else "",
    )


def tells_a_sign(kind: str, payload: Mapping[str, Any]) -> bool:
    """Safety X17, S2: a sign is never thrown away for a wrong clock; it is kept as of now, and can start nothing.

    The payload is one that ``validate_event`` let pass.
    """
    if kind == "screen":
        return any(answer in ("yes", "not-sure", "worse") for answer in payload["answers"].values())
    if kind == "check-in":
        return payload["last"] == "spread" or bool(pressure_locks(payload, ()))
    if kind in {"pain", "rest-check"}:
        return payload["alarm"] != "none" or payload["spread"] or payload["tingling"] == "lasting"
    return kind == "fall-check"


def read_id(raw: Any) -> UUID:
    """The event's own id. Raises ``Refused``."""
    value = raw.get("id") if isinstance(raw, dict) else None
    try:
        return UUID(value) if isinstance(value, str) else _refuse("id")
    except ValueError as error:
        raise Refused("id") from error


def _refuse(why: str) -> Any:
    raise Refused(why)


def _no_constant(_text: str) -> Any:
    raise ValueError("not a number")


def _finite(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("too large")
    return value


def _instant(value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else _refuse("at")
        if at.tzinfo is None:
            raise Refused("at")
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused("at") from error
    return at if at >= EARLIEST else _refuse("at")


def _zone(value: Any) -> str:
    try:
        if not isinstance(value, str) or not 1 <= len(value) <= 64:
            raise Refused("zone")
        return ZoneInfo(value).key
    except (ValueError, OSError, KeyError) as error:
        raise Refused("zone") from error


def _local_date(value: Any) -> date:
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise Refused("local_date")
        return date.fromisoformat(value)
    except ValueError as error:
        raise Refused("local_date") from error


def _date_in(zone: str, at: datetime) -> date | None:
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # the last day that there is, further east
        return None


def _whole(value: Any, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Refused(name)
    return value


def _storable(payload: dict[str, Any]) -> bool:
    """Small and flat enough, and text that a database can keep (no NUL, no half characters)."""
    if not _flat(payload, MAX_DEPTH):
        return False
    try:
        text = json.dumps(payload, ensure_ascii=False)
        return len(text.encode("utf-8")) <= MAX_PAYLOAD_BYTES and "\\u0000" not in text
    except (ValueError, RecursionError):
        return False


def _flat(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    inside = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_flat(each, levels - 1) for each in inside)
