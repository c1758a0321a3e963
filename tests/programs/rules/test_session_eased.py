"""R25, P12: an exercise that the patient made easier for the rest of the day."""

from typing import Any

import pytest

from programs.rules.record import done_of
from programs.rules.session import InvalidEvent, fold, in_order, validate_event
from tests.programs.rules.session_log import begun, item, make_plan, notices

LYING = {"type": "reps", "sets": 1, "reps": 2, "hold_s": 30}
STEADY = {"type": "minutes", "minutes": 8}
PLAN = make_plan()
PLAN["items"] += [item("S1", category="stretch", dose=LYING), item("B1", category="aerobic", dose=STEADY)]


def test_p12_what_was_made_easier_is_kept_and_told() -> None:
    events = begun().add("eased", item="A1", reps=4).done("A1").pain().events
    state = fold(PLAN, events)
    assert state.eased == {"A1": {"reps": 4}}
    assert notices(state, "note") == [("P12", "")]
    assert [alert.params for alert in state.alerts] == [{"item": "A1", "exercise": "A1", "reps": 4}]
    done = done_of(PLAN, in_order(events), state)["A1"]
    assert (done.eased, done.sets, done.status) == (True, 1, "part")


def test_p12_once_for_an_exercise_and_only_in_a_session() -> None:
    twice = begun().add("eased", item="A1", reps=4).add("eased", item="A1", reps=2)
    assert fold(PLAN, twice.events).eased == {"A1": {"reps": 4}}
    over = begun().add("finished", spine=3, limb=2, effort=3).add("eased", item="A1", reps=4)
    assert fold(PLAN, over.events).eased == {}


@pytest.mark.parametrize(
    "payload",
    [
        {"item": "A1", "reps": 5},
        {"item": "A1", "reps": 1},
        {"item": "S1", "hold_s": 21},
        {"item": "W1", "stretch_s": 80},
        {"item": "B1", "stretch_s": 210},
    ],
)
def test_p12_less_of_one_variable_is_easier(payload: dict[str, Any]) -> None:
    validate_event(PLAN, "eased", payload)


@pytest.mark.parametrize(
    "payload",
    [
        {"item": "A1"},
        {"item": "A1", "reps": 6},
        {"item": "A1", "reps": 0},
        {"item": "A1", "reps": 4, "hold_s": 3},
        {"item": "A1", "stretch_s": 30},
        {"item": "S1", "hold_s": 30},
        {"item": "W1", "stretch_s": 120},
        {"item": "B1", "stretch_s": 300},
        {"item": "W1", "reps": 1},
        {"item": "nothing", "reps": 1},
        {"item": None, "reps": 1},
    ],
)
def test_s33_what_is_no_less_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(InvalidEvent):
        validate_event(PLAN, "eased", payload)
