"""The read side of one patient's page: locks, alerts, program, pain over time, sessions."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Patient, User
from programs.models import Alert, Lock, Program, ProgramRevision, Session
from programs.review import chart, patients, states
from programs.wording import review as wording
from programs.wording.alerts import alert_words

SESSIONS_SHOWN = 60
REVISIONS_SHOWN = 20


@dataclass(frozen=True)
class LockLine:
    """An open lock with its words."""

    id: Any
    level: str
    words: str
    rule: str
    opened_at: datetime


@dataclass(frozen=True)
class AlertLine:
    """An alert, open or noted."""

    id: Any
    levels: tuple[str, ...]
    words: str
    rule: str
    at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str


@dataclass(frozen=True)
class SessionLine:
    """One session in the list."""

    id: Any
    on: date
    at: datetime | None
    kind: str
    state: str
    words: str
    spine: int | None
    limb: int | None
    final_spine: int | None
    final_limb: int | None
    sets_done: int
    sets_planned: int
    stops: int
    effort: int | None
    rule: str


@dataclass(frozen=True)
class PatientPage:
    """All that the page of one patient shows."""

    patient: Patient
    profile: Any
    about: str
    state: states.Today
    state_words: str
    silence: states.Silence | None
    locks: tuple[LockLine, ...]
    alerts: tuple[AlertLine, ...]
    revision: ProgramRevision | None
    items: dict[str, list[Any]]
    program: Program | None
    restriction_words: str
    precautions: tuple[str, ...]
    chart: chart.PainChart | None
    chart_words: str
    sessions: tuple[SessionLine, ...]
    done_of_planned: str
    revisions: tuple[ProgramRevision, ...]


def patient_page(user: User, patient: Patient) -> PatientPage:
    """One patient; a constant number of queries."""
    now = timezone.now()
    patient = (
        Patient.objects.select_related("clinic", "therapist", "clinical_profile", "program__current")
        .prefetch_related("precautions")
        .get(pk=patient.pk)
    )
    locks = list(Lock.objects.open().filter(patient=patient).order_by("level", "opened_at"))
    alerts = list(Alert.objects.filter(patient=patient).select_related("acknowledged_by").order_by("-at")[:40])
    sessions, revisions = _sessions(patient), _revisions(patient)
    program = getattr(patient, "program", None)
    revision = program.current if program else None
    closing = any(lock.scope == Lock.Scope.ALL for lock in locks)
    facts = patients.facts_of(patient, sessions, locked=closing, now=now)
    state = states.state_of(facts)
    pain = _chart(sessions, revisions)
    return PatientPage(
        patient=patient,
        profile=getattr(patient, "clinical_profile", None),
        about=wording.about(getattr(patient, "clinical_profile", None)),
        state=state,
        state_words=wording.state_words(state),
        silence=states.silence_of(facts) if state is states.Today.AWAY else None,
        locks=tuple(map(_lock_line, locks)),
        alerts=_alert_lines(alerts),
        revision=revision,
        items=_items(revision),
        program=program,
        restriction_words=wording.restriction_words(program) if program else "",
        precautions=tuple(row.code for row in patient.precautions.all() if row.off_at is None),
        chart=pain,
        chart_words=wording.chart_words(pain),
        sessions=tuple(map(_session_line, sessions)),
        done_of_planned=wording.done_words(_done_this_week(sessions, facts.today)),
        revisions=tuple(revisions),
    )


def _sessions(patient: Patient) -> list[Session]:
    found = Session.objects.filter(patient=patient).exclude(state=Session.State.MINTED)
    return list(found.defer("plan").order_by("-minted_at")[:SESSIONS_SHOWN])


def _revisions(patient: Patient) -> list[ProgramRevision]:
    found = ProgramRevision.objects.filter(patient=patient).select_related("approved_by").defer("explanation")
    return list(found.order_by("-number")[:REVISIONS_SHOWN])


def _items(revision: ProgramRevision | None) -> dict[str, list[Any]]:
    days: dict[str, list[Any]] = {}
    if revision:
        for item in revision.items.select_related("version__exercise").order_by("day", "position"):
            days.setdefault(item.day, []).append(item)
    return days


def _done_this_week(sessions: list[Session], today: date) -> int:
    monday = today.toordinal() - today.weekday()
    return len({s.local_date for s in sessions if s.started_at and s.local_date.toordinal() >= monday})


def _chart(sessions: list[Session], revisions: list[ProgramRevision]) -> chart.PainChart | None:
    last_of_day: dict[date, Session] = {}
    for session in sorted(sessions, key=lambda s: s.minted_at):
        if session.baseline_spine is not None:
            last_of_day[session.local_date] = session
    readings = [
        chart.Reading(on, session.baseline_spine, session.baseline_limb) for on, session in sorted(last_of_day.items())
    ]
    return chart.pain_chart(readings, [(r.starts_on, wording.revision_label(r.number)) for r in revisions])


def _lock_line(lock: Lock) -> LockLine:
    return LockLine(
        id=lock.id,
        level=lock.level,
        words=wording.lock_words(lock.level, lock.rule, lock.scope),
        rule=lock.rule,
        opened_at=lock.opened_at,
    )


def _alert_lines(alerts: list[Alert]) -> tuple[AlertLine, ...]:
    """One line a finding: T and H of one sign together, unless only one of them was noted."""
    together: dict[Any, list[Alert]] = {}
    for alert in sorted(alerts, key=lambda one: one.rank):
        together.setdefault((*alert.finding, alert.acknowledged_at), []).append(alert)
    return tuple(map(_alert_line, sorted(together.values(), key=lambda same: same[0].at, reverse=True)))


def _alert_line(same: list[Alert]) -> AlertLine:
    alert = same[0]
    return AlertLine(
        id=alert.id,
        levels=tuple(one.level for one in same),
        words=alert_words(rule=alert.rule, row=alert.row, params=alert.params, level=alert.level),
        rule=", ".join(filter(None, (alert.rule, alert.row))),
        at=alert.at,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by=str(alert.acknowledged_by or ""),
        note=alert.note,
    )


def _session_line(session: Session) -> SessionLine:
    return SessionLine(
        id=session.id,
        on=session.local_date,
        at=session.started_at,
        kind=wording.kind_words(session.kind),
        state=session.state,
        words=wording.session_words(session),
        spine=session.baseline_spine,
        limb=session.baseline_limb,
        final_spine=session.final_spine,
        final_limb=session.final_limb,
        sets_done=session.sets_done,
        sets_planned=session.sets_planned,
        stops=session.stops,
        effort=session.effort,
        rule=", ".join(filter(None, (session.end_rule, session.end_row))),
    )
