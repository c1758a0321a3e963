"""What the state of an alert or a lock allows."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from programs.models import Lock

KNOWN_SIGN_DAYS = 28
"""X8: the longest time for which a sign may count as known and examined."""


def check_release(
    lock: Lock, *, by: User, reason: str, examined_by: str, examined_on: date | None, today: date
) -> None:
    """X8: a therapist releases a lock with a reason; an E lock needs a clinician's examination too.

    Raises ValidationError, with the field where that is one.
    """
    if not by.is_therapist or by.clinic_id != lock.patient.clinic_id:
        raise ValidationError(_("Only a therapist of the clinic can release a lock."))
    if lock.released_at is not None:
        raise ValidationError(_("Somebody has released this lock already."))
    if not reason.strip():
        raise ValidationError({"reason": _("Write why exercise can go on.")})
    if lock.level == Lock.Level.E and not examined_by.strip():
        raise ValidationError({"examined_by": _("Write the name of the clinician who examined the patient.")})
    if lock.level == Lock.Level.E and examined_on is None:
        raise ValidationError({"examined_on": _("Write the date of the examination.")})
    locked_on = lock.opened_at.astimezone(lock.patient.zone).date()
    if examined_on and not locked_on <= examined_on <= today:
        raise ValidationError(
            {"examined_on": _("The examination must be on or after the day of the lock, and not later than today.")}
        )
