"""From a revision, a date and a history to the plan of one session."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Patient
from exercises.actions import publish, start_draft
from exercises.figure_actions import set_figure
from exercises.models import Exercise, ExerciseVersion
from programs.guided.actions import open_day
from programs.models import CheckIn, Lock, PatientPrecaution, ScreenRecord, Session
from tests.conftest import House
from tests.programs.guided.days import done, opened, slugs, under_way
from tests.programs.guided.factory import on_program, screened
from tests.programs.guided.telling import DAY, MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def patient(house: House) -> Patient:
    """In the third week of a program."""
    return under_way(house)


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
