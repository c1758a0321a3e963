"""X19: the core block holds parts, and each must pass this patient's rules on its own. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exercises.content import Catalogue
from programs.changes import DAYS
from programs.prescribing.draft import Draft, Entry
from programs.prescribing.notices import Notice
from programs.rules.filters import judge
from programs.rules.profile import Profile

BLOCK = "dls-block"
PARTS = ("abdominal-brace", "brace-heel-slide", "supine-march", "bridge", "bird-dog")
"""What a core block is made of, from the lightest up; the order in which the patient does them."""


@dataclass(frozen=True)
class PartChoice:
    """An exercise that may be part of the block; ``rule`` and ``key`` say why it may not, with the ``codes``."""

    slug: str
    chosen: bool
    rule: str = ""
    key: str = ""
    codes: tuple[str, ...] = ()


def part_choices(entry: Entry, profile: Profile | None, catalogue: Catalogue) -> tuple[PartChoice, ...]:
    """X19: every part that the catalogue has, and what speaks against it (X6); nothing for other exercises."""
    if entry.exercise != BLOCK or profile is None:
        return ()
    found = []
    for slug in PARTS:
        exercise = catalogue.get(slug)
        if exercise is not None:
            against = judge(exercise, profile)[:1]
            why = [(verdict.rule, verdict.key, verdict.codes) for verdict in against]
            found.append(PartChoice(slug, slug in entry.parts, *(why[0] if why else ())))
    return tuple(found)


def stored_parts(entry: Entry, catalogue: Catalogue) -> tuple[dict[str, Any], ...]:
    """What a revision keeps of the parts: their names and the codes that stop or hold them, as they are now."""
    return tuple(
        {
            "exercise": part.slug,
            "name": part.name,
            "exclude": sorted(part.exclude),
            "clinician_ok": sorted(part.clinician_ok),
        }
        for part in (catalogue.get(slug) for slug in entry.parts)
        if part is not None
    )


def part_problems(draft: Draft, profile: Profile, catalogue: Catalogue) -> Iterator[Notice]:
    """X19, X6, R29: a block without parts, with one that does not pass, or with one that is in the day as well.

    The block's doses use up its parts' caps, so that a part must not be done beside it on the same date.
    """
    for day, entries in draft.days.items():
        for entry in entries:
            if entry.exercise == BLOCK:
                yield from _problems(draft, day, entry, profile, catalogue)


def _problems(draft: Draft, day: str, entry: Entry, profile: Profile, catalogue: Catalogue) -> Iterator[Notice]:
    if not entry.parts:
        yield Notice("X19", "no-parts", {}, day, BLOCK)
    for part in entry.parts:
        exercise = catalogue.get(part)
        verdicts = judge(exercise, profile) if exercise else ()
        if exercise is None or part not in PARTS:
            yield Notice("X1", "retired", {}, day, part)
        elif verdicts:
            codes = {"why": verdicts[0].key, "codes": list(verdicts[0].codes)}
            yield Notice("X19", "part-does-not-pass", codes, day, part)
        same_date = DAYS if day == "D" else (day, "D")
        if any(draft.entry(other, part) for other in same_date):
            yield Notice("R29", "part-beside-block", {}, day, part)
