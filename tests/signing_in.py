"""Signing a test client in, past the sign-in pages but with all that they leave behind."""

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts.devices import BACKEND, CONFIRMED_KEY, SESSION_KEY
from accounts.models import Device, User


def sign_in(client: Client, user: User) -> None:
    """Sign ``user`` in on ``client``: a patient on a device of their own, staff with a second factor."""
    client.force_login(user, backend=BACKEND)
    if user.is_patient:
        device = Device.objects.create(patient=user.patient, label="a test's browser")
        session = client.session
        session[SESSION_KEY] = str(device.pk)
        session[CONFIRMED_KEY] = timezone.localdate(timezone.now(), user.patient.zone).isoformat()
        session.save()
    else:
        with_second_factor(user)


def with_second_factor(user: User) -> None:
    """``user`` has set up an authenticator app."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
