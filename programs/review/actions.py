"""What a therapist does about what came in: acknowledge, release a lock, restart a program."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Patient, User
from programs.models import Alert, KnownSign, Lock
from programs.review import policies
from programs.review.states import Silence


def acknowledge(*, alert: Alert, note: str, by: User, via: HttpRequest | None = None) -> bool:
    """Take a finding off the inbox, with a note: T and H of one sign together. False where somebody has done so."""
    with transaction.atomic():
        ids = list(alert.same_finding().open().select_for_update().values_list("id", flat=True))
        Alert.objects.filter(id__in=ids).update(acknowledged_at=timezone.now(), acknowledged_by=by, note=note)
        for one in ids:
            audit.record(via or by, action="alert-acknowledged", patient=alert.patient, objects={"alert": str(one)})
    return alert.id in ids


def put_back(*, alert: Alert, by: User, via: HttpRequest | None = None) -> bool:
    """Undo one's own acknowledgement; the note goes with it. False where it is not, or no longer, one's own."""
    with transaction.atomic():
        together = alert.same_finding().filter(acknowledged_by=by, acknowledged_at=alert.acknowledged_at)
        ids = list(together.select_for_update().values_list("id", flat=True))
        Alert.objects.filter(id__in=ids).update(acknowledged_at=None, acknowledged_by=None, note="")
        for one in ids:
            audit.record(via or by, action="alert-put-back", patient=alert.patient, objects={"alert": str(one)})
    return alert.id in ids


def acknowledge_silence(
    *, patient: Patient, silence: Silence, note: str, by: User, via: HttpRequest | None = None
) -> None:
    """Note that a patient without data was thought of; they come back when still silent a week later."""
    now = timezone.now()
    with transaction.atomic():
        alert, made = Alert.objects.get_or_create(
            patient=patient,
            key=silence.key,
            defaults={
                "level": Alert.Level.NO_DATA,
                "rank": Alert.RANKS["no-data"],
                "rule": "P23",
                "params": {"since": silence.since.isoformat()},
                "at": now,
                "acknowledged_at": now,
                "acknowledged_by": by,
                "note": note,
            },
        )
        if made:
            audit.record(via or by, action="alert-acknowledged", patient=patient, objects={"alert": str(alert.id)})


def release_lock(
    *,
    lock: Lock,
    reason: str,
    examined_by: str,
    examined_on: date | None,
    known: list[str],
    days: int,
    by: User,
    via: HttpRequest | None = None,
) -> None:
    """X8: end one lock. The next start needs a full screen, which follows from the time of the release.

    ``known`` are questions that were answered yes and examined: "the same" opens no lock for ``days`` days.
    Raises ValidationError where the rules do not allow it.
    """
    now = timezone.now()
    today = timezone.localdate(now, lock.patient.zone)
    policies.check_release(lock, by=by, reason=reason, examined_by=examined_by, examined_on=examined_on, today=today)
    with transaction.atomic():
        released = Lock.objects.filter(id=lock.id, released_at__isnull=True).update(
            released_at=now,
            released_by=by,
            release_reason=reason.strip(),
            examined_by=examined_by.strip(),
            examined_on=examined_on,
        )
        if not released:
            raise ValidationError(_("Somebody has released this lock already."))
        _mark_known(lock.patient, known, days=days, now=now, by=by)
        audit.record(
            via or by,
            action="lock-released",
            patient=lock.patient,
            objects={"lock": str(lock.id), "level": lock.level},
        )


def _mark_known(patient: Patient, questions: list[str], *, days: int, now: datetime, by: User) -> None:
    until = now + timedelta(days=min(days, policies.KNOWN_SIGN_DAYS))
    KnownSign.objects.filter(patient=patient, question__in=questions, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    KnownSign.objects.bulk_create(
        [KnownSign(patient=patient, question=question, marked_by=by, expires_at=until) for question in questions]
    )
