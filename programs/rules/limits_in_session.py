"""What is limited in a session, as data: times (X5, X9, X10, X17), the space check (S28) and the questions after a
fall (S25). Pure; the words live in programs/wording. Limits of a dose (S27, S29, S32) stand in exercises/limits.py.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

CHECK_IN_HOLDS_S = 2 * 3600
"""X5: a session starts within this time of its check-in."""
RESUME_WITHIN_S = 30 * 60
"""X5: a session that was paused or cut off may go on within this time."""
PAUSED_AFTER_S = 120
"""X9: a pain question without an answer for this long is a pause."""
CLOSED_AFTER_S = 600
"""X9: a pain question without an answer for this long closes the session."""
SIGN_ANSWERED_WITHIN_S = 300
"""X17: a sign whose questions stay unanswered for this long counts as yes."""
REST_BEGINS_WITHIN_S = 60
"""S21: the relief timer begins by itself this long after a stop."""
FIRST_ASKED_AFTER_S: Mapping[str, int] = MappingProxyType({"stop": 120, "interval": 60})
"""X10: a rest lasts at least this long before it can have settled, after a stop and after an interval."""

FALL_QUESTIONS = ("head", "pain", "thinner", "cannot_get_up")
"""S25: after a fall in a session: head hit? new pain? on a blood thinner? cannot get up?"""
FALL_RISK_QUESTIONS = ("fallen-past-year", "unsteady", "worried-about-falling")
"""S25: asked at set-up and every ``FALL_RISK_EVERY_DAYS``; any yes sets the code ``fall-risk``."""
FALL_RISK_EVERY_DAYS = 28


def grave_fall(answers: Mapping[str, Any]) -> bool:
    """S25, X6: is a fall an emergency? Yes, not sure and no answer are all yes."""
    return any(answers.get(question) != "no" for question in FALL_QUESTIONS)


def sets_fall_risk(answers: Mapping[str, Any]) -> bool:
    """S25, X6: does any answer of the regular questions set ``fall-risk``? A question not asked sets nothing."""
    return any(answers.get(question) in {"yes", "not-sure"} for question in FALL_RISK_QUESTIONS)


def fall_questions_due(days_since: int | None) -> bool:
    """S25: are the regular questions due, ``days_since`` local dates after the last time (None: never asked)?"""
    return days_since is None or days_since >= FALL_RISK_EVERY_DAYS


def space_check_before(items: Iterable[Mapping[str, Any]]) -> str | None:
    """S28: the id of the entry before which the space is checked: the first standing one; None without one."""
    return next((str(item["id"]) for item in items if item.get("standing")), None)
