"""Ends that pause the program until a therapist restarts it (X14, P14)."""

from typing import Any

import pytest

from accounts.models import Patient
from programs.models import Program
from programs.revisions import restart
from tests.programs.guided.telling import DAY, MONDAY, day_of, no_signs, opened_alerts, tell

pytestmark = pytest.mark.usefixtures("catalogue")


def test_x14_after_spread_only_relief_until_the_therapist_restarts(sent: Any, patient: Patient) -> None:
    """Safety X14, P14: the next day still offers relief only."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.pain("A2", spread=True))
    assert Program.objects.get(patient=patient).restricted_to == "relief"
    assert day_of(patient, MONDAY + DAY).offer.kind == "relief"


def test_x14_two_ends_in_seven_days_leave_the_minimum_plan(sent: Any, patient: Patient) -> None:
    """Safety X14, S21: the second end pauses the program; a wish to stop does not count."""
    for number, moment in enumerate((MONDAY, MONDAY + DAY), start=1):
        device = sent(moment)
        first = device.plan["items"][0]["id"]
        tell(device, device.check_in(last="same"), device.start(), device.pain(first, spine=5))
        assert Program.objects.get(patient=patient).restricted_to == ("minimum" if number == 2 else "")
    assert ("S21", "") in opened_alerts(patient, "end")
    assert day_of(patient, MONDAY + 2 * DAY).offer.kind == "minimum"


def test_x14_wanting_to_stop_is_no_end_by_a_symptom(sent: Any, patient: Patient) -> None:
    """Safety X14: two sessions that the patient chose to stop pause nothing."""
    for moment in (MONDAY, MONDAY + DAY):
        device = sent(moment)
        begun = [device.check_in(last="same"), device.start()]
        ended = tell(device, *begun, device.event("ended", row="", rule="S18", why="wish"))
        assert ended.state == "ended"
    assert Program.objects.get(patient=patient).restricted_to == ""


def test_x14_a_plain_wish_to_stop_is_no_counted_end(sent: Any, patient: Patient) -> None:
    """Safety X14: twice in a week, and the program stays as it is; with a symptom it would be paused."""
    for moment in (MONDAY, MONDAY + DAY):
        device = sent(moment)
        begun = [device.check_in(last="same"), device.start()]
        session = tell(device, *begun, device.pain(device.plan["items"][1]["id"], alarm="unwell", reason="stop"))
        assert (session.state, session.end_row, session.counted_end) == ("ended", "T3", False)
    assert Program.objects.get(patient=patient).restricted_to == ""


def test_x14_signs_in_relief_count_as_ends(sent: Any, patient: Patient) -> None:
    """Safety X14, X16: table T's signs end a relief-only session by S18, and such an end counts."""
    for moment in (MONDAY, MONDAY + DAY):
        device = sent(moment)
        begun = [device.check_in(spine=8, last="same"), device.start("relief")]
        relief = device.plan["relief_only"][0]["id"]
        assert tell(device, *begun, device.pain(relief, spine=8, tingling="lasting")).counted_end
    assert Program.objects.get(patient=patient).restricted_to == "minimum"


def test_x14_an_end_that_is_told_late_counts_with_the_one_after_it(sent: Any, patient: Patient) -> None:
    """Safety X14: the device of Monday's session was offline, and its end is heard of after Tuesday's."""
    monday, tuesday = sent(), sent(MONDAY + DAY)
    for device in (tuesday, monday):
        first = device.plan["items"][0]["id"]
        tell(device, device.check_in(), device.start(), device.pain(first, spine=5), later=2 * DAY)
    assert Program.objects.get(patient=patient).restricted_to == "minimum"
    assert opened_alerts(patient, "end").count(("S21", "")) == 1


def test_x14_ends_eight_days_apart_are_not_within_seven(sent: Any, patient: Patient) -> None:
    """Safety X14: today and the 6 local dates before it, whichever end is heard of first."""
    first, second = sent(), sent(MONDAY + 7 * DAY)
    for device in (second, first):
        item = device.plan["items"][0]["id"]
        screen_ = device.event("screen", scope="full", answers=no_signs("full"), complete=True)
        begun = [screen_, device.check_in(last="same"), device.start()]
        assert tell(device, *begun, device.pain(item, spine=5), later=9 * DAY).counted_end
    assert Program.objects.get(patient=patient).restricted_to == ""


def test_p14_what_is_told_late_does_not_pause_a_restarted_program_again(sent: Any, patient: Patient) -> None:
    """Safety X14, P14: the rest of a session's events comes after the therapist's restart, and says nothing new."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.pain("A2", spread=True))
    assert Program.objects.get(patient=patient).restricted_to == "relief"
    restart(patient=patient, by=patient.therapist)
    tell(device, device.event("relief", item="A2", seconds=120), later=DAY)
    assert Program.objects.get(patient=patient).restricted_to == ""


def test_x14_two_ends_pause_once(sent: Any, patient: Patient) -> None:
    """Safety X14, P14: after the restart neither session's late events pause the program; a further end does."""
    devices = [sent(MONDAY + number * DAY) for number in range(3)]
    for device in devices[:2]:
        item = device.plan["items"][0]["id"]
        tell(device, device.check_in(last="same"), device.start(), device.pain(item, spine=5))
    assert Program.objects.get(patient=patient).restricted_to == "minimum"
    restart(patient=patient, by=patient.therapist)
    for device in devices[:2]:
        tell(device, device.event("relief", item=device.plan["items"][0]["id"], seconds=60), later=2 * DAY)
        assert Program.objects.get(patient=patient).restricted_to == ""
    third = devices[2]
    item = third.plan["items"][0]["id"]
    tell(third, third.check_in(last="same"), third.start(), third.pain(item, spine=5))
    assert Program.objects.get(patient=patient).restricted_to == "minimum"
