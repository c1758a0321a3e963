"""What a device that keeps the day may start without a network: never more than with one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import OpenDay, Spare, keep_ready, open_day, open_relief
from programs.guided.ahead import after, is_repeatable
from programs.guided.care import Used
from programs.guided.dosing import used_today
from programs.models import Lock, Program, Session
from tests.conftest import House
from tests.programs.guided.factory import LUMBAR_SEVERE, on_program
from tests.programs.guided.telling import MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")
Ready = Callable[[Patient], tuple[OpenDay, Spare]]


@pytest.fixture
def ready() -> Ready:
    """Open the day at MONDAY and make its spare sessions."""

    def make(patient: Patient) -> tuple[OpenDay, Spare]:
        with time_machine.travel(MONDAY, tick=False):
            day = open_day(patient=patient, now=MONDAY)
            return day, keep_ready(patient=patient, day=day)

    return make


def plan_of(session: str) -> dict[str, Any]:
    """The frozen plan of a session."""
    plan: dict[str, Any] = Session.objects.get(pk=session).plan
    return plan


def doses(plan: dict[str, Any]) -> dict[str, Any]:
    """Slug to what is asked for."""
    return {item["slug"]: (item["dose"], item["cap_left"]) for item in plan["items"]}


def test_r28_the_next_session_of_the_day_is_that_of_the_day_after_the_first(patient: Patient, ready: Ready) -> None:
    day, spare = ready(patient)
    assert day.plan is not None and day.plan["days"] == ["A"]
    assert plan_of(spare.later)["days"] == ["D"]
    assert Session.objects.get(pk=spare.later).state == "minted"
    assert ready(patient)[1] == spare, "opened again, nothing new is made"
    assert Session.objects.count() == 3


def test_r29_what_the_first_session_may_use_is_used(patient: Patient, ready: Ready) -> None:
    """The most of each exercise that one of its lists asks for."""
    day, spare = ready(patient)
    assert day.plan is not None
    used = used_today(after(day.care, day.plan))
    tuck = next(item for item in day.plan["items"] if item["slug"] == "knee-tuck-single")
    sets = tuck["dose"]["sets"]
    assert used["knee-tuck-single"] == Used(sets=sets, reps=sets * tuck["dose"]["reps"])
    assert used["marching-seated"].seconds >= 60
    later = doses(plan_of(spare.later))["knee-tuck-single"]
    assert later[1] == tuck["cap_left"] - sets * tuck["dose"]["reps"]
    assert plan_of(spare.later)["first_session"] is True, "R39: not known to be done"


def test_r30_a_severe_day_has_its_second_relief_set(house: House, ready: Ready) -> None:
    patient = on_program(
        house.therapist, starts_on=MONDAY.date(), items=LUMBAR_SEVERE, profile={"severity": "severe"},
        severity="severe", week=[["D"]] * 7,
    )  # fmt: skip
    day, spare = ready(patient)
    assert day.plan is not None and spare.later not in {"", day.plan["session"]}
    assert plan_of(spare.later)["days"] == ["D"]


def test_x16_a_session_of_rest_positions_is_ready_beside_it(patient: Patient, ready: Ready) -> None:
    _day, spare = ready(patient)
    plan = plan_of(spare.relief)
    assert plan["kind"] == "relief" and plan["items"] and not plan["minimum"]
    made = open_relief(patient=patient, now=MONDAY)
    assert made is not None and made.kind == "relief"
    assert ready(patient)[1] == spare, "one that was made with a network does not push it out"


def test_s2_x14_only_what_the_day_allows_is_ready(patient: Patient, ready: Ready) -> None:
    """A lock H leaves rest positions; E and T leave nothing; a paused program has no second session."""
    Program.objects.filter(patient=patient).update(restricted_to="minimum", restricted_rule="X14")
    assert ready(patient)[1].later == ""
    lock = Lock.objects.create(patient=patient, level="H", rule="S22", key="k", opened_at=MONDAY)
    spare = ready(patient)[1]
    assert spare.later == "" and plan_of(spare.relief)["kind"] == "relief"
    Lock.objects.filter(pk=lock.pk).update(level="T")
    assert ready(patient)[1] == Spare()


def test_s32_nothing_is_ready_after_what_may_be_done_once(patient: Patient, ready: Ready) -> None:
    day, _spare = ready(patient)
    assert day.plan is not None and is_repeatable(day.plan)
    hang = {**day.plan, "items": [{**day.plan["items"][0], "slug": "bar-hang"}]}
    assert keep_ready(patient=patient, day=replace(day, plan=hang)) == Spare()
