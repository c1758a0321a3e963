"""Saving a clinical profile: one transaction, nobody's change lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Patient, User
from exercises.content import Region
from programs.clinical import open_codes
from programs.models import ClinicalProfile, PatientPrecaution
from programs.precautions import switch_on
from programs.prescribing.profile_form import PLAIN


class StaleProfile(Exception):
    """Somebody else saved first; ``row`` is what they saved."""

    def __init__(self, row: ClinicalProfile) -> None:
        super().__init__("stale")
        self.row = row


@transaction.atomic
def save_profile(
    *, patient: Patient, by: User, via: HttpRequest | None = None, data: Mapping[str, Any]
) -> ClinicalProfile:
    """Store the cleaned data of ``ProfileForm``. Raises ``StaleProfile`` when its version is not the last one."""
    now = timezone.now()
    Patient.objects.select_for_update().get(pk=patient.pk)
    row = ClinicalProfile.objects.select_related("updated_by").filter(patient=patient).first()
    if row is not None and row.version != data["version"]:
        raise StaleProfile(row)
    is_new = row is None
    row = row or ClinicalProfile(patient=patient, version=0, severity_confirmed_at=now)
    changed = _take(row, by, data, now)
    row.version += 1
    row.updated_by = by
    row.clean_fields()
    row.save()
    on, off = _set_precautions(patient, by, frozenset(data["precautions"]), now)
    audit.record(
        via or by,
        action="recorded-profile" if is_new else "changed-profile",
        patient=patient,
        objects={"version": row.version, "fields": changed, "on": sorted(on), "off": sorted(off)},
    )
    return row


def _take(row: ClinicalProfile, by: User, data: Mapping[str, Any], now: datetime) -> list[str]:
    values = {name: data[name] for name in PLAIN} | {region.value: region.value in data["regions"] for region in Region}
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if "severity" in changed or data["confirm_severity"]:
        row.severity_confirmed_at = now
    for name, value in values.items():
        setattr(row, name, value)
    if "recent-spine-surgery" not in data["precautions"] or not data["therapist_clearance"]:
        row.therapist_cleared_at = row.therapist_cleared_by = None
    elif row.therapist_cleared_at is None:
        row.therapist_cleared_at, row.therapist_cleared_by = now, by
    return changed


def _set_precautions(
    patient: Patient, by: User, wanted: frozenset[str], now: datetime
) -> tuple[frozenset[str], frozenset[str]]:
    before = open_codes(patient)
    on, off = wanted - before, before - wanted
    PatientPrecaution.objects.filter(patient=patient, off_at__isnull=True, code__in=off).update(off_at=now, off_by=by)
    switch_on(patient=patient, codes=on, at=now, by=by)
    return on, off
