"""Close sessions that nobody can go on with, and follow up signs that were left unanswered (safety X5, X9, X17)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Patient
from programs.guided.actions import LEFT_BEHIND, close_stale
from programs.models import Session


class Command(BaseCommand):
    """To be run every few minutes; the patient's own pages do the same when they are opened."""

    help = "Close cut-off sessions and follow up alarm signs that were left unanswered."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every active patient with a session or a sign that nobody has gone on with."""
        now = timezone.now()
        left = Patient.objects.active().filter(pk__in=Session.objects.filter(LEFT_BEHIND).values("patient"))
        closed = sum(close_stale(patient=patient, now=now) for patient in left)
        self.stdout.write(f"Closed {closed} sessions.")
