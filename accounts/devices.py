"""The devices that access cards signed in: how long they hold, how they end, who sits before them."""

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import AccessCard, Device, Patient, User

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


def begin(request: HttpRequest, *, patient: Patient, card: AccessCard | None) -> Device:
    """Sign this browser in as the patient, for long; the session's key is new. The demo has no card."""
    device = Device.objects.create(
        patient=patient, card=card, label=label_of(request), last_seen_on=timezone.now().date()
    )
    login(request, patient.user, backend=BACKEND)
    request.session[SESSION_KEY] = str(device.pk)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    return device


def current(request: HttpRequest) -> Device | None:
    """The device that the signed-in patient sits at; None where nobody is, or where it has been ended."""
    user = request.user
    if not isinstance(user, User) or not user.is_patient:
        return None
    held = Device.objects.filter(pk=request.session.get(SESSION_KEY), patient__user=user, ended_at=None)
    return held.select_related("patient__clinic", "patient__user", "patient__therapist").first()


def keep_alive(request: HttpRequest, device: Device) -> None:
    """Renew the sign-in for 90 more days, once a day at most."""
    today = timezone.now().date()
    if device.last_seen_on != today:
        Device.objects.filter(pk=device.pk).update(last_seen_on=today)
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)


def end(*, device: Device, by: User) -> None:
    """Sign a device out; it takes effect with its next request."""
    with transaction.atomic():
        Device.objects.filter(id=device.id, ended_at=None).update(ended_at=timezone.now())
        audit.record(by, action="device-ended", patient=device.patient, objects={"device": str(device.id)})


def end_own(request: HttpRequest) -> None:
    """The person at a device signs it out."""
    device, user = current(request), request.user
    if device is not None and isinstance(user, User):
        end(device=device, by=user)


def confirmed_today(request: HttpRequest, patient: Patient) -> bool:
    """Has the person at this device said today that they are the patient? (HZ06)"""
    today = timezone.localdate(timezone.now(), patient.zone).isoformat()
    return bool(request.session.get(CONFIRMED_KEY) == today)


def confirm(request: HttpRequest, patient: Patient) -> None:
    """Remember until the patient's midnight that the person at this device is the patient."""
    request.session[CONFIRMED_KEY] = timezone.localdate(timezone.now(), patient.zone).isoformat()
