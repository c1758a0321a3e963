"""Events in: each is accepted, known already, in conflict, or refused, and none stands in another's way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Patient
from programs.guided.consequences import apply, in_turn
from programs.guided.envelope import BACKWARDS, FAST, Frame, Refused, read_frame, read_id, tells_a_sign
from programs.models import Session, SessionEvent
from programs.rules.session import InvalidEvent, validate_event

ACCEPTED, DUPLICATE, CONFLICT, REFUSED = "accepted", "duplicate", "conflict", "refused"
STATUS = {ACCEPTED: 200, DUPLICATE: 200, CONFLICT: 409, REFUSED: 400}


@dataclass(frozen=True)
class Result:
    """What became of one event."""

    id: str | None
    result: str
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The result as the answer carries it."""
        return {"id": self.id, "result": self.result, "status": STATUS[self.result], "why": self.why}


def take_in(
    *, patient: Patient, session: Session, events: list[Any], now: datetime, after: int | None = None
) -> list[Result]:
    """Store the events of one session and let the rules act on all that is now known of it.

    Answers one result per event, in order; none, and nothing is stored, where there are not just as many events as
    ``after`` says: a page without a script answers what it showed, once. One short transaction; the number of queries
    does not grow with the number of events.
    """
    frames = [_read(raw, session, now) for raw in events]
    with transaction.atomic():
        in_turn(patient)
        locked = Session.objects.get(pk=session.pk)
        if after is not None and SessionEvent.objects.filter(session=locked).count() != after:
            return []
        results = _store(patient, locked, frames)
        if any(result.result == ACCEPTED for result in results):
            apply(patient=patient, session=locked, now=now)
    return results


def overall_status(results: Iterable[Result]) -> int:
    """200 if anything was taken or nothing was sent; else 409 if anything is in conflict; else 400."""
    kinds = {result.result for result in results}
    if not kinds or kinds & {ACCEPTED, DUPLICATE}:
        return 200
    return STATUS[CONFLICT] if CONFLICT in kinds else STATUS[REFUSED]


def _read(raw: Any, session: Session, now: datetime) -> Frame | Result:
    try:
        frame = read_frame(raw, now=now, minted_at=session.minted_at)
        validate_event(session.plan, frame.kind, frame.payload)
        if frame.clock == FAST and not tells_a_sign(frame.kind, frame.payload):
            raise Refused("future")
    except Refused as refused:
        return Result(_id_of(raw), REFUSED, refused.why)
    except InvalidEvent as invalid:
        return Result(_id_of(raw), REFUSED, str(invalid))
    return frame


def _id_of(raw: Any) -> str | None:
    try:
        return str(read_id(raw))
    except Refused:
        return None


def _store(patient: Patient, session: Session, frames: list[Frame | Result]) -> list[Result]:
    ids = {frame.id for frame in frames if isinstance(frame, Frame)}
    known: dict[UUID, str] = dict(
        SessionEvent.objects.filter(patient=patient, client_id__in=ids).values_list("client_id", "content_hash")
    )
    latest = SessionEvent.objects.filter(session=session).order_by("-seq").values_list("seq", "occurred_at").first()
    results: list[Result] = []
    fresh: list[SessionEvent] = []
    for frame in frames:
        if isinstance(frame, Result):
            results.append(frame)
            continue
        content = frame.content_hash(session.pk)
        stored = known.get(frame.id)
        if stored is not None:
            results.append(Result(str(frame.id), DUPLICATE if stored == content else CONFLICT))
            continue
        known[frame.id] = content
        fresh.append(_row(patient, session, frame, content, latest))
        latest = max(latest or (-1, frame.at), (frame.seq, frame.at))
        results.append(Result(str(frame.id), ACCEPTED))
    return _inserted(fresh, results)


def _row(
    patient: Patient, session: Session, frame: Frame, content: str, latest: tuple[int, datetime] | None
) -> SessionEvent:
    went_back = latest is not None and frame.seq > latest[0] and frame.at < latest[1] - BACKWARDS
    return SessionEvent(
        patient=patient,
        session=session,
        client_id=frame.id,
        kind=frame.kind,
        occurred_at=frame.at,
        zone=frame.zone,
        local_date=frame.local_date,
        mono=frame.mono,
        seq=frame.seq,
        payload=frame.payload,
        content_hash=content,
        clock=frame.clock or ("backwards" if went_back else ""),
    )


def _inserted(fresh: list[SessionEvent], results: list[Result]) -> list[Result]:
    """Insert all at once; if another request was faster with one of them, each on its own."""
    if not fresh:
        return results
    try:
        with transaction.atomic():
            SessionEvent.objects.bulk_create(fresh)
        return results
    except IntegrityError:
        lost = {str(row.client_id): _insert_one(row) for row in fresh}
        return [
            Result(result.id, lost[result.id]) if result.result == ACCEPTED and result.id in lost else result
            for result in results
        ]


def _insert_one(row: SessionEvent) -> str:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
        return ACCEPTED
    except IntegrityError:
        stored = SessionEvent.objects.filter(patient_id=row.patient_id, client_id=row.client_id).first()
        return DUPLICATE if stored and stored.content_hash == row.content_hash else CONFLICT
