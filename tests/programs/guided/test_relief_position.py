"""Where the patient rests: standing only where that is safe (R12, R25, S15, S21, S24), and how they stand up (R24)."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Patient
from programs.models import ClinicalProfile, Session, TickedEntry
from programs.precautions import switch_on
from tests.programs.guided.days import opened
from tests.programs.guided.paper import CHECK_IN, FINE, Paper
from tests.programs.guided.telling import MONDAY
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")
STANDING, LYING = "Forward lean rest", "Back rest with legs on a chair"
SIT_FIRST = "Sit for two breaths before you stand up."


@pytest.fixture
def patient(patient: Patient) -> Patient:
    """A patient who saved no relief position: the lumbar default is the forward lean (S21)."""
    ClinicalProfile.objects.filter(patient=patient).update(relief_position="", helps=[])
    return patient


def rests(patient: Patient, saved: str = "", **made: Any) -> tuple[str, str | None]:
    """The slugs of the plan's relief position and of the one for whoever must sit or lie."""
    ClinicalProfile.objects.filter(patient=patient).update(relief_position=saved)
    plan = opened(patient).plan
    assert plan is not None
    return plan["relief"]["slug"], plan["relief_low"] and plan["relief_low"]["slug"]


def put_on(patient: Patient, *codes: str) -> None:
    """The therapist switches codes on."""
    switch_on(patient=patient, codes=codes, at=MONDAY, by=patient.therapist)


def test_s21_s24_the_default_may_stand_and_has_a_low_one_beside_it(patient: Patient) -> None:
    assert rests(patient) == ("forward-lean-rest", "ninety-ninety-rest")
    assert rests(patient, "forward-lean-rest") == ("forward-lean-rest", "ninety-ninety-rest")
    assert rests(patient, "side-lying-rest") == ("side-lying-rest", None)


@pytest.mark.parametrize("code", ["fall-risk", "orthostatic-hypotension", "dizziness-vertigo"])
def test_r12_s24_whoever_may_fall_or_faint_is_shown_no_standing_position(patient: Patient, code: str) -> None:
    """S24, S25: not even a saved one; X6: a tick covers the codes that it was made for."""
    put_on(patient, code)
    for saved in ("", "forward-lean-rest"):
        assert rests(patient, saved) == ("ninety-ninety-rest", None)
    TickedEntry.objects.create(patient=patient, exercise="forward-lean-rest", codes=[code], ticked_by=patient.therapist)
    assert rests(patient) == ("forward-lean-rest", "ninety-ninety-rest")
    put_on(patient, *({"orthostatic-hypotension", "dizziness-vertigo"} - {code}))
    assert rests(patient) == ("ninety-ninety-rest", None)


def test_s24_the_end_of_a_session_shows_a_low_position(patient: Patient, client_for: Clients) -> None:
    """S24: the player's relief screen keeps the usual one; what is shown when it is over starts sitting or lying."""
    with time_machine.travel(MONDAY, tick=False):
        plan = opened(patient).plan
        assert plan is not None
        page = client_for(patient).get(reverse("guided:session", args=[plan["session"]])).content.decode()
    shown = {name: page.partition(f'data-screen="{name}"')[2].partition("</section>")[0] for name in ("over",)}
    assert LYING in shown["over"] and STANDING not in shown["over"]
    assert STANDING in page.partition('data-screen="rest-position"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("q5", "shown", "hidden"), [("no", STANDING, LYING), ("medicine", LYING, STANDING)])
def test_s15_x18_seated_and_lying_only_holds_for_the_rest_too(paper: Paper, q5: str, shown: str, hidden: str) -> None:
    """S15, X18: in the relief position on paper, and in the rest after a stop."""
    paper.send(**CHECK_IN | {"q5": q5})
    paper.send(kind="ordinary")
    page = paper.client.get(f"{paper.url}?relief=1").content.decode()
    assert shown in page and hidden not in page
    page = paper.send(spine="4", limb="2", change="worse")
    assert "We will rest and check again" in page and shown in page and hidden not in page


def test_s24_after_dizziness_paper_shows_a_low_position(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    page = paper.send(change="unwell")
    assert "We stop here for today" in page and LYING in page and STANDING not in page


def test_s24_the_page_of_the_day_keeps_a_low_position_once_it_is_over(paper: Paper) -> None:
    """For a device whose network is gone: after a stop, and where a dizzy patient may not start."""

    def kept() -> str:
        page = paper.client.get(reverse("guided:today")).content.decode()
        return page.partition("data-offline-relief")[2].partition("</template>")[0]

    paper.send(**CHECK_IN)
    assert STANDING in kept()
    paper.send(kind="ordinary")
    paper.send(change="unwell")
    assert LYING in kept() and STANDING not in kept()


@pytest.mark.parametrize(("codes", "told"), [((), False), (("orthostatic-hypotension",), True)])
def test_r24_sit_for_two_breaths_before_each_standing_entry(
    patient: Patient, client_for: Clients, codes: tuple[str, ...], told: bool
) -> None:
    """R24: in the player's page and on paper, at the entries done standing alone."""
    put_on(patient, *codes)
    TickedEntry.objects.create(patient=patient, exercise="sit-to-stand", codes=[*codes], ticked_by=patient.therapist)
    with time_machine.travel(MONDAY, tick=False) as traveller:
        plan = opened(patient).plan
        assert plan is not None
        Session.objects.update(minted_at=timezone.now())
        client = client_for(patient)
        page = client.get(reverse("guided:session", args=[plan["session"]])).content.decode()
        intros = {part.partition('"')[0]: part.partition("</section>")[0] for part in page.split('data-screen="intro:')}
        standing = {item["id"] for item in plan["items"] if item["standing"]}
        assert standing, "the day has standing entries"
        for item in plan["items"]:
            assert (SIT_FIRST in intros[item["id"]]) == (told and item["id"] in standing)
        paper = Paper(client, plan["session"], traveller)
        paper.send(**CHECK_IN)
        paper.send(kind="ordinary")
        for item in plan["items"]:
            while f"{item['name']}</h1>" in paper.page:
                assert (SIT_FIRST in paper.page) == (told and item["id"] in standing)
                paper.send(**FINE)
        assert "You have done it all" in paper.page
