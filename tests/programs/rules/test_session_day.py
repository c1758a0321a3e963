"""The kind of day that a patient chooses at the start, within what table C allows."""

import pytest

from programs.rules.session import InvalidEvent, fold, validate_event
from programs.wording.review import event_words
from tests.programs.rules.session_log import Log, make_plan


@pytest.mark.parametrize("q3", ["better", "same", "worse"])
def test_c12_c13_less_than_the_usual_session_is_always_allowed(q3: str) -> None:
    """C12, C13: a bad day starts the minimum plan."""
    state = fold(make_plan(), Log().check_in(q3=q3).start("minimum", day="bad").done("M1").events)
    assert (state.state, state.kind, state.sets_done) == ("started", "minimum", 1)


@pytest.mark.parametrize("day", ["good", "ordinary", "bad"])
@pytest.mark.parametrize(("answers", "kind"), [({"spine": 7}, "minimum"), ({"spine": 5}, "minimum")])
def test_c9_c10_no_day_allows_more(day: str, answers: dict[str, int], kind: str) -> None:
    """C9, C10: relief only."""
    state = fold(make_plan(), Log().check_in(**answers).start(kind, day=day).events)
    assert (state.state, state.end_rule) == ("refused", "S15")


def test_c11_no_day_allows_the_usual_session() -> None:
    """C11, S22: the minimum plan is an order."""
    last = {"hours_ago": 24, "baseline_spine": 3, "baseline_limb": 2}
    log = Log().check_in(last="clearly-worse").start("full", day="good")
    assert fold(make_plan(last_session=last), log.events).state == "refused"


@pytest.mark.parametrize("day", ["fine", 1, True, []])
def test_s33_the_day_is_one_of_three(day: object) -> None:
    with pytest.raises(InvalidEvent, match="day"):
        validate_event(make_plan(), "started", {"kind": "full", "day": day})
    validate_event(make_plan(), "started", {"kind": "full"})
    validate_event(make_plan(), "started", {"kind": "full", "day": "bad"})


def test_the_therapist_reads_the_kind_of_day() -> None:
    words = event_words("started", {"kind": "minimum", "day": "bad"})
    assert words == "Session started: a bad day, the short session"
    assert event_words("started", {"kind": "full"}) == "Session started"
