"""The session as the replay reads it: S16-S21, S23-S25, S29, S33, X5, X9-X11, X14-X17, and any order of arrival."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.rules.events import InvalidEvent, validate_event
from programs.rules.session import fold
from tests.programs.rules.session_log import Log, begun, item, locks, make_plan, notices


def test_s17_a_rise_of_one_stops_the_exercise_for_the_day() -> None:
    """S17, R29: stopped-pain, off today, told; settled at rest, the session goes on."""
    state = fold(make_plan(), begun().done("A1").pain(spine=4).rest().done("A2").pain("A2").events)
    assert (state.state, state.stops, state.items["A1"]) == ("started", 1, "stopped-pain")
    assert (set(state.off_today), state.resting, notices(state, "stop")) == ({"A1"}, None, [("S17", "T16")])
    assert notices(state, "note") == []


def test_s17_an_exercise_that_is_off_or_done_at_rest_is_told() -> None:
    """S17, S21: never "try it again", and nothing before the rest is over."""
    assert ("S17", "") in notices(fold(make_plan(), begun().pain(spine=4).rest().done("A1", 2).events), "note")
    assert ("S21", "") in notices(fold(make_plan(), begun().pain(spine=4).done("A2").events), "note")


@pytest.mark.parametrize(
    ("signs", "row"),
    [
        ({"spine": 5}, "T9"),
        ({"limb": 4}, "T8"),
        ({"spine": 7}, "T7"),
        ({"spine": 1, "limb": 0, "spread": True}, "T4"),
        ({"tingling": "lasting"}, "T5"),
        ({"alarm": "unwell"}, "T3"),
    ],
)
def test_s18_s24_ends_the_session(signs: dict[str, Any], row: str) -> None:
    """S18, S24: spread with a lower number too; the end counts, and the entry is off for the day."""
    state = fold(make_plan(), begun().pain(**signs).done("A2").events)
    assert (state.state, state.end_row, state.counted_end, state.sets_done) == ("ended", row, True, 0)
    assert ("S18", row) in notices(state, "end")
    assert state.off_today == {"A1"}
    assert state.relief_only_until_restart is (row == "T4")
    assert state.extra_sets == {("A2", 1)}


def test_s18_a_second_stop_ends_the_session() -> None:
    """S18, T15, T12: also when one of the two moved inward (S20)."""
    state = fold(make_plan(), begun().pain(spine=4).rest().pain("A2", 4).events)
    assert (state.end_row, state.stops, set(state.off_today)) == ("T15", 1, {"A1", "A2"})
    inward = fold(make_plan(), begun().pain(spine=4, limb=1).rest().pain("A2", 4, 1).events)
    assert (inward.end_row, inward.items) == ("T12", {"A1": "centralising", "A2": "centralising"})
    assert notices(inward, "stop") == [("S20", "T13")]


def test_s20_s23_what_the_therapist_allows_goes_on() -> None:
    """S20: centralising-ok; S23: rise-limit 2 covers a spine rise to 5 and no limb rise."""
    plan = make_plan(items=[item("A1", centralising_ok=True), item("A2", rise_limit=2)])
    assert fold(plan, begun().pain("A1", 4, 1).pain("A2", 5).events).stops == 0
    assert fold(plan, begun().pain("A2", 3, 4).events).end_row == "T8"
    assert fold(plan, begun(spine=4).pain("A2", 6).events).end_row == "T9"


def test_x9_the_stop_button_says_worse() -> None:
    """X9, S17: with the same numbers too, and whatever the device wrote."""
    state = fold(make_plan(), begun().pain(source="stop-button").events)
    assert (state.stops, notices(state, "stop")) == (1, [("S17", "T16")])
    wish = begun().pain(source="stop-button", alarm="unwell", reason="stop")
    assert fold(make_plan(), wish.events).counted_end is True


@pytest.mark.parametrize(
    ("rests", "row"),
    [
        ([(120, 4), (299, 4)], ""),
        ([(120, 4), (300, 4)], "U9"),
        ([(120, None)], ""),
        ([(300, None)], "U9"),
        ([(120, 5)], "U3"),
    ],
)
def test_s21_five_minutes_of_rest(rests: list[tuple[int, Any]], row: str) -> None:
    """S21, S18, X10."""
    log = begun().pain(spine=4)
    for seconds, spine in rests:
        log.rest(seconds=seconds, spine=spine, after=1)
    state = fold(make_plan(), log.events)
    assert (state.end_row, state.state, state.counted_end) == (row, "ended" if row else "started", bool(row))


def test_x10_a_rest_has_not_settled_before_two_minutes() -> None:
    """X10, S21: an entry that is begun before then is told; after it, not."""
    early, late = (begun().pain(spine=4).rest(seconds=at, after=1).done("A2") for at in (119, 120))
    assert (fold(make_plan(), early.events).resting, fold(make_plan(), late.events).resting) == ("stop", None)
    assert ("S21", "") in notices(fold(make_plan(), early.events), "note")
    assert fold(make_plan(), late.events).state == "started"
    assert notices(fold(make_plan(), late.events), "note") == []


def test_x10_the_five_minutes_run_on_whatever_the_device_counted() -> None:
    """X10: ten minutes by the clock, one by the device's count."""
    assert fold(make_plan(), begun().pain(spine=4).rest(seconds=60, spine=4, after=10).events).end_row == "U9"


def test_x14_spread_at_rest_leaves_relief_only() -> None:
    """X14, P14: U3 by spread; not U3 by a score."""
    rested = begun().pain(spine=4).rest(spread=True)
    assert fold(make_plan(), rested.events).relief_only_until_restart is True
    assert fold(make_plan(), begun().pain(spine=4).rest(spine=5).events).relief_only_until_restart is False


def walk(log: Log, first: int | None, planned: int = 120) -> Log:
    """An interval that ended at a symptom."""
    return log.add("interval", item="W1", planned_s=planned, walked_s=first or planned, first_symptom_s=first)


def test_s19_three_limits_end_the_entry_and_count_no_stop() -> None:
    """S19, X11: 120, 80, 50 s; the third limit ends the entry; no stop, no alert."""
    log, seen = begun(), []
    for planned in (120, 80, 50):
        walk(log, planned, planned).pain("W1", limb=3)
        seen.append(fold(make_plan(), log.events).next_interval_s)
        log.rest("W1", 60, origin="interval", next_interval_s=600)
    state = fold(make_plan(), log.pain("A1").events)
    assert seen == [80, 50, None]
    assert (state.state, state.stops, state.limits, state.items["W1"]) == ("started", 0, 3, "interval-limit")
    assert (state.alerts, state.off_today, state.resting) == ((), frozenset(), None)
    assert notices(fold(make_plan(), walk(log, None).events), "note") == [("S19", "")]


def test_s19_the_entry_is_done_when_either_count_says_so() -> None:
    """S19, X11: limits that the device counted and the log lost end the entry all the same; never fewer."""
    for told, found in ((3, [("S19", "")]), (0, [])):
        log = walk(begun(), 90).pain("W1", limb=3)
        log.rest("W1", 60, origin="interval", limits_so_far=told)
        assert notices(fold(make_plan(), walk(log, None).events), "note") == found


def test_s19_the_next_interval_is_never_the_devices() -> None:
    """S19, X11: a longer plan that the device claims changes nothing; the time to first symptom shortens it."""
    assert fold(make_plan(), walk(begun(), 100, 9000).pain("W1", limb=3).events).next_interval_s == 80
    assert fold(make_plan(), walk(begun(), 44).pain("W1", limb=3).events).next_interval_s == 40
    assert fold(make_plan(), walk(begun(), 20).pain("W1", limb=3).events).next_interval_s is None
    lost = begun().pain("W1", limb=3)
    assert fold(make_plan(), lost.events).next_interval_s == 80


def test_s19_a_steady_walk_plans_by_the_first_symptom() -> None:
    """X11: planned = time to first symptom, here 300 s."""
    steady = item("W1", kind="walk", dose={"type": "minutes", "minutes": 10, "work_s": None, "rest_s": None})
    state = fold(make_plan(items=[steady]), walk(begun(), 300, 600).pain("W1", limb=3).events)
    assert state.next_interval_s == 200


def test_s19_after_the_third_limit_at_rest_that_does_not_settle_the_session_ends() -> None:
    """S19, S18: U9 from an interval as well; two points at rest are U3."""
    log = walk(begun(), 90).pain("W1", limb=3)
    assert fold(make_plan(), log.rest("W1", 300, limb=3, origin="interval").events).end_row == "U9"


@pytest.mark.parametrize(
    ("signs", "plain"),
    [
        ({"reason": "stop"}, True),
        ({"reason": "stop", "spine": None}, True),
        ({}, False),
        ({"reason": "stop", "spine": 4}, False),
        ({"reason": "stop", "worse": True}, False),
        ({"reason": "stop", "spread": True}, False),
        ({"reason": "stop", "tingling": "lasting"}, False),
        ({"reason": "stop", "tingling": "brief"}, False),
    ],
)
def test_x14_a_plain_wish_to_stop_does_not_count(signs: dict[str, Any], plain: bool) -> None:
    """X14, T3: ended, and counted unless nothing but the wish was told."""
    state = fold(make_plan(), begun().pain(alarm="unwell", **signs).events)
    assert (state.state, state.end_row, state.counted_end) == ("ended", "T3", not plain)
    assert state.off_today == (frozenset() if plain else {"A1"})


def test_x14_a_sign_beside_the_wish_counts() -> None:
    """X14, X17: an alarm sign is no plain wish, whatever reason came with it."""
    state = fold(make_plan(), begun().pain(alarm="red", reason="stop").events)
    assert (state.end_row, state.counted_end) == ("T1", True)


def test_x14_an_end_that_the_device_reports_without_a_row_is_kept_and_not_counted() -> None:
    """X14: the careful side keeps the end; a row of a sign counts."""
    wish = fold(make_plan(), begun().add("ended", row=None, rule=None, why="asked").events)
    assert (wish.state, wish.counted_end) == ("ended", False)
    told = fold(make_plan(), begun().add("ended", row="T5", rule="S18", why="pain-check").events)
    assert (told.end_row, told.counted_end) == ("T5", True)
    sign = fold(make_plan(), begun().add("ended", row="T1", rule="S18", why="sign").events)
    assert locks(sign) == {("T", "S18"), ("E", "S18")}


def test_x16_a_relief_session_knows_the_signs_only() -> None:
    """X16: no stop and no end by a score; a rise of 2 tells the therapist, once; T1-T5 hold."""
    relief = begun("relief", spine=7).done("R1").pain("R1", 9).rest("R1", 300, spine=9)
    state = fold(make_plan(), relief.add("finished", spine=9, limb=2, effort=None).events)
    assert (state.state, state.stops, state.final_spine) == ("finished", 0, 9)
    assert notices(state, "stop") == [("S15", "C9"), ("X16", "")]
    calm = begun("relief", spine=7).add("finished", spine=8, limb=2, effort=None)
    assert notices(fold(make_plan(), calm.events), "stop") == [("S15", "C9")]
    spread = begun("relief").pain("R1", spread=True)
    assert fold(make_plan(), spread.events).end_row == "T4"
    at_rest = begun("relief").rest("R1", tingling="lasting")
    assert fold(make_plan(), at_rest.events).end_row == "T5"
    assert ("X16", "") in notices(fold(make_plan(), begun("relief").done("A1").events), "note")


def test_x17_a_sign_is_never_below_t_and_unanswered_is_yes() -> None:
    """X17, X6, S18: T at once; E after five minutes, or when nothing more is waited for."""
    log = begun().pain(alarm="red")
    for waited, levels in ((299, {"T"}), (300, {"T", "E"})):
        state = fold(make_plan(), log.events, now=log.at + timedelta(seconds=waited))
        assert {level for level, _rule in locks(state)} == levels
        assert (state.end_row, state.waiting) == ("T1", "sign" if waited < 300 else "")
    assert locks(fold(make_plan(), log.events)) == {("T", "S18"), ("E", "S18")}


@pytest.mark.parametrize(
    ("minutes", "said", "complete", "grave"),
    [(2, "no", True, False), (6, "no", True, True), (2, "no", False, True), (2, "yes", False, True)],
)
def test_x17_the_questions_of_the_sign(minutes: float, said: str, complete: bool, grave: bool) -> None:
    """X17: answered in time without a sign it stays T; late or half-answered it counts as yes, of its group."""
    answers = dict.fromkeys(("s9-weak", "s9-foot", "s9-leg"), said)
    if said == "yes":
        answers["s9-grave"] = "yes"
    elif not complete:
        del answers["s9-leg"]
    log = begun().pain(alarm="red", group="S9").screen("S9", answers, complete=complete, after=minutes)
    state = fold(make_plan(), log.events, now=log.at + timedelta(hours=1))
    assert ("E" in {level for level, _rule in locks(state)}) is grave
    assert ("T", "S18") in locks(state)
    if grave:
        assert ("E", "S9") in locks(state)


@pytest.mark.parametrize(("complete", "grave"), [(False, False), (True, True)])
def test_x17_a_device_that_gave_up_waiting_counts_what_was_said_in_time(complete: bool, grave: bool) -> None:
    """X17: it tells a second late what was answered, and the rest as not sure; a whole list that is late is all yes."""
    names = ("s11-chest", "s11-breath", "s11-faint", "s11-now")
    answers = {**dict.fromkeys(names, "no"), "s11-heart": "yes", "s11-checked": "not-sure"}
    log = begun().pain(alarm="red", group="S11").screen("S11", answers, complete=complete, after=5.02)
    state = fold(make_plan(), log.events, now=log.at + timedelta(hours=1))
    levels = {level for level, _rule in locks(state)}
    assert "T" in levels and ("E" in levels) is grave


@pytest.mark.parametrize(("said", "levels"), [("no", "TH"), ("yes", "ETH"), ("not-sure", "ETH")])
def test_s25_a_fall(said: str, levels: str) -> None:
    """S25: any yes or not sure of the list is E; else T, and H until the therapist has looked."""
    state = fold(make_plan(), begun().pain(alarm="fall").fall_check(thinner=said).events)
    assert (state.end_row, state.end_rule, state.counted_end) == ("T2", "S25", True)
    assert locks(state) == {(level, "S25") for level in levels}


def test_s25_a_fall_list_that_is_not_answered_in_five_minutes_is_e() -> None:
    """S25, X17: no list, or one that came late."""
    log = begun().pain(alarm="fall")
    early = fold(make_plan(), log.events, now=log.at + timedelta(minutes=4))
    assert (locks(early), early.waiting) == ({("T", "S25"), ("H", "S25")}, "fall")
    assert ("E", "S25") in locks(fold(make_plan(), log.events, now=log.at + timedelta(minutes=5)))
    assert ("E", "S25") in locks(fold(make_plan(), log.fall_check(after=6).events))


@pytest.mark.parametrize(
    ("scope", "answers", "complete", "grave"),
    [
        ("S9", {"s9-weak": "yes", "s9-grave": "no"}, False, False),
        ("S9", {"s9-weak": "yes"}, False, True),
        ("S10", {"s10-before": "no", "s10-night": "no", "s10-weight": "no"}, True, True),
    ],
)
def test_x17_only_the_group_of_the_sign_answers_it(
    scope: str, answers: dict[str, str], complete: bool, grave: bool
) -> None:
    """X17, X6: another group answers nothing; of its own group what was said in time is kept."""
    log = begun().pain(alarm="red", group="S9").screen(scope, answers, complete=complete)
    state = fold(make_plan(), log.events, now=log.at + timedelta(minutes=9))
    assert (("E", "S9") in locks(state)) is grave
    assert locks(state) >= {("T", "S18"), ("T", "S9"), ("H", "S9")} or grave


def test_x17_s25_a_fall_does_not_make_up_for_a_sign() -> None:
    """X17, S25: a fall that is told while a sign still waits leaves the sign counted as yes."""
    state = fold(make_plan(), begun().pain(alarm="red").pain(alarm="fall").fall_check().events)
    assert locks(state) == {("T", "S18"), ("E", "S18"), ("T", "S25"), ("H", "S25")}
    unanswered = fold(make_plan(), begun().pain(alarm="red").pain(alarm="fall").events)
    assert locks(unanswered) == locks(state) | {("E", "S25")}


def test_s33_a_rest_check_outside_a_session_ends_nothing() -> None:
    """S33, X17: by its scores it is none; a sign in it is one."""
    assert fold(make_plan(), Log().check_in().rest(spine=9).events).state == "checked-in"
    assert fold(make_plan(), Log().check_in().rest(alarm="red").events).state == "ended"


def test_x17_a_sign_at_rest_or_after_the_end_still_locks() -> None:
    """S2, X17, U1, U2: nothing reopens, and the locks are earned all the same."""
    rested = fold(make_plan(), begun().pain(spine=4).rest(alarm="fall").fall_check().events)
    assert (rested.end_row, locks(rested)) == ("U2", {("T", "S25"), ("H", "S25")})
    done = begun().add("finished", spine=3, limb=2, effort=3).pain(alarm="red")
    state = fold(make_plan(), done.events)
    assert (state.state, state.end_row) == ("finished", "")
    assert ("T", "S18") in locks(state)
    never = fold(make_plan(), Log().pain(alarm="red").events)
    assert (never.state, locks(never)) == ("ended", {("T", "S18"), ("E", "S18")})


@pytest.mark.parametrize(
    ("why", "row", "rule"),
    [("no-answer", "X9", "X9"), ("midnight", "X5", "X5"), ("too-late", "X5", "X5"), ("", "X9", "X9")],
)
def test_x9_x5_no_answer_closes_and_does_not_end(why: str, row: str, rule: str) -> None:
    """X9, X5: closed, not ended by S18; no answer goes to the digest."""
    state = fold(make_plan(), begun().done("A1").add("ended", row=row, rule=rule, why=why).events)
    assert (state.state, state.end_row, state.end_rule, state.counted_end) == ("closed", "", rule, False)
    assert notices(state, "no-data", "note") == [(rule, "")]
    long_ago = begun().add("ended", after=40, row=row, rule=rule, why=why)
    assert fold(make_plan(), long_ago.events).end_rule == rule
    never = fold(make_plan(), Log().check_in().add("ended", row=row, rule=rule, why=why).events)
    assert (never.state, never.alerts) == ("closed", ())


def test_x5_a_session_is_taken_up_within_thirty_minutes_after_a_pain_question() -> None:
    """X5: against the old baseline, and stops count on; later it is closed; without the question it is told."""
    log = begun().pain(spine=4).rest().add("paused", item="A2")
    again = log.pain("A2", after=29, source="resume").add("resumed", item="A2")
    assert fold(make_plan(), again.events).state == "started"
    assert notices(fold(make_plan(), again.events), "note") == []
    assert fold(make_plan(), again.pain("A2", 4).events).end_row == "T15"
    late = begun().done("A1").add("paused", item="A2").add("resumed", after=31, item="A2").done("A2")
    state = fold(make_plan(), late.events)
    assert (state.state, state.end_rule, state.sets_done) == ("closed", "X5", 1)
    twice = begun().add("paused", item="A1").add("paused", after=20, item="A1").add("resumed", after=20, item="A1")
    assert fold(make_plan(), twice.events).state == "closed"
    unasked = begun().add("paused", item="A1").add("resumed", after=3, item="A1")
    assert ("X5", "") in notices(fold(make_plan(), unasked.events), "note")


def test_s17_what_hurt_is_off_for_the_day_though_the_question_was_not_answered() -> None:
    """S17, X9: the press says worse; the answer takes its place, and without one the therapist is told of it once."""
    log = begun().pain("A1", None, None, worse=True, source="stop-button")
    pressed, state = log.last_id, fold(make_plan(), log.events)
    assert (state.state, state.stops, len(state.off_today), state.items["A1"]) == ("started", 0, 1, "stopped-pain")
    assert notices(state, "stop") == []
    left = fold(make_plan(), log.events, now=log.at + timedelta(minutes=31))
    assert (left.state, notices(left, "stop")) == ("closed", [("S17", "T16")])
    answered = log.pain("A1", 4, replaces=pressed, source="stop-button")
    state = fold(make_plan(), answered.events)
    assert (state.stops, len(state.off_today), notices(state, "stop")) == (1, 1, [("S17", "T16")])


@pytest.mark.parametrize("kind", ["skipped", "pain"])
def test_x5_a_pause_that_ended_otherwise_than_by_going_on_does_not_close_a_later_one(kind: str) -> None:
    """X5: an exercise left out of a pause, or a question that waited for two minutes, began a pause of its own."""
    log = begun().add("paused", item="A1")
    log = log.pain("A1", after=2) if kind == "pain" else log.add("skipped", item="A1", reason="tired")
    for _ in range(4):
        log.done("A2", after=9)
    log.add("paused", item="A2").add("resumed", item="A2")
    state = fold(make_plan(), log.events)
    assert (state.state, notices(state, "no-data", "note")) == ("started", [])


def test_x5_neither_a_gap_nor_midnight_is_gone_over() -> None:
    """X5: cut off for more than 30 minutes, with or without a pause in between; or past midnight."""
    assert fold(make_plan(), begun().done("A1").done("A2", after=31).events).sets_done == 1
    hidden = begun().done("A1").add("paused", after=40, item="A2").add("resumed", item="A2")
    assert fold(make_plan(), hidden.events).state == "closed"
    midnight = begun().add("paused", item="A2")
    midnight.add("resumed", item="A2", local_date=midnight.at.date() + timedelta(days=1))
    assert fold(make_plan(), midnight.events).state == "closed"


def test_x5_x9_what_nobody_went_on_with_is_closed_when_it_is_read() -> None:
    """X5, X9: 30 minutes in a session, two hours after a check-in."""
    log = begun().done("A1")
    assert fold(make_plan(), log.events, now=log.at + timedelta(minutes=30)).state == "started"
    state = fold(make_plan(), log.events, now=log.at + timedelta(minutes=31))
    assert (state.state, notices(state, "no-data")) == ("closed", [("X9", "")])
    checked = Log().check_in()
    assert fold(make_plan(), checked.events, now=checked.at + timedelta(hours=2)).state == "checked-in"
    assert fold(make_plan(), checked.events, now=checked.at + timedelta(hours=3)).state == "closed"


def test_x9_a_slip_is_corrected_until_the_next_step() -> None:
    """X9: the corrected answer counts alone, and opens nothing; a chain of corrections too."""
    log = begun().pain(spine=5)
    log.pain(spine=4, replaces=log.last_id)
    log.pain(spine=3, replaces=log.last_id)
    state = fold(make_plan(), log.done("A2").events)
    assert (state.state, state.stops, state.alerts, state.late_corrections) == ("started", 0, (), ())


@pytest.mark.parametrize("step", ["set-done", "rest-check", "pain", "skipped"])
def test_x9_a_correction_after_the_next_step_is_kept_aside_and_told(step: str) -> None:
    """X9, S17: the first answer stands."""
    log = begun().pain(spine=4)
    first = log.last_id
    steps: dict[str, Callable[[str], Log]] = {"set-done": log.done, "rest-check": log.rest, "pain": log.pain}
    steps[step]("A1") if step in steps else log.add("skipped", item="A2")
    state = fold(make_plan(), log.pain(spine=3, replaces=first).events)
    assert (state.stops, state.late_corrections) == (1, (log.last_id,))
    assert ("S33", "") in notices(state, "note")


def test_x17_a_sign_in_a_late_correction_is_a_sign() -> None:
    """X17, S18: it came too late to change the answer, not to be heard."""
    log = begun().pain()
    first = log.last_id
    state = fold(make_plan(), log.done("A2").pain(replaces=first, alarm="red").events)
    assert (state.end_row, ("T", "S18") in locks(state)) == ("T1", True)


def test_x9_a_correction_of_another_entry_or_of_nothing_is_none() -> None:
    """X9: it must name an earlier answer of the same kind and entry."""
    log = begun().pain("A1", 4)
    assert fold(make_plan(), log.pain("A2", 3, replaces=log.last_id).events).stops == 1
    assert fold(make_plan(), begun().pain(spine=4, replaces="gone").events).late_corrections == ("e2",)


def test_x3_two_devices_with_one_number_are_read_by_their_clocks() -> None:
    """X3: the same sequence number twice; the order of arrival decides nothing."""
    log = begun().pain("A1", 4).pain("A2", 4)
    log.events[3]["seq"] = log.events[2]["seq"]
    there, back = fold(make_plan(), log.events), fold(make_plan(), log.events[::-1])
    assert there == back
    assert there.items == {"A1": "stopped-pain", "A2": "stopped-pain"}
    assert notices(there, "stop") == [("S17", "T16")]


def test_s33_a_minutes_entry_has_one_set() -> None:
    """S33, R29: a set that the dose does not have is not counted."""
    assert fold(make_plan(), begun().done("W1", 2).events).sets_done == 0


def long_log() -> Log:
    """A stop, a slip, an interval at its limit, a fall, and more after the end."""
    log = begun().done("A1").pain(spine=5)
    log.pain(spine=4, replaces=log.last_id).rest()
    walk(log, 90).pain("W1", limb=3).rest("W1", 60, origin="interval")
    log.pain("A2", alarm="fall").fall_check(head="yes").done("A3").pain("A3")
    return log.add("resumed", item="A3").start().check_in().add("finished", spine=3, limb=2, effort=2)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_s2_s18_any_order_of_arrival_and_duplicates_give_the_same(data: st.DataObject) -> None:
    """S18, S25, S2: the order of arrival and repeats change nothing, and nothing reopens after the end."""
    log = long_log().events
    again = data.draw(st.lists(st.sampled_from(log), max_size=5))
    shuffled = data.draw(st.permutations([*log, *again]))
    state = fold(make_plan(), shuffled)
    assert state == fold(make_plan(), log)
    assert (state.state, state.end_row, state.stops, state.limits) == ("ended", "T2", 1, 1)
    assert (state.final_spine, state.sets_done) == (None, 1)
    assert locks(state) == {("E", "S25"), ("T", "S25"), ("H", "S25")}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 16))
def test_s2_locks_and_ends_only_ever_grow(size: int) -> None:
    """S2: a longer log never loses a lock, an end or an entry that is off."""
    log = [each for each in long_log().events if each["id"] != "e3"]
    before, after = (fold(make_plan(), log[:n]) for n in (size, size + 1))
    if before.state in {"ended", "refused", "closed", "finished"}:
        assert (after.state, after.end_row) == (before.state, before.end_row)
    assert {lock for lock in locks(before) if lock[0] != "E"} <= locks(after)
    assert before.off_today <= after.off_today


@pytest.mark.parametrize("value", [11, -1, 2.5, "3", float("nan"), True])
def test_s33_impossible_scores_are_refused(value: Any) -> None:
    """S33, X1."""
    with pytest.raises(InvalidEvent):
        validate_event(make_plan(), "pain", Log().pain(spine=value).events[0]["payload"])


@pytest.mark.parametrize("more", [{"reason": "bored"}, {"group": "S15"}, {"reason": 1}, {"group": "full"}])
def test_s33_a_reason_or_a_group_that_does_not_exist_is_refused(more: dict[str, Any]) -> None:
    """S33, X14, X17; those that exist are taken, in both kinds."""
    with pytest.raises(InvalidEvent):
        validate_event(make_plan(), "pain", Log().pain(**more).events[0]["payload"])
    for log in (Log().pain(reason="stop", group="S5"), Log().rest(reason="stop", group="S14")):
        validate_event(make_plan(), log.events[0]["kind"], log.events[0]["payload"])


@pytest.mark.parametrize(("given", "row"), [({"spine": 7}, "T7"), ({"limb": 4}, "T8"), ({"spine": 5}, "T9")])
def test_s18_grave_pain_in_a_correction_that_came_too_late_ends_the_session(given: dict[str, Any], row: str) -> None:
    """S18, S33: the next step had begun, so the first answer stands; but 7, or a rise of 2, is never set aside."""
    log = begun().done("A1").pain("A1")
    first = log.last_id
    late = log.done("A1", 2).pain("A1", replaces=first, **given)
    state = fold(make_plan(), late.events)
    assert (state.state, state.end_row, len(state.late_corrections)) == ("ended", row, 1)
    mild = fold(make_plan(), begun().done("A1").pain("A1").done("A1", 2).pain("A1", spine=4, replaces=first).events)
    assert (mild.state, mild.stops, len(mild.late_corrections)) == ("started", 0, 1)
