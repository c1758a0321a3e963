"""Close sessions that nobody can go on with, and follow up signs that were left unanswered (safety X5, X9, X17)."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import Patient
from programs.guided.actions import close_stale


class Command(BaseCommand):
    """To be run every few minutes; the patient's own pages do the same when they are opened."""

    help = "Close cut-off sessions and follow up alarm signs that were left unanswered."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every active patient who had a session lately."""
        now = timezone.now()
        lately = Patient.objects.active().filter(sessions__state__in=("checked-in", "started", "ended")).distinct()
        closed = sum(close_stale(patient=patient, now=now) for patient in lately.iterator())
        self.stdout.write(f"Closed {closed} sessions.")
