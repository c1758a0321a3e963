"""Load the starter catalogue: safe to run again, never overwrites later edits."""

from typing import Any

from django.core.management.base import BaseCommand

from exercises.figures.files import load_figures
from exercises.loading import load
from exercises.starter import load_starter


class Command(BaseCommand):
    """Load the shared starter catalogue into the database."""

    help = "Load the shared starter catalogue. Running it again changes nothing; later edits are never overwritten."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what was done."""
        done = load(load_starter(), load_figures())
        self.stdout.write(
            f"Catalogue: {done.added} added, {done.renewed} given a newer version, {done.unchanged} unchanged."
        )
