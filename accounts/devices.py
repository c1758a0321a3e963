"""The devices that patients are signed in on: beginning, going on, ending, and who sits before them."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import AccessCard, Device, Patient, User
from accounts.naming import device_label

SESSION_KEY = "device"
CONFIRMED_KEY = "confirmed-on"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, *, patient: Patient, card: AccessCard | None) -> Device:
    """Sign the patient in on this browser: a new session key, and a row that the therapist sees.

    The demo has no card. Whoever opened a card said their year of birth, so they are not asked
    "Is this you?" again on the same day.
    """
    device = Device.objects.create(
        patient=patient,
        card=card,
        label=device_label(request.headers.get("User-Agent", "")),
        last_seen_on=datetime.now(UTC).date(),
    )
    login(request, patient.user, backend=BACKEND)
    request.session[SESSION_KEY] = str(device.pk)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    confirm(request, patient)
    return device


def current(request: HttpRequest) -> Device | None:
    """The device of this session, while it may go on; patient, clinic and therapist come with it."""
    key, user = request.session.get(SESSION_KEY), request.user
    if not key or not isinstance(user, User):
        return None
    held = Device.objects.filter(pk=key, patient__user_id=user.pk, ended_at__isnull=True)
    return held.select_related("patient__clinic", "patient__therapist").first()


def keep_alive(request: HttpRequest, device: Device) -> None:
    """Count the 90 days from today again, at most once a day."""
    today = datetime.now(UTC).date()
    if device.last_seen_on != today:
        Device.objects.filter(pk=device.pk).update(last_seen_on=today)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def end(*, device: Device, by: User, via: HttpRequest | None = None) -> None:
    """Sign a device out; its next request finds nobody signed in."""
    with transaction.atomic():
        if Device.objects.filter(pk=device.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
            audit.record(via or by, action="device-ended", patient=device.patient, objects={"device": str(device.pk)})


def end_own(request: HttpRequest) -> None:
    """Sign whoever is here out; a patient's device leaves the therapist's list as well."""
    device, user = current(request), request.user
    if device is not None and isinstance(user, User):
        end(device=device, by=user, via=request)
    logout(request)


def confirmed_today(request: HttpRequest, patient: Patient) -> bool:
    """Did whoever holds the device answer "Is this you?" on this day of the patient's calendar? (HZ06)"""
    return bool(request.session.get(CONFIRMED_KEY) == _today(patient))


def confirm(request: HttpRequest, patient: Patient) -> None:
    """Remember until the patient's midnight that whoever holds the device is the patient."""
    request.session[CONFIRMED_KEY] = _today(patient)


def _today(patient: Patient) -> str:
    return datetime.now(patient.zone).date().isoformat()
