"""On paper: what is told in the question about pain beside a button that leaves it is heard (S17, S18). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.rules.safety import decide
from programs.rules.session import SessionState
from programs.rules.session_course import SIGN_ROWS


@dataclass(frozen=True)
class Told:
    """An answer, as far as it was given, against table T."""

    ends: bool
    """Does it end the session by itself?"""
    harmless: bool
    """Is there nothing in it that is worse? A score that was not given counts as unchanged."""
    complete: bool
    """Were both scores given?"""


def judge_told(said: Mapping[str, Any], item: Mapping[str, Any], state: SessionState) -> Told:
    """Table T over the payload of a pain answer. X16: in a relief-only session its signs alone hold."""
    before = {"spine": state.baseline_spine, "limb": state.baseline_limb}
    given = {part: said[part] for part in before}
    filled = {part: before[part] if score is None else score for part, score in given.items()}
    as_given, as_filled = (
        decide("T", {
            **{key: said[key] for key in ("alarm", "tingling", "spread", "worse")},
            **{f"baseline_{part}": score for part, score in before.items()},
            **{f"now_{part}": score for part, score in scores.items()},
            "kind": item.get("kind", "ordinary"), "rise_limit": item.get("rise_limit", 0), "stops": state.stops,
            "centralising_ok": bool(item.get("centralising_ok")),
        })
        for scores in (given, filled)
    )  # fmt: skip
    complete = None not in given.values()
    if state.kind == "relief":
        sign = as_given.row in SIGN_ROWS
        return Told(sign, not sign, complete)
    return Told(str(as_given.outcome).startswith("end"), as_filled.outcome == "continue", complete)


def wish_to_stop(said: Mapping[str, Any], item: Mapping[str, Any], state: SessionState) -> dict[str, Any]:
    """X14, X17: the payload of "Stop for today". A sign told beside it leads where it ends the session; otherwise the
    wish does, and it is a plain one only where nothing that was told is worse."""
    told = judge_told(said, item, state)
    if told.ends:
        return dict(said)
    return {**said, "alarm": "unwell", **({"reason": "stop"} if told.harmless else {})}
