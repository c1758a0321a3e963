"""A patient's course of exercise: the draft, and the immutable revisions that became active."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from programs.models.profile import SEVERITIES

DAYS = [
    ("A", _("control and strength day")),
    ("B", _("aerobic day")),
    ("D", _("daily set")),
]


class Program(models.Model):
    """A patient's program. ``restricted_to`` is the pause of X14 and P14 that only a therapist ends."""

    class Restriction(models.TextChoices):
        """What is still offered while the program is paused."""

        NONE = "", _("the whole program")
        MINIMUM = "minimum", _("minimum plan only")
        RELIEF = "relief", _("relief only")

    patient = models.OneToOneField("accounts.Patient", models.CASCADE, primary_key=True, related_name="program")
    current = models.ForeignKey("programs.ProgramRevision", models.PROTECT, null=True, related_name="+")
    seen = models.ForeignKey("programs.ProgramRevision", models.PROTECT, null=True, related_name="+")
    """The last revision of which the patient has read what changed; empty before there is anything to compare."""
    restricted_to = models.CharField(max_length=10, choices=Restriction.choices, default=Restriction.NONE, blank=True)
    restricted_rule = models.CharField(max_length=12, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)


class ProgramDraft(models.Model):
    """The therapist's working copy. ``version`` lets a second writer see both instead of losing one."""

    patient = models.OneToOneField("accounts.Patient", models.CASCADE, primary_key=True, related_name="draft")
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    profile_version = models.PositiveIntegerField()
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")


class ProgramRevision(models.Model):
    """R1, R38: what a named therapist approved; never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField()
    starts_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    rules_version = models.CharField(max_length=20)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    regions = models.JSONField()
    codes = models.JSONField()
    """R38: the precaution codes in force, with those that they imply (X2)."""
    template = models.CharField(max_length=40, blank=True)
    """R38: region and severity of the template; empty when the program was built by hand."""
    swaps = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    ticks = models.JSONField(default=list)
    """R12: the held entries with an OK, and the codes that each OK covers."""
    week = models.JSONField()
    week_origin = models.JSONField(null=True)
    """Who set the week by hand, as ``name`` and ``by``; nothing when the rules made it (R26, R27)."""
    explanation = models.JSONField()
    usual_spine = models.PositiveSmallIntegerField()
    """Safety X2: the usual pain that the therapist recorded at approval, 0-10."""
    usual_limb = models.PositiveSmallIntegerField()
    raises_or_adds = models.BooleanField(default=True)
    """R39, X18: the first A and the first B session of it are test doses."""

    class Meta:
        constraints = [models.UniqueConstraint(name="revision_numbers", fields=["patient", "number"])]
        ordering = ["patient", "number"]


class ProgramItem(models.Model):
    """An entry of a revision: the exercise version that the patient is given, and its dose."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(ProgramRevision, models.CASCADE, related_name="items")
    day = models.CharField(max_length=1, choices=DAYS)
    position = models.PositiveSmallIntegerField()
    exercise = models.SlugField(max_length=60)
    version = models.ForeignKey("exercises.ExerciseVersion", models.PROTECT, related_name="program_items")
    sets = models.PositiveSmallIntegerField(null=True)
    reps = models.PositiveSmallIntegerField(null=True)
    hold_seconds = models.PositiveSmallIntegerField(null=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    work_seconds = models.PositiveSmallIntegerField(null=True)
    per_side = models.BooleanField(default=False)
    times_a_day = models.PositiveSmallIntegerField(default=1)
    daily_cap = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    by_hand_reason = models.CharField(max_length=300, blank=True)
    origin = models.JSONField(null=True)
    """Where entry and dose come from (``programs.origin``); nothing where it was not recorded."""
    parts = models.JSONField(null=True)
    """X19: the exercises that a core block holds, in order."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="item_places", fields=["revision", "day", "position"]),
            models.UniqueConstraint(name="item_once_a_day", fields=["revision", "day", "exercise"]),
            models.CheckConstraint(
                name="item_is_sets_or_minutes",
                condition=models.Q(minutes__isnull=False, sets__isnull=True, reps__isnull=True)
                | models.Q(minutes__isnull=True, sets__isnull=False, reps__isnull=False),
            ),
        ]
        ordering = ["revision", "day", "position"]
