"""When a session is too old to start or to go on, and what is told of it late (X3, X5, X9)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import close_stale
from programs.models import Alert
from tests.programs.guided.telling import MONDAY, day_of, opened_alerts, tell

pytestmark = pytest.mark.usefixtures("catalogue")


def test_x5_a_start_two_hours_after_the_check_in_is_none(sent: Any) -> None:
    """Safety X5: an old check-in, or one of another date, starts nothing."""
    device = sent()
    check_in = device.check_in()
    late = device.event("started", 121, kind="full", restrictions=[])
    session = tell(device, check_in, late)
    assert (session.state, session.end_rule, session.started_at) == ("refused", "X5", None)


def test_x5_x9_a_session_left_behind_closes(sent: Any, patient: Patient) -> None:
    """Safety X5, X9: 30 minutes after its last event; the therapist finds it in the digest, once."""
    device = sent()
    session = tell(device, device.check_in(), device.start())
    assert close_stale(patient=patient, now=device.at + timedelta(minutes=29)) == 0
    assert close_stale(patient=patient, now=device.at + timedelta(minutes=31)) == 1
    session.refresh_from_db()
    assert (session.state, session.end_rule) == ("closed", "X5")
    assert close_stale(patient=patient, now=device.at + timedelta(minutes=40)) == 0
    assert opened_alerts(patient, "no-data") == [("X9", "")]


def test_x5_an_unused_check_in_closes_after_two_hours(sent: Any, patient: Patient) -> None:
    """Safety X5: nobody is told of it."""
    device = sent()
    tell(device, device.check_in())
    assert close_stale(patient=patient, now=device.at + timedelta(minutes=119)) == 0
    assert close_stale(patient=patient, now=device.at + timedelta(minutes=121)) == 1
    assert not Alert.objects.filter(patient=patient).exists()


def test_x5_midnight_closes_a_session(sent: Any, patient: Patient) -> None:
    """Safety X5: by the local date of the patient."""
    device = sent(MONDAY.replace(hour=23, minute=50))
    tell(device, device.check_in(), device.start())
    assert close_stale(patient=patient, now=MONDAY.replace(hour=23, minute=59)) == 0
    assert close_stale(patient=patient, now=MONDAY + timedelta(hours=15, minutes=1)) == 1


def test_x5_a_device_that_was_offline_is_still_heard(sent: Any, patient: Patient) -> None:
    """What happened in time counts although the session was closed for silence before it was told."""
    device = sent()
    tell(device, device.check_in(), device.start())
    finish = [device.done("A2"), device.pain("A2"), device.finish()]
    close_stale(patient=patient, now=device.at + timedelta(minutes=40))
    assert tell(device, device.event("paused", -1, item="A2"), later=timedelta(hours=1)).state == "closed"
    assert tell(device, *finish, later=timedelta(hours=1)).state == "finished"


def test_s18_x14_an_end_after_a_gap_ends_the_day_and_counts_as_no_exercise(sent: Any, patient: Patient) -> None:
    """S18, S21 (6), X14, X5: only relief is left; the first session, of which nothing was done, is still to come."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.event("skipped", 31, item="A2"))
    assert day_of(patient, device.at).offer.kind == "full"
    session = tell(device, device.pain("A3", spine=7))
    assert (session.state, session.end_row, session.counted_end) == ("ended", "T7", True)
    assert opened_alerts(patient, "end") == [("S18", "T7")]
    assert session.summary["items"]["A3"]["off_today"]
    day = day_of(patient, device.at)
    assert day.offer.kind in {"", "relief"} and day.offer.relief
    assert [one.counts for one in day.care.sessions_today] == [False]


def test_x5_x9_the_answer_to_a_question_that_waited_is_no_gap(sent: Any, patient: Patient) -> None:
    """X5, X9: a pause of 29 minutes, and the question answered two minutes after it was opened."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.event("paused", item="A2"))
    device.at += timedelta(minutes=30)
    assert tell(device, device.pain("A2", source="resume")).state == "started"
    assert tell(device, device.event("resumed", 0, item="A2")).state == "started"
    assert opened_alerts(patient, "no-data", "note") == []


@pytest.mark.parametrize("payload", [[], {}, [[]], {"a": 1}, 1, True, "<b>", "NaN"])
def test_an_unknown_source_is_refused_alone(sent: Any, patient: Patient, payload: Any) -> None:
    """One bad event never blocks the others, nor breaks the answer."""
    device = sent()
    with time_machine.travel(device.at + timedelta(minutes=9), tick=False):
        answer = device.send(device.check_in(), device.start(), device.pain("A2", source=payload), device.done("A2"))
    assert [one["result"] for one in answer.json()["results"]] == ["accepted", "accepted", "refused", "accepted"]


@pytest.mark.parametrize("days", [-1, 1])
def test_x3_the_local_date_is_that_of_the_instant(sent: Any, patient: Patient, days: int) -> None:
    """X3: a date that its own zone does not have at that moment is refused."""
    device = sent()
    event = device.check_in()
    event["local_date"] = (MONDAY + timedelta(days=days)).date().isoformat()
    with time_machine.travel(device.at, tick=False):
        assert device.send(event).status_code == 400
