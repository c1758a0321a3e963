"""What clinicians think of the figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class FigureReview(models.Model):
    """One mark: who looked at a figure, when, and whether it is fine. The latest of a clinic counts."""

    class Verdict(models.TextChoices):
        """Fine as it is, or to be changed."""

        FINE = "fine", _("Fine")
        CHANGE = "change", _("To change")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.CASCADE, related_name="figure_reviews")
    exercise = models.ForeignKey("exercises.Exercise", models.CASCADE, related_name="figure_reviews")
    figure_hash = models.CharField(max_length=64)
    """The figure that was looked at: another one has to be looked at again."""
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["clinic", "figure_hash", "-at"])]
