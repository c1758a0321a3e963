"""What changes patients' identity and care: each one short transaction, with its line in the trail."""

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit, cards
from accounts.models import Patient, User


class NotTreating(Exception):
    """The therapist who was named no longer treats anybody at this clinic; nothing was changed."""


def hold_therapist(therapist: User) -> User:
    """The therapist's row, held until the transaction ends, so that nobody deactivates them meanwhile.

    Raises NotTreating.
    """
    held = User.objects.therapists_of(therapist.clinic_id).select_for_update(no_key=True).filter(pk=therapist.pk)
    found = held.first()
    if found is None:
        raise NotTreating
    return found


def add_patient(*, patient: Patient, by: User, via: HttpRequest | None = None) -> Patient:
    """Make a new patient of ``by``'s clinic, from the values of an unsaved row, with a user of their own.

    Raises NotTreating.
    """
    with transaction.atomic():
        hold_therapist(patient.therapist)
        user = User(clinic=by.clinic, email=None, name=patient.display_name)
        user.set_unusable_password()
        user.save()
        patient.user = user
        patient.clinic = by.clinic
        patient.save()
        audit.record(via or by, action="patient-added", patient=patient)
    return patient


def change_patient(*, patient: Patient, changed: list[str], by: User, via: HttpRequest | None = None) -> None:
    """Keep the changed values of a patient's identity, and nothing else of the row that was read before.

    The trail names the fields, never the values. Raises NotTreating.
    """
    with transaction.atomic():
        if "therapist" in changed:
            hold_therapist(patient.therapist)
        if changed:
            values = {name: getattr(patient, name) for name in changed}
            Patient.objects.filter(pk=patient.pk).update(**values)
        if "display_name" in changed:
            User.objects.filter(pk=patient.user_id).update(name=patient.display_name)
        audit.record(via or by, action="patient-changed", patient=patient, objects={"fields": sorted(changed)})


def discharge(*, patient: Patient, by: User, via: HttpRequest | None = None) -> bool:
    """End the care: the day's page says so, everything else closes, unused cards stop. False if it was ended."""
    with transaction.atomic():
        done = Patient.objects.active().filter(pk=patient.pk).update(discharged_at=timezone.now())
        if done:
            cards.revoke(patient=patient, by=by, via=via)
            audit.record(via or by, action="patient-discharged", patient=patient)
    return bool(done)


def take_back(*, patient: Patient, therapist: User, by: User, via: HttpRequest | None = None) -> bool:
    """Take a discharged patient back into care, with a treating therapist. False if they are in care already.

    Raises NotTreating.
    """
    with transaction.atomic():
        hold_therapist(therapist)
        done = Patient.objects.filter(pk=patient.pk, discharged_at__isnull=False).update(
            discharged_at=None, therapist=therapist
        )
        if done:
            objects = {"therapist": str(therapist.pk)}
            audit.record(via or by, action="patient-returned", patient=patient, objects=objects)
    return bool(done)
