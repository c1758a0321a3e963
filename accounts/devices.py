"""The devices that access cards signed in: how long they hold, how they end, who sits before them."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Device, Patient, User

SESSION_KEY = "device"
CONFIRMED_KEY = "confirmed-on"
BACKEND = "django.contrib.auth.backends.ModelBackend"
LABELS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def label_of(request: HttpRequest) -> str:
    """A word by which a person knows their device again; no fingerprint."""
    agent = request.headers.get("User-Agent", "")
    return next((label for part, label in LABELS if part in agent), "Browser")


def sign_in(request: HttpRequest, device: Device) -> None:
    """Begin the device's long session; the session's key is new."""
    login(request, device.patient.user, backend=BACKEND)
    request.session[SESSION_KEY] = str(device.id)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def still_holds(request: HttpRequest, user: User) -> bool:
    """Has nobody ended this device? Renews the sign-in once a day (90 sliding days). Staff always hold."""
    if not user.is_patient:
        return True
    device = Device.objects.filter(id=request.session.get(SESSION_KEY), patient__user=user, ended_at=None).first()
    if device is None:
        return False
    today = timezone.now().date()
    if device.last_seen_on != today:
        Device.objects.filter(id=device.id).update(last_seen_on=today)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return True


def end(*, device: Device, by: User) -> None:
    """Sign a device out; it takes effect with its next request."""
    with transaction.atomic():
        Device.objects.filter(id=device.id, ended_at=None).update(ended_at=timezone.now())
        audit.record(by, action="device-ended", patient=device.patient, objects={"device": str(device.id)})


def end_own(request: HttpRequest) -> None:
    """The person at a device signs it out."""
    user = request.user
    if isinstance(user, User) and user.is_patient:
        device = Device.objects.filter(id=request.session.get(SESSION_KEY), patient__user=user).first()
        if device:
            end(device=device, by=user)


def confirmed_today(request: HttpRequest, patient: Patient) -> bool:
    """Has the person at this device said today that they are the patient? (HZ06)"""
    today = timezone.localdate(timezone.now(), patient.zone).isoformat()
    return bool(request.session.get(CONFIRMED_KEY) == today)


def confirm(request: HttpRequest, patient: Patient) -> None:
    """Remember until the patient's midnight that the person at this device is the patient."""
    request.session[CONFIRMED_KEY] = timezone.localdate(timezone.now(), patient.zone).isoformat()
