"""What the answer about the day after leads to (S22)."""

from typing import Any

import pytest

from accounts.models import Patient
from programs.models import Alert, Session
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
