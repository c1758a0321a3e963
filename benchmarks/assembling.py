"""Assembly against the size of the catalogue."""

import statistics
import time
from dataclasses import replace

from exercises.content import Catalogue
from exercises.starter import load_starter
from programs.rules.assembly import assemble
from programs.rules.profile import Profile

FACTORS = (1, 10, 100)
GIVEN = {
    "regions": ["lumbar", "cervical"],
    "severity": "mild",
    "precautions": ["cannot-lie-supine", "cannot-kneel", "hand-grip-weak"],
    "equipment": ["none"],
}
"""Drops many template entries, so that stand-ins are searched for (R17)."""


def grown(starter: Catalogue, factor: int) -> Catalogue:
    """The catalogue with ``factor`` times as many entries: copies under other names."""
    copies = [
        replace(exercise, slug=f"{exercise.slug}-copy-{number}") for number in range(1, factor) for exercise in starter
    ]
    return Catalogue((*starter, *copies), starter.precautions)


def measure() -> list[tuple[int, float]]:
    """Entries and median milliseconds of one assembly."""
    starter = load_starter()
    profile = Profile.from_given(GIVEN)
    found = []
    for factor in FACTORS:
        catalogue = grown(starter, factor)
        assemble(profile, catalogue)
        taken = []
        for _ in range(7):
            began = time.perf_counter()
            assemble(profile, catalogue)
            taken.append((time.perf_counter() - began) * 1000)
        found.append((len(list(catalogue)), statistics.median(taken)))
    return found
