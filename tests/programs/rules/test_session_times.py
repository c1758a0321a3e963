"""The times of a session at their edges, and what is waited for: X5, X9, X10, X17, S21."""

from datetime import timedelta
from typing import Any

import pytest

from programs.rules.session import fold
from tests.programs.rules.session_log import Log, begun, locks, make_plan, notices


@pytest.mark.parametrize(("seconds", "told"), [(119, False), (120, True)])
def test_x5_x9_after_two_minutes_of_pause_pain_is_asked_before_going_on(seconds: int, *, told: bool) -> None:
    log = begun().add("paused", item="A1").add("resumed", after=seconds / 60, item="A1")
    assert (("X5", "") in notices(fold(make_plan(), log.events), "note")) is told


@pytest.mark.parametrize(("seconds", "resting"), [(59, "interval"), (60, None)])
def test_x10_the_rest_from_an_interval_is_a_minute_at_least(seconds: int, resting: str | None) -> None:
    log = begun().add("interval", item="W1", planned_s=120, walked_s=80, first_symptom_s=80)
    log.pain("W1", limb=3, source="minutes").rest("W1", seconds, after=1, origin="interval")
    assert fold(make_plan(), log.events).resting == resting


@pytest.mark.parametrize(("after", "resting"), [(179, "stop"), (180, None)])
def test_x10_s21_the_rest_runs_on_while_the_app_is_away(after: int, resting: str | None) -> None:
    """Two minutes, from the minute in which it begins by itself; whatever the device counted."""
    log = begun().pain("A1", 4).rest("A1", 10, after=after / 60)
    assert fold(make_plan(), log.events).resting == resting


def test_x17_an_emergency_among_the_answers_of_a_sign_waits_for_no_further_ones() -> None:
    log = (
        begun()
        .pain("A1", alarm="red", group="S11")
        .screen("S11", {"s11-chest": "yes", "s11-now": "yes"}, complete=False)
    )
    state = fold(make_plan(), log.events, now=log.at)
    assert (state.waiting, locks(state)) == ("", {("E", "S11"), ("T", "S18")})


def waited(how: str) -> Log:
    """A question was opened 29 minutes after the last that was told, and two more go by before its answer."""
    if how == "this hurts":  # the press before the answer, which the answer replaces
        log = begun().pain("A1", None, None, after=29, worse=True, source="stop-button")
        return log.pain("A1", 7, after=2, replaces=log.last_id, source="stop-button")
    if how == "resting":
        return begun().pain("A1", 4).add("paused", after=31, item="A1").rest("A1", 1740, 7, after=1)
    log = begun().add("paused", item="A1")
    if how == "long unanswered":
        log.add("paused", after=31, item="A1").at += timedelta(minutes=7)
    return log.pain("A1", 7, after=31 if how == "paused" else 1, source="resume")


@pytest.mark.parametrize("how", ["paused", "long unanswered", "this hurts", "resting"])
def test_x5_x9_a_question_opened_in_time_may_be_answered_ten_minutes_later(how: str) -> None:
    """X5, X9, S18: what it says is judged, and the session was never closed."""
    state = fold(make_plan(), waited(how).events)
    row = "U3" if how == "resting" else "T7"
    assert (state.state, state.end_row, state.counted_end, state.was_closed) == ("ended", row, True, False)
    assert (set(state.off_today), notices(state, "no-data"), ("S18", row) in notices(state, "end")) == (
        {"A1"},
        [],
        True,
    )


def test_x5_x9_a_session_goes_on_after_such_an_answer_and_after_nothing_else() -> None:
    """X5: the pause may be over 30 minutes long by the minutes that its question waited, and by no other."""
    log = begun().done("A1").pain("A1").add("paused", item="A2").pain("A2", after=31, source="resume")
    log.add("resumed", after=0, item="A2").done("A2")
    state = fold(make_plan(), log.events)
    assert (state.state, state.sets_done, notices(state, "note", "no-data")) == ("started", 2, [])
    late = begun().add("paused", item="A1").pain("A1", after=40.1, source="resume")
    assert fold(make_plan(), late.events).state == "closed"
    waiting = begun().done("A1").add("paused", after=31, item="A1")
    assert fold(make_plan(), waiting.events).state == "started"
    assert fold(make_plan(), waiting.done("A2").events).state == "closed"
    early = begun().add("paused", item="A1").pain("A1", after=5, source="resume").add("paused", after=20, item="A1")
    assert fold(make_plan(), early.add("resumed", after=10, item="A1").events).state == "closed"
    asked_at_once = begun().done("A1").pain("A1", after=31)
    assert fold(make_plan(), asked_at_once.events).state == "closed", "X9: that question was open for 31 minutes"


def closed() -> Log:
    """A set after more than 30 minutes in which nothing was told: the session is closed before it (X5)."""
    return begun().done("A1", after=31)


@pytest.mark.parametrize(
    ("signs", "row", "counted"),
    [({"spine": 7}, "T7", True), ({"limb": 4}, "T8", True), ({"spread": True}, "T4", True),
     ({"alarm": "unwell", "reason": "stop"}, "T3", False)],
)  # fmt: skip
def test_s18_x14_an_end_in_a_closed_session_ends_it(signs: dict[str, Any], row: str, *, counted: bool) -> None:
    """S18, S21 (6), X14: counted and told; it is no session of exercise for that, and what came late counts no more."""
    state = fold(make_plan(), closed().pain("A1", **signs).done("A2").events)
    assert (state.state, state.end_row, state.counted_end, state.was_closed) == ("ended", row, counted, True)
    assert state.relief_only_until_restart is (row == "T4")
    assert set(state.off_today) == ({"A1"} if counted else set())
    assert (("S18", row) in notices(state, "end"), notices(state, "no-data")) == (True, [("X5", "")])
    assert (state.sets_done, set(state.extra_sets)) == (0, {("A1", 1), ("A2", 1)})


def test_s17_s21_stops_in_a_closed_session_count_on_to_its_end() -> None:
    """S17, S18: off for the day and told; a second one, or a rest that does not settle, ends the session."""
    stopped = fold(make_plan(), closed().pain("A1", 4).events)
    assert (stopped.state, stopped.stops, set(stopped.off_today)) == ("closed", 1, {"A1"})
    assert notices(stopped, "stop") == [("S17", "T16")]
    second = fold(make_plan(), closed().pain("A1", 4).rest().done("A2").pain("A2", 4).events)
    assert (second.state, second.end_row, set(second.off_today)) == ("ended", "T15", {"A1", "A2"})
    rested = fold(make_plan(), closed().pain("A1", 4).rest("A1", 300, 4).events)
    assert (rested.state, rested.end_row, rested.counted_end) == ("ended", "U9", True)
    walked = fold(make_plan(), closed().pain("W1", limb=3).rest("W1", 300, limb=3, origin="interval").events)
    assert (walked.state, walked.end_row, walked.stops) == ("ended", "U9", 0)
    unsettled = fold(make_plan(), closed().pain("A1", 4).add("finished", spine=4, limb=2).events)
    assert (unsettled.state, unsettled.end_row) == ("ended", "U9")
    done = fold(make_plan(), closed().pain("A1").add("finished", spine=3, limb=2).events)
    assert (done.state, done.final_spine, notices(done, "end", "stop")) == ("closed", None, [])


def test_s17_what_hurt_in_a_closed_session_is_off_though_the_question_was_not_answered() -> None:
    """S17, X9: and it is told, for no end of the session comes any more that would tell it."""
    log = closed().pain("A1", None, None, worse=True, source="stop-button")
    log.add("ended", after=10, row="X9", rule="X9", why="no-answer")
    state = fold(make_plan(), log.events)
    assert (state.state, set(state.off_today), notices(state, "stop")) == ("closed", {"A1"}, [("S17", "T16")])


def test_s18_an_end_that_a_device_reports_of_a_closed_session_is_kept() -> None:
    """S18, X5: as in a session under way; another closing changes nothing."""
    state = fold(make_plan(), closed().add("ended", row="T9", rule="S18", why="pain-check").events)
    assert (state.state, state.end_row, state.counted_end) == ("ended", "T9", True)
    again = fold(make_plan(), closed().add("ended", row="X9", rule="X9", why="no-answer").events)
    assert (again.state, again.end_rule, notices(again, "no-data")) == ("closed", "X5", [("X5", "")])


def test_x16_a_rise_in_a_closed_session_of_relief_is_told() -> None:
    """X16: a rise of 2 tells the therapist, and ends nothing."""
    state = fold(make_plan(), begun("relief").add("relief", after=31).pain("R1", 5).events)
    assert (state.state, notices(state, "stop")) == ("closed", [("X16", "")])
