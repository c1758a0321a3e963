"""What is asked before a session and what its answers lock or switch on (S1-S15, S25, X6, X8, X13, X17)."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import AuditEvent, Patient
from programs.guided.actions import close_stale
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
from programs.rules.screen import screen
from tests.conftest import House
from tests.programs.guided.factory import Device, on_program, screened
from tests.programs.guided.telling import (
    CALM,
    DAY,
    MONDAY,
    NO_FALLS,
    day_of,
    no_signs,
    opened_alerts,
    opened_locks,
    tell,
)
from tests.programs.prescribing.helpers import record
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


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


def test_x13_a_walking_sign_holds_walking_only(sent: Any, patient: Patient) -> None:
    """S13, safety X7: H for walking entries leaves the rest of the plan."""
    device = sent()
    answers = no_signs("full", **{"s13-walk": "yes"})
    tell(device, device.event("screen", scope="full", answers=answers, complete=True), device.check_in())
    assert opened_locks(patient) == {("H", "S13", "walking")}
    plan = day_of(patient, MONDAY + DAY).plan
    assert plan is not None and "walking-intervals" not in [item["slug"] for item in plan["items"]]


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


def test_x17_the_command_follows_up_a_sign_told_after_the_end(sent: Any, patient: Patient) -> None:
    """Safety X17: nobody comes back to the page, and the session was finished before; after 5 minutes it is yes."""
    device = sent()
    begun = [device.check_in(), device.start(), device.done("A2"), device.pain("A2"), device.finish()]
    session = tell(device, *begun, device.pain("A2", alarm="red"))
    assert (session.state, session.waiting) == ("finished", "sign")
    with time_machine.travel(device.at + timedelta(minutes=6), tick=False):
        call_command("close_stale_sessions", stdout=StringIO())
    assert ("E", "S18", "all") in opened_locks(patient)


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
