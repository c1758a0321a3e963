"""The session document: complete HTML from the frozen plan, in every state of the session."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Patient
from programs.guided.actions import open_day
from programs.guided.pictures import with_pictures
from programs.models import EntryPermission, KnownSign, Lock, PatientPrecaution, Session, TickedEntry
from programs.precautions import switch_on
from programs.rules.session import fold
from tests.programs.guided.factory import Device, revise
from tests.programs.guided.telling import MONDAY
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def device(patient: Patient, client_for: Clients) -> Any:
    """The patient's device at Monday's session, twenty minutes after it was made."""
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    Session.objects.update(minted_at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(minutes=20), tick=False):
        yield Device(client_for(patient), plan, MONDAY)


def block(page: str, name: str) -> Any:
    """A JSON data block of the page."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)
    assert found, name
    return json.loads(found[1])


def test_the_page_carries_the_plan_the_rules_and_what_is_known(device: Device) -> None:
    """The frozen plan with its pictures, the safety tables, the events that are stored already."""
    device.send(device.check_in(), device.start())
    page = device.client.get(reverse("guided:session", args=[device.plan["session"]])).content.decode()
    assert block(page, "plan") == with_pictures(device.plan)
    assert set(block(page, "rules")) >= {"tables", "thresholds", "screen"}
    status = block(page, "status")
    assert (status["state"], status["locked"], status["seq"]) == ("started", False, 2)
    assert [event["kind"] for event in status["events"]] == ["check-in", "started"]
    for item in device.plan["items"]:
        assert item["name"] in page
    assert reverse("guided:log", args=[device.plan["session"]]) in page


def test_s33_the_page_gives_back_only_what_was_looked_at(device: Device) -> None:
    """S25, X18: the player goes on from the restrictions of the start; what a start does not have is not given back."""
    asked, start = device.check_in(), device.start()
    start["payload"].update(restrictions=["no-fall-risk-entries"], order={"odd": []})
    device.send(asked, start)
    page = device.client.get(reverse("guided:session", args=[device.plan["session"]])).content.decode()
    assert block(page, "status")["events"][1]["payload"] == {"kind": "full", "restrictions": ["no-fall-risk-entries"]}


def test_s2_the_page_says_that_it_is_locked(device: Device, patient: Patient) -> None:
    """S2: an open saved page learns of the lock when it asks."""
    Lock.objects.create(patient=patient, level="T", rule="S12", key="k", opened_at=MONDAY)
    page = device.client.get(reverse("guided:session", args=[device.plan["session"]])).content.decode()
    status = block(page, "status")
    assert (status["locked"], status["level"], status["relief_allowed"]) == (True, "T", False)


TRACES: dict[str, Callable[[Device], list[dict[str, Any]]]] = {
    "finished": lambda d: [d.check_in(), d.start(), d.done("A2"), d.pain("A2"), d.finish()],
    "S17": lambda d: [d.check_in(), d.start(), d.pain("A2", spine=4), d.rest("A2", 130), d.pain("A3")],
    "S18": lambda d: [d.check_in(), d.start(), d.pain("A2", limb=4)],
    "second stop": lambda d: [d.check_in(), d.start(), d.pain("A2", spine=4), d.rest("A2", 130), d.pain("A3", limb=3)],
    "spread": lambda d: [d.check_in(), d.start(), d.pain("A2", spread=True)],
    "not settled": lambda d: [d.check_in(), d.start(), d.pain("A2", spine=4), d.rest("A2", 300, spine=4)],
    "fall": lambda d: [d.check_in(), d.start(), d.pain("A2", alarm="fall")],
}


@pytest.mark.parametrize("name", TRACES)
def test_the_record_agrees_with_the_rules_own_replay(device: Device, name: str) -> None:
    """S16-S25: state, baseline, stops and end of the stored session are those of the pure fold."""
    events = TRACES[name](device)
    assert device.send(*events).status_code == 200
    session, folded = Session.objects.get(pk=device.plan["session"]), fold(device.plan, events)
    assert (session.state, session.end_row, session.end_rule, session.stops) == (
        folded.state,
        folded.end_row,
        folded.end_rule,
        folded.stops,
    )
    assert (session.baseline_spine, session.final_spine, session.sets_done) == (
        folded.baseline_spine,
        folded.final_spine,
        folded.sets_done,
    )


@pytest.mark.parametrize(("level", "words"), [("E", "Please call"), ("T", "Please phone your clinic today")])
def test_s2_without_javascript_a_lock_leaves_its_own_words(
    device: Device, patient: Patient, level: str, words: str
) -> None:
    """Safety section 1: the lock's screen, and nothing to do beside it."""
    Lock.objects.create(patient=patient, level=level, rule="S5", key="k", opened_at=MONDAY)
    page = device.client.get(reverse("guided:session", args=[device.plan["session"]])).content.decode()
    plain = page.partition("data-plain>")[2].partition("<div hidden>")[0]
    assert words in plain and "Your exercises" not in plain and "write down what you did" not in plain


def test_an_old_plan_leads_to_the_day(device: Device, patient: Patient) -> None:
    """HZ20: a plan that the day no longer offers is not shown; the day says why."""
    PatientPrecaution.objects.create(patient=patient, code="progressive-weakness", on_at=MONDAY)
    for name in ("guided:session", "guided:log"):
        answer = device.client.get(reverse(name, args=[device.plan["session"]]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("guided:today"))


@pytest.mark.parametrize(
    "change",
    [
        lambda patient: revise(patient, MONDAY.date()),
        lambda patient: switch_on(patient=patient, codes=["osteoporosis"], at=timezone.now(), by=patient.therapist),
    ],
    ids=["a further revision", "a precaution"],
)
def test_r12_a_plan_from_before_a_change_is_not_begun_any_more(device: Device, patient: Patient, change: Any) -> None:
    """R12, HZ05, HZ20: the day was opened before the therapist's change; Start leads to the day, which knows of it."""
    change(patient)
    leads_to_another_session(device, patient)


@pytest.mark.parametrize("what", ["an OK", "a permission", "a known sign", "a permission's date", "a sign's date"])
def test_r12_x8_x15_what_was_taken_back_or_ran_out_stops_a_session_that_was_not_begun(
    device: Device, patient: Patient, what: str
) -> None:
    """R12, HZ05, X8, X15: at the start as at assembly; the day makes another session, which may be begun."""
    opened_at, by = Session.objects.get(pk=device.plan["session"]).minted_at, patient.therapist
    before, since = opened_at - timedelta(days=1), opened_at + timedelta(minutes=5)
    withdrawn, ends = (None, since) if "date" in what else (since, opened_at + timedelta(days=9))
    address = reverse("guided:session", args=[device.plan["session"]])
    if what == "an OK":
        row: Any = TickedEntry.objects.create(patient=patient, exercise="bridge", ticked_by=by)
    elif "permission" in what:
        row = EntryPermission.objects.create(
            patient=patient, exercise="bridge", set_by=by, rise_limit=1, expires_at=ends
        )
    else:
        row = KnownSign.objects.create(patient=patient, question="s9-weaker", marked_by=by, expires_at=ends)
    type(row).objects.update(withdrawn_at=before)
    assert device.client.get(address).status_code == 200, "it was gone before the plan was made"
    type(row).objects.update(withdrawn_at=withdrawn)
    leads_to_another_session(device, patient)
    device.send(device.check_in(), device.start())
    assert Session.objects.get(pk=device.plan["session"]).state == "started", "one under way without a network is heard"


def test_x3_no_browser_keeps_a_copy_of_the_session_that_tells_an_old_time(device: Device) -> None:
    """Back would show it, and the player puts its clock right by the page's."""
    answer = device.client.get(reverse("guided:session", args=[device.plan["session"]]))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def leads_to_another_session(device: Device, patient: Patient) -> None:
    """Neither page of the session opens; the day makes another one, which does."""
    for name in ("guided:session", "guided:log"):
        answer = device.client.get(reverse(name, args=[device.plan["session"]]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("guided:today"))
    fresh = open_day(patient=patient, now=timezone.now()).plan
    assert fresh is not None and fresh["session"] != device.plan["session"]
    assert device.client.get(reverse("guided:session", args=[fresh["session"]])).status_code == 200
