"""S2, X8: locks that only a clinician ends, and signs that a therapist has examined."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class LockQuerySet(models.QuerySet["Lock"]):
    """Locks that hold."""

    def open(self) -> "LockQuerySet":
        """Locks that nobody has released."""
        return self.filter(released_at__isnull=True)

    def closing_exercise(self) -> "LockQuerySet":
        """Open locks that close all exercise (S2); those of S13 hold walking entries only (X7)."""
        return self.open().filter(scope=Lock.Scope.ALL)


class Lock(models.Model):
    """While one is open no exercise starts by any route (S2)."""

    class Level(models.TextChoices):
        """Who must be asked, and how soon."""

        E = "E", _("emergency services now")
        T = "T", _("a clinician today")
        H = "H", _("no exercise until cleared")

    class Scope(models.TextChoices):
        """What it holds."""

        ALL = "all", _("all exercise")
        WALKING = "walking", _("walking entries")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="locks")
    session = models.ForeignKey("programs.Session", models.SET_NULL, null=True, blank=True, related_name="locks")
    level = models.CharField(max_length=1, choices=Level.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.ALL)
    rule = models.CharField(max_length=12)
    key = models.CharField(max_length=120)
    """Makes opening idempotent: one lock per patient and key."""
    opened_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    release_reason = models.CharField(max_length=500, blank=True)
    examined_by = models.CharField(max_length=120, blank=True)
    examined_on = models.DateField(null=True, blank=True)

    objects = LockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lock_once", fields=["patient", "key"]),
            models.CheckConstraint(
                name="lock_released_by_somebody_with_a_reason",
                condition=models.Q(released_at__isnull=True, released_by__isnull=True)
                | models.Q(released_at__isnull=False, released_by__isnull=False) & ~models.Q(release_reason=""),
            ),
            models.CheckConstraint(
                name="emergency_lock_needs_an_examination",
                condition=~models.Q(level="E")
                | models.Q(released_at__isnull=True)
                | models.Q(examined_on__isnull=False) & ~models.Q(examined_by=""),
            ),
        ]
        indexes = [models.Index(fields=["patient", "released_at"])]


class KnownSign(models.Model):
    """X8: a sign that the therapist has examined; "the same" opens no lock until it expires (28 days at most)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="known_signs")
    question = models.CharField(max_length=20)
    marked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
