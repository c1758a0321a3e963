"""What the answer about the day after leads to (S22)."""

from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import keep_ready, open_day
from programs.models import Alert, Session
from tests.conftest import Clients
from tests.programs.guided.factory import Device
from tests.programs.guided.telling import DAY, MONDAY, opened_alerts, opened_locks, tell

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.parametrize(
    ("last", "answer"), [("same", "fine"), ("bit-worse-back", "fine-hold"), ("clearly-worse", "reaction")]
)
def test_s22_the_next_days_answer_belongs_to_the_session_before(
    sent: Any, patient: Patient, last: str, answer: str
) -> None:
    """S22, table N: written on yesterday's session, asked once; a reaction makes today's the minimum plan."""
    device = sent()
    yesterday = tell(device, device.check_in(), device.start(), device.finish())
    device = sent(MONDAY + DAY)
    today = tell(device, device.check_in(last=last))
    yesterday.refresh_from_db()
    assert yesterday.next_day == answer
    assert (today.check_in.row == "C11") == (answer == "reaction")
    assert (("S22", "N2") in opened_alerts(patient, "stop")) == (answer == "reaction")


def test_s22_spread_locks(sent: Any, patient: Patient) -> None:
    """S22, C6, N1: H and T."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.finish())
    device = sent(MONDAY + DAY)
    session = tell(device, device.check_in(last="spread"))
    assert session.state == "refused"
    assert opened_locks(patient) == {("T", "S22", "all"), ("H", "S22", "all")}


def test_s22_a_corrected_answer_about_the_day_after_counts(sent: Any, patient: Patient) -> None:
    """S22, N2: the last answer of the check-in, in both directions; an alert that is no longer earned is taken back."""
    first = sent()
    tell(first, first.check_in(), first.start(), first.finish())
    yesterday = Session.objects.get(pk=first.plan["session"])
    device = sent(MONDAY + DAY)
    for answer, outcome, alerts in (("same", "fine", 0), ("clearly-worse", "reaction", 1), ("same", "fine", 0)):
        tell(device, device.check_in(last=answer))
        yesterday.refresh_from_db()
        assert yesterday.next_day == outcome
        assert Alert.objects.filter(patient=patient, rule="S22").count() == alerts


def test_x13_the_day_after_is_asked_once_over_two_sessions_made_in_advance(
    sent: Any, patient: Patient, client_for: Clients
) -> None:
    """X13, S22: the later session asks no more; one made before may, and changes nothing of what was answered first."""
    first = sent()
    yesterday = tell(first, first.check_in(), first.start(), first.finish())
    at = MONDAY + 2 * DAY
    with time_machine.travel(at, tick=False):
        day = open_day(patient=patient, now=at)
        later = Session.objects.get(pk=keep_ready(patient=patient, day=day).later)
        assert day.plan is not None and (day.plan["last_session"]["id"], later.plan["last_session"]) == (
            str(yesterday.pk), None,
        )  # fmt: skip
        Session.objects.filter(pk=later.pk).update(plan={**later.plan, "last_session": day.plan["last_session"]})
    client = client_for(patient)
    device = Device(client, day.plan, at)
    for answer, outcome in (("same", "fine"), ("clearly-worse", "reaction")):  # it may correct itself
        tell(device, device.check_in(last=answer))
        yesterday.refresh_from_db()
        assert yesterday.next_day == outcome
    second = Device(client, later.plan, device.at)
    tell(second, second.check_in(last="same"))
    yesterday.refresh_from_db()
    assert yesterday.next_day == "reaction"
    assert ("S22", "N2") in opened_alerts(patient, "stop")
