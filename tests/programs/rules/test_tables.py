"""Tables T, U, C, N and the interval, row by row and against a second form of them (S15-S26, X1-X18)."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from programs.rules.safety import decide
from programs.rules.tables import DecisionError, tables
from tests.programs.rules import naive
from tests.programs.rules.cases import many

T = {
    "baseline_spine": 3, "baseline_limb": 2, "now_spine": 3, "now_limb": 2, "alarm": "none", "tingling": "none",
    "spread": False, "worse": False, "kind": "ordinary", "rise_limit": 0, "centralising_ok": False, "stops": 0,
}  # fmt: skip
U = {
    "baseline_spine": 3, "baseline_limb": 2, "now_spine": 3, "now_limb": 2, "alarm": "none", "tingling": "none",
    "spread": False, "seconds_resting": 120, "from": "stop", "limits_so_far": 0, "next_interval_s": None,
}  # fmt: skip
C = {
    "open_lock": False, "q1": "no", "full_screen_due": False, "now_spine": 3, "now_limb": 2, "usual_spine": 3,
    "usual_limb": 2, "q3": "same", "last": "same", "q5": "no", "up24": None,
}  # fmt: skip
N: dict[str, Any] = {"last": "same", "up24": None, "sleep_worse": False}
INWARD = {"now_spine": 4, "now_limb": 1}
PLAIN = {"T": T, "U": U, "C": C, "N": N}

ROWS: list[tuple[str, dict[str, Any], str, str]] = [
    ("T1", {"alarm": "red", "spread": True, "now_spine": 9}, "end-and-screen", "S18"),
    ("T2", {"alarm": "fall", "spread": True}, "end-and-fall-check", "S25"),
    ("T3", {"alarm": "unwell", "now_limb": None}, "end-session", "S18"),
    ("T4", {"spread": True, "now_spine": 0, "now_limb": 0}, "end-session", "S18"),
    ("T5", {"tingling": "lasting", "kind": "walk"}, "end-session", "S18"),
    ("T6", {"now_spine": None, "now_limb": 9}, "ask-again", "S33"),
    ("T7", {"baseline_spine": 7, "now_spine": 7}, "end-session", "S18"),
    ("T8", {"now_limb": 4, "kind": "walk"}, "end-session", "S18"),
    ("T9", {"now_spine": 5, "rise_limit": 1}, "end-session", "S18"),
    ("T10", {"now_spine": 5, "rise_limit": 2, "worse": True}, "continue", "S23"),
    ("T11", {**INWARD, "centralising_ok": True, "stops": 1}, "continue", "S20"),
    ("T12", {**INWARD, "stops": 1}, "end-session", "S18"),
    ("T13", INWARD, "stop-exercise", "S20"),
    ("T14", {"now_limb": 3, "kind": "walk", "stops": 1}, "interval-limit", "S19"),
    ("T15", {"worse": True, "stops": 1}, "end-session", "S18"),
    ("T16", {"now_spine": 4}, "stop-exercise", "S17"),
    ("T17", {"now_spine": 0, "now_limb": 0}, "continue", "S17"),
    ("U1", {"alarm": "red"}, "end-and-screen", "S18"),
    ("U2", {"alarm": "fall"}, "end-and-fall-check", "S25"),
    ("U3", {"now_limb": 4}, "end-session", "S18"),
    ("U4", {"now_limb": None, "seconds_resting": 299}, "ask-again", "S33"),
    ("U5", {"now_spine": 2}, "next-or-finish", "S21"),
    ("U6", {"from": "interval", "limits_so_far": 2, "next_interval_s": 30}, "next-interval", "S19"),
    ("U7", {"from": "interval", "limits_so_far": 3, "next_interval_s": 30}, "entry-done", "S19"),
    ("U8", {"now_spine": 4, "seconds_resting": 299}, "keep-resting", "S21"),
    ("U9", {"now_spine": 4, "seconds_resting": 300}, "end-session", "S18"),
    ("C1", {"open_lock": True, "q1": "yes"}, "locked", "S2"),
    ("C2", {"q1": "not-sure", "full_screen_due": True}, "screen", "S15"),
    ("C3", {"full_screen_due": True, "q5": "fever"}, "screen", "S1"),
    ("C4", {"q5": "fever", "now_spine": None}, "screen", "S7"),
    ("C5", {"now_spine": 11, "last": "spread"}, "ask-again", "S33"),
    ("C6", {"last": "spread", "q5": "dizzy-now"}, "lock-H-and-T", "S22"),
    ("C7", {"q5": "dizzy-now", "now_spine": 9}, "no-session", "S24"),
    ("C8", {"q5": "vomiting", "now_spine": 9}, "no-session", "S15"),
    ("S11", {"pressure": [120, 110], "ask_sugar": True}, "screen", "S11"),
    ("S26", {"ask_sugar": True, "now_spine": 9}, "no-session", "S26"),
    ("C9", {"now_limb": 7, "usual_limb": 7}, "relief-only", "S15"),
    ("C10", {"now_spine": 5, "last": "clearly-worse"}, "relief-only", "S15"),
    ("C11", {"up24": 2, "q3": "worse"}, "minimum-plan", "S22"),
    ("C12", {"q3": "worse"}, "offer-minimum-plan", "S15"),
    ("C13", {"last": "bit-worse-back"}, "start", "S15"),
    ("N1", {"last": "spread", "sleep_worse": True}, "lock-H-and-T", "S22"),
    ("N2", {"up24": 2}, "reaction", "S22"),
    ("N3", {"last": "bit-worse-not-back"}, "reaction", "S22"),
    ("N4", {"last": None}, "unknown", "S22"),
    ("N5", {"last": "bit-worse-back"}, "fine-hold", "S22"),
    ("N6", {"up24": 1}, "fine", "S22"),
]


def table_of(row: str) -> str:
    return "C" if row in {"S11", "S26"} else row[0]


@pytest.mark.parametrize(("row", "change", "outcome", "rule"), ROWS, ids=[row[0] for row in ROWS])
def test_s15_s26_each_row(row: str, change: dict[str, Any], outcome: str, rule: str) -> None:
    """S15-S26, S33: a case that only this row wins; where a later row holds too, the earlier one does."""
    given = {**PLAIN[table_of(row)], **change}
    found = decide(table_of(row), given)
    assert (found.row, found.outcome, found.rule) == (row, outcome, rule)


def test_every_row_of_the_data_has_its_case() -> None:
    assert [row for row, *_rest in ROWS] == [row[0] for found in tables()["tables"].values() for row in found["rows"]]


def test_x14_an_entry_that_stops_is_marked() -> None:
    """S17, S20: the label of the entry."""
    labels = {row: decide("T", {**T, **change}).label for row, change, *_ in ROWS if row.startswith("T")}
    assert {row: label for row, label in labels.items() if label} == {"T13": "centralising", "T16": "stopped-pain"}


def differences(table: str, cases: list[dict[str, Any]], second: Callable[[Mapping[str, Any]], Any]) -> list[Any]:
    """The cases in which the program and the second form disagree, and the rows that no case reached."""
    wrong, seen = [], set()
    for given in cases:
        found = decide(table, given)
        mine = (found.row, found.outcome, found.rule)
        if table == "C":
            mine = (*mine, found.extras["restrictions"])  # type: ignore[assignment]
        seen.add(found.row)
        if mine != second(given):
            wrong.append((given, mine, second(given)))
    return [*wrong, *sorted({row[0] for row in tables()["tables"][table]["rows"]} - seen)]


def test_s17_s20_table_t_against_its_second_form() -> None:
    """S17-S20, S23, S33: around every threshold (baseline -1 to +3) and with every sign, kind, limit and count."""
    near: list[tuple[int | None, int | None]] = [
        (b, n) for b in (0, 3, 4, 5, 6, 10) for n in sorted({max(0, b - 1), b, b + 1, b + 2, b + 3}) if n <= 10
    ]
    near += [(None, 3), (3, None)]
    switches = list(
        itertools.product(["none", "brief"], [False, True], ["ordinary", "walk"], [0, 1, 2], [False, True], [0, 1])
    )
    names = ("tingling", "worse", "kind", "rise_limit", "centralising_ok", "stops")
    cases = [
        {**T, "baseline_spine": bs, "now_spine": ns, "baseline_limb": bl, "now_limb": nl}
        | dict(zip(names, switches[place % len(switches)], strict=True))
        for place, ((bs, ns), (bl, nl), _turn) in enumerate(itertools.product(near, near, range(19)))
    ]
    assert differences("T", cases + many("T", 6000, seed=1), naive.table_t) == []


def test_s19_s21_table_u_against_its_second_form() -> None:
    """S19, S21, S33."""
    assert differences("U", many("U", 12_000, seed=1), naive.table_u) == []


def test_s15_s22_s26_table_c_against_its_second_form() -> None:
    """S1, S2, S11, S15, S22, S24, S26, X18: with the restrictions."""
    assert differences("C", many("C", 12_000, seed=1), naive.table_c) == []


def test_s22_table_n_against_its_second_form() -> None:
    """S22, X13."""
    assert differences("N", many("N", 3000, seed=1), naive.table_n) == []


def test_s19_the_interval_against_its_second_form() -> None:
    """S19, X11: lesser of two thirds and the first symptom, down to 5 s; not under 30 s, not after the third."""
    for planned, first, limits in itertools.product([None, *range(0, 200, 3)], [None, *range(0, 130, 4)], range(5)):
        if planned is None and first is None:
            continue
        found = decide("interval", {"planned_s": planned, "time_to_first_symptom_s": first, "limits_so_far": limits})
        assert (found.extras["next_s"], found.extras["may_start"]) == naive.interval(planned, first, limits)


@pytest.mark.parametrize("given", [{}, {"planned_s": -1}, {"planned_s": 90, "time_to_first_symptom_s": "soon"}])
def test_s33_an_interval_without_seconds_to_go_by_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(DecisionError):
        decide("interval", given)


@pytest.mark.parametrize("value", [None, -1, 11, 3.5, "3", True, float("nan"), float("inf"), [], {}, 10**400])
@pytest.mark.parametrize(("table", "row"), [("T", "T6"), ("U", "U4"), ("C", "C5")])
def test_s33_x1_what_is_no_score_is_missing(table: str, row: str, value: Any) -> None:
    """S33, X1: the next set never starts on it."""
    assert decide(table, {**PLAIN[table], "now_spine": value}).row == row


@pytest.mark.parametrize("table", ["T", "U", "C"])
def test_x1_a_whole_number_written_as_a_decimal_is_that_number(table: str) -> None:
    """X1: JSON in a browser cannot tell 3.0 from 3."""
    assert decide(table, {**PLAIN[table], "now_spine": 3.0}) == decide(table, PLAIN[table])


@pytest.mark.parametrize("name", ["baseline_spine", "baseline_limb"])
def test_s16_x1_without_a_baseline_nothing_goes_on(name: str) -> None:
    """S16, S33: T6 and U4 ask again; at five minutes U9 ends the session."""
    assert decide("T", {**T, name: None}).row == "T6"
    assert decide("U", {**U, name: None}).row == "U4"
    assert decide("U", {**U, name: None, "seconds_resting": 300}).row == "U9"


def test_s16_the_first_one_is_a_rise_over_a_baseline_of_0() -> None:
    """S16, S17, X1."""
    at_rest = {**T, "baseline_spine": 0, "baseline_limb": 0, "now_spine": 0, "now_limb": 0}
    assert [decide("T", {**at_rest, "now_limb": n}).row for n in (0, 1, 2)] == ["T17", "T16", "T8"]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"now_spine": 4}, "T10"),
        ({"now_spine": 5}, "T10"),
        ({"now_spine": 6}, "T9"),
        ({"baseline_spine": 5, "now_spine": 6}, "T16"),
        ({"now_spine": 4, "now_limb": 3}, "T16"),
        ({"now_spine": 4, "tingling": "brief"}, "T16"),
        ({"now_spine": 4, "spread": True}, "T4"),
        ({"now_spine": 4, "kind": "walk"}, "T14"),
        ({"now_spine": 4, "worse": True}, "T10"),
        ({"worse": True}, "T16"),
    ],
)
def test_s23_a_rise_limit_of_2_covers_the_spine_only(change: dict[str, Any], row: str) -> None:
    """S23, X15: never over 5, never a limb, tingling or spread, never in walking; "worse" without a rise stops."""
    assert decide("T", {**T, "rise_limit": 2, **change}).row == row


@pytest.mark.parametrize("limit", [3, -1, 1.5, "2", True, None])
def test_s23_a_rise_limit_that_cannot_be_allows_nothing(limit: Any) -> None:
    assert decide("T", {**T, "rise_limit": limit, "now_spine": 4}).row == "T16"


@pytest.mark.parametrize(("now", "row"), [(4, "C13"), (4.5, "C5"), (5, "C13"), (6, "C10")])
def test_s15_x2_two_above_a_usual_of_three_and_a_half(now: float, row: str) -> None:
    """S15, X2: a median of x.5 is kept."""
    assert decide("C", {**C, "usual_spine": 3.5, "now_spine": now}).row == row


@pytest.mark.parametrize("hours", [19.9, 72.1])
def test_s22_a_change_outside_20_to_72_hours_does_not_count(hours: float) -> None:
    assert decide("N", {**N, "up24": 4, "hours_since": hours}).row == "N6"


@pytest.mark.parametrize("sugar", [False, None, "yes", 1])
def test_s26_no_or_no_answer_is_no_session(sugar: Any) -> None:
    """S26: asked of those who take insulin; nobody else."""
    assert decide("C", {**C, "ask_sugar": True, "sugar_ok": sugar}).row == "S26"
    assert decide("C", {**C, "ask_sugar": True, "sugar_ok": True}).row == "C13"
    assert decide("C", {**C, "ask_sugar": False, "sugar_ok": sugar}).row == "C13"


@pytest.mark.parametrize(
    ("pressure", "row"),
    [([179, 109], "C13"), ([180, 60], "S11"), ([120, 110], "S11"), ([180], "C5"), ("180/110", "C5"), ([0, 0], "C5")],
)
def test_s11_a_pressure_of_180_or_110_goes_to_the_screen(pressure: Any, row: str) -> None:
    """S11; a reading that cannot be is asked again (S33)."""
    assert decide("C", {**C, "pressure": pressure}).row == row


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("T", {"alarm": "loud"}), ("T", {"tingling": None}), ("T", {"spread": "no"}), ("T", {"stops": -1}),
        ("T", {"kind": ["walk"]}), ("U", {"seconds_resting": None}), ("U", {"from": "bed"}),
        ("U", {"limits_so_far": 1.5}), ("C", {"open_lock": None}), ("C", {"full_screen_due": "no"}),
    ],
)  # fmt: skip
def test_s33_a_sign_that_no_row_could_judge_is_refused(table: str, change: dict[str, Any]) -> None:
    with pytest.raises(DecisionError, match=next(iter(change))):
        decide(table, {**PLAIN[table], **change})


@pytest.mark.parametrize("table", ["X", "", None, 3, ["T"], "t"])
def test_an_unknown_table_is_refused(table: Any) -> None:
    with pytest.raises(DecisionError, match="no table"):
        decide(table, {})


@pytest.mark.parametrize("given", [None, [], "x", 3])
def test_what_is_no_object_is_refused(given: Any) -> None:
    with pytest.raises(DecisionError, match="object"):
        decide("T", given)
