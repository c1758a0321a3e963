"""The times of a session at their edges, and what is waited for: X5, X9, X10, X17, S21."""

import pytest

from programs.rules.session import fold
from tests.programs.rules.session_log import begun, locks, make_plan, notices


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
