"""What the answers within a session lead to: stops, ends, shorter walks, corrections (S16-S21, P12, R29)."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import AuditEvent, Patient
from programs.models import Alert, CheckIn, Program
from tests.programs.guided.telling import DAY, MONDAY, day_of, opened_alerts, tell

pytestmark = pytest.mark.usefixtures("catalogue")


def test_s16_the_check_in_is_the_baseline_and_does_not_move(sent: Any, patient: Patient) -> None:
    """S16: a fall to 1 and back to 3 is no rise."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.pain("A2", spine=1), device.pain("A3", spine=3))
    assert (session.state, session.baseline_spine, session.baseline_limb, session.stops) == ("started", 3, 2, 0)
    assert CheckIn.objects.get(session=session).row == "C13"


def test_s17_a_rise_of_one_stops_the_exercise_for_the_day(sent: Any, patient: Patient) -> None:
    """S17: stopped-pain, one alert, off in every session of the date, the session goes on."""
    device = sent()
    session = tell(
        device, device.check_in(), device.start(), device.done("A2"), device.pain("A2", spine=4),
        device.rest("A2", 120), device.done("A3"), device.pain("A3"), device.finish(),
    )  # fmt: skip
    assert (session.state, session.stops) == ("finished", 1)
    assert session.summary["items"]["A2"]["status"] == "stopped-pain"
    assert opened_alerts(patient, "stop") == [("S17", "T16")]
    assert Alert.objects.get(level="stop").params["name"] == "Single knee tuck"
    plan = day_of(patient, device.at + timedelta(minutes=5)).plan
    assert plan is not None and "knee-tuck-single" not in [item["slug"] for item in plan["items"]]


@pytest.mark.parametrize(
    ("signs", "row"),
    [
        ({"spine": 5}, "T9"),
        ({"limb": 4}, "T8"),
        ({"spine": 7}, "T7"),
        ({"spine": 2, "spread": True}, "T4"),
        ({"tingling": "lasting"}, "T5"),
        ({"alarm": "unwell"}, "T3"),
    ],
)
def test_s18_ends_the_session(sent: Any, patient: Patient, signs: dict[str, Any], row: str) -> None:
    """S18: also spread with a lower number; one alert however often it is sent; only relief is left today."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.done("A2"), device.pain("A2", **signs))
    assert (session.state, session.end_row, session.end_rule) == ("ended", row, "S18")
    tell(device, device.event("paused", item="A2"))
    assert (
        opened_alerts(patient, "end")[0] == ("P14", "")
        if row == "T4"
        else opened_alerts(patient, "end") == [("S18", row)]
    )
    offer = day_of(patient, device.at).offer
    assert offer.kind in {"", "relief"} and offer.relief


def test_s18_the_second_stop_ends_the_session(sent: Any, patient: Patient) -> None:
    """S18, T15: a second exercise with a rise of one."""
    device = sent()
    session = tell(
        device, device.check_in(), device.start(), device.pain("A2", spine=4), device.rest("A2", 130),
        device.pain("A3", limb=3),
    )  # fmt: skip
    assert (session.state, session.end_row, session.stops) == ("ended", "T15", 1)


def test_s21_pain_that_does_not_settle_in_five_minutes_ends_the_session(sent: Any, patient: Patient) -> None:
    """S21, S18: U8 at four minutes, U9 at five."""
    device = sent()
    session = tell(
        device, device.check_in(), device.start(), device.pain("A2", spine=4), device.rest("A2", 240, spine=4)
    )
    assert session.state == "started"
    session = tell(device, device.rest("A2", 300, spine=4))
    assert (session.state, session.end_row) == ("ended", "U9")


def test_s19_a_walking_interval_ends_at_the_first_symptom(sent: Any, patient: Patient) -> None:
    """S19: no stop is counted, no alert; the minutes to the first symptom are kept."""
    device = sent(MONDAY + DAY)
    walk = next(item["id"] for item in device.plan["items"] if item["slug"] == "walking-intervals")
    session = tell(
        device, device.check_in(), device.start(),
        device.event("interval", item=walk, planned_s=120, walked_s=90, first_symptom_s=90),
        device.pain(walk, limb=3), device.rest(walk, 60, **{"from": "interval", "next_interval_s": 80}),
    )  # fmt: skip
    assert (session.state, session.stops) == ("started", 0)
    assert session.summary["items"][walk]["status"] == "interval-limit"
    assert not Alert.objects.filter(patient=patient).exists()


def test_s20_pain_that_moves_inward_stops_and_asks_the_therapist(sent: Any, patient: Patient) -> None:
    """S20: labelled centralising; the alert names the rule."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.pain("A2", spine=4, limb=1))
    assert session.summary["items"]["A2"]["status"] == "centralising"
    assert opened_alerts(patient, "stop") == [("S20", "T13")]


def test_a_mistyped_answer_is_corrected(sent: Any, patient: Patient) -> None:
    """The corrected answer counts, and the slip opens nothing that it did not open at once."""
    device = sent()
    slip = device.pain("A2", spine=5)
    session = tell(device, device.check_in(), device.start(), slip, device.pain("A2", spine=3, replaces=slip["id"]))
    assert session.state == "started" and not Alert.objects.filter(patient=patient).exists()


def test_r29_what_was_done_counts_towards_the_cap(sent: Any, patient: Patient) -> None:
    """R29: 3 of 12 repetitions a side are used by one set."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.done("A2"), device.pain("A2"), device.finish())
    plan = day_of(patient, device.at + timedelta(minutes=1)).plan
    tuck = next(item for item in plan["items"] if item["slug"] == "knee-tuck-single")  # type: ignore[index]
    assert tuck["cap_left"] == 9


def test_a_corrected_answer_takes_back_what_it_led_to(sent: Any, patient: Patient) -> None:
    """X14, S18: spread, mistyped and corrected at once: no pause, no end; the trail keeps a line of it."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.done("A2"))
    wrong = device.pain("A2", spread=True)
    tell(device, wrong)
    assert Program.objects.get(patient=patient).restricted_to == "relief"
    session = tell(device, device.pain("A2", spread=False, replaces=wrong["id"]))
    assert (session.state, Program.objects.get(patient=patient).restricted_to) == ("started", "")
    assert opened_alerts(patient, "end") == []
    assert AuditEvent.objects.filter(patient_id=patient.pk, action="withdrew-alerts").exists()


def test_events_in_any_order_leave_the_same_alerts(sent: Any, patient: Patient) -> None:
    """A start that came before its check-in is no start without one, once all is known."""
    device = sent()
    check_in, start, pain = device.check_in(), device.start(), device.pain("A2", limb=8)
    for event in (pain, start, check_in):
        tell(device, event)
    assert opened_alerts(patient, "end", "stop") == [("S18", "T7")]


def test_s21_a_finish_over_an_unsettled_rest_is_an_end(sent: Any, patient: Patient) -> None:
    """S18, U9: pain that is still up at the finish; settled, it is a finish."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.pain("A2", spine=4), device.finish(spine=4))
    assert (session.state, session.end_row, session.counted_end) == ("ended", "U9", True)


def test_p12_each_entry_that_was_made_easier_is_told(sent: Any, patient: Patient) -> None:
    """R25, P12: one note for each, and none twice."""
    device = sent()
    begun = [device.check_in(), device.start()]
    tell(device, *begun, *(device.event("eased", item=item, reps=1) for item in ("A2", "A3")))
    tell(device, device.done("A2"))
    notes = Alert.objects.filter(patient=patient, rule="P12").values_list("params__item", flat=True)
    assert sorted(notes) == ["A2", "A3"]


def test_s17_the_alert_follows_the_corrected_answer(sent: Any, patient: Patient) -> None:
    """A mistyped score that was put right leaves no wrong number in the inbox; an acknowledged one stays as it was."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.done("A2"))
    wrong = device.pain("A2", spine=4)
    tell(device, wrong)
    right = device.pain("A2", spine=3, limb=3, replaces=wrong["id"])
    tell(device, right)
    alert = Alert.objects.get(patient=patient, rule="S17")
    assert (alert.params["spine"], alert.params["limb"]) == (3, 3)
    Alert.objects.update(acknowledged_at=MONDAY, acknowledged_by=patient.therapist)
    tell(device, device.pain("A2", spine=4, limb=2, replaces=right["id"]))
    alert.refresh_from_db()
    assert (alert.params["spine"], alert.params["limb"]) == (3, 3)


@pytest.mark.parametrize(("kind", "part"), [("minimum", "minimum"), ("relief", "relief_only")])
def test_the_sets_that_were_planned_are_those_of_the_kind_that_was_begun(sent: Any, kind: str, part: str) -> None:
    """The therapist reads "1 of 4 sets": a short session is not held against the whole one."""
    device = sent()
    session = tell(device, device.check_in(), device.start(kind))
    assert session.sets_planned == sum(item["dose"].get("sets", 1) for item in device.plan[part])
    assert session.sets_planned != sum(item["dose"].get("sets", 1) for item in device.plan["items"])
