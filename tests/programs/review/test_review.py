"""The inbox, the patients' list and page, and the release of locks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Patient, User
from programs.models import Alert, KnownSign, Lock, PatientPrecaution, Program, ScreenRecord, Session
from programs.opening import open_lock
from tests import factories
from tests.conftest import House
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
Clients = Callable[[User | Patient | str], StrictClient]
INBOX = "/inbox/"


def make_alert(patient: Patient, level: str, minutes: int = 10, **values: Any) -> Alert:
    """An open alert of some minutes ago."""
    rule = {"E": "S5", "T": "S12", "H": "S13", "end": "S18", "stop": "S17", "note": "R12"}[level]
    return Alert.objects.create(
        patient=patient,
        level=level,
        rank=Alert.RANKS[level],
        rule=rule,
        key=f"{level}-{minutes}",
        at=timezone.now() - timedelta(minutes=minutes),
        **values,
    )


def make_lock(patient: Patient, level: str = "T", **values: Any) -> Lock:
    """An open lock of today."""
    return Lock.objects.create(
        patient=patient, level=level, rule="S5", key=f"lock-{level}", opened_at=timezone.now(), **values
    )


def make_session(patient: Patient, days_ago: int, state: str = "finished", **values: Any) -> Session:
    """A session of some days ago."""
    started = timezone.now() - timedelta(days=days_ago)
    defaults: dict[str, Any] = {
        "started_at": started,
        "ended_at": started + timedelta(minutes=20),
        "baseline_spine": 3,
        "baseline_limb": 2,
        "plan": {"items": []},
    }
    return Session.objects.create(
        patient=patient,
        revision=patient.program.current,
        local_date=started.astimezone(patient.zone).date(),
        zone=patient.time_zone,
        state=state,
        **defaults | values,
    )


def started(patient: Patient, *, days_ago: int) -> None:
    """The patient's program starts (or started) that long ago."""
    day = timezone.now().date() - timedelta(days=days_ago)
    Program.objects.filter(patient=patient).update(
        current=factories.make_revision(patient, starts_on=day, items={"A": ("breathing",)})
    )


@pytest.fixture
def therapist(house: House, client_for: Clients) -> StrictClient:
    """The therapist of the clinic, signed in."""
    return client_for("therapist")


def levels(response: Any) -> list[str]:
    """The classes of the inbox's rows, from the top."""
    return [row.levels[0] for row in response.context["inbox"].rows]


def test_the_inbox_has_e_t_h_then_ends_then_stops_then_no_data(
    therapist: StrictClient, on_treatment: Patient, house: House
) -> None:
    silent = factories.on_treatment(house.therapist, "Silent S.")
    make_session(silent, 9)
    started(silent, days_ago=30)
    for level in ("note", "stop", "end", "H", "T", "E"):
        make_alert(on_treatment, level)
    assert levels(therapist.get(INBOX)) == ["E", "T", "H", "end", "stop", "no-data", "note"]


def test_x7_one_sign_with_two_locks_is_one_row(
    therapist: StrictClient, on_treatment: Patient, client_for: Clients, house: House
) -> None:
    """T and H of one sign stand once, are counted once, are noted and put back together; each lock is its own."""
    at = timezone.now() - timedelta(minutes=5)
    for level in ("H", "T"):
        open_lock(patient=on_treatment, level=level, rule="S9", key=f"s9-{level}", at=at)
    page = therapist.get(INBOX).context
    (row,) = page["inbox"].rows
    assert (row.levels, len(row.locks), page["inbox"].total, page["inbox_count"]) == (("T", "H"), 2, 1, 1)
    words = therapist.get(reverse("review:patient", args=[on_treatment.pk])).content.decode()
    assert words.count("An arm or leg is getting weaker.") == 1
    (listed,) = [line for line in therapist.get("/patients/").context["list"].rows if line.id == on_treatment.pk]
    assert (listed.alerts, listed.level) == (1, "T")
    done = therapist.post(reverse("review:acknowledge", args=[row.id]), {"note": "Seen."})
    assert Alert.objects.open().count() == 0
    assert Lock.objects.open().count() == 2
    undo = therapist.get(done["Location"]).context["inbox"].undo
    therapist.post(reverse("review:put-back", args=[undo.id]))
    assert Alert.objects.open().count() == 2


def test_the_oldest_of_a_class_comes_first(therapist: StrictClient, on_treatment: Patient) -> None:
    make_alert(on_treatment, "T", minutes=5)
    oldest = make_alert(on_treatment, "T", minutes=500)
    assert therapist.get(INBOX).context["inbox"].rows[0].id == oldest.id


def test_a_row_says_who_why_and_when(therapist: StrictClient, on_treatment: Patient) -> None:
    make_alert(on_treatment, "stop")
    page = therapist.get(INBOX).content.decode()
    assert on_treatment.display_name in page
    assert "S17" in page
    assert "<time" in page


def test_acknowledging_takes_it_off_with_a_note_and_can_be_undone(
    therapist: StrictClient, on_treatment: Patient
) -> None:
    alert = make_alert(on_treatment, "stop")
    response = therapist.post(reverse("review:acknowledge", args=[alert.id]), {"note": "Phoned, fine."})
    alert.refresh_from_db()
    assert alert.note == "Phoned, fine."
    page = therapist.get(response["Location"])
    assert levels(page) == []
    therapist.post(reverse("review:put-back", args=[page.context["inbox"].undo.id]))
    assert levels(therapist.get(INBOX)) == ["stop"]
    assert AuditEvent.objects.filter(action="alert-acknowledged", patient_id=on_treatment.pk).count() == 1


def test_only_who_noted_it_can_put_it_back(
    therapist: StrictClient, on_treatment: Patient, client_for: Clients, house: House
) -> None:
    alert = make_alert(on_treatment, "stop")
    therapist.post(reverse("review:acknowledge", args=[alert.id]))
    assert client_for(house.second_therapist).post(reverse("review:put-back", args=[alert.id])).status_code == 404


def test_a_silent_patient_is_noted_and_comes_back_after_a_week(therapist: StrictClient, on_treatment: Patient) -> None:
    """P23: no data is a class of its own."""
    started(on_treatment, days_ago=9)
    assert levels(therapist.get(INBOX)) == ["no-data"]
    therapist.post(reverse("review:acknowledge-silence", args=[on_treatment.pk]), {"note": "On holiday"})
    assert levels(therapist.get(INBOX)) == []
    started(on_treatment, days_ago=16)
    assert levels(therapist.get(INBOX)) == ["no-data"]


def test_silence_is_counted_by_the_patients_calendar(therapist: StrictClient, on_treatment: Patient) -> None:
    """P23: where the patient lives it may be another date than at Greenwich."""
    zone = next(name for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago") if _elsewhere(name))
    Patient.objects.filter(pk=on_treatment.pk).update(time_zone=zone)
    today = timezone.localdate(timezone.now(), ZoneInfo(zone))
    started(on_treatment, days_ago=(timezone.now().date() - today).days + 9)
    assert [row.words for row in therapist.get(INBOX).context["inbox"].rows] == ["No session for 9 days."]


def _elsewhere(zone: str) -> bool:
    return timezone.localdate(timezone.now(), ZoneInfo(zone)) != timezone.localdate(timezone.now(), UTC)


def test_the_inbox_shows_nothing_of_another_clinic(
    therapist: StrictClient, other_house: House, catalogue: None
) -> None:
    foreign = factories.on_treatment(other_house.therapist, f"Far {other_house.canary}")
    alert, lock = make_alert(foreign, "E"), make_lock(foreign, "E")
    assert other_house.canary not in therapist.get(INBOX).content.decode()
    assert therapist.post(reverse("review:acknowledge", args=[alert.id])).status_code == 404
    assert therapist.get(reverse("review:release", args=[lock.id])).status_code == 404
    assert therapist.post(reverse("review:release", args=[lock.id]), {"reason": "x"}).status_code == 404
    assert therapist.get(reverse("review:patient", args=[foreign.pk])).status_code == 404
    assert therapist.post(reverse("review:restart", args=[foreign.pk])).status_code == 404


def test_a_lock_ends_only_with_a_reason(therapist: StrictClient, on_treatment: Patient, house: House) -> None:
    """S2, X8."""
    lock = make_lock(on_treatment)
    response = therapist.post(reverse("review:release", args=[lock.id]), {"reason": "  "})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    lock.refresh_from_db()
    assert lock.released_at is None
    therapist.post(reverse("review:release", args=[lock.id]), {"reason": "Phoned; examined on Monday."})
    lock.refresh_from_db()
    assert lock.released_by == house.therapist
    assert AuditEvent.objects.filter(action="lock-released", patient_id=on_treatment.pk).count() == 1


def test_an_emergency_lock_needs_a_clinician_and_a_date(therapist: StrictClient, on_treatment: Patient) -> None:
    """X8: E is released after an examination only."""
    lock = make_lock(on_treatment, "E")
    address = reverse("review:release", args=[lock.id])
    today = timezone.localdate(timezone.now(), on_treatment.zone)
    assert therapist.post(address, {"reason": "Seen."}).status_code == 400
    far = {"reason": "Seen.", "examined_by": "Dr Moss", "examined_on": str(today + timedelta(days=3))}
    response = therapist.post(address, far)
    assert response.status_code == 400 and "Dr Moss" in response.content.decode()
    assert therapist.post(address, far | {"examined_on": str(today)}).status_code == 302
    lock.refresh_from_db()
    assert (lock.examined_by, lock.examined_on) == ("Dr Moss", today)


def test_releasing_one_lock_leaves_the_other(therapist: StrictClient, on_treatment: Patient) -> None:
    """X8: each lock on its own; S2 ends when none is open."""
    first = make_lock(on_treatment, "T")
    make_lock(on_treatment, "H")
    response = therapist.post(reverse("review:release", args=[first.id]), {"reason": "Checked."}, follow=True)
    assert "Another one is still open" in response.content.decode()
    assert Lock.objects.open().filter(patient=on_treatment).count() == 1


def test_r10_a_code_that_stops_all_exercise_is_told_at_the_release(
    therapist: StrictClient, on_treatment: Patient
) -> None:
    """R10, S12: the lock ends, the code stays until the profile is changed."""
    PatientPrecaution.objects.create(patient=on_treatment, code="dvt-suspected", on_at=timezone.now())
    lock = make_lock(on_treatment, "T")
    response = therapist.post(reverse("review:release", args=[lock.id]), {"reason": "Checked."}, follow=True)
    assert "A precaution still stops all exercise" in response.content.decode()


def test_a_released_lock_cannot_be_released_again(therapist: StrictClient, on_treatment: Patient) -> None:
    lock = make_lock(on_treatment)
    address = reverse("review:release", args=[lock.id])
    therapist.post(address, {"reason": "First."})
    therapist.post(address, {"reason": "Second."})
    lock.refresh_from_db()
    assert lock.release_reason == "First."


def test_a_sign_can_be_marked_known_for_28_days_at_most(therapist: StrictClient, on_treatment: Patient) -> None:
    """X8: "the same as when examined" opens no lock."""
    from programs.review.signs import answered_signs
    from programs.rules import screen

    question = next(iter(screen.questions())).id
    session = make_session(on_treatment, 0, state="refused")
    ScreenRecord.objects.create(
        patient=on_treatment,
        session=session,
        at=timezone.now(),
        local_date=session.local_date,
        scope="full",
        answers={question: "yes"},
    )
    lock = make_lock(on_treatment, "T", session=session)
    assert [sign for sign, _words in answered_signs(lock)] == [question]
    address = reverse("review:release", args=[lock.id])
    assert therapist.post(address, {"reason": "Known.", "known": [question], "days": "29"}).status_code == 400
    therapist.post(address, {"reason": "Known.", "known": [question], "days": "28"})
    sign = KnownSign.objects.get(patient=on_treatment)
    assert sign.expires_at - datetime.now(UTC) <= timedelta(days=28)


def test_the_patients_list_tells_state_last_session_and_alerts(therapist: StrictClient, on_treatment: Patient) -> None:
    make_session(on_treatment, 0)
    make_alert(on_treatment, "T")

    def row() -> Any:
        rows = therapist.get("/patients/").context["list"].rows
        return next(row for row in rows if row.id == on_treatment.pk)

    assert (row().state, row().alerts, row().level) == ("done", 1, "T")
    make_lock(on_treatment)
    assert row().state == "locked"


def test_my_patients_are_a_filter_and_the_search_finds_names(
    therapist: StrictClient, on_treatment: Patient, house: House
) -> None:
    def names(query: str) -> set[str]:
        return {row.name for row in therapist.get(f"/patients/{query}").context["list"].rows}

    assert house.second_patient.display_name not in names("")
    assert house.second_patient.display_name in names("?all=1")
    assert names("?all=1&q=pia") == {on_treatment.display_name}
    assert names("?q=%00") <= names("")


def test_list_inbox_and_page_need_the_same_queries_for_many_patients(
    therapist: StrictClient, house: House, on_treatment: Patient, django_assert_max_num_queries: Any
) -> None:
    def fill(patient: Patient) -> None:
        make_session(patient, 1)
        make_alert(patient, "T")
        make_lock(patient)

    fill(on_treatment)
    therapist.get(INBOX)  # the first request of a sign-in writes its session
    counts = [_queries(therapist, address) for address in ("/patients/", INBOX)]
    for number in range(6):
        fill(factories.on_treatment(house.therapist, f"Patient {number}"))
    assert [_queries(therapist, address) for address in ("/patients/", INBOX)] == counts
    before = _queries(therapist, reverse("review:patient", args=[on_treatment.pk]))
    for days in range(2, 9):
        make_session(on_treatment, days)
    assert _queries(therapist, reverse("review:patient", args=[on_treatment.pk])) == before


def _queries(client: StrictClient, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_patients_page_shows_pain_as_a_picture_and_as_a_table(
    therapist: StrictClient, on_treatment: Patient
) -> None:
    for days in (3, 2, 1):
        make_session(on_treatment, days, baseline_spine=days + 2)
    page = therapist.get(reverse("review:patient", args=[on_treatment.pk])).content.decode()
    assert 'class="chart"' in page
    assert "Back or neck pain: about 5 at the start, about 4 now." in page
    assert page.count('<th scope="row">') >= 3
    assert AuditEvent.objects.filter(action="viewed-patient", patient_id=on_treatment.pk).exists()


def test_the_session_page_shows_what_was_corrected(therapist: StrictClient, on_treatment: Patient) -> None:
    session = make_session(on_treatment, 0, state="ended", end_row="T9", end_rule="S18", stops=1)
    page = therapist.get(reverse("review:session", args=[on_treatment.pk, session.id])).content.decode()
    assert "T9" in page and "S18" in page
    foreign = make_session(factories.on_treatment(on_treatment.therapist, "Other"), 0)
    assert therapist.get(reverse("review:session", args=[on_treatment.pk, foreign.id])).status_code == 404


def test_a_short_session_is_called_so_on_both_pages(therapist: StrictClient, on_treatment: Patient) -> None:
    session = make_session(on_treatment, 0, kind="minimum", sets_done=3, sets_planned=4)
    for name, args in (("patient", [on_treatment.pk]), ("session", [on_treatment.pk, session.id])):
        page = therapist.get(reverse(f"review:{name}", args=args)).content.decode()
        assert "hort session (minimum plan)" in page and "3 of 4" in page


def test_restart_ends_the_pause(therapist: StrictClient, on_treatment: Patient) -> None:
    """X14, P14: only the therapist restarts."""
    Program.objects.filter(patient=on_treatment).update(
        restricted_to="minimum", restricted_rule="S21", restricted_at=timezone.now()
    )
    page = therapist.get(reverse("review:patient", args=[on_treatment.pk])).content.decode()
    assert "Only the minimum plan is offered" in page
    therapist.post(reverse("review:restart", args=[on_treatment.pk]))
    assert Program.objects.get(patient=on_treatment).restricted_to == ""


def test_a_restart_of_what_was_not_paused_claims_nothing(therapist: StrictClient, on_treatment: Patient) -> None:
    response = therapist.post(reverse("review:restart", args=[on_treatment.pk]), follow=True)
    assert "was not paused" in response.content.decode()
    assert not AuditEvent.objects.filter(action="restarted-program").exists()


def test_every_change_of_the_review_names_its_route(therapist: StrictClient, on_treatment: Patient) -> None:
    """The trail says by which route somebody saw or changed what."""
    alert, lock = make_alert(on_treatment, "T"), make_lock(on_treatment)
    therapist.post(reverse("review:acknowledge", args=[alert.id]))
    therapist.post(reverse("review:put-back", args=[alert.id]))
    assert therapist.post(reverse("review:put-back", args=[alert.id])).status_code == 404
    therapist.get(reverse("review:release", args=[lock.id]))
    therapist.post(reverse("review:release", args=[lock.id]), {"reason": "Phoned."})
    actions = ("alert-acknowledged", "alert-put-back", "viewed-lock", "lock-released")
    found = AuditEvent.objects.filter(action__in=actions).order_by("id").values_list("action", "route")
    assert dict(found) == dict(
        zip(actions, ("review:acknowledge", "review:put-back", "review:release", "review:release"), strict=True)
    )
    assert len(found) == 4


def test_an_examination_on_the_patients_day_of_the_lock_counts(
    therapist: StrictClient, on_treatment: Patient, house: House
) -> None:
    """X8: the day is the patient's, not the server's."""
    on_treatment.time_zone = "Pacific/Honolulu"
    on_treatment.save()
    day = timezone.now().astimezone(on_treatment.zone).date() - timedelta(days=2)
    opened = datetime(day.year, day.month, day.day, 22, tzinfo=on_treatment.zone)
    lock = make_lock(on_treatment, "E")
    Lock.objects.filter(id=lock.id).update(opened_at=opened)
    form = {"reason": "Seen at once.", "examined_by": "Dr Ito"}
    address = reverse("review:release", args=[lock.id])
    before = {**form, "examined_on": (day - timedelta(days=1)).isoformat()}
    assert therapist.post(address, before).status_code == 400
    assert therapist.post(address, {**form, "examined_on": day.isoformat()}).status_code == 302


def test_a_note_on_silence_that_changes_nothing_says_so(therapist: StrictClient, on_treatment: Patient) -> None:
    address = reverse("review:acknowledge-silence", args=[on_treatment.pk])
    assert "nothing to note" in therapist.post(address, {"note": ""}, follow=True).content.decode()
    started(on_treatment, days_ago=9)
    assert "500 characters" in therapist.post(address, {"note": "x" * 501}, follow=True).content.decode()
    assert levels(therapist.get(INBOX)) == ["no-data"]


@pytest.mark.parametrize("role", ["patient", "editor", "admin"])
def test_only_therapists_reach_the_inbox_and_patients(client_for: Clients, house: House, role: str) -> None:
    client = client_for(role)
    for address in (INBOX, "/patients/", reverse("review:patient", args=[house.patient.pk])):
        assert client.get(address).status_code == 404
