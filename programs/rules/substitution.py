"""R17: what takes the place of a template entry that was dropped (X7, X8, X9)."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from exercises.content import (
    RELIEF_POSITIONS,
    Bias,
    Catalogue,
    Exercise,
    Kind,
    StartPosition,
)
from programs.rules.filters import Effect, Sieve, Verdict
from programs.rules.profile import Profile

OPENERS: tuple[str, ...] = ("marching-seated", "shoulder-roll", "pelvic-tilt-seated")
"""X7: stand-ins for an opener, in this order."""

AEROBIC: tuple[str, ...] = ("walking-intervals", "walking-supported", "stationary-bike", "water-walking")
"""X8: stand-ins for an aerobic entry, in this order; nothing else."""

STAND_IN_CLOSER = "breathing"

NEVER_STAND_INS: frozenset[str] = frozenset({"dls-block", "marching-seated"})
"""X9: never found by the same-kind search."""

X9_STARTS: tuple[StartPosition, ...] = (StartPosition.SITTING, StartPosition.SUPINE, StartPosition.SIDE)
"""X9: start positions of stand-ins, in the order of choice, after the dropped entry's own."""


@dataclass(frozen=True)
class StandIn:
    """The exercise found, if any, and the held ones met on the way, which a tick would have placed (X8)."""

    exercise: Exercise | None = None
    held: tuple[tuple[Exercise, Verdict], ...] = ()


@dataclass(frozen=True)
class Search:
    """One search: the catalogue, the patient, and the slugs already in the day (X8)."""

    catalogue: Catalogue
    sieve: Sieve
    in_day: Set[str]

    @property
    def profile(self) -> Profile:
        """The patient."""
        return self.sieve.profile

    def first(self, candidates: Iterable[Exercise]) -> StandIn:
        """The first candidate that passes X6, and the held candidates before it."""
        held: list[tuple[Exercise, Verdict]] = []
        for exercise in candidates:
            verdict = self.sieve.verdict(exercise)
            if verdict is None:
                return StandIn(exercise, tuple(held))
            if verdict.effect is Effect.HELD:
                held.append((exercise, verdict))
        return StandIn(None, tuple(held))

    def free(self, slugs: Iterable[str]) -> Iterator[Exercise]:
        """The exercises of these slugs that are not in the day."""
        for slug in slugs:
            exercise = self.catalogue.get(slug)
            if exercise is not None and slug not in self.in_day:
                yield exercise


def x7_slot(search: Search, dropped: str, *, opener: bool) -> StandIn:
    """X7: for an opener, or for a relief position that closes a day or stands in a D set."""
    relief: tuple[str, ...] = ()
    if dropped in RELIEF_POSITIONS:
        chain = search.catalogue.easier_chain(dropped)
        relief = tuple(slug for slug in chain if slug in RELIEF_POSITIONS)
    after = OPENERS if opener else (STAND_IN_CLOSER,)
    return search.first(search.free((*relief, *after)))


def x8_main(search: Search, dropped: Exercise, verdict: Verdict) -> StandIn:
    """X8: for an entry of the main part that was dropped by ``verdict``; never upward."""
    if verdict.effect is Effect.HELD or verdict.key == "no-region" or verdict.rule == "R11":
        return StandIn()
    if dropped.kind in (Kind.POSTURE, Kind.PASSIVE):
        return StandIn()
    if dropped.kind is Kind.AEROBIC:
        return search.first(search.free(AEROBIC))
    easier = search.first(_easier(search, dropped))
    if easier.exercise is not None:
        return easier
    return StandIn(_same_kind(search, dropped), easier.held)


def _easier(search: Search, dropped: Exercise) -> Iterator[Exercise]:
    """X8 (a): the easier versions that may stand in, the nearest first."""
    for exercise in search.free(search.catalogue.easier_chain(dropped.slug)):
        if exercise.kind in (Kind.POSTURE, Kind.PASSIVE) or exercise.slug == "marching-seated":
            continue
        if _shared_region(search.profile, dropped, exercise):
            yield exercise


def _shared_region(profile: Profile, dropped: Exercise, exercise: Exercise) -> bool:
    return any(region in exercise.regions and region in profile.regions for region in dropped.regions)


def _same_kind(search: Search, dropped: Exercise) -> Exercise | None:
    """X9: another exercise of the same kind and region: own start first, shorter chain, catalogue order."""
    catalogue = search.catalogue
    chain = len(catalogue.easier_chain(dropped.slug))
    harder = catalogue.harder_reach(dropped.slug)
    for start in dict.fromkeys((dropped.start_position, *X9_STARTS)):
        for exercise in catalogue.by_kind_and_start.get((dropped.kind, start), ()):
            if len(catalogue.easier_chain(exercise.slug)) > chain:
                break
            if exercise.slug in search.in_day or exercise.slug in harder or exercise.slug in NEVER_STAND_INS:
                continue
            if exercise.direction_bias is Bias.EXTENSION or exercise.slug == dropped.slug:
                continue
            if not _shared_region(search.profile, dropped, exercise):
                continue
            if search.sieve.verdict(exercise) is None:
                return exercise
    return None
