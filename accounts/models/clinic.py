"""A clinic, and the words that its patients are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

NOT_WATCHED = _("Nobody is watching this app all the time. If it is urgent, phone.")
"""S31: the standing words, unless the clinic sets its own."""


class Clinic(models.Model):
    """One clinic: nothing of it is ever seen by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40)
    out_of_hours = models.CharField(_("phone out of hours"), max_length=40, blank=True)
    emergency_number = models.CharField(_("emergency number"), max_length=20, default="112")
    alert_response = models.CharField(
        _("expected response to an alert"),
        max_length=120,
        default=_("by the end of the next working day"),
    )
    not_watched = models.CharField(_("words shown to patients (S31)"), max_length=300, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)
    edit_count = models.PositiveIntegerField(default=0)
    """Guards the settings against two writers."""

    def __str__(self) -> str:
        return self.name

    @property
    def not_watched_words(self) -> str:
        """S31: the clinic's own words, or the standing ones."""
        return self.not_watched or str(NOT_WATCHED)
