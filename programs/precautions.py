"""Switching precaution codes on, and what no longer holds because of it."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Patient, User
from programs.models import EntryPermission, PatientPrecaution, TickedEntry

MYELOPATHY = frozenset({"cervical-myelopathy", "thoracic-myelopathy"})


def switch_on(*, patient: Patient, codes: Iterable[str], at: datetime, by: User | None) -> None:
    """Switch codes on that are off; ``by`` is None where the patient's own answer does it (S12, S25).

    X6: an OK from before a code came back does not cover it. S23: no allowed rise with a myelopathy code.
    """
    on = frozenset(codes)
    PatientPrecaution.objects.bulk_create(
        PatientPrecaution(patient=patient, code=code, on_at=at, on_by=by) for code in sorted(on)
    )
    if not on:
        return
    for tick in TickedEntry.objects.filter(patient=patient, withdrawn_at__isnull=True):
        if on & set(tick.codes):
            tick.withdrawn_at = at
            tick.save(update_fields=["withdrawn_at"])
    if on & MYELOPATHY:
        EntryPermission.objects.filter(patient=patient, withdrawn_at__isnull=True, rise_limit__gt=0).update(
            withdrawn_at=at
        )


def answered_since(patient: Patient, at: datetime) -> bool:
    """Has an answer of the patient's switched a code on since then, which is on still?"""
    return PatientPrecaution.objects.filter(patient=patient, off_at=None, on_by=None, on_at__gt=at).exists()
