"""Sign-ins of staff in the audit trail, as the frameworks tell of them: good ones, failed ones, and what guards them.

A patient's sign-in is the card's own line (``accounts.cards``).
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import audit
from accounts.models import User


@receiver(user_logged_in)
def signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Password and second step were right."""
    if not user.is_patient:
        audit.record(request or user, action="signed-in", objects={"staff": str(user.pk)})


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """A wrong password for a person of ours. What is typed for nobody is not kept: it may be anything."""
    typed = str(credentials.get("email") or credentials.get("username") or "").replace("\x00", "")
    person = User.objects.get_queryset().filter(email__iexact=typed).first() if typed else None
    if person is not None:
        audit.record(request, action="sign-in-failed", staff=person, objects={"staff": str(person.pk)})


@receiver([password_changed, password_reset])
def password_was_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """By its owner, signed in or by mail."""
    audit.record(request, action="password-changed", staff=user, objects={"staff": str(user.pk)})


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def second_step_was_changed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """An app, a passkey or recovery codes came or went; the kind is a code of the framework."""
    objects = {"staff": str(user.pk), "kind": str(authenticator.type)}
    audit.record(request, action="second-step-changed", staff=user, objects=objects)


@receiver(authentication_failed)
def second_step_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Wrong digits, or a wrong passkey, after the right password."""
    audit.record(request, action="second-step-failed", staff=user, objects={"staff": str(user.pk)})
