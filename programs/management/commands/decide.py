"""``manage.py decide``: what the safety tables decide for many cases in one go, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.rules.safety import decide
from programs.rules.tables import DecisionError

INVALID = 2
"""The exit code for input that is refused."""


class Command(BaseCommand):
    """Prints the outcome, row and rule for each case of a JSON file."""

    help = "Decide a JSON list of {table, given} with the safety tables T, U, C, N and interval."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file of cases."""
        parser.add_argument("file", metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a JSON list with one outcome per case, in order."""
        outcomes = [_outcome(number, case) for number, case in enumerate(_cases(options["file"]), start=1)]
        self.stdout.write(json.dumps(outcomes, ensure_ascii=False))


def _cases(name: str) -> list[Any]:
    try:
        cases = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name} cannot be read: {error}", returncode=INVALID) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{name} is no JSON: {error}", returncode=INVALID) from error
    if not isinstance(cases, list):
        raise CommandError(f"{name}: a list of cases is needed.", returncode=INVALID)
    return cases


def _outcome(number: int, case: Any) -> dict[str, Any]:
    if not isinstance(case, dict) or not {"table", "given"} <= case.keys():
        raise CommandError(f"Case {number}: an object with table and given is needed.", returncode=INVALID)
    try:
        return decide(case["table"], case["given"]).as_dict()
    except DecisionError as error:
        raise CommandError(f"Case {number}: {error}", returncode=INVALID) from error
