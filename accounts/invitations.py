"""Invitations: the one way in for staff. Only a hash of the link's token is kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Clinic, Invitation, User

INVITATION_DAYS = 7


@dataclass(frozen=True)
class IssuedInvitation:
    """An invitation at the one moment when its link is known."""

    invitation: Invitation
    url: str


class AlreadyStaff(Exception):
    """Somebody of the clinic signs in with this email already."""


def token_hash(token: str) -> str:
    """What is kept of a token; tokens are long and random, so the older secret keys need not count."""
    return hmac.new(f"invitation:{settings.SECRET_KEY}".encode(), token.encode(), hashlib.sha256).hexdigest()


def invite(
    *, clinic: Clinic, email: str, name: str, roles: frozenset[str], by: User | None, via: HttpRequest | None = None
) -> IssuedInvitation:
    """Invite one person. An earlier open invitation of the same email stops working.

    Whether somebody of another clinic signs in with the email is not told: the link is made, and nobody can use it.
    (The server's operator, ``by`` None, is told.)
    Raises AlreadyStaff.
    """
    token = secrets.token_urlsafe(32)
    email = email.lower()
    with transaction.atomic():
        known = User.objects.staff_of(clinic) if by is not None else User.objects.get_queryset()
        if known.filter(email__iexact=email).exists():
            raise AlreadyStaff
        open_invitations(clinic).filter(email__iexact=email).update(revoked_at=timezone.now())
        invitation = Invitation.objects.create(
            clinic=clinic,
            email=email,
            name=name,
            is_therapist="therapist" in roles,
            is_editor="editor" in roles,
            is_admin="admin" in roles,
            token_hash=token_hash(token),
            invited_by=by,
            expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        )
        audit.record(via or by, action="staff-invited", objects={"invitation": str(invitation.pk)})
    return IssuedInvitation(invitation, settings.BASE_URL + reverse("accounts:invitation", args=[token]))


def open_invitations(clinic: Clinic | None = None) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, of one clinic or of all."""
    still = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return still.filter(clinic=clinic) if clinic is not None else still


def find(token: str) -> Invitation | None:
    """The open invitation of a link."""
    return open_invitations().select_related("clinic").filter(token_hash=token_hash(token)).first()


def revoke(*, invitation: Invitation, by: User, via: HttpRequest | None = None) -> bool:
    """Stop a link that was not used yet; False where it was used or stopped."""
    with transaction.atomic():
        done = open_invitations().filter(pk=invitation.pk).update(revoked_at=timezone.now())
        if done:
            audit.record(via or by, action="invitation-revoked", objects={"invitation": str(invitation.pk)})
    return bool(done)


class NotForThisEmail(Exception):
    """Somebody signs in with the invitation's email already."""


def accept(*, invitation: Invitation, name: str, password_hash: str) -> User | None:
    """Make the user of an invitation, once; None where the link was used or stopped a moment ago.

    The password comes hashed: hashing takes long, and no transaction waits for it. Raises NotForThisEmail.
    """
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise NotForThisEmail
    try:
        return _accepted(invitation, name, password_hash)
    except IntegrityError as error:  # two invitations of one email at the same moment
        raise NotForThisEmail from error


def _accepted(invitation: Invitation, name: str, password_hash: str) -> User | None:
    with transaction.atomic():
        if not open_invitations().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
            return None
        user = User(
            clinic=invitation.clinic,
            email=invitation.email,
            name=name,
            password=password_hash,
            is_therapist=invitation.is_therapist,
            is_editor=invitation.is_editor,
            is_admin=invitation.is_admin,
        )
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        audit.record(user, action="invitation-accepted", objects={"invitation": str(invitation.pk)})
    return user
