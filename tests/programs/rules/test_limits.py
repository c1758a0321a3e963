"""R20-R23, R29, R30, R39: what fits into a session and a day (X11, X12, X15, X18)."""

from dataclasses import replace

import pytest

from exercises.content import Dose, Kind, Severity
from programs.rules.limits import (
    active_count,
    is_active,
    r20_surplus,
    r29_sets_allowed,
    r30_counted_seconds,
    r30_fits,
    r30_shortened,
    r39_test_dose,
)
from programs.rules.routine import Role
from programs.rules.templates import templates
from programs.rules.time_limit import fit, limit
from programs.rules.timing import entry_seconds, whole_minutes
from tests.programs.rules.assembling import changed, exercise_of, gaps, item, profile, routine, slugs


def test_r22_time_formula() -> None:
    """R22: sides x sets x reps x (hold + 4) + rests + 40; minutes x 60 + 20."""
    stretch = Dose(sets=2, reps=3, hold_seconds=30, rest_seconds=10, per_side=True)
    assert entry_seconds(Kind.STRETCH, stretch) == 12 * 34 + 11 * 10 + 40
    assert entry_seconds(Kind.STRENGTH, stretch) == 12 * 34 + 3 * 10 + 40
    assert entry_seconds(Kind.STRENGTH, replace(stretch, per_side=False, sets=1)) == 3 * 34 + 40
    assert entry_seconds(Kind.AEROBIC, Dose(minutes=15)) == 920


@pytest.mark.parametrize("name", templates())
def test_r22_template_minutes_are_those_of_the_table(name: str) -> None:
    """R21, R22, section E: every shipped template, untouched, has the minutes that stand beside it."""
    area, severity = name.rsplit("-", 1)
    regions = ("lumbar", "cervical") if area == "multi-region" else (area,)
    found = routine(*regions, severity=severity)
    assert found.template == name
    for day, wanted in templates()[name].days.items():
        assert slugs(found, day) == list(wanted)
        assert found.days[day].minutes == templates()[name].minutes[day]
    assert not found.left_out and not found.swaps and not found.needs_ok and not found.marks


def test_x11_what_is_active() -> None:
    assert not is_active(item("marching-seated", role=Role.OPENER))
    assert is_active(item("marching-seated"))
    resting = ("breathing", "side-lying-rest", "heat-pack", "cold-pack", "position-change", "break-planning")
    assert active_count(map(item, (*resting, "sleep-setup", "log-roll"))) == 0
    assert is_active(item("hip-hinge"))


@pytest.mark.parametrize(("severity", "most"), [("mild", 8), ("moderate", 6), ("severe", 4)])
def test_r20_the_last_active_entries_go(severity: str, most: int) -> None:
    first = ("knee-tuck-single", "pelvic-tilt", "bridge", "clamshell", "toe-raise", "heel-raise")
    names = (*first, "sit-to-stand", "sit-to-stand-high", "brace-heel-slide", "abdominal-brace")
    items = tuple(item(name, severity) for name in names)
    kept, dropped = r20_surplus(items, Severity(severity))
    assert kept == items[:most]
    assert dropped == items[most:][::-1]


def test_r20_left_out_by_its_rule() -> None:
    busy = routine("cervical", severity="mild")
    assert len(slugs(busy, "A")) == 9
    moderate = {"neck_isometric": exercise_of("neck-isometric")}
    assert gaps(routine("cervical", severity="mild", catalogue=changed(**moderate))) == {}


def test_r21_limits_with_a_tenth_more_rounded_down() -> None:
    for severity, limits in {"mild": (44, 55, 16), "moderate": (27, 33, 16), "severe": (23, 16, 16)}.items():
        assert tuple(limit(day, profile(severity=severity)) for day in "ABD") == limits
    assert limit("A", profile(minutes=60)) == 44
    assert limit("A", profile(minutes=20)) == 20


def test_x12_whole_minutes_halves_up() -> None:
    assert [whole_minutes(seconds) for seconds in (29, 30, 89, 90, 1230)] == [0, 1, 1, 2, 21]


def test_r23_relief_and_breathing_shorten_first_and_only_as_needed() -> None:
    """R19, R23: severe A is 20.8 minutes; 19 take two minutes of the relief, 15 a minute of the breathing."""

    def minutes(limit: int) -> tuple[object, object]:
        day = routine(severity="severe", minutes=limit).days["A"].items
        return day[0].dose.minutes, day[-1].dose.minutes

    assert minutes(21) == (10, 3)
    assert minutes(19) == (8, 3)
    assert minutes(16) == (5, 3)
    assert minutes(15) == (5, 2)


def test_r23_order_of_dropping() -> None:
    found = routine(minutes=20)
    assert slugs(found, "A") == ["marching-seated", "knee-tuck-alternating", "pelvic-tilt", "sit-to-stand", "breathing"]
    assert set(gaps(found).values()) == {"R23"}
    order = [gap.exercise for gap in found.left_out if gap.day == "A"]
    assert order == ["single-leg-stand", "bird-dog", "bridge", "heel-raise"]


def test_r23_fall_risk_keeps_balance_to_the_last() -> None:
    ok = ["single-leg-stand", "sit-to-stand", "heel-raise", "bird-dog"]
    found = routine(minutes=20, codes=("fall-risk",), ok=ok)
    assert slugs(found, "A")[1] == "single-leg-stand"
    assert gaps(found)["A", "bird-dog"] == "R23"


def test_x12_aerobic_minutes_are_cut_to_no_less_than_five() -> None:
    def bike(minutes: int) -> tuple[list[str], object]:
        found = routine(minutes=minutes)
        return slugs(found, "B"), found.days["B"].items[1].dose.minutes

    assert bike(20) == (["marching-standing", "stationary-bike", "calf-stretch-wall", "breathing"], 10)
    assert bike(15) == (["marching-standing", "stationary-bike", "calf-stretch-wall", "breathing"], 5)
    assert bike(10) == (["marching-standing", "stationary-bike", "breathing"], 5)


def test_x12_a_daily_set_drops_active_entries_first_and_keeps_one() -> None:
    assert slugs(routine(minutes=10), "D") == ["knee-tuck-single", "hamstring-stretch-supine"]
    severe = routine("cervical", severity="severe", minutes=10)
    assert slugs(severe, "D") == ["breathing", "shoulder-roll", "shoulder-shrug"]
    relief = routine(severity="severe", minutes=10).days["D"].items
    assert [entry.exercise for entry in relief] == ["ninety-ninety-rest", "seated-forward-bend", "breathing"]
    assert [entry.dose.minutes for entry in relief] == [5, None, 3]


def test_x12_one_active_entry_stays_even_when_it_is_too_long() -> None:
    dose = Dose(sets=9, reps=20, hold_seconds=9)
    huge = replace(exercise_of("knee-tuck-alternating"), doses={Severity.MILD: dose})
    items = (
        item("marching-seated", role=Role.OPENER),
        replace(item("bridge"), content=huge, dose=dose),
    )
    fitting = fit("A", items, profile(minutes=10))
    assert fitting.over
    assert tuple(fitting.items) == items
    long = replace(exercise_of("sit-to-stand"), doses=huge.doses)
    found = routine(catalogue=changed(sit_to_stand=long), minutes=10)
    assert slugs(found, "A") == ["marching-seated", "sit-to-stand", "breathing"]
    assert "still-over-time" in {row.key for row in found.explanation}


def test_r39_first_session() -> None:
    """R39, X18: one set; half the aerobic minutes, at least one; the rest as planned."""
    assert r39_test_dose(item("bridge")).dose.sets == 1
    assert r39_test_dose(item("stationary-bike")).dose.minutes == 15
    assert r39_test_dose(item("stationary-bike")).reasons[-1] == "R39"
    assert r39_test_dose(item("marching-standing", "severe")).dose.minutes == 1
    assert r39_test_dose(item("marching-seated")) == item("marching-seated")
    first = routine(first_session=True)
    assert {entry.dose.sets for day in first.days.values() for entry in day.items} == {1, None}


def test_x18_comes_before_the_time_limit() -> None:
    assert gaps(routine(first_session=True, minutes=30)) != gaps(routine(minutes=30))


def test_r29_only_whole_sets_under_the_cap() -> None:
    """R29, X15: caps per side; an unfinished set counts whole; nothing left hides the entry."""
    dose = Dose(sets=2, reps=10, daily_cap=25)
    assert [r29_sets_allowed(dose, done) for done in (0, 5, 10, 15, 16, 25, 99)] == [2, 2, 1, 1, 0, 0, 0]
    rotation = exercise_of("thoracic-rotation-seated").doses[Severity.SEVERE]
    assert r29_sets_allowed(rotation, 0) == 1
    assert r29_sets_allowed(rotation, rotation.reps or 0) == 0
    assert [r29_sets_allowed(Dose(minutes=8, daily_cap=10, cap_unit="minutes"), done) for done in (2, 3)] == [1, 0]


def test_r30_day_minutes() -> None:
    """R30, X15: relief, breathing, heat, cold and planning do not count; D loses entries from its end."""
    assert r30_counted_seconds(map(item, ("breathing", "side-lying-rest", "heat-pack"))) == 0
    assert r30_fits(60 * 60, Severity.MILD) and not r30_fits(60 * 60 + 1, Severity.MILD)
    assert r30_fits(40 * 60, Severity.MODERATE) and r30_fits(25 * 60, Severity.SEVERE)
    daily = (item("knee-tuck-single"), item("calf-stretch-wall"), item("breathing"))
    long = replace(item("stationary-bike"), dose=Dose(minutes=52))
    kept, lost = r30_shortened((long,), daily, Severity.MILD)
    assert kept == (daily[0], daily[2])
    assert lost == (daily[1],)


def test_r30_shortens_the_assembled_daily_set() -> None:
    """R30, X15: both fit their own limits, together they pass 40 minutes: D loses its last counted entry."""
    longer = {
        slug.replace("-", "_"): replace(
            exercise_of(slug), doses={Severity.MODERATE: replace(exercise_of(slug).doses[Severity.MODERATE], reps=reps)}
        )
        for slug, reps in (("pelvic-tilt", 20), ("lower-trunk-rotation", 19))
    }
    found = routine(severity="moderate", catalogue=changed(**longer))
    assert gaps(found) == {("D", "hamstring-stretch-seated"): "R30"}
    assert slugs(found, "D") == ["knee-tuck-single", "lower-trunk-rotation", "piriformis-stretch-seated"]
