"""The read side of the patients' list: each patient's state today, last session, open alerts."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Patient, User
from programs.models import Alert, Lock, Session
from programs.review import states
from programs.rules.schedule import planned_days
from programs.wording import review as wording

MOST = 500
"""Rows of the list; a clinic with more searches."""


@dataclass(frozen=True)
class PatientRow:
    """One patient of the list."""

    id: Any
    name: str
    born: int
    about: str
    therapist: str
    mine: bool
    state: states.Today
    state_words: str
    last_at: datetime | None
    last_words: str
    zone: Any
    alerts: int
    level: str
    silence: states.Silence | None


@dataclass(frozen=True)
class PatientsPage:
    """The list, with what was asked for."""

    rows: tuple[PatientRow, ...]
    total: int
    q: str
    mine: bool
    discharged: bool


def patients_page(user: User, *, mine: bool, q: str, discharged: bool) -> PatientsPage:
    """The patients of the therapist's clinic; a constant number of queries."""
    found = Patient.objects.visible_to(user).filter(discharged_at__isnull=not discharged)
    if mine:
        found = found.filter(therapist=user)
    for word in q.split():
        found = found.filter(display_name__icontains=word)
    total = found.count()
    last = Session.objects.filter(patient=OuterRef("pk"), started_at__isnull=False).order_by("-started_at")
    rows = list(
        found.annotate(
            worst=Min("alerts__rank", filter=Q(alerts__acknowledged_at__isnull=True)),
            last_session=Subquery(last.values("id")[:1]),
        )
        .select_related("therapist", "clinical_profile", "program__current")
        .order_by("display_name", "id")[:MOST]
    )
    now = timezone.now()
    sessions = _sessions(rows, now)
    locked = set(
        Lock.objects.closing_exercise().filter(patient__in=[row.pk for row in rows]).values_list("patient", flat=True)
    )
    open_alerts = Counter(
        found["patient_id"] for found in Alert.objects.open().filter(patient__in=[row.pk for row in rows]).findings()
    )
    return PatientsPage(
        rows=tuple(_row(row, user, sessions, locked, open_alerts[row.pk], now) for row in rows),
        total=total,
        q=q,
        mine=mine,
        discharged=discharged,
    )


def _sessions(rows: list[Any], now: datetime) -> dict[Any, list[Session]]:
    """Per patient: the sessions since yesterday and the last started one, in one query."""
    lasts = [row.last_session for row in rows if row.last_session]
    recent = Q(patient__in=[row.pk for row in rows], local_date__gte=now.date() - timedelta(days=1))
    by_patient: dict[Any, list[Session]] = {}
    for session in Session.objects.filter(recent | Q(id__in=lasts)).defer("plan").order_by("started_at"):
        by_patient.setdefault(session.patient_id, []).append(session)
    return by_patient


def facts_of(patient: Patient, sessions: list[Session], *, locked: bool, now: datetime) -> states.Facts:
    """The plain facts of a patient's day. ``sessions``: at least the last started one and today's."""
    today = timezone.localdate(now, patient.zone)
    program = getattr(patient, "program", None)
    revision = program.current if program else None
    started = [session.local_date for session in sessions if session.started_at]
    return states.Facts(
        today=today,
        discharged=patient.is_discharged,
        locked=locked,
        restriction=program.restricted_to if program else "",
        starts_on=revision.starts_on if revision else None,
        last_session_on=max(started, default=None),
        states_today=tuple(session.state for session in sessions if session.local_date == today),
        planned_today=bool(revision and planned_days(revision.week, revision.starts_on, today)),
    )


def _row(
    patient: Any, user: User, sessions: dict[Any, list[Session]], locked: set[Any], alerts: int, now: datetime
) -> PatientRow:
    mine = sessions.get(patient.pk, [])
    facts = facts_of(patient, mine, locked=patient.pk in locked, now=now)
    state = states.state_of(facts)
    last = max((session for session in mine if session.started_at), key=lambda s: s.started_at, default=None)  # type: ignore[arg-type,return-value]
    return PatientRow(
        id=patient.pk,
        name=patient.display_name,
        born=patient.year_of_birth,
        about=wording.about(getattr(patient, "clinical_profile", None)),
        therapist=str(patient.therapist),
        mine=patient.therapist_id == user.id,
        state=state,
        state_words=wording.state_words(state),
        last_at=last.started_at if last else None,
        last_words=wording.session_words(last) if last else "",
        zone=patient.zone,
        alerts=alerts,
        level=next((level for level, rank in _RANKS.items() if rank == patient.worst), ""),
        silence=states.silence_of(facts),
    )


_RANKS = {"E": 0, "T": 1, "H": 2, "end": 3, "stop": 4, "no-data": 5, "note": 6}
