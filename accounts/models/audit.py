"""The audit trail: who viewed or changed which patient, when, by which route."""

from django.db import models

from accounts.ids import uuid7


class AuditEvent(models.Model):
    """One line of the trail. Append-only in the database; ids only, never values or free text.

    There are no foreign keys, so the trail neither blocks a deletion nor vanishes with one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    clinic_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    patient_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    route = models.CharField(max_length=80, blank=True)
    method = models.CharField(max_length=8, blank=True)
    objects_touched = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["patient_id", "at"]),
            models.Index(fields=["clinic_id", "at"]),
        ]
