"""The catalogue as plain values: what an exercise is, how much of it, and for whom it is not.

Pure: no database, no clock, no translation. The rules of ``programs.rules`` and the catalogue pages read
the same values, whether they came from the fixtures or from published versions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Region(StrEnum):
    """A part of the spine (R2)."""

    LUMBAR = "lumbar"
    THORACIC = "thoracic"
    CERVICAL = "cervical"


class Severity(StrEnum):
    """How much the stenosis limits the patient (R4, R7)."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Kind(StrEnum):
    """What an exercise is for; decides its block of the session (R18)."""

    STRETCH = "stretch"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    STABILISATION = "stabilisation"
    AEROBIC = "aerobic"
    BALANCE = "balance"
    POSTURE = "posture"
    PASSIVE = "passive"


class StartPosition(StrEnum):
    """Where the exercise begins; decides position changes (R24) and floor access (R15)."""

    SITTING = "sitting"
    STANDING = "standing"
    SUPINE = "supine"
    SIDE = "side"
    FOUR_POINT = "four-point"
    PRONE = "prone"
    FLOOR_SITTING = "floor-sitting"
    ANY = "any"
    WATER = "water"
    HANGING = "hanging"
    INVERTED = "inverted"


class Bias(StrEnum):
    """Where the spine is taken (R16)."""

    FLEXION = "flexion"
    NEUTRAL = "neutral"
    EXTENSION = "extension"


class Lock(StrEnum):
    """Why assembly never picks an exercise (R11)."""

    CLINICIAN_ONLY = "clinician-only"
    CLINICIAN_ONLY_START = "clinician-only-start"
    NOT_AT_HOME = "not-at-home"


HOUSEHOLD: tuple[str, ...] = (
    "mat",
    "bed",
    "chair",
    "armless-chair",
    "wall",
    "corner",
    "counter",
    "towel",
    "pillow",
    "step",
)
"""What counts as present unless the therapist says otherwise (X3)."""

ALWAYS_PRESENT: tuple[str, ...] = ("bed", "chair", "wall")
"""What every home has, even with no household set (X3)."""

EQUIPMENT: tuple[str, ...] = (
    *HOUSEHOLD,
    "balance-board",
    "band",
    "bar",
    "bike",
    "cold-pack",
    "elliptical",
    "heat-pack",
    "inversion-table",
    "pool",
    "stick",
    "treadmill",
    "walking-aid",
)
"""Every equipment word that a catalogue entry or a profile may use."""

RELIEF_POSITIONS: tuple[str, ...] = (
    "ninety-ninety-rest",
    "side-lying-rest",
    "forward-lean-rest",
)
"""The slugs that may be a patient's relief position (X7, R25)."""


@dataclass(frozen=True)
class Dose:
    """How much of one exercise at one severity; ``None`` where a field does not apply.

    Holds, rests and work are seconds; ``minutes`` is the total including rests. ``rest_seconds`` is between
    repeats for stretches and between sets for everything else (R22). ``daily_cap`` is the most a patient may
    log in one local date, in ``cap_unit``, per side for a per-side exercise (R29, X15).
    """

    sets: int | None = None
    reps: int | None = None
    hold_seconds: int | None = None
    rest_seconds: int | None = None
    minutes: int | None = None
    work_seconds: int | None = None
    per_side: bool = False
    times_a_day: int = 1
    days_a_week: int = 7
    daily_cap: int = 0
    cap_unit: str = "reps"

    @property
    def is_minutes(self) -> bool:
        """Is the dose a stretch of time rather than sets of repetitions?"""
        return self.minutes is not None


@dataclass(frozen=True)
class Exercise:
    """One entry of the catalogue, in one published version.

    ``equipment`` holds groups: the patient needs every group, and any one word of a group will do (R14).
    """

    slug: str
    name: str
    regions: tuple[Region, ...]
    kind: Kind
    start_position: StartPosition
    direction_bias: Bias
    per_side: bool
    doses: Mapping[Severity, Dose]
    other_names: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None
    equipment: tuple[tuple[str, ...], ...] = ()
    feel: str = ""
    stop: str = ""
    exclude: frozenset[str] = frozenset()
    clinician_ok: frozenset[str] = frozenset()
    locks: tuple[Lock, ...] = ()
    steps: tuple[str, ...] = ()
    voice_cue: str = ""
    source: str = ""


@dataclass(frozen=True)
class Precaution:
    """A contraindication code, the statement that turns it on, and what it does by default."""

    code: str
    statement: str
    effect: str


@dataclass(frozen=True)
class Catalogue:
    """Exercises in catalogue order, which decides every tie (X20), with the precaution codes they use."""

    exercises: tuple[Exercise, ...]
    precautions: tuple[Precaution, ...]
    _harder: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _easier: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __iter__(self) -> Iterator[Exercise]:
        return iter(self.exercises)

    def __len__(self) -> int:
        return len(self.exercises)

    def __contains__(self, slug: object) -> bool:
        return slug in self.by_slug

    @cached_property
    def by_slug(self) -> Mapping[str, Exercise]:
        """Slug to exercise."""
        return {exercise.slug: exercise for exercise in self.exercises}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Slug to its place in catalogue order."""
        return {exercise.slug: place for place, exercise in enumerate(self.exercises)}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every precaution code."""
        return frozenset(precaution.code for precaution in self.precautions)

    @cached_property
    def by_kind_and_start(
        self,
    ) -> Mapping[tuple[Kind, StartPosition], tuple[Exercise, ...]]:
        """Exercises of a kind and start position: shorter ``easier`` chain first, then catalogue order (X9)."""
        groups: dict[tuple[Kind, StartPosition], list[Exercise]] = {}
        for exercise in self.exercises:
            groups.setdefault((exercise.kind, exercise.start_position), []).append(exercise)
        return {
            key: tuple(sorted(group, key=lambda exercise: len(self.easier_chain(exercise.slug))))
            for key, group in groups.items()
        }

    def get(self, slug: str) -> Exercise | None:
        """The exercise with this slug, or ``None``."""
        return self.by_slug.get(slug)

    def easier_chain(self, slug: str) -> tuple[str, ...]:
        """The easier versions of an exercise, one step at a time; ends at a missing link or a loop."""
        if slug not in self._easier:
            self._easier[slug] = tuple(self._follow(slug, "easier"))
        return self._easier[slug]

    def harder_reach(self, slug: str) -> frozenset[str]:
        """Every exercise that following ``harder`` from this one arrives at (R17: never upward)."""
        if slug not in self._harder:
            self._harder[slug] = frozenset(self._follow(slug, "harder"))
        return self._harder[slug]

    def _follow(self, slug: str, link: str) -> Iterator[str]:
        seen = {slug}
        exercise = self.get(slug)
        while exercise is not None:
            following: str | None = getattr(exercise, link)
            exercise = None if following is None or following in seen else self.get(following)
            if exercise is not None:
                seen.add(exercise.slug)
                yield exercise.slug
