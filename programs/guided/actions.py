"""What opening the day does: close what is too old, mint the session, tell the therapist what was held back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Patient
from programs.guided.ahead import after, is_repeatable
from programs.guided.care import Care
from programs.guided.consequences import apply, in_turn
from programs.guided.dayfacts import day_facts
from programs.guided.loading import load_care
from programs.guided.minting import mint, still_backed
from programs.guided.offers import Offer, offer
from programs.guided.plan import dropped_items, main_items
from programs.guided.startcheck import Dropped
from programs.models import Alert, PatientPrecaution, Program, Session
from programs.opening import open_alert

LEFT_BEHIND = Q(state__in=(Session.State.CHECKED_IN, Session.State.STARTED)) | ~Q(waiting="")
"""Sessions that may have to be closed, and those with a sign whose questions are still open (X5, X9, X17)."""


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
        note_held_back(patient=patient, session=session, dropped=dropped, names=_names(care))
    return OpenDay(care, offered, session.plan, len(dropped))


@dataclass(frozen=True)
class Spare:
    """Sessions that a device may start without a network: ids, or nothing."""

    later: str = ""
    """After the session that the day leads to."""
    relief: str = ""


def keep_ready(*, patient: Patient, day: OpenDay) -> Spare:
    """Make what the day allows beside and after its session, for a device that keeps the day (docs/offline.md)."""
    care, offered = day.care, day.offer
    if offered.resume or (day.plan and not is_repeatable(day.plan)):
        return Spare()
    then = after(care, day.plan) if day.plan else care
    relief = later = ""
    if offered.relief and offered.kind != "relief" and main_items(then, "relief", ""):
        relief = str(mint(patient=patient, care=then, kind="relief")[0].pk)
    following = offer(then)
    if day.plan and offered.kind == "full" and following.kind == "full":
        asked = replace(then, last=None) if day.plan["last_session"] else then  # X13: once, by the session before it
        made = str(mint(patient=patient, care=asked, kind="full", day=following.day)[0].pk)
        later = made if made != day.plan["session"] else ""
    return Spare(later, relief)


def open_relief(*, patient: Patient, now: datetime) -> Session | None:
    """Safety X16: a session of relief only, where the day allows it; ``None`` where it does not."""
    close_stale(patient=patient, now=now)
    care = load_care(patient, now)
    if not offer(care).relief or not main_items(care, "relief", ""):
        return None
    return mint(patient=patient, care=care, kind="relief")[0]


def _names(care: Care) -> dict[str, str]:
    """The program's entries by slug: what a therapist reads them as."""
    return {entry.slug: entry.exercise.name for entry in care.revision.entries} if care.revision else {}


@transaction.atomic
def note_held_back(*, patient: Patient, session: Session, dropped: Iterable[Dropped], names: Mapping[str, str]) -> None:
    """HZ05: the therapist is told which entries could not be offered, once per revision, entry and codes."""
    for one in dropped:
        open_alert(
            patient=patient,
            level=Alert.Level.NOTE,
            rule=one.rule,
            key=f"held:{session.revision_id}:{one.exercise}:{','.join(one.codes)}"[:120],
            at=session.minted_at,
            session=session,
            params={"exercise": one.exercise, "names": [names[one.exercise]], "codes": list(one.codes)},
        )


@transaction.atomic
def close_stale(*, patient: Patient, now: datetime) -> int:
    """Safety X5, X9, X17: read again what nobody went on with; answers how many sessions it closed.

    A session closes past local midnight, more than 2 hours after a check-in that was not followed by a start, or
    more than 30 minutes after its last event; a sign whose questions are open for 5 minutes counts as yes.
    """
    closed = 0
    in_turn(patient)
    for session in Session.objects.filter(LEFT_BEHIND, patient=patient).order_by("minted_at", "id"):
        apply(patient=patient, session=session, now=now, close_quiet=True)
        closed += session.state == Session.State.CLOSED
    return closed


def is_outdated(*, patient: Patient, session: Session, now: datetime) -> bool:
    """Is it a session that was never begun and that the day no longer offers? The day's own page says why.

    An open lock is told by the session's page itself (S2).
    """
    if session.state != Session.State.MINTED:
        return False
    if patient.discharged_at is not None:
        return True
    if not Program.objects.filter(patient=patient, current=session.revision_id).exists():
        return True
    later = PatientPrecaution.objects.filter(patient=patient, off_at=None, on_at__gt=session.minted_at)
    if later.filter(on_by__isnull=False).exists():  # what the patient's own answer set on restricts the session itself
        return True  # R12, HZ05: codes count at the start, and the plan was made without this one
    if not still_backed(Session.objects.filter(pk=session.pk), now).exists():
        return True  # R12, HZ05, X8, X15: so do OKs, permissions and known signs, and the plan was made with this one
    facts = day_facts(patient, session, now)
    today = now.astimezone(patient.zone).date().isoformat()
    return bool(facts.forbids(session.kind, today, session.plan))
