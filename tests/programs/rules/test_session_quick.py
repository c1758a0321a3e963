"""X9: the answer of one press after a set, "the same or less"."""

from typing import Any

import pytest

from programs.rules.session import InvalidEvent, fold, validate_event
from tests.programs.rules.session_log import Log, begun, make_plan, notices

PLAN = make_plan()
BOUNDS = {"item": "A1", "set": 1, "spine": 3, "limb": 2, "spread": False, "tingling": "none", "alarm": "none"}


def finished(log: Log) -> Log:
    """The session's end."""
    return log.add("finished", spine=3, limb=2, effort=4)


def test_x9_one_press_is_an_answer_and_t17_goes_on() -> None:
    state = fold(PLAN, finished(begun().done("A1").pain(quick=True)).events)
    assert (state.state, state.stops, state.end_row) == ("finished", 0, "")
    assert notices(state, "note") == []


@pytest.mark.parametrize(
    "given",
    [{"spine": 2}, {"limb": 1}, {"spine": None}, {"limb": None}, {"source": "resume"}],
    ids=["lower", "lower-limb", "no-spine", "no-limb", "resume"],
)
def test_x9_one_press_with_other_scores_is_no_answer(given: dict[str, Any]) -> None:
    """X9: the set is then without an answer, which the therapist is told."""
    state = fold(PLAN, finished(begun().done("A1").pain(**{"quick": True, **given})).events)
    assert state.state == "finished"
    assert notices(state, "note") == [("X9", "")]


@pytest.mark.parametrize(
    ("given", "row"),
    [
        ({"spine": 5}, "T9"),
        ({"limb": 7}, "T7"),
        ({"alarm": "unwell"}, "T3"),
        ({"spread": True}, "T4"),
        ({"tingling": "lasting"}, "T5"),
    ],
)
def test_s18_one_press_never_hides_a_sign(given: dict[str, Any], row: str) -> None:
    """S18: what a device sends with it that ends the session, ends it."""
    state = fold(PLAN, begun().done("A1").pain(**{"quick": True, **given}).events)
    assert (state.state, state.end_row) == ("ended", row)


@pytest.mark.parametrize("given", [{"spine": 4}, {"worse": True}, {"tingling": "brief"}, {"source": "stop-button"}])
def test_s17_one_press_never_hides_a_rise(given: dict[str, Any]) -> None:
    """S17: one point more stops the exercise."""
    state = fold(PLAN, begun().done("A1").pain(**{"quick": True, **given}).events)
    assert (state.stops, set(state.off_today)) == (1, {"A1"})


def test_x9_one_press_can_be_corrected() -> None:
    log = begun().done("A1").pain(quick=True)
    state = fold(PLAN, log.pain(spine=4, replaces=log.last_id).events)
    assert state.stops == 1


@pytest.mark.parametrize("quick", ["yes", 1, "true", []])
def test_s33_quick_is_yes_or_no(quick: object) -> None:
    with pytest.raises(InvalidEvent, match="quick"):
        validate_event(PLAN, "pain", {**BOUNDS, "worse": False, "quick": quick})
    validate_event(PLAN, "pain", {**BOUNDS, "worse": False, "quick": True})
