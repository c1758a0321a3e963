"""The way in for events: what is taken, what is known already, what is in conflict, and what is nonsense."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.ids import uuid7
from accounts.models import Patient
from programs.guided.actions import close_stale
from programs.guided.intake import take_in
from programs.models import Alert, Lock, Session, SessionEvent
from tests.conftest import House
from tests.programs.guided.factory import Device
from tests.programs.guided.telling import MONDAY
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


def results(response: Any) -> list[str]:
    """The result of each event."""
    return [one["result"] for one in response.json()["results"]]


def test_events_are_taken_once(device: Device, patient: Patient) -> None:
    """The same batch again changes nothing and is answered with 200."""
    events = [device.check_in(), device.start(), device.done("A1"), device.pain("A1")]
    first = device.send(*events)
    assert first.status_code == 200 and results(first) == ["accepted"] * 4
    assert first.json()["session"] == {"state": "started", "locked": False, "level": ""}
    before = Session.objects.values().get(pk=device.plan["session"])
    again = device.send(*events)
    assert again.status_code == 200 and results(again) == ["duplicate"] * 4
    assert SessionEvent.objects.count() == 4
    assert Session.objects.values().get(pk=device.plan["session"]) == before


def test_any_order_gives_the_same_session(device: Device, patient: Patient) -> None:
    """S16-S18: the outcome is that of the events' own order, however they arrive."""
    first = Session.objects.get(pk=device.plan["session"])
    seen = set()
    for order in itertools.permutations(range(4)):
        plan = {**device.plan, "session": str(uuid7())}
        Session.objects.create(
            pk=plan["session"], patient=patient, revision=first.revision, local_date=first.local_date,
            zone=first.zone, plan=plan,
        )  # fmt: skip
        Session.objects.update(minted_at=MONDAY)
        this = Device(device.client, plan, MONDAY)
        events = [this.check_in(), this.start(), this.done("A2"), this.pain("A2", spine=5)]
        for place in order:
            assert this.send(events[place]).status_code == 200
        session = Session.objects.get(pk=plan["session"])
        seen.add((session.state, session.end_row, session.baseline_spine, session.sets_done))
    assert seen == {("ended", "T9", 3, 1)}


def test_s33_the_log_is_append_only(device: Device) -> None:
    """HZ21: the database itself refuses to change or delete an event."""
    device.send(device.check_in())
    for change in (
        lambda: SessionEvent.objects.update(kind="screen"),
        lambda: SessionEvent.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert SessionEvent.objects.get().kind == "check-in"


def test_the_same_id_with_other_content_is_a_conflict(device: Device) -> None:
    """409: nothing is overwritten, and the others of the batch are taken."""
    check_in = device.check_in()
    device.send(check_in)
    other = {**check_in, "payload": {**check_in["payload"], "spine": 9}}
    response = device.send(other)
    assert response.status_code == 409 and results(response) == ["conflict"]
    mixed = device.send(other, device.start())
    assert mixed.status_code == 200 and results(mixed) == ["conflict", "accepted"]
    assert SessionEvent.objects.get(kind="check-in").payload["spine"] == 3


def test_a_conflict_within_one_batch(device: Device) -> None:
    """The first of two with one id is taken."""
    check_in = device.check_in()
    response = device.send(check_in, check_in, {**check_in, "seq": 7})
    assert results(response) == ["accepted", "duplicate", "conflict"]


def bent(**changes: Any) -> Callable[[dict[str, Any]], Any]:
    """The event with fields changed; ``payload__x`` changes the payload."""

    def change(event: dict[str, Any]) -> Any:
        event = {**event, "payload": dict(event["payload"])}
        for name, value in changes.items():
            where, key = (event["payload"], name[9:]) if name.startswith("payload__") else (event, name)
            where[key] = value
        return event

    return change


NONSENSE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "pain 11": bent(payload__spine=11),
    "pain -1": bent(payload__limb=-1),
    "pain 3.5": bent(payload__spine=3.5),
    "pain true": bent(payload__spine=True),
    "pain as text": bent(payload__spine="3"),
    "a huge number": bent(payload__spine=10**300),
    "a set that the plan does not have": bent(payload__set=9),
    "set 0": bent(payload__set=0),
    "an item that the plan does not have": bent(payload__item="Z9"),
    "an item that is a list": bent(payload__item=["A1"]),
    "an unknown sign": bent(payload__alarm="purple"),
    "a missing sign": bent(payload__spread=None),
    "a time in the future": bent(at="2026-11-23T10:11:00Z"),
    "a time without a zone": bent(at="2026-11-23T09:05:00"),
    "a time before computers": bent(at="1900-01-01T00:00:00Z"),
    "a time at the end of time": bent(at="9999-12-31T23:59:59-14:00"),
    "no time": bent(at=None),
    "a zone that is none": bent(zone="Mars/Olympus"),
    "a zone that is a path": bent(zone="../../etc/passwd"),
    "a local date of another month": bent(local_date="2026-10-01"),
    "a local date that is none": bent(local_date="2026-02-30"),
    "a negative place": bent(seq=-1),
    "a place too large": bent(seq=2**40),
    "a clock as text": bent(mono="12"),
    "an unknown kind": bent(kind="dance"),
    "no kind": bent(kind=None),
    "an id that is none": bent(id="x"),
    "no id": bent(id=None),
    "a payload that is a list": bent(payload=[]),
    "text with a zero character": bent(payload__source="a\x00b"),
    "half a character": bent(payload__source="\ud800"),
    "too much": bent(payload__source="x" * 40_000),
    "no object": lambda event: [event],
    "nothing": lambda event: None,
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_refused_and_blocks_nothing(device: Device, what: str) -> None:
    """S33: 400 with a reason for it alone; the good events before and after it in the batch are taken."""
    good = [device.check_in(), device.start()]
    bad = NONSENSE[what](device.pain("A2"))
    alone = device.send(bad)
    assert alone.status_code == 400 and results(alone) == ["refused"] and alone.json()["results"][0]["why"]
    together = device.send(good[0], bad, good[1])
    assert together.status_code == 200 and results(together) == ["accepted", "refused", "accepted"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hello", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'{"account": "x"}', 400),
        (b'{"account": 1, "events": []}', 400),
        (b'{"events": []}', 400),
        (b'{"account": "x", "events": {}}', 400),
        (b'{"account": "x", "events": [NaN]}', 400),
        (b'{"account": "x", "events": [Infinity]}', 400),
        (b'{"account": "x", "events": [1e999]}', 400),
        (b'{"account": "x", "events": [' + b"9" * 5000 + b"]}", 400),
        (b'{"account": "x", "events": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b'{"account": "x", "events": []}', 403),
        (b'{"account": "x", "events": [' + b"1," * 200 + b"1]}", 413),
        (b" " * 300_000, 413),
    ],
)
def test_a_body_that_is_no_batch(device: Device, body: bytes, status: int) -> None:
    """JSON with a reason, never a page and never a 500."""
    response = device.client.post(device.url, data=body, content_type="application/json")
    assert response.status_code == status
    assert response["Content-Type"] == "application/json" and response.json()["error"]
    assert not SessionEvent.objects.exists()


def test_an_empty_batch_asks_how_things_stand(device: Device) -> None:
    """200, no results, the session's state."""
    response = device.send()
    assert (response.status_code, response.json()["results"]) == (200, [])
    assert response.json()["session"] == {"state": "minted", "locked": False, "level": ""}


def test_who_may_send(device: Device, house: House, other_house: House, client_for: Clients) -> None:
    """401 signed out, 403 for another account's queue, 404 for sessions of others and for staff; all JSON."""
    event = device.check_in()
    own = device.client
    for nobody in (StrictClient(), StrictClient(enforce_csrf_checks=True)):
        device.client = nobody
        signed_out = device.send(event)
        assert signed_out.status_code == 401 and signed_out.json() == {"error": "signed-out"}
    device.client = client_for(house.second_patient)
    assert device.send(event).status_code == 403
    foreign = device.send(event, account=str(house.second_patient.pk))
    assert foreign.status_code == 404 and foreign.json()["error"] == "not-found"
    device.client = client_for(house.therapist)  # type: ignore[arg-type]
    assert device.send(event).status_code == 404
    device.client = own
    device.plan = {**device.plan, "session": "01900000-0000-7000-8000-000000000000"}
    missing = device.send(event)
    assert missing.status_code == 404 and missing.json() == {"error": "not-found"}
    assert not SessionEvent.objects.exists()


def test_yesterdays_plan_and_an_old_revision_are_accepted(device: Device, patient: Patient) -> None:
    """Offline use is legitimate: the events come a day later, and the program has changed since."""
    from tests.programs.guided.factory import revise

    revise(patient, MONDAY.date())
    events = [device.check_in(), device.start(), device.done("A1"), device.pain("A1"), device.finish()]
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        assert results(device.send(*events)) == ["accepted"] * 5
    session = Session.objects.get(pk=device.plan["session"])
    assert (session.state, session.local_date.isoformat()) == ("finished", "2026-11-23")


def test_s33_an_impossible_clock_is_kept_and_not_counted(device: Device) -> None:
    """Safety X3: times long before the session was made are stored, and nothing counts as started."""
    device.at = MONDAY - timedelta(hours=3)
    assert results(device.send(device.check_in(), device.start(), device.done("A1"))) == ["accepted"] * 3
    assert set(SessionEvent.objects.values_list("clock", flat=True)) == {"early"}
    session = Session.objects.get(pk=device.plan["session"])
    assert (session.state, session.end_rule, session.started_at) == ("refused", "S33", None)


def test_x3_each_event_keeps_its_own_local_date(device: Device) -> None:
    """Safety X3: the date chosen when it happened is stored, whatever the server's day is."""
    check_in = {**device.check_in(), "zone": "Pacific/Kiritimati", "local_date": "2026-11-23"}
    assert results(device.send(check_in)) == ["accepted"]
    event = SessionEvent.objects.get()
    assert (event.zone, event.local_date.isoformat()) == ("Pacific/Kiritimati", "2026-11-23")


def test_the_intakes_queries_do_not_grow(device: Device) -> None:
    """One event or a hundred: the same number of queries."""
    device.send(device.check_in(), device.start())

    def queries(count: int) -> int:
        events = [device.event("paused", 0, item="A1") for _ in range(count)]
        with CaptureQueriesContext(connection) as seen:
            assert device.send(*events).status_code == 200
        return len(seen)

    assert queries(1) == queries(100) <= 40


def test_s2_a_start_with_an_open_lock_is_recorded_flagged_and_never_counted(device: Device, patient: Patient) -> None:
    """S2: the lock was opened elsewhere before the start; the session is refused, and the therapist is told
    of the start and, in one note, of what was done."""
    Lock.objects.create(patient=patient, level="T", rule="S12", key="k", opened_at=MONDAY)
    events = [device.check_in(), device.start(), device.done("A1")]
    response = device.send(*events)
    assert results(response) == ["accepted"] * 3
    assert response.json()["session"] == {"state": "refused", "locked": True, "level": "T"}
    session = Session.objects.get(pk=device.plan["session"])
    assert (session.started_at, session.end_rule) == (None, "S2")
    device.send(device.done("A2"))
    levels = Alert.objects.filter(patient=patient, rule="S2").values_list("level", flat=True)
    assert sorted(levels) == ["H", "note"]


def test_s2_a_lock_that_was_released_before_holds_nothing(device: Device, patient: Patient) -> None:
    """Safety X8: each lock by its own span of time."""
    Lock.objects.create(
        patient=patient, level="T", rule="S12", key="k", opened_at=MONDAY - timedelta(hours=2),
        released_at=MONDAY, released_by=patient.therapist, release_reason="seen",
    )  # fmt: skip
    device.send(device.check_in(), device.start())
    assert Session.objects.get(pk=device.plan["session"]).state == "started"


def test_x14_what_is_worked_out_of_one_patient_is_worked_out_in_turn(device: Device, patient: Patient) -> None:
    """Safety X14: two sessions that end at once would each count one end alone; the patient's row is held first."""

    def held_first(work: Callable[[], Any]) -> bool:
        with CaptureQueriesContext(connection) as seen:
            work()
        rows = [one["sql"] for one in seen if one["sql"].startswith("SELECT")]
        ours = next(place for place, sql in enumerate(rows) if 'FROM "accounts_patient"' in sql and "LIMIT 21" in sql)
        return not any("programs_session" in sql for sql in rows[:ours]) and (
            "FOR NO KEY UPDATE" in rows[ours] or not connection.features.has_select_for_update
        )

    session = Session.objects.get(pk=device.plan["session"])
    at = MONDAY + timedelta(minutes=9)
    assert held_first(lambda: take_in(patient=patient, session=session, events=[device.check_in()], now=at))
    assert held_first(lambda: close_stale(patient=patient, now=at))
