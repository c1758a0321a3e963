"""The check-in and the start as the replay reads them: S1-S3, S15, S16, S22, S24, S26, S33, X2-X5, X8, X12, X18."""

from datetime import timedelta
from typing import Any

import pytest

from programs.rules.screen import question_ids, screen
from programs.rules.session import OpenLock, fold
from tests.programs.rules.session_log import NINE, Log, begun, locks, make_plan, notices

LAST = {"id": "s0", "hours_ago": 24, "baseline_spine": 2, "baseline_limb": 2}


def harmless(scope: str, **said: str) -> dict[str, str]:
    """Answers to a whole scope without a sign, unless ``said``; the follow-up questions that they open too."""
    answers: dict[str, str] = {}
    while left := [each for each in question_ids(scope, {**answers, **said}) if each not in answers]:
        for each in left:
            no_sign = "no" if screen()["questions"][each]["grave"] == "yes" else "yes"
            answers[each] = said.get(each, no_sign)
    return answers


def test_s15_s16_a_harmless_check_in_is_the_baseline_and_starts() -> None:
    """S15, C13; S16: the baseline does not move when the pain falls and comes back."""
    state = fold(make_plan(), begun().pain("A1", 1).pain("A2", 3).events)
    assert (state.state, state.row, state.outcome, state.restrictions) == ("started", "C13", "start", ())
    assert (state.baseline_spine, state.baseline_limb, state.stops) == (3, 2, 0)


@pytest.mark.parametrize(
    ("answers", "plan", "rule", "row"),
    [
        ({"q5": "dizzy-now"}, {}, "S24", "C7"),
        ({"q5": "vomiting"}, {}, "S15", "C8"),
        ({"sugar_ok": False}, {"ask_sugar": True}, "S26", "S26"),
        ({}, {"ask_sugar": True}, "S26", "S26"),
    ],
)
def test_s15_s24_s26_no_session(answers: dict[str, Any], plan: dict[str, Any], rule: str, row: str) -> None:
    """C7, C8, S26: refused, with a note; a start after it is none."""
    state = fold(make_plan(**plan), begun(**answers).done("A1").events)
    assert (state.state, state.end_row, state.end_rule, state.sets_done) == ("refused", row, rule, 0)
    assert (rule, row) in notices(state, "note")
    assert (rule, "") in notices(state, "end")


@pytest.mark.parametrize(("answers", "row"), [({"spine": 7}, "C9"), ({"limb": 7}, "C9"), ({"spine": 5}, "C10")])
def test_s15_much_pain_leaves_relief_only(answers: dict[str, Any], row: str) -> None:
    """S15, C9, C10: the therapist is told; a full start is refused, relief starts."""
    state = fold(make_plan(), begun("full", **answers).events)
    assert (state.state, state.row, state.end_rule) == ("refused", row, "S15")
    assert ("S15", row) in notices(state, "stop")
    relief = fold(make_plan(), begun("relief", **answers).events)
    assert (relief.state, relief.kind) == ("started", "relief")


def test_x2_half_a_point_of_usual_pain_is_kept() -> None:
    """X2: 5 is not 2 above 3.5, and 6 is."""
    plan = make_plan(usual={"spine": 3.5, "limb": 2})
    assert fold(plan, Log().check_in(spine=5).events).row == "C13"
    assert fold(plan, Log().check_in(spine=6).events).row == "C10"


@pytest.mark.parametrize(
    ("answers", "hours"),
    [({"last": "clearly-worse"}, 24), ({"last": "bit-worse-not-back"}, 24), ({"last": "same", "spine": 4}, 24)],
)
def test_s22_a_reaction_leaves_the_minimum_plan(answers: dict[str, Any], hours: float) -> None:
    """S22, C11: worse after the last session, or 2 above its baseline; not the full plan."""
    plan = make_plan(last_session={**LAST, "hours_ago": hours})
    assert fold(plan, begun("minimum", **answers).events).state == "started"
    full = fold(plan, begun("full", **answers).events)
    assert (full.state, full.row, full.end_rule) == ("refused", "C11", "S22")


@pytest.mark.parametrize(
    ("hours", "row"), [(19.0, "C13"), (19.97, "C11"), (20, "C11"), (71.8, "C11"), (71.97, "C13"), (73, "C13")]
)
def test_s22_the_rise_after_a_session_counts_from_20_to_72_hours(hours: float, row: str) -> None:
    """S22, table C: the hours run on from the plan's minting to the check-in, 6 minutes here."""
    plan = make_plan(last_session={**LAST, "hours_ago": hours})
    assert fold(plan, Log().check_in(spine=4, last="same").events).row == row


def test_s22_spread_since_the_last_session_locks() -> None:
    """S22, C6: H and T, and nothing starts."""
    state = fold(make_plan(last_session=LAST), begun(last="spread").events)
    assert (state.state, state.end_row, state.spread) == ("refused", "C6", True)
    assert locks(state) == {("H", "S22"), ("T", "S22")}


def test_s15_a_worse_day_is_offered_the_minimum_plan() -> None:
    """S15, C12: offered, not ordered."""
    assert fold(make_plan(), begun("full", q3="worse").events).outcome == "offer-minimum-plan"
    assert fold(make_plan(), begun("full", q3="worse").events).state == "started"
    assert fold(make_plan(), begun("minimum", q3="worse").events).state == "started"


@pytest.mark.parametrize("q5", ["dizzy-or-unwell", "medicine"])
def test_x18_restrictions_hold_with_any_outcome(q5: str) -> None:
    """S15, X18: seated and lying only; a standing entry that was done all the same is told."""
    state = fold(make_plan(), begun(q5=q5).done("A1").done("A3").events)
    assert state.restrictions == ("seated-and-lying-only",)
    assert [n.params["item"] for n in state.alerts if n.rule == "S15"] == ["A3"]


@pytest.mark.parametrize("missing", ["spine", "limb"])
def test_s33_no_baseline_starts_nothing(missing: str) -> None:
    """S33, X1: a missing score is asked again; a start is refused and told."""
    unsaid: dict[str, Any] = {missing: None}
    state = fold(make_plan(), Log().check_in(**unsaid).events)
    assert (state.state, state.row, state.baseline_spine) == ("minted", "C5", None)
    refused = fold(make_plan(), begun(**unsaid).events)
    assert (refused.state, refused.end_rule) == ("refused", "S33")
    assert ("S33", "") in notices(refused, "end")
    again = fold(make_plan(), Log().check_in(**unsaid).check_in().start().events)
    assert again.state == "started"


def test_s33_an_unknown_usual_score_or_an_impossible_clock_is_asked_again() -> None:
    """S33, X2, X3."""
    assert fold(make_plan(usual={"spine": None, "limb": 2}), Log().check_in().events).row == "C5"
    log = Log().check_in()
    log.events[0]["clock"] = "backwards"
    assert (fold(make_plan(), log.events).row, fold(make_plan(), log.start().events).state) == ("C5", "refused")
    dizzy = Log().check_in(q5="dizzy-now")
    dizzy.events[0]["clock"] = "backwards"
    assert fold(make_plan(), dizzy.events).row == "C7"


def test_s2_a_start_without_a_check_in_is_refused() -> None:
    """S2, S33."""
    state = fold(make_plan(), Log().start().done("A1").events)
    assert (state.state, state.end_rule, state.sets_done, set(state.extra_sets)) == ("refused", "S33", 0, {("A1", 1)})
    assert ("S2", "") in notices(state, "note")


def test_s2_a_start_is_one_and_a_refused_one_stays_refused() -> None:
    """S2: a second start changes nothing; after a refusal another kind does not start in its place."""
    assert fold(make_plan(), begun().start("relief").events).kind == "full"
    again = fold(make_plan(), begun("full", spine=7).start("relief").events)
    assert (again.state, again.end_rule) == ("refused", "S15")
    assert [n.params["kind"] for n in again.alerts if n.level == "end"] == ["full", "relief"]


def test_x7_the_same_lock_is_opened_once() -> None:
    """X7: each lock that any answer earns, once."""
    log = Log().screen("S10", {"s10-night": "yes"}).screen("S10", {"s10-before": "yes"})
    state = fold(make_plan(), log.events)
    assert (len(state.locks), len(notices(state, "T", "H"))) == (2, 2)


@pytest.mark.parametrize(("level", "kind", "starts"), [("E", "relief", 0), ("T", "relief", 0), ("H", "relief", 1)])
def test_s2_a_lock_of_elsewhere_holds_here(level: str, kind: str, starts: int) -> None:
    """S2: an offline session too; with H alone relief stays open, and never the full plan."""
    lock = OpenLock(level, NINE - timedelta(hours=1))
    plan = make_plan(kind="relief", items=make_plan()["relief_only"])
    assert (fold(plan, begun(kind).events, locks=[lock]).state == "started") is bool(starts)
    full = fold(make_plan(), begun().events, locks=[lock])
    assert (full.state, full.row) == ("refused", "C1")
    assert ("S2", "") in notices(full, "H")
    gone = OpenLock(level, NINE - timedelta(hours=1), NINE)
    assert fold(make_plan(), begun().events, locks=[gone]).state == "started"


def test_s2_a_lock_between_check_in_and_start_holds() -> None:
    """S2: the sign found after the check-in; the lock is earned, the start refused."""
    log = Log().check_in().screen("S10", {"s10-night": "yes"}).start()
    state = fold(make_plan(), log.events)
    assert (state.state, locks(state)) == ("refused", {("T", "S10"), ("H", "S10")})


def test_s2_a_lock_in_a_session_ends_it() -> None:
    """S2: "something new" in the middle; no stop and no end by S18 is counted."""
    log = begun().screen("S10", {"s10-night": "yes"}).done("A2")
    state = fold(make_plan(), log.events)
    assert (state.state, state.end_rule, state.counted_end, state.sets_done) == ("ended", "S2", False, 0)


@pytest.mark.parametrize(("plan_kind", "wanted", "fine"), [("minimum", "full", 0), ("minimum", "minimum", 1)])
def test_s2_no_more_than_the_plan_has(plan_kind: str, wanted: str, fine: int) -> None:
    """S2, X14: a paused plan starts no full session."""
    assert (fold(make_plan(kind=plan_kind), begun(wanted).events).state == "started") is bool(fine)


@pytest.mark.parametrize(("minutes", "state"), [(119, "started"), (120, "started"), (120.1, "refused")])
def test_x5_a_check_in_lives_two_hours(minutes: float, state: str) -> None:
    """X5."""
    found = fold(make_plan(), Log().check_in().start(after=minutes).events)
    assert found.state == state
    assert (found.end_rule == "X5") is (state == "refused")


def test_x5_a_check_in_lapses_at_local_midnight_and_by_either_clock() -> None:
    """X5, X3: another local date; or two hours by the monotonic clock when the wall clock was set back."""
    tomorrow = NINE.date() + timedelta(days=1)
    assert fold(make_plan(), Log().check_in().start(local_date=tomorrow).events).end_rule == "X5"
    log = Log().check_in().start(after=121)
    log.events[1]["at"] = log.events[0]["at"]
    assert fold(make_plan(), log.events).end_rule == "X5"
    slept = Log().check_in().start(after=121)
    slept.events[1]["mono"] = slept.events[0]["mono"] + 60_000
    assert fold(make_plan(), slept.events).end_rule == "X5"


def test_s1_a_full_screen_that_is_due_comes_first() -> None:
    """S1, X4, C3: it stands for Q1, half of it does not, and it lapses at midnight."""
    plan = make_plan(full_screen_due=True)
    assert fold(plan, begun().events).row == "C3"
    whole = harmless("full")
    assert fold(plan, Log().screen("full", whole).check_in(q1="yes").start().events).state == "started"
    half = dict(list(whole.items())[:-1])
    assert fold(plan, Log().screen("full", half).check_in().events).row == "C3"
    assert fold(plan, Log().screen("full", whole, complete=False).check_in().events).row == "C3"
    old = Log().screen("full", whole).check_in(after=600 + 360)
    assert fold(plan, old.events).row == "C3"


def test_s15_something_new_opens_the_short_form() -> None:
    """S15, S3, C2: yes and not sure alike, until it is answered; one group alone does not answer it."""
    for answer in ("yes", "not-sure"):
        assert fold(make_plan(), Log().check_in(q1=answer).events).row == "C2"
    assert fold(make_plan(), Log().screen("short", harmless("short")).check_in(q1="yes").events).row == "C13"
    assert fold(make_plan(), Log().screen("S5", harmless("S5")).check_in(q1="yes").events).row == "C2"


def test_s7_a_fever_is_screened_and_leaves_seated_entries() -> None:
    """S7, S15 Q5, C4: after the questions without a sign the patient is still unwell."""
    assert fold(make_plan(), Log().check_in(q5="fever").events).row == "C4"
    state = fold(make_plan(), Log().screen("S7", harmless("S7")).check_in(q5="fever").events)
    assert (state.row, state.restrictions) == ("C13", ("seated-and-lying-only",))


@pytest.mark.parametrize(
    ("pressure", "signs", "levels"),
    [
        ([179, 109], False, ""),
        ([180, 80], False, "TH"),
        ([120, 110], False, "TH"),
        ([180, 120], True, "ETH"),
        ([170, 112], True, "TH"),
    ],
)
def test_s11_pressure(pressure: list[int], signs: bool, levels: str) -> None:
    """S11: 180/110 is T and H; with signs at 180/120 it is E."""
    log = Log()
    if signs:
        log.screen("S11", harmless("S11", **{"s11-chest": "yes"}))
    state = fold(make_plan(), log.check_in(pressure=pressure).events)
    assert locks(state) == {(level, "S11") for level in levels}
    assert (state.state == "refused") is bool(levels)


@pytest.mark.parametrize(
    ("answer", "known", "levels"), [("same", True, ""), ("worse", True, "TH"), ("same", False, "TH")]
)
def test_x8_a_known_sign_that_is_the_same_opens_no_lock(answer: str, known: bool, levels: str) -> None:
    """X8, S3: only for the sign that was marked, and only while it is the same."""
    plan = make_plan(known_signs=["s10-night"] if known else [])
    state = fold(plan, Log().screen("S10", harmless("S10", **{"s10-night": answer})).events)
    assert locks(state) == {(level, "S10") for level in levels}


def test_s13_walking_pain_holds_walking_entries_only() -> None:
    """S13, X7: the session starts; a walk that was done all the same is told."""
    log = Log().screen("full", harmless("full", **{"s13-walk": "yes"})).check_in().start()
    log.add("interval", item="W1", planned_s=120, walked_s=120, first_symptom_s=None)
    state = fold(make_plan(), log.events)
    assert (state.state, locks(state)) == ("started", set())
    assert ("S13", "") in notices(state, "note")


@pytest.mark.parametrize("level", ["E", "T", "H"])
def test_s2_a_lock_between_the_check_in_and_the_start_refuses_the_start(level: str) -> None:
    """S2: the therapist, or another device, locked after the check-in; the start is told and never counted."""
    log = begun().done("A1")
    at = NINE + timedelta(minutes=1, seconds=30)
    state = fold(make_plan(), log.events, locks=[OpenLock(level, at)])
    assert (state.row, state.state, state.end_rule, state.sets_done) == ("C13", "refused", "S2", 0)
    assert ("S2", "") in notices(state, "H")


@pytest.mark.parametrize("clock", ["early", "backwards", "fast"])
def test_s33_a_start_by_an_impossible_clock_is_none(clock: str) -> None:
    """S33, X3: the check-in's clock was right, and the start's cannot be."""
    events = begun().done("A1").events
    events[1]["clock"] = clock
    state = fold(make_plan(), events)
    assert (state.row, state.state, state.end_rule, state.sets_done) == ("C13", "refused", "S33", 0)
