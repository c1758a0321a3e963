"""Writing the audit trail: one line for each view of a patient and each change, in the change's own transaction."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.models import AuditEvent, Patient, User


def record(
    by: HttpRequest | User | None,
    *,
    action: str,
    patient: Patient | None = None,
    objects: Mapping[str, Any] | None = None,
    staff: User | None = None,
) -> AuditEvent:
    """Write one line. ``by`` is the request, the person, or None where a rule acted.

    ``action`` names it in words parted by hyphens ("viewed-patient"); ``objects`` holds ids and codes only,
    never values of the record and never free text. ``staff`` is whom it is about where nobody is signed in.
    """
    actor, route, method = _actor(by)
    concerned = patient or actor or staff
    clinic_id = concerned.clinic_id if concerned is not None else None
    return AuditEvent.objects.create(
        clinic_id=clinic_id,
        actor_id=actor.pk if actor is not None else None,
        patient_id=patient.pk if patient is not None else None,
        action=action,
        route=route,
        method=method,
        objects_touched=dict(objects or {}),
    )


def _actor(by: HttpRequest | User | None) -> tuple[User | None, str, str]:
    if not isinstance(by, HttpRequest):
        return by, "", ""
    person = getattr(by, "user", None)
    match = by.resolver_match
    route = match.view_name if match is not None else ""
    return (person if isinstance(person, User) else None), route[:80], (by.method or "")[:8]
