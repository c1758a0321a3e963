"""What assembly needs to know of a patient, and what the therapist allowed for single entries."""

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

SEVERITIES = [("mild", _("mild")), ("moderate", _("moderate")), ("severe", _("severe"))]
PAIN = [MinValueValidator(0), MaxValueValidator(10)]
PERCENT = [MaxValueValidator(100)]
NDI = [MaxValueValidator(50)]
METRES = [MaxValueValidator(1000)]


class ClinicalProfile(models.Model):
    """A patient's clinical profile as the therapist recorded it. ``version`` guards against two writers."""

    patient = models.OneToOneField(
        "accounts.Patient",
        models.CASCADE,
        primary_key=True,
        related_name="clinical_profile",
    )
    version = models.PositiveIntegerField(default=1)
    lumbar = models.BooleanField(_("lumbar"), default=False)
    thoracic = models.BooleanField(_("thoracic"), default=False)
    cervical = models.BooleanField(_("cervical"), default=False)
    severity = models.CharField(_("severity"), max_length=10, choices=SEVERITIES)
    severity_confirmed_at = models.DateTimeField()
    mjoa = models.PositiveSmallIntegerField(_("mJOA"), null=True, blank=True, validators=[MaxValueValidator(18)])
    specialist_agreement = models.BooleanField(_("written specialist agreement"), default=False)
    specialist_reason_against_surgery = models.BooleanField(_("written reason against surgery"), default=False)
    specialist_note = models.CharField(_("who agreed, when, and to what"), max_length=300, blank=True)
    surgeon_cleared_on = models.DateField(_("surgeon's written clearance dated"), null=True, blank=True)
    """R37: with both clearances the therapist may build by hand; assembly stays off."""
    therapist_cleared_at = models.DateTimeField(null=True, blank=True)
    therapist_cleared_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    household_equipment = models.BooleanField(_("the usual household things are there"), default=True)
    equipment = models.JSONField(_("other equipment"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes a session"),
        null=True,
        blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(60)],
    )
    direction_preference = models.CharField(_("recorded direction preference"), max_length=10, blank=True)
    helps = models.JSONField(_("relief positions that help"), default=list, blank=True)
    relief_position = models.SlugField(_("saved relief position"), max_length=60, blank=True)
    usual_spine = models.PositiveSmallIntegerField(_("usual back or neck pain"), null=True, blank=True, validators=PAIN)
    usual_limb = models.PositiveSmallIntegerField(_("usual arm or leg pain"), null=True, blank=True, validators=PAIN)
    walking_minutes = models.PositiveSmallIntegerField(_("minutes of walking before a stop"), null=True, blank=True)
    walking_pattern = models.CharField(_("usual leg symptoms on walking"), max_length=200, blank=True)
    odi_percent = models.PositiveSmallIntegerField(_("ODI, percent"), null=True, blank=True, validators=PERCENT)
    """R5: supports the choice of the severity, never decides."""
    ndi_points = models.PositiveSmallIntegerField(_("NDI, points out of 50"), null=True, blank=True, validators=NDI)
    """R7: as the ODI."""
    six_minute_walk_metres = models.PositiveSmallIntegerField(
        _("6-minute walk, metres"), null=True, blank=True, validators=METRES
    )
    """R5: as the ODI."""
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="profile_has_a_region",
                condition=models.Q(lumbar=True) | models.Q(thoracic=True) | models.Q(cervical=True),
            ),
            models.CheckConstraint(
                name="profile_pain_0_to_10",
                condition=models.Q(usual_spine__lte=10) & models.Q(usual_limb__lte=10),
            ),
            models.CheckConstraint(
                name="profile_minutes_10_to_60",
                condition=models.Q(minutes__isnull=True) | models.Q(minutes__gte=10, minutes__lte=60),
            ),
            models.CheckConstraint(
                name="profile_clearance_has_a_therapist",
                condition=models.Q(therapist_cleared_at__isnull=True, therapist_cleared_by__isnull=True)
                | models.Q(
                    therapist_cleared_at__isnull=False,
                    therapist_cleared_by__isnull=False,
                ),
            ),
        ]

    @property
    def is_cleared_after_surgery(self) -> bool:
        """R37: have the surgeon and the therapist both recorded clearance?"""
        return self.surgeon_cleared_on is not None and self.therapist_cleared_at is not None

    @property
    def regions(self) -> list[str]:
        """The regions chosen by the therapist (R2)."""
        return [name for name in ("lumbar", "thoracic", "cervical") if getattr(self, name)]


class PatientPrecaution(models.Model):
    """A precaution code that is, or was, on for a patient; never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="precautions")
    code = models.SlugField(max_length=60)
    on_at = models.DateTimeField()
    on_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    off_at = models.DateTimeField(null=True, blank=True)
    off_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_row_per_precaution",
                fields=["patient", "code"],
                condition=models.Q(off_at__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["patient", "-on_at"])]


class TickedEntry(models.Model):
    """R12: a therapist's OK for a held entry; covers the codes that were on when it was made (X6)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="ticks")
    exercise = models.SlugField(max_length=60)
    codes = models.JSONField(default=list)
    ticked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "exercise"])]


class EntryPermission(models.Model):
    """S20, S23: what the therapist allows for one patient and one entry, until a date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="entry_permissions")
    exercise = models.SlugField(max_length=60)
    rise_limit = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(2)])
    centralising_ok = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_permission_per_entry",
                fields=["patient", "exercise"],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="rise_limit_0_to_2", condition=models.Q(rise_limit__lte=2)),
        ]

    def in_force(self, now: datetime) -> bool:
        """Is it neither withdrawn nor past its expiry?"""
        return self.withdrawn_at is None and (self.expires_at is None or now < self.expires_at)
