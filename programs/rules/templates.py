"""The templates of section E of the routine rules, and the choice between them (X5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from exercises.content import Region, Severity
from programs.rules.profile import Profile

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "catalogue" / "templates.json"
"""The templates as data that people can read; they belong to the rules' version."""

DAYS: tuple[str, ...] = ("A", "B", "D")
"""A = control and strength, B = aerobic, D = daily stretch or relief set."""


@dataclass(frozen=True)
class Template:
    """The slugs of each day, in order; ``minutes`` are those of section E, by R22 from the start doses."""

    name: str
    days: Mapping[str, tuple[str, ...]]
    minutes: Mapping[str, float]


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Template]:
    """All templates by name, such as ``lumbar-mild``."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        row["template"]: Template(
            name=row["template"], days={day: tuple(row[day]) for day in DAYS}, minutes=row["minutes"]
        )
        for row in rows
    }


def template_area(regions: tuple[Region, ...]) -> str:
    """X5, R2: whose templates serve these regions."""
    if len(set(regions)) == 1:
        return regions[0].value
    return "multi-region" if Region.LUMBAR in regions else Region.CERVICAL.value


def template_for(profile: Profile) -> Template:
    """X5, R8: the template of the patient's regions and severity."""
    return templates()[template_name(profile.regions, profile.severity)]


def template_name(regions: tuple[Region, ...], severity: Severity) -> str:
    """X5, R38: the name under which a routine records its template."""
    return f"{template_area(regions)}-{severity.value}"
