"""What has changed since a session's plan was made, at the moment of its start: from the database, for the replay."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Patient
from programs.models import Lock, PatientPrecaution, Program, ScreenRecord, Session
from programs.rules.day import DayFacts
from programs.rules.gates import NO_PLAN_CODES
from programs.rules.record import EVENT_SCOPE

CLOSING_SINCE = {"recent-spine-surgery": "R37", "cervical-myelopathy": "R6", "thoracic-myelopathy": "R7"}
"""Codes that close all exercise when they come after the plan; before it, the plan was made knowing of them."""


def day_facts(patient: Patient, session: Session, at: datetime) -> DayFacts:
    """The facts at ``at``: five queries."""
    program = Program.objects.filter(patient=patient).first()
    paused = program and program.restricted_at and program.restricted_at <= at
    others = list(
        Session.objects.filter(patient=patient, local_date=session.local_date, started_at__lt=at)
        .exclude(pk=session.pk)
        .exclude(kind=Session.Kind.RELIEF)
        .defer("plan")
    )
    return DayFacts(
        screen_due_since=_screen_due_since(patient, session, at),
        restricted_to=program.restricted_to if program and paused else "",
        closed=_closed(patient, session, at),
        ended_today=any(one.state == Session.State.ENDED and one.ended_at and one.ended_at <= at for one in others),
        off_today=frozenset(_off(others)),
    )


def _off(sessions: Iterable[Session]) -> Iterable[str]:
    for session in sessions:
        yield from (item["slug"] for item in session.summary.get("items", {}).values() if item.get("off_today"))


def _closed(patient: Patient, session: Session, at: datetime) -> str:
    if patient.discharged_at and patient.discharged_at <= at:
        return "discharged"
    codes = dict(
        PatientPrecaution.objects.filter(
            patient=patient, off_at__isnull=True, on_at__lte=at, code__in=[*NO_PLAN_CODES, *CLOSING_SINCE]
        ).values_list("code", "on_at")
    )
    if set(NO_PLAN_CODES) & set(codes):
        return "R10"
    return next((rule for code, rule in CLOSING_SINCE.items() if code in codes and codes[code] > session.minted_at), "")


def _screen_due_since(patient: Patient, session: Session, at: datetime) -> datetime | None:
    """X8: the last release after the plan was made, unless a full screen of another session came after it."""
    released = (
        Lock.objects.filter(patient=patient, scope=Lock.Scope.ALL, released_at__gt=session.minted_at)
        .filter(released_at__lte=at)
        .order_by("-released_at")
        .values_list("released_at", flat=True)
        .first()
    )
    if released is None:
        return None
    since = ScreenRecord.objects.filter(patient=patient, complete=True, scope="full", at__gt=released)
    elsewhere = since.exclude(session=session).exclude(scope=EVENT_SCOPE)
    return None if elsewhere.exists() else released
