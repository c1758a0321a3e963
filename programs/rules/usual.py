"""What a check-in is compared with: usual pain (X2), and when the full screen is due (S1, X4, X8). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

SCREEN_DAYS = 7
"""S1: local dates after which a complete screen has lapsed."""
AWAY_DAYS = 14
"""S1: local dates without a started session."""
MEDIAN_DAYS = 7
MEDIAN_NEEDS = 3
"""X2: how many of the dates before today must have a check-in."""


@dataclass(frozen=True)
class Score:
    """One pain score 0-10 of a check-in, its local date and its instant; ``value`` None where it is missing."""

    local_date: date
    at: datetime
    value: int | None


@dataclass(frozen=True)
class Screened:
    """A screen of Table A, or an S1 event such as a fall (``event``)."""

    local_date: date
    at: datetime
    complete: bool
    event: bool = False


def usual_score(scores: Iterable[Score], recorded: int | None, *, today: date) -> float | None:
    """X2: the median of the last score of each of the 7 dates before today, if 3 dates have one; it may end in .5.

    Else what the therapist ``recorded`` at approval.
    """
    last_of_date: dict[date, int] = {}
    for each in sorted(scores, key=lambda each: each.at):
        in_window = timedelta(0) < today - each.local_date <= timedelta(days=MEDIAN_DAYS)
        if in_window and each.value is not None:
            last_of_date[each.local_date] = each.value
    return recorded if len(last_of_date) < MEDIAN_NEEDS else median(last_of_date.values())


def full_screen_due(
    screens: Iterable[Screened], *, today: date, last_release_at: datetime | None, last_started_on: date | None
) -> bool:
    """S1, X4, X8: is the whole of Table A asked at the next start?

    Without a complete screen; 7 dates after the last; after an S1 event or a lock's release since it; after 14 dates
    without a started session, unless it was answered today.
    """
    known = list(screens)
    last = max((each for each in known if each.complete), key=lambda each: each.at, default=None)
    if last is None or today - last.local_date >= timedelta(days=SCREEN_DAYS):
        return True
    if any(each.event and each.at > last.at for each in known):
        return True
    if last_release_at is not None and last_release_at > last.at:
        return True
    away = last_started_on is not None and today - last_started_on >= timedelta(days=AWAY_DAYS)
    return away and last.local_date < today
