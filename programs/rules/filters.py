"""R10-R16 for one exercise and one patient, in the order of X6."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from exercises.content import RELIEF_POSITIONS, Bias, Exercise, Lock, Region, StartPosition
from programs.rules.profile import Profile

R6_REMOVED: frozenset[str] = frozenset({"neck-isometric", "balance-board", "bar-hang", "inversion"})
"""R6: removed for everybody with `cervical-myelopathy`, besides whatever else hangs or inverts."""

FLOOR_STARTS: frozenset[StartPosition] = frozenset(
    {StartPosition.FOUR_POINT, StartPosition.PRONE, StartPosition.FLOOR_SITTING}
)
"""R15: start positions that are on the floor."""


class Effect(StrEnum):
    """What a verdict means for an exercise."""

    NOT_AT_HOME = "not-at-home"
    """Never in a home plan, whoever asks (X19)."""
    LOCKED = "locked"
    """Only by the therapist's hand, with a reason (R11)."""
    EXCLUDED = "excluded"
    """A code forbids it; only by hand, with a written reason (R12, X19)."""
    UNSUITABLE = "unsuitable"
    """No dose, region, equipment, floor or direction for it (R13-R16)."""
    HELD = "held"
    """Waits for the therapist's tick (R12)."""


@dataclass(frozen=True)
class Verdict:
    """One reason not to place an exercise: rule, effect, key for the words, and the codes or words behind it."""

    rule: str
    effect: Effect
    key: str
    codes: tuple[str, ...] = ()


def r11_lock(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R11: locked exercises come only by hand; `not-at-home` never (X19)."""
    if not exercise.locks:
        return None
    effect = Effect.NOT_AT_HOME if Lock.NOT_AT_HOME in exercise.locks else Effect.LOCKED
    return Verdict("R11", effect, effect.value, tuple(lock.value for lock in exercise.locks))


def r12_exclude(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R12: one of the patient's codes forbids the exercise."""
    codes = exercise.exclude & profile.codes
    return Verdict("R12", Effect.EXCLUDED, "excluded", tuple(sorted(codes))) if codes else None


def r6_removed(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R6: loading the neck, hanging and inverting are removed with `cervical-myelopathy`."""
    if "cervical-myelopathy" not in profile.codes:
        return None
    upside_down = exercise.start_position in (StartPosition.HANGING, StartPosition.INVERTED)
    if exercise.slug in R6_REMOVED or upside_down:
        return Verdict("R6", Effect.EXCLUDED, "removed-neck-cord", ("cervical-myelopathy",))
    return None


def r13_dose(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R13: no dose at the patient's severity."""
    if profile.severity in exercise.doses:
        return None
    return Verdict("R13", Effect.UNSUITABLE, "no-dose", (profile.severity.value,))


def r13_region(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R13: no region in common."""
    if set(exercise.regions) & set(profile.regions):
        return None
    return Verdict("R13", Effect.UNSUITABLE, "no-region", tuple(region.value for region in exercise.regions))


def r14_equipment(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R14: of some group of equipment words none is there."""
    missing = [group for group in exercise.equipment if not profile.present.intersection(group)]
    if not missing:
        return None
    return Verdict("R14", Effect.UNSUITABLE, "no-equipment", tuple("/".join(group) for group in missing))


def r15_floor(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R15: `cannot-get-to-floor` drops what is on the floor or needs the mat (X3)."""
    if "cannot-get-to-floor" not in profile.codes:
        return None
    needs_mat = any(not profile.reachable.intersection(group) for group in exercise.equipment)
    if exercise.start_position in FLOOR_STARTS or needs_mat:
        return Verdict("R15", Effect.UNSUITABLE, "on-the-floor", ("cannot-get-to-floor",))
    return None


def r16_direction(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R16: never extension where lumbar is a region; no flexion where it worsens (X6).

    A recorded preference for flexion lifts the second half; one for another direction does not.
    """
    if exercise.direction_bias is Bias.EXTENSION and Region.LUMBAR in profile.regions:
        return Verdict("R16", Effect.UNSUITABLE, "extension-lumbar")
    if exercise.direction_bias is not Bias.FLEXION or "flexion-worsens" not in profile.codes:
        return None
    helps = exercise.slug in RELIEF_POSITIONS and exercise.slug in profile.helps
    if helps or profile.direction_preference is Bias.FLEXION:
        return None
    return Verdict("R16", Effect.UNSUITABLE, "flexion-worsens", ("flexion-worsens",))


def r12_hold(exercise: Exercise, profile: Profile) -> Verdict | None:
    """R12, R6: held for the codes that no tick covers; neck-only entries always with `cervical-myelopathy`."""
    codes = exercise.clinician_ok & profile.codes
    if "cervical-myelopathy" in profile.codes and exercise.regions == (Region.CERVICAL,):
        codes |= {"cervical-myelopathy"}
    codes = profile.uncovered(exercise.slug, codes)
    return Verdict("R12", Effect.HELD, "held", tuple(sorted(codes))) if codes else None


X6_ORDER: tuple[Callable[[Exercise, Profile], Verdict | None], ...] = (
    r11_lock,
    r12_exclude,
    r6_removed,
    r13_dose,
    r13_region,
    r14_equipment,
    r15_floor,
    r16_direction,
    r12_hold,
)
"""X6: the filters for one exercise, in this order; the hold is last, so a tick is all that a held entry lacks."""


def first_verdict(exercise: Exercise, profile: Profile) -> Verdict | None:
    """X6: the first filter that stops the exercise; ``None`` when it passes."""
    for rule in X6_ORDER:
        verdict = rule(exercise, profile)
        if verdict is not None:
            return verdict
    return None


class Sieve:
    """X6 for one patient; each exercise is looked at once, however many searches meet it."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._seen: dict[str, Verdict | None] = {}

    def verdict(self, exercise: Exercise) -> Verdict | None:
        """X6: the first filter that stops the exercise; ``None`` when it passes."""
        try:
            return self._seen[exercise.slug]
        except KeyError:
            return self._seen.setdefault(exercise.slug, first_verdict(exercise, self.profile))


def judge(exercise: Exercise, profile: Profile) -> tuple[Verdict, ...]:
    """X19: all that speaks against adding the exercise by hand, in the order of X6; empty when nothing does.

    ``NOT_AT_HOME`` can never be in a home plan. The others need the therapist's written reason, a hold a tick.
    """
    return tuple(verdict for rule in X6_ORDER if (verdict := rule(exercise, profile)) is not None)
