"""What changes patients' identity and care: each one short transaction, with its line in the trail."""

from django.db import transaction
from django.utils import timezone

from accounts import audit, cards
from accounts.models import Patient, User


def add_patient(*, patient: Patient, by: User) -> Patient:
    """Make a new patient of ``by``'s clinic, from the values of an unsaved row, with a user of their own."""
    with transaction.atomic():
        user = User(clinic=by.clinic, email=None, name=patient.display_name)
        user.set_unusable_password()
        user.save()
        patient.user = user
        patient.clinic = by.clinic
        patient.save()
        audit.record(by, action="patient-added", patient=patient)
    return patient


def change_patient(*, patient: Patient, changed: list[str], by: User) -> None:
    """Keep the changed values of a patient's identity; the trail names the fields, never the values."""
    with transaction.atomic():
        patient.save()
        User.objects.filter(pk=patient.user_id).update(name=patient.display_name)
        audit.record(by, action="patient-changed", patient=patient, objects={"fields": sorted(changed)})


def discharge(*, patient: Patient, by: User) -> bool:
    """End the care: the day's page says so, everything else closes, unused cards stop. False if it was ended."""
    with transaction.atomic():
        done = Patient.objects.active().filter(pk=patient.pk).update(discharged_at=timezone.now())
        if done:
            cards.revoke(patient=patient, by=by)
            audit.record(by, action="patient-discharged", patient=patient)
    return bool(done)


def take_back(*, patient: Patient, therapist: User, by: User) -> bool:
    """Take a discharged patient back into care, with a treating therapist. False if they are in care already."""
    with transaction.atomic():
        done = Patient.objects.filter(pk=patient.pk, discharged_at__isnull=False).update(
            discharged_at=None, therapist=therapist
        )
        if done:
            audit.record(by, action="patient-returned", patient=patient, objects={"therapist": str(therapist.pk)})
    return bool(done)
