"""What the check-in compares with: usual pain, when the full screen is due, the session before. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from programs.guided.care import Care, PastCheckIn

SCREEN_DAYS = 7
AWAY_DAYS = 14
MEDIAN_DAYS = 7
MEDIAN_NEEDS = 3


@dataclass(frozen=True)
class Usual:
    """Usual pain 0-10 (safety X2); a median may end in .5."""

    spine: float | None
    limb: float | None


def usual_pain(care: Care) -> Usual:
    """Safety X2: the median of the last check-in of each of the 7 dates before today, if 3 dates have one;
    else what the therapist recorded at approval."""
    revision = care.revision
    return Usual(
        _usual(care, "spine", revision.usual_spine if revision else None),
        _usual(care, "limb", revision.usual_limb if revision else None),
    )


def _usual(care: Care, name: str, recorded: int | None) -> float | None:
    last_of_date: dict[Any, PastCheckIn] = {}
    for check_in in sorted(care.check_ins, key=lambda row: row.at):
        in_window = timedelta(0) < care.today - check_in.local_date <= timedelta(days=MEDIAN_DAYS)
        if in_window and getattr(check_in, name) is not None:
            last_of_date[check_in.local_date] = check_in
    if len(last_of_date) < MEDIAN_NEEDS:
        return recorded
    return median(getattr(check_in, name) for check_in in last_of_date.values())


def full_screen_due(care: Care) -> bool:
    """S1, safety X4, X8: is the whole of Table A asked before the next check-in?"""
    complete = [screen for screen in care.screens if screen.complete]
    if not complete:
        return True
    last = max(complete, key=lambda screen: screen.at)
    if care.today - last.local_date >= timedelta(days=SCREEN_DAYS):
        return True
    if any(screen.event and screen.at > last.at for screen in care.screens):
        return True
    if care.last_release_at is not None and care.last_release_at > last.at:
        return True
    away = care.last_started_on is not None and care.today - care.last_started_on >= timedelta(days=AWAY_DAYS)
    return away and last.local_date < care.today


def last_session(care: Care) -> dict[str, Any] | None:
    """Safety X13: the session that Q4 asks about, once; ``None`` when there is none or it was asked already."""
    last = care.last
    if last is None or last.ended_at is None:
        return None
    return {
        "id": last.id,
        "hours_ago": round((care.now - last.ended_at).total_seconds() / 3600, 2),
        "baseline_spine": last.baseline_spine,
        "baseline_limb": last.baseline_limb,
    }
