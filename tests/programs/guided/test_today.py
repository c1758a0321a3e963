"""The patient's day, through its page."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.devices import CONFIRMED_KEY
from accounts.models import Patient
from programs.guided import offers
from programs.guided.actions import open_day
from programs.guided.loading import RELIEF_SLUGS
from programs.models import Lock, Program, Session
from tests import factories
from tests.conftest import House
from tests.programs.guided.factory import Device, on_program, screened
from tests.programs.guided.telling import MONDAY
from tests.strict import StrictClient

DAY = timedelta(days=1)
Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient whose program starts on MONDAY."""
    return on_program(house.therapist, starts_on=MONDAY.date())


def page_of(client: StrictClient) -> str:
    """The day's page as text."""
    response = client.get(reverse("guided:today"))
    assert response.status_code == 200
    return str(response.content.decode())


@time_machine.travel(MONDAY, tick=False)
def test_the_day_leads_to_its_session(patient: Patient, client_for: Clients) -> None:
    """Greeting, what comes, what is needed, the clinic's phone, and one way to start."""
    client = client_for(patient)
    page = page_of(client)
    session = Session.objects.get(patient=patient, days=["A"])
    assert "Good morning, Rosa" in page and "strength and control" in page and "8 exercises" in page
    assert "your bed" in page and "a firm chair" in page and "first time with this plan" in page
    assert reverse("guided:session", args=[session.pk]) in page
    assert patient.clinic.phone in page and "Nobody is watching this app" in page
    assert re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL).count('class="button button--big') == 1
    made = list(Session.objects.filter(patient=patient).values_list("kind", "days"))
    assert sorted(made) == [("full", ["A"]), ("full", ["D"]), ("relief", [])], "for a day without a network (ahead)"
    page_of(client)
    assert Session.objects.filter(patient=patient).count() == len(made)


@pytest.mark.parametrize(("hour", "words"), [(5, "Good morning"), (13, "Good afternoon"), (20, "Good evening")])
def test_the_greeting_goes_by_the_patients_clock(patient: Patient, client_for: Clients, hour: int, words: str) -> None:
    """Not by the server's. Kept by a device, it may be read at another time of the day: there it is neutral."""
    with time_machine.travel(MONDAY.replace(hour=hour), tick=False):
        page = page_of(client_for(patient))
    assert f'<span class="when-live">{words}, Rosa</span><span class="when-kept">Hello, Rosa</span>' in page


@time_machine.travel(MONDAY, tick=False)
def test_hz06_the_day_asks_who_is_there_first(patient: Patient, client_for: Clients) -> None:
    """HZ06: nothing of the plan is shown, and no session made, before "Yes, this is me"."""
    client = client_for(patient)
    session = client.session
    del session[CONFIRMED_KEY]
    session.save()
    page = page_of(client)
    assert "Is this you?" in page and "Rosa" in page and "strength" not in page
    assert not Session.objects.exists()
    own_page = client.get(reverse("accounts:confirm-me")).content.decode()
    assert own_page.partition("<main")[2].count("Yes, this is me") == page.count("Yes, this is me") == 1
    assert client.post(reverse("accounts:confirm-me"), {"answer": "yes"}).status_code == 302
    assert "strength and control" in page_of(client)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("E", "Please call 999 now"),
        ("T", "Please phone your clinic today"),
        ("H", "Exercise is paused"),
    ],
)
@time_machine.travel(MONDAY, tick=False)
def test_s2_a_locked_day_has_no_way_to_start(patient: Patient, client_for: Clients, level: str, said: str) -> None:
    """S2, S4, S31: the words of the level, the number large, no Start, no session, no disease named."""
    Lock.objects.create(patient=patient, level=level, rule="S5", key="k", opened_at=MONDAY)
    client = client_for(patient)
    page = page_of(client)
    assert said in page and "Nobody is watching this app" in page
    assert "Start" not in page and not re.search(r"(href|action)=\"/sessions/", page)
    assert ("Your rest positions" in page) == (level == "H")
    assert page.count("tel:") == 1 or level != "E", "nothing but the emergency number"
    assert not Session.objects.exclude(kind="relief").exists()
    response = client.post(reverse("guided:rest"))
    assert ("/sessions/" in response["Location"]) == (level == "H")


@time_machine.travel(MONDAY, tick=False)
def test_s31_the_call_screen_names_both_numbers(patient: Patient, client_for: Clients) -> None:
    """T: the clinic's number, the line for out of hours, and S31's words."""
    Lock.objects.create(patient=patient, level="T", rule="S5", key="k", opened_at=MONDAY)
    page = page_of(client_for(patient))
    assert "020 7946 0111" in page and 'class="button call-button"' in page


@time_machine.travel(MONDAY, tick=False)
def test_states_without_a_session(house: House, client_for: Clients) -> None:
    """No program, not begun, a rest day, care ended: each says so, and none starts anything."""
    new = factories.make_patient(house.therapist, "Nina")
    assert "Your plan is not ready yet" in page_of(client_for(new))
    early = on_program(house.therapist, starts_on=MONDAY.date() + 3 * DAY)
    assert "It begins on Thursday 26 November" in page_of(client_for(early))
    resting = on_program(house.therapist, starts_on=MONDAY.date(), week=[[], ["A"]])
    page = page_of(client_for(resting))
    assert "Today is a rest day" in page and "Tomorrow: strength and control" in page
    gone = on_program(house.therapist, starts_on=MONDAY.date())
    Patient.objects.filter(pk=gone.pk).update(discharged_at=MONDAY)
    ended = page_of(client_for(Patient.objects.get(pk=gone.pk)))
    assert "Your care with us has ended" in ended and 'class="week"' not in ended
    Lock.objects.create(patient=gone, level="E", rule="S5", key="k", opened_at=MONDAY)
    assert "Good morning" in page_of(client_for(Patient.objects.get(pk=gone.pk))), "a lock adds nothing to it"
    assert not Session.objects.exclude(kind="relief").exists()


@time_machine.travel(MONDAY, tick=False)
def test_x14_a_day_of_rest_positions_names_nothing_else(patient: Patient, client_for: Clients) -> None:
    """X14: while the program is paused to relief, the day says so, and its session holds relief alone."""
    Program.objects.filter(patient=patient).update(restricted_to="relief", restricted_rule="X14")
    page = page_of(client_for(patient))
    session = Session.objects.get(patient=patient)
    assert session.kind == "relief" and session.plan["items"]
    assert {item["slug"] for item in session.plan["items"]} <= set(RELIEF_SLUGS)
    assert page.count("Show my rest positions") == 1 and reverse("guided:session", args=[session.pk]) in page
    assert "Your rest positions" in page
    for wrong in ("exercises</p>", "What you will do", "strength and control", "Bridge"):
        assert wrong not in page
    Program.objects.filter(patient=patient).update(restricted_to="minimum")
    assert 'class="week"' not in page_of(client_for(patient)), "no day comes as it was planned"


STATES = re.findall(r'Offer\("([a-z-]+)"', inspect.getsource(offers))


@pytest.mark.parametrize("state", sorted({*STATES, "relief", "start"} - {"again", "session", "minimum"}))
def test_every_state_of_the_day_has_its_page(state: str) -> None:
    """What starts a session is one of two pages; every other state has its own."""
    get_template(f"programs/guided/today_states.html#{state.replace('-', '_')}")


@pytest.mark.parametrize(
    ("answer", "said"), [("dizzy-now", "No exercise today."), ("", "You did the right thing by stopping.")]
)
@time_machine.travel(MONDAY, tick=False)
def test_s24_a_day_without_exercise_tells_not_well_from_stopped(
    patient: Patient, client_for: Clients, answer: str, said: str
) -> None:
    """S24, S18: nobody is praised for stopping who had not begun."""
    screened(patient, MONDAY - DAY)
    client = client_for(patient)
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    device = Device(client, plan, MONDAY - timedelta(minutes=5))
    if answer:
        device.send(device.check_in(q5=answer))
    else:
        device.send(device.check_in(), device.start(), device.pain(plan["items"][0]["id"], spine=9))
    page = page_of(client)
    other = {"No exercise today.", "You did the right thing by stopping."} - {said}
    assert said in page and other.pop() not in page
    assert "What you will do" not in page


@time_machine.travel(MONDAY, tick=False)
def test_a_finished_day_says_what_comes_tomorrow(patient: Patient, client_for: Clients) -> None:
    """R30: after both sessions nothing more is offered; the strip shows the day as done."""
    for day in ("A", "D"):
        Session.objects.create(
            patient=patient, revision=patient.program.current, local_date=MONDAY.date(), zone="Europe/London",
            days=[day], plan={}, state="finished", started_at=MONDAY, ended_at=MONDAY,
        )  # fmt: skip
    page = page_of(client_for(patient))
    assert "You are done for today" in page and "Tomorrow: fitness" in page
    assert 'class="week__done week__today" aria-current="date"' in page


@time_machine.travel(MONDAY, tick=False)
def test_a_session_under_way_can_go_on(patient: Patient, client_for: Clients) -> None:
    """Safety X5: within 30 minutes the day leads back to it."""
    screened(patient, MONDAY - DAY)
    client = client_for(patient)
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    device = Device(client, plan, MONDAY - timedelta(minutes=3))
    assert device.send(device.check_in(), device.start()).status_code == 200
    page = page_of(client)
    assert "Go on" in page and reverse("guided:session", args=[plan["session"]]) in page


@time_machine.travel(MONDAY, tick=False)
def test_sessions_of_others_are_not_found(
    house: House, patient: Patient, other_house: House, client_for: Clients
) -> None:
    """A foreign session and a missing one answer alike."""
    page_of(client_for(patient))
    session = Session.objects.get(patient=patient, days=["A"])
    client = client_for(house.second_patient)
    missing = client.get(reverse("guided:session", args=["01900000-0000-7000-8000-000000000000"]))
    foreign = client.get(reverse("guided:session", args=[session.pk]))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


@time_machine.travel(MONDAY, tick=False)
def test_the_days_page_asks_a_constant_number_of_queries(patient: Patient, client_for: Clients) -> None:
    """The same however many sessions came before, and however many entries the program has."""
    client = client_for(patient)
    page_of(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client)
        return len(seen)

    few = queries()
    for back in range(1, 9):
        Session.objects.create(
            patient=patient, revision=patient.program.current, local_date=MONDAY.date() - back * DAY,
            zone="Europe/London", days=["D"], plan={}, state="closed",
        )  # fmt: skip
    assert queries() == few <= 36
