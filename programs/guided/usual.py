"""What the check-in compares with, for one patient: usual pain, when the full screen is due, the session before."""

from dataclasses import dataclass
from typing import Any

from programs.guided.care import Care
from programs.rules import limits_in_session as rules_in_session
from programs.rules import usual as rules


@dataclass(frozen=True)
class Usual:
    """Usual pain 0-10 (safety X2); a median may end in .5."""

    spine: float | None
    limb: float | None


def usual_pain(care: Care) -> Usual:
    """Safety X2: of the patient's last check-ins, else what the therapist recorded at approval."""
    revision = care.revision
    return Usual(
        _usual(care, "spine", revision.usual_spine if revision else None),
        _usual(care, "limb", revision.usual_limb if revision else None),
    )


def _usual(care: Care, name: str, recorded: int | None) -> float | None:
    scores = (rules.Score(row.local_date, row.at, getattr(row, name)) for row in care.check_ins)
    return rules.usual_score(scores, recorded, today=care.today)


def full_screen_due(care: Care) -> bool:
    """S1, safety X4, X8: is the whole of Table A asked before the next check-in?"""
    return rules.full_screen_due(
        (rules.Screened(row.local_date, row.at, row.complete, row.event) for row in care.screens),
        today=care.today,
        last_release_at=care.last_release_at,
        last_started_on=care.last_started_on,
    )


def fall_questions_due(care: Care) -> bool:
    """S25: are the regular fall questions asked today? The therapist's profile asked them first, at set-up.

    Where the code is on already, another yes would change nothing.
    """
    if "fall-risk" in care.codes or care.falls_asked_on is None:
        return False
    return rules_in_session.fall_questions_due((care.today - care.falls_asked_on).days)


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
