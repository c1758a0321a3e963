"""Pictures that a clinic uploaded, re-encoded, with their rights."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class ExercisePicture(models.Model):
    """One picture. The file is made from pixels alone, so nothing of the upload's metadata is left."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="exercises/")
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    rights = models.CharField(_("author and licence"), max_length=300)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
