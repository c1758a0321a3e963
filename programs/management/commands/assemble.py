"""``manage.py assemble``: a routine for a profile from the command line or from a file, without a database."""

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exercises.content import Catalogue
from exercises.starter import load_starter
from programs.management.routine_text import routine_text
from programs.rules.assembly import assemble
from programs.rules.profile import Profile, ProfileError
from programs.rules.routine import Routine
from programs.wording.assembly import problems, why

NUMBER = re.compile(r"[0-9]{1,9}")
INVALID = 2
"""The exit code for input that is refused (X1)."""


class Command(BaseCommand):
    """Prints routines with their explanation; a blocked profile is an answer like any other (exit code 0)."""

    help = "Assemble a routine from a profile, with the reason for every decision."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The fields of a profile, or a file of profiles."""
        parser.add_argument("--region", action="append", default=[], metavar="REGION")
        parser.add_argument("--severity")
        parser.add_argument("--precaution", action="append", default=[], metavar="CODE")
        parser.add_argument("--equipment", action="append", metavar="CODE", help="'none': no household set")
        parser.add_argument("--no-floor", action="store_true", help="the precaution cannot-get-to-floor")
        parser.add_argument("--ok", action="append", default=[], metavar="EXERCISE", help="held entry with an OK")
        parser.add_argument("--helps", action="append", default=[], metavar="EXERCISE", help="relief that helps")
        parser.add_argument("--minutes", metavar="N")
        parser.add_argument("--mjoa", metavar="N")
        parser.add_argument("--specialist-agreement", action="store_true")
        parser.add_argument("--specialist-reason-against-surgery", action="store_true")
        parser.add_argument("--first-session", action="store_true")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--profiles", metavar="FILE", help="a JSON list of profiles; prints a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one routine, or with ``--profiles`` a list of them."""
        catalogue = load_starter()
        if options["profiles"]:
            self._print(_routines(options["profiles"], catalogue))
            return
        routine = _routine(_given(options), catalogue)
        if options["json"]:
            self._print(routine.as_dict(why))
        else:
            self.stdout.write(routine_text(routine, catalogue))

    def _print(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=2))


def _given(options: dict[str, Any]) -> dict[str, object]:
    precautions = [*options["precaution"], *(["cannot-get-to-floor"] if options["no_floor"] else [])]
    return {
        "regions": options["region"],
        "severity": options["severity"],
        "precautions": precautions,
        "equipment": options["equipment"],
        "minutes": _number(options["minutes"]),
        "ok": options["ok"],
        "helps": options["helps"],
        "mjoa": _number(options["mjoa"]),
        "specialist_agreement": options["specialist_agreement"],
        "specialist_reason_against_surgery": options["specialist_reason_against_surgery"],
        "first_session": options["first_session"],
    }


def _number(text: object) -> object:
    """A whole number where the text is one; anything else stays for the profile to refuse."""
    return int(text) if isinstance(text, str) and NUMBER.fullmatch(text) else text


def _routine(given: Any, catalogue: Catalogue, place: str = "") -> Routine:
    try:
        return assemble(Profile.from_given(given, catalogue), catalogue)
    except ProfileError as error:
        lines = [f"{place}{line}" for line in problems(error)]
        raise CommandError("\n".join(lines), returncode=INVALID) from error


def _routines(name: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        profiles = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"{name} cannot be read as JSON: {error}", returncode=INVALID) from error
    if not isinstance(profiles, list):
        raise CommandError(f"{name} must hold a list of profiles.", returncode=INVALID)
    return [_routine(given, catalogue, f"Profile {number}: ").as_dict(why) for number, given in enumerate(profiles, 1)]
