"""A session's UUID and its frozen plan, made when the day is rendered."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.ids import uuid7
from accounts.models import Patient
from programs.guided.care import Care
from programs.guided.plan import build_plan, same_plan
from programs.guided.walked import sets_of
from programs.models import EntryPermission, KnownSign, Session, TickedEntry

LOOKED_AT = 4
"""Of the unused sessions of a date the last few: one may be for now, another for later (``ahead``)."""


@transaction.atomic
def mint(*, patient: Patient, care: Care, kind: str, day: str = "") -> tuple[Session, bool]:
    """The session to start: the day's still unused one while its plan holds, else a new one.

    A plan never changes once it was given out, so whatever changes it makes a new session. Answers also whether
    it is new.
    """
    made = Session.objects.filter(
        patient=patient, local_date=care.today, state=Session.State.MINTED, kind=kind, days=[day] if day else []
    )
    unused = still_backed(made, care.now).order_by("-minted_at", "-id")[:LOOKED_AT]
    session_id = uuid7()
    plan = build_plan(care, session=str(session_id), kind=kind, day=day)
    same = next((one for one in unused if same_plan(one.plan, plan)), None)
    if same is not None:
        return same, False
    session = Session.objects.create(
        pk=session_id,
        patient=patient,
        revision_id=plan["revision_id"],
        local_date=care.today,
        zone=care.zone,
        days=plan["days"],
        kind=kind,
        plan=plan,
        sets_planned=sets_of(plan["items"]),
    )
    return session, True


def still_backed(sessions: QuerySet[Session], now: datetime) -> QuerySet[Session]:
    """R12, X8, X15: those since whose making no OK, permission or known sign was taken back or ran out."""
    withdrawn = Q(withdrawn_at__gte=OuterRef("minted_at"))
    ran_out = Q(withdrawn_at=None, expires_at__gte=OuterRef("minted_at"), expires_at__lte=now)
    for model, gone in (
        (TickedEntry, withdrawn),
        (EntryPermission, withdrawn | ran_out),
        (KnownSign, withdrawn | ran_out),
    ):
        sessions = sessions.exclude(Exists(model._default_manager.filter(gone, patient=OuterRef("patient_id"))))
    return sessions
