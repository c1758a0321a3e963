"""What allauth asks of us: nobody signs up, where people land, and which mails they get."""

import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.http import HttpRequest
from django.urls import reverse

from accounts import devices
from accounts.models import User
from accounts.starts import start_of

PROOFS = {"password", "mfa"}
logger = logging.getLogger(__name__)
NO_NEWS = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class StaffAccountAdapter(DefaultAccountAdapter):
    """Staff come in by invitation only; messages that say the obvious are left out."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Each person's own start."""
        return start_of(request.user) if isinstance(request.user, User) else reverse("home")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who typed the password, or used the second step, a moment ago to sign in."""
        return not _proved_lately(context.request) and super().is_reauthentication_required(app=app, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        """Sign out; a patient's device is struck off the therapist's list as well."""
        devices.end_own(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: object, **kwargs: object
    ) -> None:
        """Only what is news: not that somebody signed in or out."""
        if message_template not in NO_NEWS:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell of a change that was made already: it stands, also where the mail cannot be sent."""
        try:
            super().send_notification_mail(template_prefix, user, context, email)
        except OSError:
            logger.exception("A mail could not be sent: %s", template_prefix)


def _proved_lately(request: HttpRequest | None) -> bool:
    """Has this session's user shown within the time-out who they are?"""
    if request is None:
        return False
    records = get_authentication_records(request, request.user if isinstance(request.user, User) else None)
    lately = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(record["method"] in PROOFS and record["at"] > lately for record in records)
