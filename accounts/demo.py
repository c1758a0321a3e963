"""The people of the demo clinic, and signing in as one of them at one press."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

from accounts import devices
from accounts.models import Patient, User
from accounts.models.user import ADMIN, EDITOR, PATIENT, THERAPIST


@dataclass(frozen=True)
class DemoPerson:
    """A staff member of the demo clinic."""

    email: str
    name: str
    roles: tuple[str, ...]


DEMO_CLINIC = "Riverside Spine Clinic"
DEMO_STAFF: dict[str, DemoPerson] = {
    THERAPIST: DemoPerson("anna@riverside.example", "Anna Okafor", (THERAPIST,)),
    "second-therapist": DemoPerson("ben@riverside.example", "Ben Hartley", (THERAPIST,)),
    EDITOR: DemoPerson("carla@riverside.example", "Carla Mendes", (EDITOR,)),
    ADMIN: DemoPerson("dev@riverside.example", "Dev Patel", (ADMIN,)),
}
DEMO_PATIENT = "Rosa A."
"""The display name of the patient of the first therapist whom the button "Patient" signs in."""
ROLES = (PATIENT, THERAPIST, EDITOR, ADMIN)


def is_loaded() -> bool:
    """Are the people of the demo there?"""
    return _staff(THERAPIST) is not None


def sign_in(request: HttpRequest, role: str) -> bool:
    """Sign in as the demo's person of ``role``; False where the demo's people are not loaded."""
    if not settings.DEMO:
        raise ImproperlyConfigured("Nobody signs in at one press outside the demo.")
    if role == PATIENT:
        patient = (
            Patient.objects.active()
            .select_related("user", "clinic")
            .filter(display_name=DEMO_PATIENT, therapist__email=DEMO_STAFF[THERAPIST].email)
            .first()
        )
        if patient is None:
            return False
        devices.begin(request, patient=patient, card=None)
        return True
    person = _staff(role)
    if person is None:
        return False
    login(request, person, backend=devices.BACKEND)
    return True


def _staff(role: str) -> User | None:
    return User.objects.get_queryset().filter(email=DEMO_STAFF[role].email, is_active=True).first()
