"""Access cards, and the devices that they signed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

CARD_DAYS = 21
WRONG_YEARS_ALLOWED = 5


class AccessCard(models.Model):
    """A printed code that signs in one device, once. Only a hash of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="cards")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    wrong_years = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="card_wrong_years_capped",
                condition=models.Q(wrong_years__lte=WRONG_YEARS_ALLOWED),
            )
        ]


class Device(models.Model):
    """A browser that a card signed in; the therapist can end it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="devices")
    card = models.OneToOneField(AccessCard, models.PROTECT, null=True, related_name="device")
    label = models.CharField(_("device"), max_length=80)
    session_key_hash = models.CharField(max_length=64, blank=True)
    signed_in_at = models.DateTimeField(auto_now_add=True)
    last_seen_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
