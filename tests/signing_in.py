"""Signing a test client in, past the sign-in pages but with all that they leave behind."""

from django.test import Client

from accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(client: Client, user: User) -> None:
    """Sign ``user`` in on ``client``."""
    client.force_login(user, backend=BACKEND)
