"""Clinics, users, patients' identity, access cards and devices, invitations, the audit trail, tries."""

from accounts.models.audit import AuditEvent
from accounts.models.card import AccessCard, Device
from accounts.models.clinic import Clinic
from accounts.models.invitation import Invitation
from accounts.models.patient import Patient
from accounts.models.tries import Tries
from accounts.models.user import User

__all__ = [
    "AccessCard",
    "AuditEvent",
    "Clinic",
    "Device",
    "Invitation",
    "Patient",
    "Tries",
    "User",
]
