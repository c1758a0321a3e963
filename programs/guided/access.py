"""Load or 404 for the patient's own session."""

from uuid import UUID

from django.http import Http404

from accounts.models import Patient
from programs.models import Session


def own_session(patient: Patient, session_id: UUID) -> Session:
    """The patient's own session. Foreign and missing ones raise the same Http404."""
    session = Session.objects.filter(pk=session_id, patient=patient).first()
    if session is None:
        raise Http404
    return session
