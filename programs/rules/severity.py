"""Choosing and keeping the severity (R3-R5, R7-R9): definitions as data, warnings from recorded numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.content import Region, Severity

ORDER: tuple[Severity, ...] = (Severity.MILD, Severity.MODERATE, Severity.SEVERE)

RECONFIRM_EVERY = timedelta(weeks=4)
"""R9: the therapist confirms the severity again after this time."""

RECONFIRM_EVENTS: frozenset[str] = frozenset({"red-flag", "fall", "regressed-to-floor"})
"""R9: events after which the severity is confirmed again at once."""


@dataclass(frozen=True)
class Band:
    """One line of R4 or R7: whole numbers of usual pain, minutes of walking (R4 alone), other signs as keys."""

    severity: Severity
    pain: tuple[int, int]
    walking_minutes: tuple[int, int | None] | None
    signs: tuple[str, ...]


R4_LUMBAR: tuple[Band, ...] = (
    Band(Severity.MILD, (0, 3), (15, None), ()),
    Band(Severity.MODERATE, (4, 6), (5, 15), ()),
    Band(Severity.SEVERE, (7, 10), (0, 5), ("indoors-only", "pain-at-rest-most-of-the-day")),
)
"""R4: pick the worst line that fits. Walking from the first number of minutes to under the second."""

R7_NECK_AND_UPPER_BACK: tuple[Band, ...] = (
    Band(Severity.MILD, (0, 3), None, ("sleeps", "full-daily-tasks")),
    Band(Severity.MODERATE, (4, 6), None, ("some-tasks-limited",)),
    Band(Severity.SEVERE, (7, 10), None, ("arm-pain-at-rest", "most-tasks-limited")),
)
"""R7: cervical without cord compression, and thoracic."""


@dataclass(frozen=True)
class Support:
    """R5, R7: a measure that may support the choice; scores from ``low`` to ``high``."""

    measure: str
    severity: Severity
    low: int
    high: int


R5_SUPPORT: tuple[Support, ...] = (
    Support("ODI", Severity.MILD, 0, 20),
    Support("ODI", Severity.MODERATE, 21, 40),
    Support("ODI", Severity.SEVERE, 41, 60),
    Support("NDI", Severity.MILD, 5, 14),
    Support("NDI", Severity.MODERATE, 15, 24),
    Support("NDI", Severity.SEVERE, 25, 34),
    Support("6MWT", Severity.SEVERE, 0, 299),
)
"""R5, R7: ODI in percent, NDI out of 50, 6-minute walk in metres."""


def r8_worse(severities: Iterable[Severity]) -> Severity:
    """R8: several regions take the worse severity. Raises ``ValueError`` without any."""
    return max(severities, key=ORDER.index)


def bands(region: Region) -> tuple[Band, ...]:
    """R4, R7: the definitions shown beside the choice."""
    return R4_LUMBAR if region is Region.LUMBAR else R7_NECK_AND_UPPER_BACK


def r3_suggested(region: Region, *, pain: int | None, walking_minutes: int | None) -> Severity | None:
    """R3, R4: the worst line that the recorded numbers fit; ``None`` without a number that decides.

    ``pain`` is the worse of the usual scores (0-10), ``walking_minutes`` the time until the patient must stop.
    """
    fits = [band.severity for band in bands(region) if _fits(band, pain, walking_minutes)]
    return r8_worse(fits) if fits else None


def _fits(band: Band, pain: int | None, walking_minutes: int | None) -> bool:
    if pain is not None and band.pain[0] <= pain <= band.pain[1]:
        return True
    if walking_minutes is None or band.walking_minutes is None:
        return False
    low, high = band.walking_minutes
    return walking_minutes >= low and (high is None or walking_minutes < high)


@dataclass(frozen=True)
class Mismatch:
    """R3: the recorded numbers of a region suggest another severity than the one chosen."""

    region: Region
    chosen: Severity
    suggested: Severity
    rule: str = "R3"


def r3_mismatches(
    regions: Iterable[Region], chosen: Severity, *, pain: int | None, walking_minutes: int | None
) -> tuple[Mismatch, ...]:
    """R3, R8: warn, never choose. The worse severity of the regions is compared with the chosen one."""
    suggestions = {
        region: suggested
        for region in regions
        if (suggested := r3_suggested(region, pain=pain, walking_minutes=walking_minutes)) is not None
    }
    if not suggestions or r8_worse(suggestions.values()) is chosen:
        return ()
    worst = r8_worse(suggestions.values())
    return tuple(Mismatch(region, chosen, worst) for region in suggestions if suggestions[region] is worst)


def r9_reconfirm_due(confirmed_on: date, today: date, events_since: Iterable[str] = ()) -> bool:
    """R9: is it time to confirm the severity again? After 4 weeks, or at once after some events."""
    return today - confirmed_on >= RECONFIRM_EVERY or bool(RECONFIRM_EVENTS.intersection(events_since))
