"""What opening the day does: close what is too old, mint the session, tell the therapist what was held back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import Patient
from programs.guided.care import Care
from programs.guided.consequences import apply
from programs.guided.derive import SIGN_WAITS
from programs.guided.loading import load_care
from programs.guided.minting import mint
from programs.guided.offers import Offer, offer
from programs.guided.plan import dropped_items, main_items
from programs.guided.startcheck import Dropped
from programs.models import Alert, Session
from programs.opening import open_alert

RESUME_WITHIN = timedelta(minutes=30)
"""Safety X5: a session that was cut off may go on within this time."""
START_WITHIN = timedelta(hours=2)
"""Safety X5: a check-in holds this long."""
SIGN_ROWS = ("T1", "T2", "U1", "U2")
SIGNS_LOOKED_AT = timedelta(days=2)


@dataclass(frozen=True)
class OpenDay:
    """The day as it was opened: the care, the offer, and the session that Start leads to."""

    care: Care
    offer: Offer
    plan: dict[str, Any] | None
    left_out: int = 0
    """How many entries R12 or S13 holds back today."""


def open_day(*, patient: Patient, now: datetime) -> OpenDay:
    """Work the day out and mint its session, so that the page can lead to it."""
    close_stale(patient=patient, now=now)
    care = load_care(patient, now)
    offered = offer(care)
    if not offered.startable:
        return OpenDay(care, offered, None)
    session, is_new = mint(patient=patient, care=care, kind=offered.kind, day=offered.day)
    dropped = dropped_items(care, offered.day) if offered.kind == "full" else ()
    if is_new and dropped:
        note_held_back(patient=patient, session=session, dropped=dropped)
    return OpenDay(care, offered, session.plan, len(dropped))


def open_relief(*, patient: Patient, now: datetime) -> Session | None:
    """Safety X16: a session of relief only, where the day allows it; ``None`` where it does not."""
    close_stale(patient=patient, now=now)
    care = load_care(patient, now)
    if not offer(care).relief or not main_items(care, "relief", ""):
        return None
    return mint(patient=patient, care=care, kind="relief")[0]


@transaction.atomic
def note_held_back(*, patient: Patient, session: Session, dropped: Iterable[Dropped]) -> None:
    """HZ05: the therapist is told which entries could not be offered, once per revision, entry and codes."""
    for one in dropped:
        open_alert(
            patient=patient,
            level=Alert.Level.NOTE,
            rule=one.rule,
            key=f"held:{session.revision_id}:{one.exercise}:{','.join(one.codes)}"[:120],
            at=session.minted_at,
            session=session,
            params={"exercise": one.exercise, "names": [one.exercise], "codes": list(one.codes)},
        )


@transaction.atomic
def close_stale(*, patient: Patient, now: datetime) -> int:
    """Safety X5, X9: close sessions that nobody can go on with; answers how many.

    Past local midnight, more than 2 hours after a check-in that was not followed by a start, or more than
    30 minutes after the last event. The therapist finds those that were begun in the digest.
    """
    _follow_up_signs(patient, now)
    open_states = (Session.State.CHECKED_IN, Session.State.STARTED)
    rows = list(Session.objects.filter(patient=patient, state__in=open_states))
    if not rows:
        return 0
    today = now.astimezone(patient.zone).date()
    closed = 0
    for row in rows:
        last = _last_heard(row)
        begun = row.state == Session.State.STARTED
        allowed = RESUME_WITHIN if begun else START_WITHIN
        if row.local_date >= today and now - last <= allowed:
            continue
        row.state, row.ended_at, row.end_rule, row.end_row = Session.State.CLOSED, last, "X5", "no-answer"
        row.save(update_fields=["state", "ended_at", "end_rule", "end_row"])
        closed += 1
        if begun:
            open_alert(
                patient=patient,
                level=Alert.Level.NO_DATA,
                rule="X9",
                key=f"no-answer:{row.pk}",
                at=last,
                session=row,
                params={"sets_done": row.sets_done, "sets_planned": row.sets_planned},
            )
    return closed


def _follow_up_signs(patient: Patient, now: datetime) -> None:
    """Safety X17: a sign that ended a session and was left unanswered for five minutes counts as yes."""
    waiting = Session.objects.filter(
        patient=patient,
        state=Session.State.ENDED,
        end_row__in=SIGN_ROWS,
        ended_at__range=(now - SIGNS_LOOKED_AT, now - SIGN_WAITS),
    ).exclude(locks__level="E")
    for session in waiting:
        apply(patient=patient, session=session, now=now)


def _last_heard(row: Session) -> datetime:
    last = row.events.order_by("-occurred_at").values_list("occurred_at", flat=True).first()
    return last or row.started_at or row.minted_at
