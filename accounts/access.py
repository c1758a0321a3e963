"""Loading people and their things, or 404: foreign and missing look the same."""

import uuid

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Device, Invitation, Patient, User


def signed_in(request: HttpRequest) -> User:
    """The user of a request that the policy let in as signed in."""
    if not isinstance(request.user, User):
        raise Http404(_("Not found."))
    return request.user


def get_patient(user: User, patient_id: uuid.UUID) -> Patient:
    """A patient of the therapist's clinic, or 404."""
    patient = (
        Patient.objects.visible_to(user).select_related("clinic", "therapist", "user").filter(pk=patient_id).first()
    )
    if patient is None:
        raise Http404(_("Not found."))
    return patient


def own_patient(user: User) -> Patient:
    """The patient who is signed in, discharged or not, or 404."""
    patient: Patient | None = getattr(user, "patient", None)
    if patient is None:
        raise Http404(_("Not found."))
    return patient


def get_device(user: User, patient_id: uuid.UUID, device_id: uuid.UUID) -> Device:
    """A device of a patient whom the therapist may see, or 404."""
    device = Device.objects.filter(pk=device_id, patient=get_patient(user, patient_id)).first()
    if device is None:
        raise Http404(_("Not found."))
    return device


def get_staff(user: User, staff_id: uuid.UUID) -> User:
    """A staff member of the admin's own clinic, active or not, or 404."""
    person = User.objects.staff_of(user.clinic_id).filter(pk=staff_id).first() if user.is_admin else None
    if person is None:
        raise Http404(_("Not found."))
    return person


def get_invitation(user: User, invitation_id: uuid.UUID) -> Invitation:
    """An invitation of the admin's own clinic, or 404."""
    invitation = (
        Invitation.objects.filter(pk=invitation_id, clinic_id=user.clinic_id).first() if user.is_admin else None
    )
    if invitation is None:
        raise Http404(_("Not found."))
    return invitation
