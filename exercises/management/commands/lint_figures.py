"""``manage.py lint_figures``: what is wrong with the figures' data."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exercises.figures.files import FIGURES, read_file
from exercises.figures.lint import problems
from exercises.figures.pose import FigureError
from exercises.starter import load_starter


class Command(BaseCommand):
    """Reads every figure, or those named, and reports each problem with its exercise, pose and joint."""

    requires_system_checks = ()
    help = "Check the figures of the exercises."

    def add_arguments(self, parser: CommandParser) -> None:
        """Slugs, none for all."""
        parser.add_argument("exercise", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the problems; exit with an error if there is one."""
        biases = {exercise.slug: exercise.direction_bias.value for exercise in load_starter()}
        wanted = options["exercise"] or list(biases)
        found = 0
        for slug in wanted:
            if slug not in biases:
                raise CommandError(f"{slug!r} is no exercise of the catalogue.")
            for words in _problems(FIGURES / f"{slug}.json", biases[slug]):
                found += 1
                self.stdout.write(f"{slug}: {words}")
        if found:
            raise CommandError(f"{found} problems.")
        self.stdout.write(f"{len(wanted)} figures are in order.")


def _problems(path: Path, bias: str) -> tuple[str, ...]:
    if not path.exists():
        return ("There is no figure.",)
    try:
        return problems(read_file(path), bias=bias)
    except (FigureError, json.JSONDecodeError) as wrong:
        return (str(wrong),)
