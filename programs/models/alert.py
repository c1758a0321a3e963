"""What a therapist must look at, opened by a named rule."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import User


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts in the order in which a therapist needs them."""

    def open(self) -> "AlertQuerySet":
        """Alerts that nobody has acknowledged."""
        return self.filter(acknowledged_at__isnull=True)

    def visible_to(self, user: User) -> "AlertQuerySet":
        """The clinic's alerts, for its therapists only."""
        if not user.is_active or not user.is_therapist:
            return self.none()
        return self.filter(patient__clinic_id=user.clinic_id)

    def in_order(self) -> "AlertQuerySet":
        """E, T, H, then ends, stops, then no data and notes; the oldest of each first."""
        return self.order_by("rank", "at", "id")

    def findings(self) -> "models.QuerySet[Alert, dict[str, Any]]":
        """What was found, each thing once, however many alerts it opened (``Alert.finding``)."""
        return self.order_by().values("patient_id", "rule", "at").distinct()


class Alert(models.Model):
    """One thing to look at. The rule, row and parameters become words when it is shown."""

    class Level(models.TextChoices):
        """The classes of the inbox."""

        E = "E", _("call now")
        T = "T", _("today")
        H = "H", _("paused")
        END = "end", _("session ended")
        STOP = "stop", _("stopped")
        NO_DATA = "no-data", _("no data")
        NOTE = "note", _("note")

    RANKS = {"E": 0, "T": 1, "H": 2, "end": 3, "stop": 4, "no-data": 5, "note": 6}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="alerts")
    session = models.ForeignKey("programs.Session", models.CASCADE, null=True, blank=True, related_name="alerts")
    level = models.CharField(max_length=8, choices=Level.choices)
    rank = models.PositiveSmallIntegerField(editable=False)
    rule = models.CharField(max_length=12)
    row = models.CharField(max_length=12, blank=True)
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    """Makes opening idempotent: one alert per patient and key."""
    at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alert_once", fields=["patient", "key"]),
            models.CheckConstraint(
                name="alert_acknowledged_by_somebody",
                condition=models.Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["patient", "acknowledged_at", "rank"])]

    @property
    def finding(self) -> tuple[Any, str, datetime]:
        """What tells findings apart: one sign may open two alerts, T and H, at one moment (X7)."""
        return (self.patient_id, self.rule, self.at)

    def same_finding(self) -> AlertQuerySet:
        """This alert, and those that the same sign opened with it."""
        return Alert.objects.filter(patient=self.patient_id, rule=self.rule, at=self.at)
