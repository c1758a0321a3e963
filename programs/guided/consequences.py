"""What the events of a session lead to: its summary, check-in and screens, alerts, locks, a paused program.

Reading the same events again changes nothing. Locks are only ever opened here; an open alert that a corrected answer no
longer earns is taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from accounts import audit
from accounts.models import Patient
from programs.guided.replay import Replay, item_of, replay_session
from programs.guided.walked import items_of, sets_of
from programs.models import Alert, CheckIn, ClinicalProfile, Lock, PatientPrecaution, Program, ScreenRecord, Session
from programs.opening import open_alert, open_lock, withdraw
from programs.precautions import switch_on
from programs.revisions import rule_change, take_back_pause
from programs.rules.checkin import CheckInResult
from programs.rules.counting import two_ended_in_seven_days
from programs.rules.limits_in_session import sets_fall_risk
from programs.rules.safety import decide
from programs.rules.session import Earned, Notice, SessionState
from programs.rules.timeline import moment


@dataclass(frozen=True)
class Told:
    """What a session was known to pause the program for, before it was read again."""

    counted_end: bool
    relief_only: bool


def in_turn(patient: Patient) -> None:
    """Wait for what else is being worked out of this patient: ends are counted over sessions (X14), one by one."""
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)


def apply(*, patient: Patient, session: Session, now: datetime, close_quiet: bool = False) -> Replay:
    """Bring everything that follows from the stored events up to date; called inside the intake's transaction.

    A session that was closed for silence stays so unless its events tell more than silence (X5).
    """
    was_closed = session.state == Session.State.CLOSED
    told = Told(session.counted_end, bool(session.summary.get("relief_only")))
    replay = replay_session(patient, session, now, close_quiet=close_quiet or was_closed)
    state = replay.state
    _summarise(session, replay)
    _screens(patient, session, replay)
    for lock in state.every_lock:
        _lock(patient, session, lock, heard=replay.received.get(lock.event, now), now=now)
    _alerts(patient, session, state.alerts)
    if state.check_in is not None:
        _check_in(patient, session, state.check_in)
        _fall_risk(patient, session, state.check_in)
        _answer_for_last(patient, session, state.check_in)
    _pause_program(patient, session, state, told)
    return replay


def _lock(patient: Patient, session: Session, lock: Earned, *, heard: datetime, now: datetime) -> None:
    """S2, X7, X8: a sign opens a lock once; told again after a release, it locks again.

    A lock holds from when the server knows of it, however fast the device's clock is.
    """
    key = _key(session, lock.rule, lock.level, lock.scope)
    same = Lock.objects.filter(patient=patient, key__startswith=key)
    if same.filter(Q(released_at__isnull=True) | Q(released_at__gte=heard)).exists():
        return
    at = min(lock.at or session.minted_at, now)
    new = open_lock(
        patient=patient, level=lock.level, rule=lock.rule, scope=lock.scope, at=at, session=session,
        key=_key(session, lock.rule, lock.level, lock.scope, lock.event),
    )  # fmt: skip
    if new and lock.rule == "S12":
        _note_precaution(patient, "dvt-suspected", at)


def _note_precaution(patient: Patient, code: str, at: datetime) -> bool:
    """S12, S25: the answer itself switches the code on; only a therapist switches it off. Answers whether it is new.

    The profile counts as changed: whoever has its form open sees the code before it is saved over.
    """
    if PatientPrecaution.objects.filter(patient=patient, code=code, off_at=None).exists():
        return False
    switch_on(patient=patient, codes=[code], at=at, by=None)
    ClinicalProfile.objects.filter(patient=patient).update(version=F("version") + 1)
    audit.record(None, action="answer-set-precaution", patient=patient, objects={"on": [code]})
    return True


def _summarise(session: Session, replay: Replay) -> None:
    state = replay.state
    session.state, session.kind = state.state, state.kind
    session.started_at, session.ended_at = state.started_at, state.ended_at
    session.end_row, session.end_rule = state.end_row, state.end_rule
    session.counted_end, session.waiting = state.counted_end, state.waiting
    session.baseline_spine, session.baseline_limb = state.baseline_spine, state.baseline_limb
    session.final_spine, session.final_limb = state.final_spine, state.final_limb
    session.effort, session.stops, session.sets_done = state.effort, state.stops, state.sets_done
    if state.started_at:
        session.sets_planned = sets_of(items_of(session.plan, state))  # what was to be done that day
    session.summary = {
        "items": {item: done.as_dict() for item, done in replay.done.items()},
        "relief_only": state.relief_only_until_restart,
        "was_closed": state.was_closed,
    }
    session.save()


def _check_in(patient: Patient, session: Session, found: CheckInResult) -> None:
    spine, limb = found.scores
    CheckIn.objects.update_or_create(
        session=session,
        defaults={
            "patient": patient,
            "at": _at(found, session),
            "local_date": found.event["local_date"],
            "spine": spine,
            "limb": limb,
            "answers": dict(found.event["payload"]),
            "row": found.row,
            "outcome": found.outcome,
        },
    )


def _at(found: CheckInResult, session: Session) -> datetime:
    return moment(found.event.get("at")) or session.minted_at


def _screens(patient: Patient, session: Session, replay: Replay) -> None:
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
            answers=dict(screen.answers),
            outcome=screen.gravest,
        )
        for screen in replay.screens
    )


def _alerts(patient: Patient, session: Session, notices: Iterable[Notice]) -> None:
    """Tell the therapist: of stops and of entries made easier (P12) one by one, of all else once a session and rule.

    The notice of a lock is left to the lock, which brings its own alert.
    """
    earned = set()
    for notice in notices:
        if "scope" in notice.params:
            continue
        one_by_one = notice.level == Alert.Level.STOP or notice.rule == "P12"
        about = str(notice.params.get("item", "")) if one_by_one else ""
        key = _key(session, notice.rule, notice.level, about)
        if key in earned:
            continue
        earned.add(key)
        open_alert(
            patient=patient, level=notice.level, rule=notice.rule, row=notice.row, session=session, key=key,
            at=notice.at or session.minted_at, params=_named(session.plan, notice.params),
        )  # fmt: skip
    of_the_replay = Q(key__startswith=f"{session.pk}:") & ~Q(key=_key(session, "fall-risk"))
    gone = Alert.objects.open().filter(of_the_replay, patient=patient).exclude(key__in=earned)
    withdraw(patient=patient, keys=list(gone.values_list("key", flat=True)))


def _named(plan: dict[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with the name that the exercise had in the plan."""
    item = item_of(plan, params.get("item"))
    return {**params, "name": item["name"]} if item else dict(params)


def _key(session: Session, *parts: str) -> str:
    """The same for the same finding, however often the events are read."""
    return ":".join(part for part in (str(session.pk), *parts) if part)[:110]


def _fall_risk(patient: Patient, session: Session, found: CheckInResult) -> None:
    """S25: any yes, or not sure, to the regular fall questions sets the code ``fall-risk``."""
    at = _at(found, session)
    if sets_fall_risk(found.event["payload"].get("fall_risk") or {}) and _note_precaution(patient, "fall-risk", at):
        open_alert(
            patient=patient, level=Alert.Level.NOTE, rule="S25", key=_key(session, "fall-risk"), at=at, session=session
        )


def _answer_for_last(patient: Patient, session: Session, found: CheckInResult) -> None:
    """S22: table N for the sessions of the date that Q4 asked about; each with its own baseline."""
    asked, given = session.plan.get("last_session"), found.event["payload"]
    if given.get("last") is None or not asked:
        return
    last = Session.objects.filter(pk=asked["id"], patient=patient).first()
    if last is None:
        return
    at = _at(found, session)
    # X13: an answer that was given before is asked about no more; this session may still correct its own.
    before = CheckIn.objects.filter(patient=patient, session__plan__last_session__id=asked["id"], at__lt=at)
    if before.exclude(session=session).exclude(answers__last=None).exists():
        return
    for one in Session.objects.filter(patient=patient, local_date=last.local_date, started_at__isnull=False).exclude(
        kind=Session.Kind.RELIEF
    ):
        answer = decide("N", {
            "last": given["last"], "sleep_worse": bool(given.get("sleep_worse")), "up24": _rise(one, found),
            "hours_since": _hours(one, at),
        })  # fmt: skip
        one.next_day = answer.outcome or ""
        one.save(update_fields=["next_day"])
        if answer.outcome == "reaction":
            open_alert(
                patient=patient, level=Alert.Level.STOP, rule="S22", row=answer.row or "", key=f"next-day:{one.pk}",
                at=at, session=one, params={"days": one.days},
            )  # fmt: skip
        else:
            withdraw(patient=patient, keys=[f"next-day:{one.pk}"])


def _hours(session: Session, at: datetime) -> float:
    return max(0.0, (at - (session.ended_at or session.minted_at)).total_seconds() / 3600)


def _rise(session: Session, found: CheckInResult) -> int | None:
    pairs = zip(found.scores, (session.baseline_spine, session.baseline_limb), strict=True)
    rises = [now - before for now, before in pairs if now is not None and before is not None]
    return max(rises) if len(rises) == 2 else None


def _pause_program(patient: Patient, session: Session, state: SessionState, told: Told) -> None:
    """Safety X14, P14, S21: after spread relief only; after two counted ends in 7 days the minimum plan.

    What was known before does not pause again: the therapist may have restarted the program since.
    """
    at = state.ended_at or session.minted_at
    if state.relief_only_until_restart:
        if not told.relief_only and rule_change(patient=patient, rule="X14", to=Program.Restriction.RELIEF, at=at):
            _restriction_alert(patient, session, "relief", "P14", at)
    elif withdraw(patient=patient, keys=[f"paused:{session.pk}:relief"]):
        take_back_pause(patient=patient, rule="X14")
    if told.counted_end or not state.counted_end:
        return
    ends = Session.objects.filter(patient=patient, counted_end=True).values_list("local_date", flat=True)
    if two_ended_in_seven_days(ends, session.local_date) and rule_change(
        patient=patient, rule="X14", to=Program.Restriction.MINIMUM, at=at
    ):
        _restriction_alert(patient, session, "minimum", "S21", at)


def _restriction_alert(patient: Patient, session: Session, to: str, rule: str, at: datetime) -> None:
    open_alert(
        patient=patient, level=Alert.Level.END, rule=rule, key=f"paused:{session.pk}:{to}", at=at, session=session,
        params={"to": to},
    )  # fmt: skip
