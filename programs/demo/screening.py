"""How the demo's patients answer the red-flag screen (S1, Table A)."""

from typing import Any

from programs.rules.screen import question_ids, screen


def _calm(scope: str, answers: dict[str, str]) -> dict[str, str]:
    """``answers``, and the harmless one to every other question that is asked."""
    words = screen()["questions"]
    while left := [each for each in question_ids(scope, answers) if each not in answers]:
        answers |= {each: "no" if words[each]["grave"] == "yes" else "yes" for each in left}
    return answers


def full_screen() -> dict[str, Any]:
    """The full screen with nothing to report."""
    return {"scope": "full", "answers": _calm("full", {}), "complete": True}


def weaker_leg() -> dict[str, Any]:
    """S9: a leg keeps giving way, over days and on one side: a person must look at it today."""
    return {"scope": "short", "answers": _calm("short", {"s9-leg": "yes"}), "complete": True}
