"""Invitations by which staff come in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class Invitation(models.Model):
    """A link that lets one person set up a staff sign-in, once. Only a hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=120)
    is_therapist = models.BooleanField(_("therapist"), default=False)
    is_editor = models.BooleanField(_("catalogue editor"), default=False)
    is_admin = models.BooleanField(_("clinic admin"), default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
