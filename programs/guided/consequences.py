"""What the events of a session lead to: its summary, check-in and screens, alerts, locks, a paused program.

Reading the same events again changes nothing; alerts and locks are only ever opened here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import Patient
from programs.guided.derive import LockSpan, Seen, next_day, read_events
from programs.guided.reading import CheckInRead, Earned, Reading
from programs.models import (
    Alert,
    CheckIn,
    Lock,
    PatientPrecaution,
    Program,
    ScreenRecord,
    Session,
    SessionEvent,
)
from programs.opening import open_alert, open_lock
from programs.revisions import rule_change

ENDED_BY_A_SYMPTOM = frozenset({"T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T12", "T15", "U1", "U2", "U3", "U9"})
"""Safety X14: the rows that count towards "two sessions ended by S18 in 7 days"."""
S18_ENDS = 2
S18_DAYS = 7


def apply(*, patient: Patient, session: Session, now: datetime) -> Reading:
    """Bring everything that follows from the stored events up to date; called inside the intake's transaction."""
    reading = read_session(patient, session, now)
    _summarise(session, reading)
    _check_in(patient, session, reading)
    _screens(patient, session, reading)
    for lock in reading.locks:
        new = open_lock(
            patient=patient, level=lock.level, rule=lock.rule, key=lock.key(session.pk), at=lock.at,
            session=session, scope=lock.scope, params=lock.params,
        )  # fmt: skip
        if new and lock.rule == "S12":
            _note_precaution(patient, "dvt-suspected", lock.at)
    _alerts(patient, session, reading.alerts)
    _answer_for_last(patient, session, reading)
    _pause_program(patient, session, reading)
    return reading


def _note_precaution(patient: Patient, code: str, at: datetime) -> None:
    """S12: the answer itself switches the code on; only a therapist switches it off."""
    PatientPrecaution.objects.get_or_create(patient=patient, code=code, off_at=None, defaults={"on_at": at})


def read_session(patient: Patient, session: Session, now: datetime) -> Reading:
    """What the stored events of a session say; two queries, nothing is written."""
    events = SessionEvent.objects.filter(session=session).order_by("seq", "occurred_at", "id")
    return read_events(session.plan, [_seen(event) for event in events], _lock_spans(patient, session), now)


def _seen(event: SessionEvent) -> Seen:
    return Seen(
        id=str(event.client_id),
        kind=event.kind,
        at=event.occurred_at,
        local_date=event.local_date,
        payload=event.payload,
        clock=event.clock,
        seq=event.seq,
        mono=event.mono,
    )


def _lock_spans(patient: Patient, session: Session) -> list[LockSpan]:
    """The locks that may have been open during the session, those that it opened itself apart."""
    rows = Lock.objects.filter(patient=patient, scope=Lock.Scope.ALL).exclude(session=session)
    return [LockSpan(row.level, row.opened_at, row.released_at) for row in rows]


def _summarise(session: Session, reading: Reading) -> None:
    closed = session.state == Session.State.CLOSED and reading.state in {"minted", "checked-in", "started"}
    if not closed:
        session.state = reading.state
        session.ended_at = reading.ended_at
        session.end_row, session.end_rule = reading.row, reading.rule
    if reading.kind:
        session.kind = reading.kind
    session.started_at = reading.started_at
    session.baseline_spine, session.baseline_limb = reading.baseline or (None, None)
    session.final_spine, session.final_limb = reading.final
    session.effort, session.stops, session.sets_done = reading.effort, reading.stops, reading.sets_done
    session.summary = {"items": reading.items}
    session.save()


def _check_in(patient: Patient, session: Session, reading: Reading) -> None:
    found = reading.check_in
    if found is None:
        return
    CheckIn.objects.update_or_create(
        session=session,
        defaults={
            "patient": patient,
            "at": found.at,
            "local_date": found.local_date,
            "spine": found.spine,
            "limb": found.limb,
            "answers": found.answers,
            "row": found.row,
            "outcome": found.outcome,
        },
    )


def _screens(patient: Patient, session: Session, reading: Reading) -> None:
    """One record per screen of the session; made anew, since they are derived from its events."""
    ScreenRecord.objects.filter(session=session).delete()
    ScreenRecord.objects.bulk_create(
        ScreenRecord(
            patient=patient,
            session=session,
            at=screen.at,
            local_date=screen.local_date,
            scope=screen.scope,
            complete=screen.complete,
            answers=screen.answers,
            outcome=screen.outcome,
        )
        for screen in reading.screens
    )


def _alerts(patient: Patient, session: Session, alerts: Iterable[Earned]) -> None:
    for alert in alerts:
        open_alert(
            patient=patient, level=alert.level, rule=alert.rule, row=alert.row, key=alert.key(session.pk),
            at=alert.at, session=session, params=alert.params,
        )  # fmt: skip


def _answer_for_last(patient: Patient, session: Session, reading: Reading) -> None:
    """S22: table N for the sessions of the date that Q4 asked about; each with its own baseline."""
    asked = session.plan.get("last_session")
    if reading.last_answer is None or not asked or reading.check_in is None:
        return
    last = Session.objects.filter(pk=asked["id"], patient=patient).first()
    if last is None:
        return
    for one in Session.objects.filter(
        patient=patient, local_date=last.local_date, started_at__isnull=False, next_day=""
    ).exclude(kind=Session.Kind.RELIEF):
        answer = next_day(
            last=reading.last_answer,
            sleep_worse=reading.sleep_worse,
            rise=_rise(one, reading.check_in),
            hours_since=_hours(one, reading.check_in.at),
        )
        one.next_day = answer.outcome
        one.save(update_fields=["next_day"])
        if answer.outcome == "reaction":
            open_alert(
                patient=patient, level=Alert.Level.STOP, rule="S22", row=answer.row, key=f"next-day:{one.pk}",
                at=reading.check_in.at, session=one, params={"days": one.days},
            )  # fmt: skip


def _hours(session: Session, at: datetime) -> float:
    return max(0.0, (at - (session.ended_at or session.minted_at)).total_seconds() / 3600)


def _rise(session: Session, now: CheckInRead) -> int | None:
    if None in (session.baseline_spine, session.baseline_limb, now.spine, now.limb):
        return None
    return max(now.spine - session.baseline_spine, now.limb - session.baseline_limb)  # type: ignore[operator]


def _pause_program(patient: Patient, session: Session, reading: Reading) -> None:
    """Safety X14, P14, S21: after spread relief only; after two ends by S18 in 7 days the minimum plan."""
    if reading.state != Session.State.ENDED or reading.rule != "S18" or reading.kind == Session.Kind.RELIEF:
        return
    at = reading.ended_at or session.minted_at
    if (
        reading.spread
        and reading.row in {"T4", "U3"}
        and rule_change(patient=patient, rule="X14", to=Program.Restriction.RELIEF, at=at)
    ):
        _restriction_alert(patient, session, "relief", "P14", at)
    if not reading.symptom or reading.row not in ENDED_BY_A_SYMPTOM:
        return
    since = session.local_date - timedelta(days=S18_DAYS - 1)
    ends = (
        Session.objects.filter(
            patient=patient,
            state=Session.State.ENDED,
            end_row__in=ENDED_BY_A_SYMPTOM,
            local_date__range=(since, session.local_date),
        )
        .exclude(kind=Session.Kind.RELIEF)
        .count()
    )
    if ends >= S18_ENDS and rule_change(patient=patient, rule="X14", to=Program.Restriction.MINIMUM, at=at):
        _restriction_alert(patient, session, "minimum", "S21", at)


def _restriction_alert(patient: Patient, session: Session, to: str, rule: str, at: datetime) -> None:
    open_alert(
        patient=patient, level=Alert.Level.END, rule=rule, key=f"paused:{session.pk}:{to}", at=at, session=session,
        params={"to": to},
    )  # fmt: skip
