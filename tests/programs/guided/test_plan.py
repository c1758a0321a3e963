"""From a revision, a date and a history to the plan of one session."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Patient
from exercises.actions import publish, start_draft
from exercises.content import Lock as Restriction
from exercises.figure_actions import set_figure
from exercises.models import Exercise, ExerciseVersion
from exercises.starter import load_starter
from programs.guided.actions import OpenDay, open_day, open_relief
from programs.guided.care import Care, Entry, PastSession, Permission, Used
from programs.guided.dosing import used_today, within_caps
from programs.guided.loading import load_care
from programs.guided.plan import build_plan
from programs.guided.startcheck import Dropped, judge_entry
from programs.models import (
    Alert,
    CheckIn,
    EntryPermission,
    Lock,
    PatientPrecaution,
    Program,
    ScreenRecord,
    Session,
    TickedEntry,
)
from tests.conftest import House
from tests.programs.guided.factory import LUMBAR_SEVERE, on_program, revise, screened

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("catalogue")


def opened(patient: Patient, at: datetime = MONDAY) -> OpenDay:
    """The day of the patient at a moment; fails where nothing may be started."""
    day = open_day(patient=patient, now=at)
    assert day.plan is not None, day.offer
    return day


def done(
    patient: Patient, at: datetime, day: str, *, used: dict[str, dict[str, Any]] | None = None, **values: Any
) -> Session:
    """A finished session of the revision in force."""
    items = {slug: {"slug": slug, **use} for slug, use in (used or {}).items()}
    defaults: dict[str, Any] = {
        "revision": patient.program.current,
        "zone": patient.time_zone,
        "plan": {},
        "state": "finished",
        "started_at": at,
        "ended_at": at + timedelta(minutes=20),
        "summary": {"items": items},
    }
    return Session.objects.create(
        patient=patient,
        local_date=at.astimezone(patient.zone).date(),
        days=[day] if day else [],
        **defaults | values,
    )


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient whose program began two weeks before MONDAY, a Monday, with both first sessions done."""
    found = on_program(house.therapist, starts_on=MONDAY.date() - 14 * DAY)
    done(found, MONDAY - 14 * DAY, "A")
    done(found, MONDAY - 13 * DAY, "B")
    screened(found, MONDAY - 2 * DAY)
    return found


def slugs(plan: dict[str, Any] | None, part: str = "items") -> list[str]:
    """The slugs of a part of the plan."""
    return [item["slug"] for item in (plan or {})[part]]


def test_x14_day_1_of_the_week_is_the_day_the_program_starts(patient: Patient) -> None:
    """X14: A on the Monday it began and two weeks later, B on Tuesdays, D alone on Sundays."""
    assert opened(patient).offer.day == "A"
    assert opened(patient, MONDAY + DAY).offer.day == "B"
    assert opened(patient, MONDAY + 6 * DAY).offer.day == "D"


def test_before_the_start_nothing_is_offered(house: House) -> None:
    """X14: the program begins on its day, not before."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() + DAY)
    assert open_day(patient=patient, now=MONDAY).offer.state == "not-yet"
    assert opened(patient, MONDAY + DAY).offer.day == "A"


def test_r36_a_missed_day_is_not_stacked(patient: Patient) -> None:
    """R36: Monday's A was missed; Tuesday still has B alone."""
    day = opened(patient, MONDAY + DAY)
    assert day.offer.day == "B"
    assert {item["day"] for item in day.plan["items"]} == {"B"}  # type: ignore[index]


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
    assert max(item["dose"].get("sets", 0) for item in wednesday["items"]) > 1


def test_r39_lasts_until_done_even_if_a_lighter_revision_follows(house: House) -> None:
    """X18: a revision that raises nothing does not end the test doses of the one before."""
    patient = on_program(house.therapist, starts_on=MONDAY.date())
    revise(patient, MONDAY.date(), raises_or_adds=False)
    assert opened(patient).plan["first_session"]  # type: ignore[index]


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


def test_r12_a_new_code_drops_the_entry_and_tells_the_therapist(patient: Patient) -> None:
    """R12, HZ05: `fall-risk` came on after approval: held entries are not offered; one note per entry."""
    PatientPrecaution.objects.create(patient=patient, code="fall-risk", on_at=MONDAY)
    day = opened(patient)
    assert not {"sit-to-stand", "heel-raise"} & set(slugs(day.plan))
    assert day.left_out == 2
    notes = set(
        Alert.objects.filter(patient=patient, level="note", rule="R12").values_list("params__exercise", flat=True)
    )
    assert notes == {"sit-to-stand", "heel-raise"}
    opened(patient)
    assert Alert.objects.filter(patient=patient).count() == 2


def test_r12_a_tick_brings_a_held_entry_back(patient: Patient) -> None:
    """R12, X6: the OK covers the code that it was made for, not a later one."""
    PatientPrecaution.objects.create(patient=patient, code="fall-risk", on_at=MONDAY)
    TickedEntry.objects.create(
        patient=patient, exercise="sit-to-stand", codes=["fall-risk"], ticked_by=patient.therapist
    )
    assert "sit-to-stand" in slugs(opened(patient).plan)
    PatientPrecaution.objects.create(patient=patient, code="knee-pain", on_at=MONDAY)
    assert "sit-to-stand" not in slugs(opened(patient).plan)


@pytest.mark.parametrize(
    "code", ["dvt-suspected", "progressive-weakness", "heart-disease-unstable", "cervical-myelopathy"]
)
def test_r10_a_blocking_code_closes_the_day(patient: Patient, code: str) -> None:
    """R10, R6, X4: while the code is on nothing starts, and no relief either."""
    PatientPrecaution.objects.create(patient=patient, code=code, on_at=MONDAY)
    offer = open_day(patient=patient, now=MONDAY).offer
    assert (offer.state, offer.kind, offer.relief) == ("closed", "", False)


@pytest.mark.parametrize(("levels", "gravest", "relief"), [("H", "H", True), ("TH", "T", False), ("HTE", "E", False)])
def test_s2_an_open_lock_beats_everything(patient: Patient, levels: str, gravest: str, relief: bool) -> None:
    """S2, X7: nothing starts; the gravest decides what is shown; H alone leaves the rest positions."""
    for level in levels:
        Lock.objects.create(patient=patient, level=level, rule="S9", key=level, opened_at=MONDAY)
    day = open_day(patient=patient, now=MONDAY)
    assert (day.offer.state, day.care.gravest, day.offer.relief) == ("locked", gravest, relief)
    assert (open_relief(patient=patient, now=MONDAY) is not None) is relief


def test_s13_a_walking_lock_holds_walking_entries_only(patient: Patient) -> None:
    """S13, X7: aerobic entries that start standing are held; the rest of the day stays."""
    Lock.objects.create(patient=patient, level="H", scope="walking", rule="S13", key="w", opened_at=MONDAY)
    plan = opened(patient, MONDAY + DAY).plan
    assert "walking-intervals" not in slugs(plan) and "seated-forward-bend" in slugs(plan)


@pytest.mark.parametrize(("restriction", "kind"), [("minimum", "minimum"), ("relief", "relief")])
def test_x14_a_paused_program_offers_only_what_is_left(patient: Patient, restriction: str, kind: str) -> None:
    """Safety X14, P14: minimum plan or relief only, until the therapist restarts."""
    Program.objects.filter(patient=patient).update(restricted_to=restriction)
    day = opened(patient)
    assert day.offer.kind == kind
    assert slugs(day.plan) == slugs(day.plan, "minimum" if kind == "minimum" else "relief_only")
    assert bool(slugs(day.plan, "minimum")) == (kind == "minimum"), "relief has no exercise to fall back on"


def test_x16_minimum_plan_and_relief_are_in_every_plan(patient: Patient) -> None:
    """X16: march, easy mobility, 2 minutes of breathing, 5 of the saved relief position; relief: saved one first."""
    plan = opened(patient).plan
    assert plan is not None
    assert slugs(plan, "minimum") == ["marching-seated", "pelvic-tilt-seated", "breathing", "ninety-ninety-rest"]
    assert [item["dose"].get("minutes") for item in plan["minimum"][2:]] == [2, 5]
    assert slugs(plan, "relief_only")[0] == "ninety-ninety-rest"
    assert "heat-pack" not in slugs(plan, "relief_only")
    assert plan["relief"]["slug"] == "ninety-ninety-rest" and plan["relief"]["seconds"] == 300


def test_x2_usual_pain_is_the_median_of_seven_days(patient: Patient) -> None:
    """Safety X2: the last check-in of at least 3 dates; a half is kept; else the therapist's number."""
    assert opened(patient).plan["usual"] == {"spine": 3, "limb": 4}  # type: ignore[index]
    scores = [(1, 9, 9), (1, 5, 1), (2, 6, 2), (3, 5, 1), (4, 6, 2), (8, 0, 0)]
    for number, (back, spine, limb) in enumerate(scores):
        at = MONDAY - back * DAY + timedelta(minutes=number)
        session = done(patient, at, "", kind="relief")
        CheckIn.objects.create(
            patient=patient,
            session=session,
            at=at,
            local_date=at.date(),
            spine=spine,
            limb=limb,
            answers={},
            row="C13",
            outcome="start",
        )
    assert opened(patient).plan["usual"] == {"spine": 5.5, "limb": 1.5}  # type: ignore[index]


def test_s1_the_full_screen_is_due(house: House) -> None:
    """S1, safety X4, X8: never asked, after 7 dates, after an S1 event, after a release, after 14 dates away."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() - 30 * DAY)

    def due() -> bool:
        return bool(opened(patient).plan["full_screen_due"])  # type: ignore[index]

    assert due()
    screen = screened(patient, MONDAY - 6 * DAY)
    assert not due()
    ScreenRecord.objects.filter(pk=screen.pk).update(local_date=MONDAY.date() - 7 * DAY, at=MONDAY - 7 * DAY)
    assert due()
    screened(patient, MONDAY - 2 * DAY)
    event = ScreenRecord.objects.create(patient=patient, at=MONDAY - DAY, local_date=MONDAY.date() - DAY, scope="event")
    assert due()
    event.delete()
    lock = Lock.objects.create(
        patient=patient, level="T", rule="S12", key="k", opened_at=MONDAY - 3 * DAY, released_at=MONDAY - DAY,
        released_by=patient.therapist, release_reason="seen",
    )  # fmt: skip
    assert due()
    lock.delete()
    done(patient, MONDAY - 14 * DAY, "A")
    assert due()
    done(patient, MONDAY - 13 * DAY, "B")
    assert not due()


def test_s22_the_last_session_of_an_earlier_date_is_asked_about_once(patient: Patient) -> None:
    """S22, safety X13: with the hours since it ended and its baseline; never again once answered."""
    last = done(patient, MONDAY - DAY, "D", baseline_spine=3, baseline_limb=2)
    asked = opened(patient).plan["last_session"]  # type: ignore[index]
    assert asked == {"id": str(last.pk), "hours_ago": 23.67, "baseline_spine": 3, "baseline_limb": 2}
    Session.objects.filter(pk=last.pk).update(next_day="fine")
    assert opened(patient).plan["last_session"] is None  # type: ignore[index]


def test_s23_a_permission_counts_for_its_entry_before_its_expiry(patient: Patient) -> None:
    """S23, S20, safety X15: never in walking entries; 0 after the date."""
    for exercise, expires in (("bridge", None), ("heel-raise", MONDAY), ("walking-intervals", None)):
        EntryPermission.objects.create(
            patient=patient,
            exercise=exercise,
            rise_limit=2,
            centralising_ok=True,
            expires_at=expires,
            set_by=patient.therapist,
        )
    items = {item["slug"]: item for item in opened(patient).plan["items"]}  # type: ignore[index]
    assert (items["bridge"]["rise_limit"], items["bridge"]["centralising_ok"]) == (2, True)
    assert (items["heel-raise"]["rise_limit"], items["heel-raise"]["centralising_ok"]) == (0, False)
    walk = next(i for i in opened(patient, MONDAY + DAY).plan["items"] if i["slug"] == "walking-intervals")  # type: ignore[index]
    assert (walk["kind"], walk["rise_limit"]) == ("walk", 0)


def test_x11_a_neck_in_the_plan_makes_walking_ordinary(house: House) -> None:
    """Safety X11: walk kind only where lumbar is the only region."""
    patient = on_program(house.therapist, starts_on=MONDAY.date() - DAY, profile={"regions": ("lumbar", "cervical")})
    plan = opened(patient).plan
    assert plan is not None and not plan["walk_allowed"]
    assert {item["kind"] for item in plan["items"]} == {"ordinary"}


def test_s26_sugar_is_asked_with_insulin(patient: Patient) -> None:
    """S26: only with the code."""
    assert not opened(patient).plan["ask_sugar"]  # type: ignore[index]
    PatientPrecaution.objects.create(patient=patient, code="diabetes-insulin", on_at=MONDAY)
    assert opened(patient).plan["ask_sugar"]  # type: ignore[index]


def test_x18_what_is_left_seated_or_lying(patient: Patient) -> None:
    """Safety X18: sitting, supine, side; getting up from a chair is not seated."""
    left = {item["slug"] for item in opened(patient).plan["items"] if item["seated_or_lying"]}  # type: ignore[index]
    assert {"marching-seated", "bridge", "breathing"} <= left
    assert not {"sit-to-stand", "heel-raise"} & left


def test_after_a_session_that_a_rule_ended_only_relief_is_left(patient: Patient) -> None:
    """S18, read cautiously: no further exercise on that date."""
    done(patient, MONDAY, "A", state="ended", end_row="T8", end_rule="S18")
    offer = open_day(patient=patient, now=MONDAY + timedelta(hours=1)).offer
    assert (offer.state, offer.relief) == ("stopped", True)
    assert opened(patient, MONDAY + DAY).offer.day == "B"


def test_the_unused_session_is_kept_while_its_plan_holds(patient: Patient) -> None:
    """The same UUID for a reload; a new one, and the old plan untouched, when anything changed."""
    first = opened(patient).plan
    again = opened(patient, MONDAY + timedelta(hours=1)).plan
    assert first is not None and again is not None and first["session"] == again["session"]
    PatientPrecaution.objects.create(patient=patient, code="fall-risk", on_at=MONDAY)
    changed = opened(patient, MONDAY + timedelta(hours=2)).plan
    assert changed is not None and changed["session"] != first["session"]
    assert Session.objects.get(pk=first["session"]).plan == first


@pytest.mark.parametrize(
    ("zone", "at", "today"),
    [
        ("Pacific/Kiritimati", datetime(2026, 11, 22, 11, 0, tzinfo=UTC), date(2026, 11, 23)),
        ("America/New_York", datetime(2026, 11, 24, 4, 30, tzinfo=UTC), date(2026, 11, 23)),
        ("Europe/London", datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        ("Africa/Cairo", datetime(2026, 4, 23, 22, 30, tzinfo=UTC), date(2026, 4, 24)),
    ],
)
def test_x3_today_is_the_patients(house: House, zone: str, at: datetime, today: date) -> None:
    """Safety X3: the local date of the patient's zone, also where the clock changes or midnight does not exist."""
    patient = on_program(house.therapist, starts_on=today)
    Patient.objects.filter(pk=patient.pk).update(time_zone=zone)
    patient.refresh_from_db()
    plan = opened(patient, at).plan
    assert plan is not None and plan["local_date"] == today.isoformat() and plan["days"] == ["A"]


def test_the_days_queries_do_not_grow(patient: Patient) -> None:
    """Query count of the day: the same with two sessions and with forty, with none and with ten check-ins."""

    def queries() -> int:
        opened(patient)
        with CaptureQueriesContext(connection) as seen:
            opened(patient)
        return len(seen)

    few = queries()
    for back in range(1, 12):
        for hour in (1, 2, 3):
            session = done(patient, MONDAY - back * DAY + timedelta(hours=hour), "", kind="relief")
        CheckIn.objects.create(
            patient=patient, session=session, at=MONDAY - back * DAY, local_date=MONDAY.date() - back * DAY,
            spine=3, limb=3, answers={}, row="C13", outcome="start",
        )  # fmt: skip
        screened(patient, MONDAY - back * DAY)
    assert queries() == few


@pytest.mark.parametrize("same_steps", [True, False])
def test_a_program_from_before_the_figures_shows_them_where_the_steps_are_the_same(
    house: House, same_steps: bool
) -> None:
    """The version stays the one that was approved; only its picture comes from the version in force."""

    def publish_next(figure: Any, steps: list[str]) -> None:
        draft = start_draft(exercise=Exercise.objects.in_force(house.clinic).get(slug="bridge"), by=house.editor)
        set_figure(version=draft, figure=figure, seen=draft.edit_count, by=house.editor)
        ExerciseVersion.objects.filter(pk=draft.pk).update(steps=steps)
        draft.refresh_from_db()
        publish(version=draft, seen=draft.edit_count, by=house.editor)

    shared = ExerciseVersion.objects.get(exercise__slug="bridge")
    assert shared.figure
    publish_next(None, shared.steps)
    items: dict[str, tuple[str, ...]] = {"A": ("marching-seated", "bridge", "breathing")}
    patient = on_program(house.therapist, starts_on=MONDAY.date(), items=items, week=[["A"]] * 7)
    publish_next(shared.figure, shared.steps if same_steps else ["Lie down.", "Lift your hips.", "Lower them."])
    plan = opened(patient).plan
    assert plan is not None
    item = plan["items"][1]
    assert (item["slug"], item["version"]) == ("bridge", 1)
    assert bool(item["picture"]) is bool(item["figure"]) is same_steps


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


@pytest.mark.parametrize("code", ["cervical-myelopathy", "thoracic-myelopathy"])
def test_s23_no_rise_is_allowed_with_a_myelopathy_code(patient: Patient, code: str) -> None:
    """S23, safety X15: a permission from before the code counts for nothing."""
    allowed = replace(load_care(patient, MONDAY), permissions={"bridge": Permission(rise_limit=2)})

    def limit(care: Care) -> int:
        plan = build_plan(care, session="s", kind="full", day="A")
        return next(int(item["rise_limit"]) for item in plan["items"] if item["slug"] == "bridge")

    assert limit(allowed) == 2
    assert limit(replace(allowed, codes=allowed.codes | {code})) == 0
