"""A patient's identity: as little of it as the work needs."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

if TYPE_CHECKING:
    from accounts.models.user import User


class PatientQuerySet(models.QuerySet["Patient"]):
    """Patients by who may see them."""

    def visible_to(self, user: "User") -> "PatientQuerySet":
        """All patients of the clinic for its therapists, none for anybody else."""
        if not user.is_active or not user.is_therapist:
            return self.none()
        return self.filter(clinic_id=user.clinic_id)

    def active(self) -> "PatientQuerySet":
        """Patients who are not discharged."""
        return self.filter(discharged_at__isnull=True)


class Patient(models.Model):
    """Who the patient is to the clinic: a display name that may be initials or a handle."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField("accounts.User", models.PROTECT, related_name="patient")
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="patients")
    display_name = models.CharField(_("display name"), max_length=60)
    year_of_birth = models.PositiveSmallIntegerField(_("year of birth"))
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64)
    therapist = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="patients_treated",
        verbose_name=_("treating therapist"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    discharged_at = models.DateTimeField(null=True, blank=True)

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="year_of_birth_is_plausible",
                condition=models.Q(year_of_birth__gte=1900, year_of_birth__lte=2100),
            )
        ]
        indexes = [models.Index(fields=["clinic", "therapist"])]

    def __str__(self) -> str:
        return self.display_name

    @property
    def zone(self) -> ZoneInfo:
        """The patient's time zone: "today" is theirs, never the server's."""
        return ZoneInfo(self.time_zone)

    @property
    def is_discharged(self) -> bool:
        """Has the therapist ended the care?"""
        return self.discharged_at is not None
