"""``manage.py lint_catalogue``: checks the starter catalogue's files, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exercises.lint import Finding, lint
from exercises.starter import FOLDER, StarterError, read_catalogue, read_templates

SENTENCES = {
    "twice": "stands in the catalogue twice",
    "unknown-link": "links to an exercise that is not there ({found})",
    "link-to-itself": "is its own {found} version",
    "link-loop": "comes back to itself along its {found} versions",
    "easier-and-harder": "has {found} both among its easier and its harder versions",
    "unknown-code": "names a precaution that is not there ({found})",
    "excluded-and-held": "both excludes and holds with {found}",
    "unknown-equipment": "needs equipment that has no word ({found})",
    "no-region": "serves no region",
    "no-dose": "has no dose at any severity",
    "empty": "has no {found}",
    "steps": "has {found} steps; three to six are right",
    "hard-to-read": "has steps of school grade {found}; below 4 is right",
    "sets-and-minutes": "has a dose with both sets and minutes",
    "incomplete": "has a dose without sets, repetitions, hold or rest",
    "cap-unit": "counts its daily cap in {found}, which does not fit its dose",
    "over-cap": "has a dose outside its own daily cap ({found})",
    "sides": "says two things about sides",
    "how-often": "is to be done {found} times a day and days a week",
    "long-hold": "has a hold over its limit in seconds ({found})",
    "long-heat-or-cold": "has heat or cold over its limit in minutes ({found})",
    "more-than-once": "is done more often than once a day ({found})",
    "over-hard-stop": "is locked and runs past its stop in seconds ({found})",
    "twice-in-a-day": "has an exercise twice",
    "unknown-exercise": "names an exercise that is not there ({found})",
    "no-dose-in-template": "has {found}, which has no dose at this severity",
    "locked-in-template": "has {found}, which is locked",
    "extension-in-template": "has {found}, which bends the lower back backward",
    "region-in-template": "has {found}, which does not serve this region",
}


def words(finding: Finding) -> str:
    """A finding as a line of text."""
    return f"{finding.where} {SENTENCES[finding.check].format(found=finding.found)}"


class Command(BaseCommand):
    """Prints what is wrong, one line each, and fails; or says what was checked."""

    help = "Check the starter catalogue: links, doses, codes, equipment, steps, reading age, templates."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Another folder of catalogue files."""
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check, report."""
        folder = options["folder"]
        try:
            catalogue, templates = read_catalogue(folder), read_templates(folder)
        except (StarterError, OSError) as error:
            raise CommandError(f"The catalogue cannot be read: {error}") from error
        if findings := lint(catalogue, templates):
            lines = [words(finding) for finding in findings]
            raise CommandError("\n".join([f"{len(lines)} things are wrong:", *lines]))
        self.stdout.write(
            f"{len(catalogue)} exercises, {len(catalogue.precautions)} precautions and "
            f"{len(templates)} templates are in order."
        )
