"""Rows for tests: plain functions, one for each situation, with values that can be overruled."""

from datetime import UTC, date, datetime
from typing import Any

from accounts.models import Clinic, Patient, User
from exercises.catalogue import published_versions
from programs.changes import DOSE_FIELDS
from programs.models import ClinicalProfile, PatientPrecaution, Program, ProgramItem, ProgramRevision
from programs.rules import RULES_VERSION

PASSWORD = "correct horse battery staple"


def make_clinic(name: str = "Riverside Spine Clinic", **values: Any) -> Clinic:
    """A clinic."""
    defaults: dict[str, Any] = {
        "phone": "020 7946 0000",
        "out_of_hours": "020 7946 0111",
        "emergency_number": "999",
        "time_zone": "Europe/London",
    }
    return Clinic.objects.create(name=name, **defaults | values)


def make_staff(clinic: Clinic, *roles: str, name: str = "", email: str = "", **values: Any) -> User:
    """A staff member with ``roles`` of therapist, editor, admin; the password is PASSWORD."""
    name = name or f"{' and '.join(roles).capitalize()} of {clinic.name}"
    email = email or f"{'-'.join(roles)}-{User.objects.count()}@{clinic.pk.hex[-8:]}.example"
    held = {f"is_{role}": True for role in roles}
    return User.objects.create_staff(email=email, name=name, clinic=clinic, password=PASSWORD, **held | values)


def make_patient(therapist: User, name: str = "Ada L.", **values: Any) -> Patient:
    """A patient, new: no profile, no program."""
    clinic = therapist.clinic
    user = User(clinic=clinic, email=None, name=name)
    user.set_unusable_password()
    user.save()
    defaults: dict[str, Any] = {"year_of_birth": 1951, "time_zone": "Europe/London"}
    return Patient.objects.create(user=user, clinic=clinic, display_name=name, therapist=therapist, **defaults | values)


def make_profile(
    patient: Patient,
    *,
    regions: tuple[str, ...] = ("lumbar",),
    severity: str = "moderate",
    precautions: tuple[str, ...] = (),
    **values: Any,
) -> ClinicalProfile:
    """The clinical profile, with its precautions on."""
    now = datetime.now(UTC)
    defaults: dict[str, Any] = {
        "severity_confirmed_at": now,
        "usual_spine": 3,
        "usual_limb": 4,
        "relief_position": "ninety-ninety-rest",
        "helps": ["ninety-ninety-rest"],
        "updated_by": patient.therapist,
    }
    PatientPrecaution.objects.bulk_create(
        PatientPrecaution(patient=patient, code=code, on_at=now, on_by=patient.therapist) for code in precautions
    )
    return ClinicalProfile.objects.create(
        patient=patient, severity=severity, **dict.fromkeys(regions, True), **defaults | values
    )


WEEK = [["A", "D"], ["B"], ["A", "D"], ["B"], ["A", "D"], ["B"], ["D"]]


def make_revision(
    patient: Patient,
    *,
    items: dict[str, tuple[str, ...]] | None = None,
    starts_on: date | None = None,
    week: list[list[str]] | None = None,
    **values: Any,
) -> ProgramRevision:
    """An approved revision with ``items`` (day to slugs) at the catalogue's doses; needs profile and catalogue."""
    profile = patient.clinical_profile
    now = datetime.now(UTC)
    number = patient.revisions.count() + 1
    defaults: dict[str, Any] = {
        "approved_by": patient.therapist,
        "approved_at": now,
        "starts_on": starts_on or now.astimezone(patient.zone).date(),
        "rules_version": RULES_VERSION,
        "severity": profile.severity,
        "regions": profile.regions,
        "codes": list(patient.precautions.filter(off_at=None).values_list("code", flat=True)),
        "week": week or WEEK,
        "explanation": [],
        "usual_spine": profile.usual_spine,
        "usual_limb": profile.usual_limb,
        "raises_or_adds": number == 1,
    }
    revision = ProgramRevision.objects.create(patient=patient, number=number, **defaults | values)
    versions = published_versions(patient.clinic)
    for day, slugs in (items or USUAL_ITEMS).items():
        for position, slug in enumerate(slugs, start=1):
            dose = versions[slug].doses.get(severity=profile.severity)
            ProgramItem.objects.create(
                revision=revision,
                day=day,
                position=position,
                exercise=slug,
                version=versions[slug],
                per_side=versions[slug].per_side,
                **{name: getattr(dose, name) for name in ITEM_DOSE},
            )
    Program.objects.update_or_create(patient=patient, defaults={"current": revision})
    return revision


ITEM_DOSE = tuple(name for name in DOSE_FIELDS if name != "per_side")
USUAL_ITEMS = {
    "A": ("marching-seated", "pelvic-tilt", "bridge", "sit-to-stand", "breathing"),
    "B": ("marching-seated", "walking-intervals", "breathing"),
    "D": ("knee-tuck-single", "hamstring-stretch-seated"),
}


def on_treatment(therapist: User, name: str = "Ada L.", **profile: Any) -> Patient:
    """A patient with a profile and an approved program that starts today. Needs the catalogue."""
    patient = make_patient(therapist, name)
    make_profile(patient, **profile)
    make_revision(patient)
    return patient
