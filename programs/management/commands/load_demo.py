"""Make the demo clinic, or move it along when it is days old."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from programs.demo.building import bring_up_to_date


class Command(BaseCommand):
    """Load the demo clinic; safe to run at every start."""

    help = "Make the demo clinic (invented people), or move its dates along when it is days old. Demo mode only."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was done."""
        if not settings.DEMO:
            raise CommandError("The demo clinic is for demo mode only (STENOSIS_PT_MODE=demo).")
        outcome = bring_up_to_date(timezone.now())
        if options["verbosity"] == 0:
            return
        if outcome.built:
            self.stdout.write("The demo clinic is made, with eight weeks of history.")
        elif outcome.moved_days:
            days = "a day" if outcome.moved_days == 1 else f"{outcome.moved_days} days"
            self.stdout.write(f"The demo clinic was {days} old: its dates are moved along.")
