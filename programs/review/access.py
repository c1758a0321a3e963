"""What of a clinic's alerts, locks and sessions this therapist may see; 404 for all else."""

import uuid

from django.http import Http404

from accounts.models import Patient, User
from programs.models import Alert, Lock, Session


def get_alert(user: User, alert_id: uuid.UUID) -> Alert:
    """An alert of the therapist's clinic. Raises Http404."""
    alert = Alert.objects.visible_to(user).filter(id=alert_id).select_related("patient__clinic", "session").first()
    if alert is None:
        raise Http404
    return alert


def get_lock(user: User, lock_id: uuid.UUID) -> Lock:
    """A lock of a patient of the therapist's clinic. Raises Http404."""
    patients = Patient.objects.visible_to(user)
    lock = Lock.objects.filter(id=lock_id, patient__in=patients).select_related("patient__clinic", "session").first()
    if lock is None:
        raise Http404
    return lock


def get_session(user: User, patient: Patient, session_id: uuid.UUID) -> Session:
    """A session of ``patient``. Raises Http404."""
    session = Session.objects.filter(id=session_id, patient=patient).select_related("revision").first()
    if session is None:
        raise Http404
    return session
