"""The session without JavaScript, page by page: blood pressure, falls, known signs, and what a sign opens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import open_day
from programs.models import Lock, PatientPrecaution, Session, SessionEvent
from programs.rules.screen import question_ids
from tests.programs.guided.paper import CHECK_IN, FINE, Paper
from tests.programs.guided.telling import MONDAY
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")
FALLS: dict[str, Any] = {"fallen-past-year": "no", "unsteady": "no", "worried-about-falling": "no"}
NO_SIGN: dict[str, Any] = dict.fromkeys(question_ids("S11", {}), "no")


@pytest.fixture
def paper(patient: Patient, client_for: Clients) -> Any:
    """The session of the day, read without JavaScript; ``paper.plan(...)`` changes its plan before it begins."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        plan = open_day(patient=patient, now=MONDAY).plan
        assert plan is not None
        quiet = {"ask_pressure": False, "fall_questions_due": False}
        Session.objects.update(minted_at=MONDAY, plan={**plan, **quiet})
        yield Paper(client_for(patient), plan["session"], traveller)


def change(paper: Paper, **plan: Any) -> None:
    """The session has another plan."""
    session = Session.objects.get(pk=paper.session)
    session.plan = {**session.plan, **plan}
    session.save(update_fields=["plan"])


def page_by_page(paper: Paper, **said: str) -> str:
    """Go through the screen's pages as a browser does: hidden fields along, no to all but what is ``said``."""
    while "Some questions about your health" in paper.page:
        form = paper.page.partition("<main")[2]
        hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form))
        names = dict.fromkeys(re.findall(r'type="radio" name="([\w-]+)"', form))
        hidden.pop("csrfmiddlewaretoken", None)
        answers = {name: said.get(name, "no") for name in names}
        response = paper.client.post(paper.url, hidden | answers)
        paper.page = paper.look() if response.status_code == 302 else response.content.decode()
        assert "There is a problem" not in paper.page
    return paper.page


def test_s1_the_full_screen_comes_group_by_group(paper: Paper, patient: Patient) -> None:
    patient.screens.all().delete()
    page = paper.look()
    assert "Part 1 of 10" in page and "Bladder, bowel and feeling" in page
    assert 'name="s6-fall"' not in page
    assert "How are you today?" in page_by_page(paper)
    event = SessionEvent.objects.get()
    assert event.payload["complete"] is True
    assert set(event.payload["answers"]) == set(question_ids("full", {}))


def test_s5_an_emergency_sign_ends_the_questions_at_once(paper: Paper, patient: Patient) -> None:
    patient.screens.all().delete()
    paper.look()
    assert "Please call 999 now" in page_by_page(paper, **{"s5-pee": "yes"})
    assert SessionEvent.objects.get().payload["complete"] is False


def test_after_the_short_screen_the_check_in_is_not_asked_again(paper: Paper) -> None:
    paper.send(**CHECK_IN | {"q1": "yes"})
    assert "You can start" in page_by_page(paper)
    assert [event.kind for event in SessionEvent.objects.order_by("seq")] == ["check-in", "screen", "check-in"]


def test_s7_a_fever_without_a_further_sign_leaves_seated_and_lying_entries(paper: Paper) -> None:
    paper.send(**CHECK_IN | {"q5": "fever"})
    assert "You can start" in page_by_page(paper)
    page = paper.send(kind="ordinary")
    while "You have done it all" not in page:
        assert "Heel raise</h1>" not in page
        page = paper.send(**FINE)


def test_s11_pressure_is_asked_and_kept_when_wrong(paper: Paper) -> None:
    change(paper, ask_pressure=True)
    page = paper.send(status=400, **CHECK_IN, upper="80", lower="135")
    assert "What is your blood pressure today?" in page
    assert 'value="80"' in page and 'value="135"' in page and "The upper number is the larger one" in page
    assert "You can start" in paper.send(**CHECK_IN, upper="135", lower="80")
    assert SessionEvent.objects.get().payload["pressure"] == [135, 80]


def test_s11_pressure_stays_behind_a_line_where_it_is_not_asked_for(paper: Paper) -> None:
    page = paper.look()
    assert "I measured my blood pressure today" in page
    assert "I did not measure today" not in page and "<details open" not in page


@pytest.mark.parametrize(("faint", "levels"), [("no", {"T", "H"}), ("yes", {"E", "T", "H"})])
def test_s11_a_high_reading_asks_about_signs_then_locks(paper: Paper, faint: str, levels: set[str]) -> None:
    change(paper, ask_pressure=True)
    page = paper.send(status=200, **CHECK_IN, upper="185", lower="95")
    assert "There is a problem" not in page and 'name="s11-chest"' in page
    further: dict[str, Any] = {"s11-now": "no", "s11-checked": "yes"} if faint == "yes" else {}
    asked = " ".join(question_ids("S11", {**NO_SIGN, "s11-faint": faint}))
    paper.send(**CHECK_IN, upper="185", lower="95", asked=asked, **NO_SIGN | {"s11-faint": faint} | further)
    assert set(Lock.objects.values_list("level", flat=True)) == levels
    assert paper.state == "refused"


@pytest.mark.parametrize("said", ["yes", "not-sure"])
def test_s25_a_risk_of_falling_leaves_entries_out_today(paper: Paper, said: str) -> None:
    session = Session.objects.get(pk=paper.session)
    items = [{**item, "not_with_fall_risk": item["slug"] == "heel-raise"} for item in session.plan["items"]]
    change(paper, fall_questions_due=True, items=items)
    assert "Today we leave out what could make you fall." in paper.send(**CHECK_IN, **FALLS | {"unsteady": said})
    page = paper.send(kind="ordinary")
    while "You have done it all" not in page:
        assert "Heel raise</h1>" not in page
        page = paper.send(**FINE)


def test_x8_a_known_sign_that_is_the_same_opens_nothing(paper: Paper) -> None:
    change(paper, known_signs=["s9-weak"])
    paper.send(**CHECK_IN | {"q1": "yes"})
    assert "You can start" in page_by_page(paper, **{"s9-weak": "same"})
    assert SessionEvent.objects.get(kind="screen").payload["answers"]["s9-weak"] == "same"
    assert not Lock.objects.exists()


def test_x17_a_red_sign_opens_its_own_questions_and_needs_no_number(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    page = paper.send(change="chest")
    assert "Chest and heart" in page and 'name="s11-chest"' in page and 'name="s5-numb"' not in page
    assert SessionEvent.objects.get(kind="pain").payload["group"] == "S11"


def test_x14_a_plain_wish_to_stop_ends_the_session_without_a_symptom(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    paper.send(change="stop")
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.end_row) == ("ended", "T3")
    assert SessionEvent.objects.get(kind="pain").payload["reason"] == "stop"
    assert session.counted_end is False


def test_s25_s15_a_risk_of_falling_keeps_the_session_whose_questions_go_on(paper: Paper) -> None:
    """S15 Q1, S25: the answers set the code on and tell of something new: the short screen comes, in this session."""
    change(paper, fall_questions_due=True)
    page = paper.send(**CHECK_IN | {"q1": "yes"}, **FALLS | {"unsteady": "yes"})
    assert PatientPrecaution.objects.filter(code="fall-risk", off_at=None).exists()
    assert "Some questions about your health" in page
    assert paper.client.get(paper.url).status_code == 200
