"""X13, X14, R26-R28, R31, R36, R39, R40: days and weeks."""

from dataclasses import replace
from datetime import date, timedelta

from exercises.content import Severity
from programs.rules.routine import Day, Mark, Role
from programs.rules.schedule import (
    R31_ANY_DAY,
    Load,
    allowed_days,
    planned_days,
    r28_conflicts,
    r39_is_test,
    r40_new,
    r40_too_many,
)
from programs.rules.week import R26_WEEK, R27_WEEK, is_offered, marks, week
from tests.programs.rules.assembling import CATALOGUE, exercise_of, item, routine, slugs

OPENER = item("marching-seated", role=Role.OPENER)
START = date(2026, 3, 27)


def on(days: int) -> date:
    return START + timedelta(days=days)


def test_r26_r27_default_weeks() -> None:
    assert routine(severity="mild").week == R26_WEEK == routine(severity="moderate").week
    assert routine(severity="severe").week == R27_WEEK
    assert [day for day in R26_WEEK if "A" in day] == [("A", "D")] * 3
    assert sum("A" in day for day in R27_WEEK) == sum("B" in day for day in R27_WEEK) == 2


def test_x13_thin_days() -> None:
    active, rest = item("bridge"), item("breathing", role=Role.CLOSER)
    assert is_offered("A", Day((OPENER, active)), Severity.MILD)
    assert not is_offered("A", Day((active, rest)), Severity.MILD)
    assert not is_offered("B", Day((OPENER, rest)), Severity.MILD)
    assert not is_offered("D", Day((item("breathing"),)), Severity.MODERATE)
    assert is_offered("D", Day((item("breathing"),)), Severity.SEVERE)
    assert not is_offered("D", Day(), Severity.SEVERE)


def test_x13_marks() -> None:
    standing = item("marching-standing", role=Role.OPENER)
    assert marks("B", Day((standing, item("bridge")))) == (Mark("B", "no aerobic entry"), Mark("B", "short"))
    assert marks("B", Day((OPENER, item("stationary-bike"), item("bridge")))) == ()
    assert marks("A", Day((OPENER, item("bridge")))) == (Mark("A", "short"),)


def test_x14_a_day_that_is_not_offered_becomes_d_or_rest() -> None:
    full = Day((OPENER, item("bridge")))
    days = {"A": full, "B": Day(), "D": full}
    assert week(days, Severity.MILD) == (("A", "D"), ("D",), ("A", "D"), ("D",), ("A", "D"), ("D",), ("D",))
    days = {"A": Day(), "B": full, "D": full}
    assert week(days, Severity.SEVERE)[:3] == (("D",), ("B", "D"), ("D",))
    days = {"A": full, "B": Day(), "D": Day()}
    assert week(days, Severity.MILD) == (("A",), (), ("A",), (), ("A",), (), ())


def test_x13_nothing_left_is_blocked_by_r17() -> None:
    """R17, X13: with no day to offer the therapist builds by hand."""
    locked = type(CATALOGUE)(
        tuple(replace(entry, locks=exercise_of("bar-hang").locks) for entry in CATALOGUE), CATALOGUE.precautions
    )
    found = routine(catalogue=locked)
    assert found.blocked is not None
    assert found.blocked.rule == "R17"
    assert found.week == ((),) * 7
    assert {gap.rule for gap in found.left_out} == {"R11"}


def test_x13_a_day_without_opener_gives_its_entries_back() -> None:
    kept = {"bridge", "breathing", "knee-tuck-single", "stationary-bike"}
    small = type(CATALOGUE)(tuple(entry for entry in CATALOGUE if entry.slug in kept), CATALOGUE.precautions)
    found = routine(catalogue=small)
    assert slugs(found, "A") == slugs(found, "B") == []
    assert slugs(found, "D") == ["knee-tuck-single"]
    assert found.week == (("D",),) * 7
    assert {gap.exercise for gap in found.left_out if gap.rule == "R17" and gap.day == "B"} >= {"stationary-bike"}


def test_r26_planned_days_start_with_day_1() -> None:
    assert planned_days(R26_WEEK, START, on(-1)) == ()
    assert planned_days(R26_WEEK, START, START) == ("A", "D")
    assert planned_days(R26_WEEK, START, on(8)) == ("B",)
    assert planned_days((), START, START) == ()


def test_r36_a_missed_day_is_not_stacked() -> None:
    """R36: the plan of a date never depends on what was done, over a change of the clocks too."""
    assert [planned_days(R26_WEEK, START, on(day)) for day in range(7)] == list(R26_WEEK)


def test_r28_a_days_and_aerobic_days() -> None:
    def keys(*loads: Load) -> list[str]:
        return [conflict.key for conflict in r28_conflicts(loads)]

    assert keys(*(Load(on(day), ("A",)) for day in (0, 2, 4, 6))) == []
    assert keys(Load(on(0), ("A",)), Load(on(1), ("A",))) == ["a-two-days-running"]
    assert keys(Load(on(0), ("A",)), Load(on(0), ("A",))) == []
    assert "a-too-often" in keys(*(Load(on(day), ("A",)) for day in range(5)))
    assert keys(*(Load(on(day), ("B",), 10) for day in range(6))) == ["aerobic-too-often"]
    assert keys(*(Load(on(day), ("B",), 0) for day in range(6))) == []
    assert keys(Load(on(0), ("B",), 25), Load(on(0), ("B",), 16)) == ["aerobic-too-long"]
    assert keys(Load(on(0), ("B",), 40)) == []


def test_r28_holds_across_a_change_of_plan() -> None:
    """X14: the old plan's A day yesterday turns the new plan's first A day into D."""
    yesterday = [Load(on(-1), ("A",))]
    assert allowed_days(("A", "D"), START, yesterday) == ("D",)
    assert allowed_days(("A", "D"), START, yesterday, daily=False) == ()
    assert allowed_days(("A", "D"), START, [Load(on(-2), ("A",))]) == ("A", "D")
    many = [Load(on(-day), ("B",), 30) for day in range(1, 6)]
    assert allowed_days(("B",), START, many, aerobic_minutes=30) == ("D",)
    assert allowed_days(("B",), START, many[1:], aerobic_minutes=30) == ("B",)


def test_r31_any_day_entries_are_in_the_catalogue() -> None:
    """R31: stretches may be done daily; heat, cold, position change and planning on any day."""
    for slug in R31_ANY_DAY:
        assert {dose.days_a_week for dose in exercise_of(slug).doses.values()} == {7}


def test_r39_lasts_one_a_and_one_b_session() -> None:
    assert r39_is_test("A", raises_or_adds=True, done_since=["B"])
    assert not r39_is_test("A", raises_or_adds=True, done_since=["A"])
    assert not r39_is_test("B", raises_or_adds=False, done_since=[])
    assert r39_is_test("D", raises_or_adds=True, done_since=[])
    assert not r39_is_test("D", raises_or_adds=True, done_since=["A"])


def test_r40_two_new_entries_a_week() -> None:
    new = r40_new(["bridge"], ["bridge", "clamshell", "toe-raise"])
    assert new == {"clamshell", "toe-raise"}
    assert not r40_too_many(new)
    assert r40_too_many(new, ["heel-raise"])
    assert not r40_too_many(new, ["toe-raise"])
    assert r40_new(None, ["bridge"]) == frozenset()
