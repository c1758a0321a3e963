"""What the events of a session lead to: ends, stops, locks, alerts, pauses, the next day (safety.md, sections 3-9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import AuditEvent, Patient
from programs.guided.actions import OpenDay, close_stale, open_day
from programs.guided.intake import take_in
from programs.guided.loading import load_care
from programs.guided.usual import fall_questions_due
from programs.models import (
    Alert,
    CheckIn,
    ClinicalProfile,
    Lock,
    PatientPrecaution,
    Program,
    ScreenRecord,
    Session,
    TickedEntry,
)
from programs.revisions import restart
from programs.rules.screen import question_ids, screen
from tests.conftest import House
from tests.programs.guided.factory import Device, on_program, screened
from tests.programs.prescribing.helpers import record
from tests.strict import StrictClient

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Clients = Callable[[Patient], StrictClient]
NO_FALLS = {"fallen-past-year": "no", "unsteady": "no", "worried-about-falling": "no"}
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient whose program starts on MONDAY, screened the day before."""
    found = on_program(house.therapist, starts_on=MONDAY.date())
    screened(found, MONDAY - DAY)
    return found


@pytest.fixture
def sent(patient: Patient, client_for: Clients) -> Callable[..., Device]:
    """Open the day at a moment and give the device at its session; the server hears of everything at once."""
    client = client_for(patient)

    def at(moment: datetime = MONDAY) -> Device:
        with time_machine.travel(moment, tick=False):
            day = open_day(patient=patient, now=moment)
            assert day.plan is not None, day.offer
            Session.objects.filter(pk=day.plan["session"]).update(minted_at=moment)
        return Device(client, day.plan, moment)

    return at


def tell(device: Device, *events: dict[str, Any], later: timedelta = timedelta()) -> Session:
    """Send events to a server whose clock stands at the last of them; answers the session."""
    with time_machine.travel(device.at + later, tick=False):
        response = device.send(*events)
    assert response.status_code == 200, response.content
    assert {one["result"] for one in response.json()["results"]} <= {"accepted"}
    return Session.objects.get(pk=device.plan["session"])


def opened_locks(patient: Patient) -> set[tuple[str, str, str]]:
    """Level, rule and scope of the patient's locks."""
    return set(Lock.objects.filter(patient=patient).values_list("level", "rule", "scope"))


def opened_alerts(patient: Patient, *levels: str) -> list[tuple[str, str]]:
    """Rule and row of the patient's alerts of some levels."""
    return sorted(Alert.objects.filter(patient=patient, level__in=levels).values_list("rule", "row"))


def day_of(patient: Patient, at: datetime) -> OpenDay:
    """The day as the patient finds it."""
    return open_day(patient=patient, now=at)


def no_signs(scope: str, **said: str) -> dict[str, str]:
    """Answers to the whole of a scope, without a sign unless ``said``."""
    answers: dict[str, str] = {}
    while True:
        left = [one for one in question_ids(scope, {**answers, **said}) if one not in answers]
        if not left:
            return answers
        for one in left:
            harmless = "no" if screen()["questions"][one]["grave"] == "yes" else "yes"
            answers[one] = said.get(one, harmless)


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


@pytest.mark.parametrize(
    ("group", "sign", "expected"),
    [
        ("S5", "s5-numb", {("E", "S5", "all")}),
        ("S12", "s12-calf", None),
        ("S10", "s10-night", None),
    ],
)
def test_s15_a_sign_locks_everything(
    sent: Any, patient: Patient, group: str, sign: str, expected: set[tuple[str, str, str]] | None
) -> None:
    """S2, S5-S14: the first sign of each group; locks and alerts are opened once; nothing starts afterwards."""
    found = (
        sign
        if sign in screen()["questions"]
        else next(g for g in screen()["groups"] if g["id"] == group)["questions"][0]
    )
    device = sent()
    answers = no_signs("full", **{found: "yes"})
    session = tell(device, device.event("screen", scope="full", answers=answers, complete=True))
    assert session.state == "refused"
    locks = opened_locks(patient)
    assert locks and (expected is None or locks == expected)
    assert all(rule == group for _level, rule, _scope in locks)
    tell(device, device.event("paused", item=None))
    assert Alert.objects.filter(patient=patient).count() == len(locks)
    later = day_of(patient, MONDAY + DAY)
    assert later.offer.state == "locked" and later.plan is None


def test_s12_switches_the_code_on_until_a_therapist_switches_it_off(sent: Any, patient: Patient) -> None:
    """S12: `dvt-suspected` set on, once; reading the events again does not switch it on anew."""
    device = sent()
    answers = no_signs("full", **{"s12-leg": "yes", "s12-chest": "no"})
    session = tell(device, device.event("screen", scope="full", answers=answers, complete=True))
    code = PatientPrecaution.objects.get(patient=patient, code="dvt-suspected", off_at=None)
    assert code.on_by is None
    PatientPrecaution.objects.filter(pk=code.pk).update(off_at=MONDAY + DAY)
    tell(device, device.event("paused", item=None))
    assert session.patient_id == patient.pk
    assert not PatientPrecaution.objects.filter(patient=patient, code="dvt-suspected", off_at=None).exists()


def test_s3_not_sure_counts_as_yes(sent: Any, patient: Patient) -> None:
    """S3, safety X6: never lower than T."""
    device = sent()
    answers = no_signs("full", **{"s5-pee": "not-sure"})
    tell(device, device.event("screen", scope="full", answers=answers, complete=True))
    assert {level for level, _rule, _scope in opened_locks(patient)} <= {"E", "T"} and opened_locks(patient)


def test_s1_half_a_screen_is_not_complete(sent: Any, patient: Patient) -> None:
    """S1, safety X4: the record is kept, the screen stays due and the check-in starts nothing."""
    ScreenRecord.objects.all().delete()
    device = sent()
    assert device.plan["full_screen_due"]
    half = dict(list(no_signs("full").items())[:5])
    session = tell(
        device, device.event("screen", scope="full", answers=half, complete=True), device.check_in(), device.start()
    )
    assert session.state == "refused" and session.started_at is None
    assert not ScreenRecord.objects.get(session=session).complete
    assert day_of(patient, device.at).care.screens


def test_s1_a_whole_screen_lets_the_check_in_start(sent: Any, patient: Patient) -> None:
    """S1: asked before the check-in; it stands for Q1, and none is due for a week."""
    ScreenRecord.objects.all().delete()
    device = sent()
    answers = no_signs("full")
    session = tell(
        device, device.event("screen", scope="full", answers=answers, complete=True), device.check_in(), device.start()
    )
    assert session.state == "started"
    tell(device, device.finish())
    assert not day_of(patient, MONDAY + 6 * DAY).plan["full_screen_due"]  # type: ignore[index]
    assert day_of(patient, MONDAY + 7 * DAY).plan["full_screen_due"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("answers", "row", "state"),
    [
        ({"q5": "dizzy-now"}, "C7", "refused"),
        ({"q5": "vomiting"}, "C8", "refused"),
        ({"spine": 7}, "C9", "checked-in"),
        ({"limb": 6}, "C10", "checked-in"),
        ({"q3": "worse"}, "C12", "checked-in"),
        ({"q1": "yes"}, "C2", "minted"),
        ({"q5": "fever"}, "C4", "minted"),
        ({"limb": None}, "C5", "minted"),
    ],
)
def test_s15_the_check_in_decides(sent: Any, answers: dict[str, Any], row: str, state: str) -> None:
    """S15, S24, S33: table C on the server; whatever the device starts after a no is refused."""
    device = sent()
    session = tell(device, device.check_in(**answers))
    assert (session.check_in.row, session.state) == (row, state)
    session = tell(device, device.start())
    assert session.state == ("started" if row == "C12" else "refused")
    assert (session.started_at is not None) == (row == "C12")


def test_s15_relief_only_lets_relief_start(sent: Any, patient: Patient) -> None:
    """S15, safety X16: the session becomes a relief session, the therapist is told, a rise of 2 tells again."""
    device = sent()
    session = tell(
        device, device.check_in(spine=7), device.start("relief"),
        device.event("set-done", item="R1", set=1, reps=0, seconds=300, asked=False), device.finish(spine=9),
    )  # fmt: skip
    assert (session.state, session.kind) == ("finished", "relief")
    assert opened_alerts(patient, "stop") == [("S15", "C9"), ("X16", "")]
    assert day_of(patient, device.at).offer.day == "A"


def test_s26_no_session_without_a_meal(house: House, sent: Any, patient: Patient) -> None:
    """S26: asked with insulin; no, or no answer, means no session."""
    PatientPrecaution.objects.create(patient=patient, code="diabetes-insulin", on_at=MONDAY)
    device = sent()
    session = tell(device, device.check_in(sugar_ok=None), device.start())
    assert (session.state, session.check_in.row) == ("refused", "S26")


def test_s11_high_pressure_locks(sent: Any, patient: Patient) -> None:
    """S11: 180/110 or more at rest is H and T."""
    device = sent()
    session = tell(device, device.check_in(pressure=[182, 90]))
    assert session.state == "refused"
    assert opened_locks(patient) == {("T", "S11", "all"), ("H", "S11", "all")}


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


@pytest.mark.parametrize(
    ("said", "levels"), [("no", {"T", "H"}), ("yes", {"E", "T", "H"}), ("not-sure", {"E", "T", "H"})]
)
def test_s25_a_fall_in_the_session(sent: Any, patient: Patient, said: str, levels: set[str]) -> None:
    """S25: any yes is E; else T, and H until the therapist has looked; the full screen is due (S1)."""
    device = sent()
    session = tell(
        device, device.check_in(), device.start(), device.pain("A2", alarm="fall"),
        device.event("fall-check", head=said, pain="no", thinner="no", cannot_get_up="no"),
    )  # fmt: skip
    assert (session.state, session.end_row) == ("ended", "T2")
    assert {level for level, _rule, _scope in opened_locks(patient)} == levels
    assert ScreenRecord.objects.filter(patient=patient, scope="event").count() == 1


def test_x17_an_alarm_sign_that_is_not_followed_up_counts_as_yes(sent: Any, patient: Patient) -> None:
    """Safety X17: T at once; E when the signs stay unanswered for five minutes, also if nothing more is sent."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.pain("A2", alarm="red"))
    assert {level for level, _rule, _scope in opened_locks(patient)} == {"T"}
    close_stale(patient=patient, now=device.at + timedelta(minutes=6))
    assert {level for level, _rule, _scope in opened_locks(patient)} == {"T", "E"}


def test_s24_dizziness_in_the_session_ends_it(sent: Any, patient: Patient) -> None:
    """S24, T3."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.pain("A2", alarm="unwell"))
    assert (session.state, session.end_row) == ("ended", "T3")


def test_x5_a_start_two_hours_after_the_check_in_is_none(sent: Any) -> None:
    """Safety X5: an old check-in, or one of another date, starts nothing."""
    device = sent()
    check_in = device.check_in()
    late = device.event("started", 121, kind="full", restrictions=[])
    session = tell(device, check_in, late)
    assert (session.state, session.end_rule, session.started_at) == ("refused", "X5", None)


def test_x13_a_walking_sign_holds_walking_only(sent: Any, patient: Patient) -> None:
    """S13, safety X7: H for walking entries leaves the rest of the plan."""
    device = sent()
    answers = no_signs("full", **{"s13-walk": "yes"})
    tell(device, device.event("screen", scope="full", answers=answers, complete=True), device.check_in())
    assert opened_locks(patient) == {("H", "S13", "walking")}
    plan = day_of(patient, MONDAY + DAY).plan
    assert plan is not None and "walking-intervals" not in [item["slug"] for item in plan["items"]]


def test_r29_what_was_done_counts_towards_the_cap(sent: Any, patient: Patient) -> None:
    """R29: 3 of 12 repetitions a side are used by one set."""
    device = sent()
    tell(device, device.check_in(), device.start(), device.done("A2"), device.pain("A2"), device.finish())
    plan = day_of(patient, device.at + timedelta(minutes=1)).plan
    tuck = next(item for item in plan["items"] if item["slug"] == "knee-tuck-single")  # type: ignore[index]
    assert tuck["cap_left"] == 9


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


def test_s25_the_regular_questions_set_the_precaution(sent: Any, patient: Patient) -> None:
    """S25: one yes sets ``fall-risk``, once; the therapist finds a note."""
    device = sent()
    tell(device, device.check_in(fall_risk=dict(NO_FALLS, unsteady="not-sure")))
    tell(device, device.event("paused", item="A2"))
    assert PatientPrecaution.objects.filter(patient=patient, code="fall-risk", off_at=None).count() == 1
    assert opened_alerts(patient, "note") == [("S25", "")]


def test_s25_three_times_no_sets_nothing(house: House, client_for: Clients) -> None:
    """S25: asked 28 days after the first approval, and then every 28 days."""
    patient = on_program(house.therapist, starts_on=MONDAY.date(), approved_at=MONDAY - 28 * DAY)
    screened(patient, MONDAY - DAY)
    plan = day_of(patient, MONDAY).plan
    assert plan is not None and plan["fall_questions_due"] is True
    device = Device(client_for(patient), plan, MONDAY)
    Session.objects.update(minted_at=MONDAY)
    tell(device, device.check_in(fall_risk=NO_FALLS))
    assert not PatientPrecaution.objects.filter(patient=patient, code="fall-risk").exists()
    for days, due in ((1, False), (27, False), (28, True)):
        care = load_care(patient, MONDAY + days * DAY)
        assert fall_questions_due(care) is due, days


def test_x8_a_sign_told_again_after_the_release_locks_again(sent: Any, patient: Patient) -> None:
    """S2, X7, X8: in the same session; told twice before the release it locks once."""
    device = sent()
    sign = no_signs("S5", **{"s5-pee": "yes"})
    tell(device, device.event("screen", scope="S5", answers=sign, complete=True))
    tell(device, device.event("screen", scope="S5", answers=sign, complete=True))
    assert Lock.objects.filter(patient=patient, level="E").count() == 1
    with time_machine.travel(device.at + timedelta(minutes=1), tick=False):
        Lock.objects.filter(patient=patient).update(
            released_at=device.at + timedelta(minutes=1), released_by=patient.therapist, release_reason="seen",
            examined_by="Dr Lee", examined_on=MONDAY.date(),
        )  # fmt: skip
    tell(device, device.event("paused", 2, item="A2"))
    assert not Lock.objects.open().filter(patient=patient).exists(), "what was known at the release stays released"
    tell(device, device.event("screen", scope="S5", answers={**sign, "s5-numb": "yes"}, complete=True))
    assert Lock.objects.open().filter(patient=patient, level="E").count() == 1


def test_x3_a_sign_from_a_fast_clock_locks_at_once(sent: Any, patient: Patient) -> None:
    """X3, S2: an event of the future is refused, but never a sign: it is kept as of now and locks from now on."""
    device = sent()
    sign = no_signs("S5", **{"s5-pee": "yes"})
    ahead = device.event("screen", 30, scope="S5", answers=sign, complete=True)
    calm = device.event("check-in", 1, **CALM)
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        answer = device.send(ahead, calm).json()
    assert [one["result"] for one in answer["results"]] == ["accepted", "refused"]
    assert answer["session"]["locked"] is True
    assert Lock.objects.get(patient=patient, level="E").opened_at == MONDAY + timedelta(minutes=1)


CALM = {
    "q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no", "sleep_worse": False, "sugar_ok": None,
    "pressure": None,
}  # fmt: skip


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


@pytest.mark.parametrize("payload", [[], {}, [[]], {"a": 1}, 1, True, "<b>", "NaN"])
def test_an_unknown_source_is_refused_alone(sent: Any, patient: Patient, payload: Any) -> None:
    """One bad event never blocks the others, nor breaks the answer."""
    device = sent()
    with time_machine.travel(device.at + timedelta(minutes=9), tick=False):
        answer = device.send(device.check_in(), device.start(), device.pain("A2", source=payload), device.done("A2"))
    assert [one["result"] for one in answer.json()["results"]] == ["accepted", "accepted", "refused", "accepted"]


def test_s21_a_finish_over_an_unsettled_rest_is_an_end(sent: Any, patient: Patient) -> None:
    """S18, U9: pain that is still up at the finish; settled, it is a finish."""
    device = sent()
    session = tell(device, device.check_in(), device.start(), device.pain("A2", spine=4), device.finish(spine=4))
    assert (session.state, session.end_row, session.counted_end) == ("ended", "U9", True)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda p: Program.objects.filter(patient=p).update(restricted_to="relief", restricted_at=MONDAY), "X14"),
        (lambda p: Patient.objects.filter(pk=p.pk).update(discharged_at=MONDAY), "discharged"),
        (lambda p: PatientPrecaution.objects.create(patient=p, code="progressive-weakness", on_at=MONDAY), "R10"),
        (
            lambda p: PatientPrecaution.objects.create(
                patient=p, code="recent-spine-surgery", on_at=MONDAY + timedelta(seconds=1)
            ),
            "R37",
        ),
    ],
    ids=["X14", "discharged", "R10", "R37"],
)
def test_a_start_knows_what_changed_since_the_plan(
    sent: Any, patient: Patient, change: Callable[[Patient], object], rule: str
) -> None:
    """HZ05, HZ20: an old page or a second tab starts nothing that the day no longer offers."""
    device = sent()
    change(patient)
    patient.refresh_from_db()
    with time_machine.travel(device.at + timedelta(minutes=5), tick=False):
        take_in(
            patient=patient,
            session=Session.objects.get(pk=device.plan["session"]),
            events=[device.check_in(), device.start()],
            now=device.at,
        )
    session = Session.objects.get(pk=device.plan["session"])
    assert (session.state, session.end_rule, session.started_at) == ("refused", rule, None)


def test_x8_an_old_plan_asks_the_full_screen_after_a_release(sent: Any, patient: Patient) -> None:
    """X8, X4: the lock was opened and released after the plan was made."""
    device = sent()
    Lock.objects.create(
        patient=patient, level="T", rule="S12", key="k", opened_at=MONDAY, released_at=MONDAY + timedelta(seconds=20),
        released_by=patient.therapist, release_reason="seen",
    )  # fmt: skip
    assert tell(device, device.check_in(), device.start()).state == "refused"
    assert CheckIn.objects.get(session=device.plan["session"]).row == "C3"


def test_s2_a_lock_ends_a_session_that_is_under_way(sent: Any, patient: Patient) -> None:
    """S2: opened elsewhere after the start, however the device's clock stands."""
    device = sent()
    tell(device, device.check_in(), device.start())
    Lock.objects.create(patient=patient, level="T", rule="S12", key="k", opened_at=device.at + timedelta(seconds=9))
    session = tell(device, device.done("A2"))
    assert (session.state, session.end_rule) == ("ended", "S2")


@pytest.mark.parametrize("days", [-1, 1])
def test_x3_the_local_date_is_that_of_the_instant(sent: Any, patient: Patient, days: int) -> None:
    """X3: a date that its own zone does not have at that moment is refused."""
    device = sent()
    event = device.check_in()
    event["local_date"] = (MONDAY + timedelta(days=days)).date().isoformat()
    with time_machine.travel(device.at, tick=False):
        assert device.send(event).status_code == 400


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


def test_x17_the_command_follows_up_a_sign_told_after_the_end(sent: Any, patient: Patient) -> None:
    """Safety X17: nobody comes back to the page, and the session was finished before; after 5 minutes it is yes."""
    device = sent()
    begun = [device.check_in(), device.start(), device.done("A2"), device.pain("A2"), device.finish()]
    session = tell(device, *begun, device.pain("A2", alarm="red"))
    assert (session.state, session.waiting) == ("finished", "sign")
    with time_machine.travel(device.at + timedelta(minutes=6), tick=False):
        call_command("close_stale_sessions", stdout=StringIO())
    assert ("E", "S18", "all") in opened_locks(patient)


@pytest.mark.parametrize(("kind", "part"), [("minimum", "minimum"), ("relief", "relief_only")])
def test_the_sets_that_were_planned_are_those_of_the_kind_that_was_begun(sent: Any, kind: str, part: str) -> None:
    """The therapist reads "1 of 4 sets": a short session is not held against the whole one."""
    device = sent()
    session = tell(device, device.check_in(), device.start(kind))
    assert session.sets_planned == sum(item["dose"].get("sets", 1) for item in device.plan[part])
    assert session.sets_planned != sum(item["dose"].get("sets", 1) for item in device.plan["items"])


def test_s25_an_open_profile_form_does_not_switch_the_answered_code_off(
    sent: Any, patient: Patient, client_for: Clients
) -> None:
    """S25, HZ05: the therapist saves a form from before the answer; the code is shown first, and stays on."""
    therapist = client_for(patient.therapist)  # type: ignore[arg-type]
    record(therapist, patient, version=ClinicalProfile.objects.get(patient=patient).version)
    before = ClinicalProfile.objects.get(patient=patient).version
    device = sent()
    tell(device, device.check_in(fall_risk=dict(NO_FALLS, unsteady="yes")))
    answer = record(therapist, patient, version=before, minutes="25")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "own answers switched a precaution on" in page and "Now on record" in page
    assert PatientPrecaution.objects.filter(patient=patient, code="fall-risk", off_at=None).exists()
    trail = AuditEvent.objects.get(patient_id=patient.pk, action="answer-set-precaution")
    assert trail.objects_touched == {"on": ["fall-risk"]}


def test_x6_a_code_that_an_answer_brings_back_ends_the_ok_of_before(sent: Any, patient: Patient) -> None:
    """R12, X6: an OK from before a code came back does not cover it, whoever switched the code on."""
    tick = TickedEntry.objects.create(
        patient=patient, exercise="heel-raise", codes=["fall-risk"], ticked_by=patient.therapist
    )
    other = TickedEntry.objects.create(patient=patient, exercise="bridge", codes=[], ticked_by=patient.therapist)
    device = sent()
    tell(device, device.check_in(fall_risk=dict(NO_FALLS, unsteady="yes")))
    tick.refresh_from_db()
    other.refresh_from_db()
    assert tick.withdrawn_at is not None and other.withdrawn_at is None


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
