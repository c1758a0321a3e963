"""An entry of the catalogue: its identity is its slug."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

if TYPE_CHECKING:
    from accounts.models import Clinic


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    """Exercises by whose they are."""

    def of(self, clinic: "Clinic | None") -> "ExerciseQuerySet":
        """The shared exercises, and the clinic's own and copied ones."""
        shared = models.Q(clinic__isnull=True)
        return self.filter(shared | models.Q(clinic=clinic)) if clinic else self.filter(shared)

    def in_force(self, clinic: "Clinic | None") -> "ExerciseQuerySet":
        """What the clinic's catalogue holds: its own version of a slug before the shared one.

        A clinic's copy hides the shared entry once it has been published, and hides it still when it is retired.
        """
        exercises = self.of(clinic)
        if clinic:
            hidden = Exercise.objects.filter(clinic=clinic).exclude(current=None, retired_at=None)
            exercises = exercises.exclude(clinic__isnull=True, slug__in=hidden.values("slug"))
        return exercises.filter(current__isnull=False, retired_at__isnull=True).order_by("position", "slug")


class Exercise(models.Model):
    """An exercise; its content lives in its versions. Without a clinic it belongs to the shared catalogue."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey(
        "accounts.Clinic",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="exercises",
    )
    slug = models.SlugField(_("short name for addresses"), max_length=60)
    position = models.PositiveIntegerField(default=10_000)
    """Catalogue order: ties of the assembly rules end with it (routines X20)."""
    current = models.ForeignKey(
        "exercises.ExerciseVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="exercise_slug_in_clinic", fields=["clinic", "slug"]),
            models.UniqueConstraint(
                name="exercise_slug_shared",
                fields=["slug"],
                condition=models.Q(clinic__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["clinic", "position"])]

    def __str__(self) -> str:
        return self.slug


class PrecautionCode(models.Model):
    """A contraindication code: the plain question and its default effect."""

    code = models.SlugField(primary_key=True, max_length=60)
    position = models.PositiveSmallIntegerField()
    statement = models.CharField(_("statement"), max_length=300)
    effect = models.CharField(_("effect"), max_length=300)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.code
