"""Replaying a session's events: S16-S18, S22, S25, X14."""

from itertools import permutations
from typing import Any

import pytest

from programs.rules.screen import judge_screen
from programs.rules.session import InvalidEvent, fold, validate_event

DOSE = {"type": "reps", "sets": 2}
PLAN: dict[str, Any] = {
    "kind": "full",
    "items": [{"id": name, "slug": name, "kind": "ordinary", "dose": DOSE} for name in ("A1", "A2")],
}
CHECK_IN = {"q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no"}


def pain(item: str, spine: Any, **more: Any) -> dict[str, Any]:
    signs = {"worse": False, "spread": False, "tingling": "none", "alarm": "none"}
    return {"item": item, "set": 1, "spine": spine, "limb": 2, **signs, **more}


def events(*given: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    begin = (("check-in", CHECK_IN), ("started", {"kind": "full"}))
    return [
        {"id": str(n), "kind": kind, "seq": n, "payload": payload} for n, (kind, payload) in enumerate((*begin, *given))
    ]


def test_s18_the_second_stop_ends_the_session_in_any_order_of_arrival() -> None:
    log = events(("pain", pain("A1", 4)), ("pain", pain("A2", 4)), ("set-done", {"item": "A2", "set": 2}))
    states = {repr(fold(PLAN, order)) for order in permutations(log)}
    assert len(states) == 1
    state = fold(PLAN, log + log)
    assert (state.state, state.end_row, state.stops, state.sets_done) == ("ended", "T15", 1, 0)


def test_s18_spread_with_a_lower_number_ends_it() -> None:
    state = fold(PLAN, events(("pain", pain("A1", 1, spread=True))))
    assert (state.end_row, state.spread, state.counted_end) == ("T4", True, True)


@pytest.mark.parametrize(("between", "ended"), [([], False), ([("set-done", {"item": "A1", "set": 2})], True)])
def test_s17_an_answer_can_be_corrected_until_the_next_step(between: list[Any], ended: bool) -> None:
    log = events(("pain", pain("A1", 4)), *between, ("pain", pain("A1", 3, replaces="2")))
    assert (fold(PLAN, log).stops == 1) is ended


def test_s25_a_fall_with_no_grave_sign_locks_t_and_h() -> None:
    calm = {"head": "no", "pain": "no", "thinner": "no", "cannot_get_up": "no"}
    state = fold(PLAN, events(("pain", pain("A1", 3, alarm="fall")), ("fall-check", calm)))
    assert {lock.level for lock in state.locks} == {"T", "H"}


@pytest.mark.parametrize("value", [11, -1, 2.5, "3", float("nan"), True])
def test_s33_impossible_scores_are_refused(value: Any) -> None:
    with pytest.raises(InvalidEvent):
        validate_event(PLAN, "pain", pain("A1", value))


def test_s3_s5_not_sure_is_the_graver_branch() -> None:
    assert judge_screen({"s5-numb": "not-sure"}).gravest == "E"
    assert judge_screen({"s10-night": "not-sure"}).locks == (("T", "S10"), ("H", "S10"))
