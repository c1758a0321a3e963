"""The content of an exercise: draft, in review, published (then it never changes), retired."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from exercises import content
from exercises.models.figure_field import FigureField


class VersionQuerySet(models.QuerySet["ExerciseVersion"]):
    """Versions, with what their content needs."""

    def with_doses(self) -> "VersionQuerySet":
        """The versions with their doses and picture: a constant number of queries."""
        return self.select_related("exercise", "picture").prefetch_related("doses")


class ExerciseVersion(models.Model):
    """One version of an exercise. Programs keep the version that they were given."""

    class Status(models.TextChoices):
        """Where the version stands."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exercise = models.ForeignKey("exercises.Exercise", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    edit_count = models.PositiveIntegerField(default=0)
    """Guards a draft against two writers."""

    name = models.CharField(_("name"), max_length=80)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    lumbar = models.BooleanField(_("lumbar"), default=False)
    thoracic = models.BooleanField(_("thoracic"), default=False)
    cervical = models.BooleanField(_("cervical"), default=False)
    kind = models.CharField(_("kind"), max_length=20)
    start_position = models.CharField(_("start position"), max_length=20)
    direction_bias = models.CharField(_("direction bias"), max_length=10)
    per_side = models.BooleanField(_("each side"), default=False)
    equipment = models.JSONField(_("equipment"), default=list, blank=True)
    equipment_words = models.CharField(max_length=300, blank=True)
    """The words of ``equipment`` between bars, for filtering: ``|chair|pillow|``."""
    search_words = models.TextField(blank=True)
    """Names and steps in lower case, for the catalogue's search."""
    easier = models.SlugField(_("easier version"), max_length=60, blank=True)
    harder = models.SlugField(_("harder version"), max_length=60, blank=True)
    feel = models.CharField(_("what you should feel"), max_length=300)
    stop = models.CharField(_("stop if"), max_length=300)
    exclude = models.JSONField(_("never with"), default=list, blank=True)
    clinician_ok = models.JSONField(_("only with a therapist's OK with"), default=list, blank=True)
    locks = models.JSONField(_("locks"), default=list, blank=True)
    steps = models.JSONField(_("steps"), default=list)
    voice_cue = models.CharField(_("spoken cue"), max_length=300, blank=True)
    source = models.TextField(_("evidence and sources"), blank=True)
    picture = models.ForeignKey(
        "exercises.ExercisePicture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
    )
    picture_alt = models.CharField(_("picture in words"), max_length=300, blank=True)
    figure = FigureField(_("figure"), null=True, blank=True)
    """What ``exercises.figures`` draws: poses, moves, props and words; none where there is no figure yet."""
    figure_hash = models.CharField(max_length=64, blank=True, db_index=True)
    """Of ``figure``: the name of its pictures' files."""
    starter_hash = models.CharField(max_length=64, blank=True)
    """Of the starter file that the version was loaded from; empty for edited ones."""

    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="version_numbers", fields=["exercise", "number"]),
            models.CheckConstraint(
                name="version_published_at_a_time",
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
            ),
        ]
        ordering = ["exercise", "number"]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def is_editable(self) -> bool:
        """May it still be changed? A published or retired version never is."""
        return self.status in {self.Status.DRAFT, self.Status.IN_REVIEW}

    @property
    def regions(self) -> tuple[content.Region, ...]:
        """The regions that the version serves."""
        return tuple(region for region in content.Region if getattr(self, region.value))

    def as_content(self) -> content.Exercise:
        """The version as the rules read it. Uses ``doses`` (prefetch them) and ``exercise``."""
        return content.Exercise(
            slug=self.exercise.slug,
            name=self.name,
            other_names=tuple(self.other_names),
            regions=self.regions,
            kind=content.Kind(self.kind),
            start_position=content.StartPosition(self.start_position),
            direction_bias=content.Bias(self.direction_bias),
            per_side=self.per_side,
            doses={
                content.Severity(dose.severity): dose.as_content(per_side=self.per_side) for dose in self.doses.all()
            },
            easier=self.easier or None,
            harder=self.harder or None,
            equipment=tuple(tuple(group) for group in self.equipment),
            feel=self.feel,
            stop=self.stop,
            exclude=frozenset(self.exclude),
            clinician_ok=frozenset(self.clinician_ok),
            locks=tuple(content.Lock(lock) for lock in self.locks),
            steps=tuple(self.steps),
            voice_cue=self.voice_cue,
            source=self.source,
        )

    def take(self, exercise: content.Exercise) -> Self:
        """Set the content columns from ``exercise``; the doses are rows of their own (``dose_rows``)."""
        for name in ("name", "per_side", "feel", "stop", "voice_cue", "source"):
            setattr(self, name, getattr(exercise, name))
        for name in ("other_names", "steps", "locks"):
            setattr(self, name, [str(part) for part in getattr(exercise, name)])
        for region in content.Region:
            setattr(self, region.value, region in exercise.regions)
        self.exclude, self.clinician_ok = sorted(exercise.exclude), sorted(exercise.clinician_ok)
        self.kind = exercise.kind.value
        self.start_position = exercise.start_position.value
        self.direction_bias = exercise.direction_bias.value
        self.equipment = [list(group) for group in exercise.equipment]
        self.equipment_words = bars(word for group in exercise.equipment for word in group)
        self.search_words = " ".join((exercise.name, *exercise.other_names, *exercise.steps)).lower()
        self.easier, self.harder = exercise.easier or "", exercise.harder or ""
        return self

    def dose_rows(self, exercise: content.Exercise) -> "list[VersionDose]":
        """Unsaved dose rows of this version for the doses of ``exercise``."""
        return [
            VersionDose(version=self, severity=severity.value).take(dose) for severity, dose in exercise.doses.items()
        ]


def bars(words: Iterable[str]) -> str:
    """Words between bars, each once, in order: ``|chair|pillow|``; empty for none."""
    unique = list(dict.fromkeys(words))
    return f"|{'|'.join(unique)}|" if unique else ""


class VersionDose(models.Model):
    """The start dose of a version at one severity; either sets and repetitions, or minutes."""

    version = models.ForeignKey(ExerciseVersion, models.CASCADE, related_name="doses")
    severity = models.CharField(max_length=10)
    sets = models.PositiveSmallIntegerField(null=True, blank=True)
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    work_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    times_a_day = models.PositiveSmallIntegerField()
    days_a_week = models.PositiveSmallIntegerField()
    daily_cap = models.PositiveSmallIntegerField()
    cap_unit = models.CharField(max_length=10)

    FIELDS = tuple(field.name for field in fields(content.Dose) if field.name != "per_side")
    """The columns of a dose; whether it is per side stands in the version."""

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_dose_per_severity", fields=["version", "severity"]),
            models.CheckConstraint(
                name="dose_is_sets_or_minutes",
                condition=models.Q(minutes__isnull=False, sets__isnull=True, reps__isnull=True)
                | models.Q(minutes__isnull=True, sets__isnull=False, reps__isnull=False),
            ),
        ]
        ordering = ["version", "id"]

    def as_content(self, *, per_side: bool) -> content.Dose:
        """The dose as the rules read it."""
        return content.Dose(per_side=per_side, **{name: getattr(self, name) for name in self.FIELDS})

    def take(self, dose: content.Dose) -> Self:
        """Set the columns from ``dose``."""
        for name in self.FIELDS:
            setattr(self, name, getattr(dose, name))
        return self
