"""The doses, caps and repetitions of a date (R28-R30, R39, S27, S29, S32)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Patient
from exercises.content import Lock as Restriction
from exercises.starter import load_starter
from programs.guided.actions import open_day
from programs.guided.care import Entry, PastSession, Used
from programs.guided.dosing import used_today, within_caps
from programs.guided.loading import load_care
from programs.guided.plan import build_plan
from programs.guided.startcheck import Dropped, judge_entry
from programs.models import Program
from tests.conftest import House
from tests.programs.guided.days import done, opened, slugs, under_way
from tests.programs.guided.factory import LUMBAR_SEVERE, on_program, revise
from tests.programs.guided.telling import DAY, MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def patient(house: House) -> Patient:
    """In the third week of a program."""
    return under_way(house)


def test_r28_no_a_after_an_a_across_revisions(patient: Patient) -> None:
    """R28, X14: A was done on Sunday under the old revision; a new one that starts with A on Monday gives the daily
    set instead."""
    done(patient, MONDAY - DAY, "A")
    revise(patient, MONDAY.date())
    assert opened(patient).offer.day == "D"


def test_r28_no_fifth_a_in_seven_days(patient: Patient) -> None:
    """R28: four A-days in the six days before bar a fifth."""
    for back in (6, 5, 4, 2):
        done(patient, MONDAY - back * DAY, "A")
    assert opened(patient).offer.day == "D"


def test_r28_aerobic_minutes_of_the_date_are_capped(house: House) -> None:
    """R28: 15 aerobic minutes were done today already, so the bike has 25 of its 30."""
    items = {"A": ("bridge",), "B": ("marching-seated", "stationary-bike", "breathing"), "D": ("walking-intervals",)}
    patient = on_program(
        house.therapist, starts_on=MONDAY.date() - DAY, items=items, profile={"severity": "mild"}, raises_or_adds=False
    )
    done(patient, MONDAY, "", kind="minimum", used={"walking-intervals": {"seconds": 15 * 60}})
    bike = opened(patient).plan["items"][1]  # type: ignore[index]
    assert (bike["slug"], bike["dose"]["minutes"]) == ("stationary-bike", 25)


def test_r39_the_first_session_is_a_test_dose(house: House) -> None:
    """R39, X18: one set of each set entry, half the aerobic minutes; the next A is whole."""
    patient = on_program(house.therapist, starts_on=MONDAY.date())
    first = opened(patient).plan
    assert first is not None and first["first_session"]
    assert {item["dose"]["sets"] for item in first["items"] if item["dose"]["type"] == "reps"} == {1}
    done(patient, MONDAY, "A")
    tuesday = opened(patient, MONDAY + DAY).plan
    assert tuesday is not None and tuesday["first_session"]
    walk = next(item for item in tuesday["items"] if item["slug"] == "walking-intervals")
    assert walk["dose"]["minutes"] == 7
    done(patient, MONDAY + DAY, "B")
    wednesday = opened(patient, MONDAY + 2 * DAY).plan
    assert wednesday is not None and not wednesday["first_session"]
    assert [each["waits"] for each in (first, tuesday, wednesday)] == [True, True, False]
    assert max(item["dose"].get("sets", 0) for item in wednesday["items"]) > 1


def test_r39_lasts_until_done_even_if_a_lighter_revision_follows(house: House) -> None:
    """X18: a revision that raises nothing does not end the test doses of the one before."""
    patient = on_program(house.therapist, starts_on=MONDAY.date())
    revise(patient, MONDAY.date(), raises_or_adds=False)
    assert opened(patient).plan["first_session"]  # type: ignore[index]


def test_the_first_guided_run_waits_for_the_patient_whatever_it_is(house: House) -> None:
    """Also where nothing is a test dose, and where it is the short session; not the one after it."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() - DAY, raises_or_adds=False)
    Program.objects.filter(patient=patient).update(restricted_to="minimum")
    first = opened(patient).plan
    assert first is not None and (first["kind"], first["first_session"], first["waits"]) == ("minimum", False, True)
    done(patient, MONDAY, "", kind="minimum")
    assert not opened(patient, MONDAY + DAY).plan["waits"]  # type: ignore[index]


def test_r39_a_refused_session_was_no_first_session(house: House) -> None:
    """X18, S2: what was never allowed to start does not count."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() - 2 * DAY)
    done(patient, MONDAY - 2 * DAY, "A", state="refused", started_at=None)
    assert opened(patient).plan["first_session"]  # type: ignore[index]


def test_r29_the_cap_counts_every_session_of_the_date(patient: Patient) -> None:
    """R29, X15: two sets of 3 of the knee tuck were begun; the cap of 12 leaves two sets of 3. At 10 only whole sets
    count, so none is left and the entry is hidden."""
    sunday = MONDAY + 6 * DAY
    done(patient, sunday, "", kind="relief", used={"knee-tuck-single": {"sets_begun": 2, "reps_begun": 6, "sets": 2}})
    plan = opened(patient, sunday + timedelta(hours=1)).plan
    tuck = next(item for item in plan["items"] if item["slug"] == "knee-tuck-single")  # type: ignore[index]
    assert (tuck["cap_left"], tuck["sets_allowed"]) == (6, 1)
    done(patient, sunday, "", kind="relief", used={"knee-tuck-single": {"sets_begun": 2, "reps_begun": 4, "sets": 2}})
    assert "knee-tuck-single" not in slugs(opened(patient, sunday + timedelta(hours=2)).plan)


def test_s29_s27_s32_hold_whoever_set_the_dose(house: House) -> None:
    """S29: a bridge is held 30 seconds at most; S27: warmth 15 minutes; S32: hanging once, once a day."""
    starter = load_starter()
    limits: tuple[tuple[str, dict[str, Any], dict[str, int]], ...] = (
        ("bridge", {"hold_seconds": 90}, {"hold_seconds": 30}),
        ("plank-knee", {"hold_seconds": 30}, {"hold_seconds": 20}),
        ("hamstring-stretch-supine", {"hold_seconds": 60}, {"hold_seconds": 60}),
        ("heat-pack", {"minutes": 40}, {"minutes": 15}),
        ("bar-hang", {"sets": 3}, {"sets": 1, "reps": 1}),
    )
    for slug, given, found in limits:
        exercise = starter.by_slug[slug]
        entry = Entry("A", exercise, next(iter(exercise.doses.values())))
        allowed = within_caps(entry, replace(entry.dose, daily_cap=999, **given), Used())
        assert allowed is not None and {name: getattr(allowed.dose, name) for name in found} == found
    hang = Entry("A", starter.by_slug["bar-hang"], next(iter(starter.by_slug["bar-hang"].doses.values())))
    assert within_caps(hang, replace(hang.dose, daily_cap=9), Used(done=True)) is None


def test_r29_a_core_block_uses_up_its_parts_caps(patient: Patient) -> None:
    """X19: what the block did, each of its parts did."""
    starter = load_starter()
    block = Entry("A", starter.by_slug["dls-block"], next(iter(starter.by_slug["dls-block"].doses.values())))
    care = load_care(patient, MONDAY)
    assert care.revision is not None
    session = PastSession(
        "s",
        care.today,
        1,
        ("A",),
        "full",
        "finished",
        used={"dls-block": Used(sets=2, reps=12), "bridge": Used(reps=5)},
    )
    with_block = replace(
        care,
        revision=replace(care.revision, entries=(replace(block, parts=("bridge", "supine-march")),)),
        sessions=(session,),
    )
    used = used_today(with_block)
    assert (used["bridge"].reps, used["supine-march"].reps, used["dls-block"].reps) == (17, 12, 12)


def test_s17_a_stopped_entry_is_not_offered_again_that_day(patient: Patient) -> None:
    """S17, S20, safety X14: off in every session of the date; back the next day."""
    done(patient, MONDAY, "A", used={"knee-tuck-single": {"sets": 1, "off_today": True}})
    plan = opened(patient, MONDAY + timedelta(hours=1)).plan
    assert plan is not None and plan["days"] == ["D"]
    assert "knee-tuck-single" not in slugs(plan) and "lower-trunk-rotation" in slugs(plan)
    assert "knee-tuck-single" in slugs(opened(patient, MONDAY + 2 * DAY).plan)


def test_r30_two_sessions_a_day(patient: Patient) -> None:
    """R30: A, then the daily set, and that is enough."""
    done(patient, MONDAY, "A")
    second = opened(patient, MONDAY + timedelta(hours=1))
    assert (second.offer.state, second.offer.day) == ("session", "D")
    done(patient, MONDAY + timedelta(hours=2), "D")
    assert open_day(patient=patient, now=MONDAY + timedelta(hours=3)).offer.state == "finished"


def test_x15_severe_relief_sets_three_times_a_day(house: House) -> None:
    """X15: in severe the daily set is relief: three times, and not one of the two sessions."""
    patient = on_program(
        house.therapist, starts_on=MONDAY.date(), items=LUMBAR_SEVERE, profile={"severity": "severe"},
        week=[["A", "D"], ["B", "D"], ["D"], ["A", "D"], ["B", "D"], ["D"], ["D"]],
    )  # fmt: skip
    done(patient, MONDAY, "A")
    for hour in (1, 2, 3):
        assert opened(patient, MONDAY + timedelta(hours=hour)).offer.day == "D"
        done(patient, MONDAY + timedelta(hours=hour), "D")
    assert open_day(patient=patient, now=MONDAY + timedelta(hours=4)).offer.state == "finished"


def test_r30_the_minutes_of_the_date_are_capped(house: House) -> None:
    """R30: severe has 25 minutes; after 24 the daily set keeps only what does not count."""
    patient = on_program(house.therapist, starts_on=MONDAY.date(), items=LUMBAR_SEVERE, profile={"severity": "severe"})
    done(patient, MONDAY, "A", used={"walking-intervals": {"seconds": 24 * 60}})
    plan = opened(patient, MONDAY + timedelta(hours=1)).plan
    assert slugs(plan) == ["ninety-ninety-rest", "breathing"]


def test_s32_r11_what_is_not_for_home_is_in_no_session(patient: Patient) -> None:
    """S32, HZ14: never, whoever put it into the program: by its own version, or by what an editor added since."""
    care = load_care(patient, MONDAY)
    assert care.revision is not None
    entry = next(one for one in care.revision.of_day("A") if one.slug == "bridge")
    locked = replace(entry.exercise, locks=(*entry.exercise.locks, Restriction.NOT_AT_HOME))
    assert judge_entry(entry, care) is None
    assert judge_entry(replace(entry, exercise=locked), care) == Dropped("bridge", "R11")
    since = replace(care, catalogue={**care.catalogue, "bridge": locked})
    plan = build_plan(since, session="s", kind="full", day="A")
    assert "bridge" not in [item["slug"] for item in plan["items"]]
