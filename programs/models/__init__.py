"""What is stored of a patient's care: profile, program, sessions, alerts, locks."""

from programs.models.alert import Alert
from programs.models.lock import KnownSign, Lock
from programs.models.profile import (
    ClinicalProfile,
    EntryPermission,
    PatientPrecaution,
    TickedEntry,
)
from programs.models.program import Program, ProgramDraft, ProgramItem, ProgramRevision
from programs.models.session import CheckIn, ScreenRecord, Session, SessionEvent

__all__ = [
    "Alert",
    "CheckIn",
    "ClinicalProfile",
    "EntryPermission",
    "KnownSign",
    "Lock",
    "PatientPrecaution",
    "Program",
    "ProgramDraft",
    "ProgramItem",
    "ProgramRevision",
    "ScreenRecord",
    "Session",
    "SessionEvent",
    "TickedEntry",
]
