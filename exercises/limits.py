"""What a dose may never be, whoever sets it: heat and cold (S27), holds (S29), locked entries (S32). Pure.

The one source of these numbers: the lint of the catalogue, the prescriber's doses and the session's guards ask here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exercises.content import RELIEF_POSITIONS, Dose, Exercise, Kind

HEAT_MINUTES, COLD_MINUTES, SKIN_CHECK_MINUTES = 15, 10, 5
"""S27: the longest time for warmth and for cold, and when to look at the skin."""
THERMAL_MINUTES: Mapping[str, int] = MappingProxyType({"heat-pack": HEAT_MINUTES, "cold-pack": COLD_MINUTES})

LONGEST_HOLD_S, LONGEST_PLANK_S = 30, 20
"""S29: the longest hold, and the longest plank."""
UNLIMITED_HOLD_CATEGORIES: frozenset[str] = frozenset({Kind.STRETCH.value})
"""S29: stretches may be held longer, and relief (see ``longest_hold_s``)."""

HARD_STOP_S = 60
"""S32: after how many seconds a locked entry ends by itself."""
LOCKED_ENTRIES = frozenset({"bar-hang", "inversion", "balance-board", "nerve-glide-leg", "nerve-glide-arm"})
"""S32: entries that are never repeated in a session."""
ONCE_A_DAY = frozenset({"bar-hang", "inversion"})
"""S32: not repeated on the same local date either."""
NEVER_AT_HOME = frozenset({"inversion"})
"""S32: never in a home session."""


@dataclass(frozen=True)
class Excess:
    """A limit that a dose passes: its rule, a key for the words, the field of the dose, and the limit."""

    rule: str
    key: str
    field: str
    limit: int


def longest_hold_s(slug: str, category: str, *, relief_position: bool = False) -> int | None:
    """S29: the longest hold in seconds; None where there is no limit (stretches, relief)."""
    if relief_position or category in UNLIMITED_HOLD_CATEGORIES:
        return None
    return LONGEST_PLANK_S if "plank" in slug else LONGEST_HOLD_S


def hard_stop_s(slug: str) -> int | None:
    """S32: after how many seconds the entry ends by itself; None for entries without such a stop."""
    return HARD_STOP_S if slug in LOCKED_ENTRIES else None


def thermal_minutes(slug: str) -> int | None:
    """S27: the longest time of heat or cold, in minutes; None for other entries."""
    return THERMAL_MINUTES.get(slug)


def excesses(exercise: Exercise, dose: Dose) -> Iterator[Excess]:
    """Every limit of S27, S29 and S32 that ``dose`` passes for ``exercise``; one of a kind, whatever the cap says."""
    slug, hold = exercise.slug, dose.hold_seconds or 0
    most = longest_hold_s(slug, exercise.kind.value, relief_position=slug in RELIEF_POSITIONS)
    if most is not None and hold > most:
        yield Excess("S29", "plank" if most == LONGEST_PLANK_S else "hold", "hold_seconds", most)
    minutes = thermal_minutes(slug)
    if minutes is not None and (dose.minutes or 0) > minutes:
        yield Excess("S27", "thermal", "minutes", minutes)
    times = (dose.sets or 0) * (dose.reps or 0)
    if slug in ONCE_A_DAY and times * dose.times_a_day > 1:
        yield Excess("S32", "once", "reps", 1)
    # The stop is for the entry as a whole: several short holds may not add up to more either.
    timed = max(times * hold, dose.work_seconds or 0, (dose.minutes or 0) * 60)
    if (exercise.locks or slug in LOCKED_ENTRIES) and timed > HARD_STOP_S:
        yield Excess("S32", "hard-stop", "minutes" if dose.is_minutes else "hold_seconds", HARD_STOP_S)
