"""What no device of ours sends: the intake answers each with a reason, takes the rest, and never breaks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.ids import uuid7
from accounts.models import Patient
from programs.models import Lock, Session
from programs.rules.events import FIELDS
from tests.conftest import Clients
from tests.programs.guided.factory import Device
from tests.programs.guided.telling import MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")


def results(response: Any) -> list[str]:
    """The result of each event."""
    return [one["result"] for one in response.json()["results"]]


def nested(depth: int) -> Any:
    """A list within a list, ``depth`` times."""
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20), st.just(10**400), st.just("x" * 600), st.just([]), st.just({}), st.just([1, 2]),
    st.sampled_from(["A1", "A2", "Z9", "yes", "red", "S5", "T8", "stop", "full", "9999-12-31T23:59:59Z",
                     "2026-11-23T09:30:00Z", "0001-01-01T00:00:00+14:00", "Pacific/Kiritimati", "2026-11-23"]),
)  # fmt: skip
NAMES = sorted({name.removesuffix("?") for fields in FIELDS.values() for name in fields})
FRAME = ("id", "kind", "at", "zone", "local_date", "mono", "seq", "payload")


def whole_session(device: Device) -> list[dict[str, Any]]:
    """One event of each kind that a session may have."""
    return [
        device.check_in(), device.start(), device.done("A1"), device.pain("A1"), device.rest("A1", 120),
        device.event("interval", item="A1", planned_s=120, walked_s=100, first_symptom_s=90),
        device.event("skipped", item="A2", reason="tired"), device.event("eased", item="A2", reps=2),
        device.event("screen", scope="short", answers={}, complete=False), device.event("paused", item="A1"),
        device.event("resumed", item="A1"), device.event("relief", item="A1", seconds=60),
        device.event("fall-check", head="no", pain="no", thinner="no", cannot_get_up="no"),
        device.event("ended", row="T8", rule="S18", why=""), device.finish(),
    ]  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_s33_whatever_is_sent_gets_a_reason_and_never_breaks(device: Device, data: Any) -> None:
    """Good events with some of their values exchanged for odd ones, or with fields that they do not have."""
    device.seq, device.at = 0, MONDAY
    good = whole_session(device)
    bent = data.draw(st.sampled_from(good))
    changes = data.draw(st.dictionaries(st.sampled_from(NAMES), ODD, max_size=3))
    frame = data.draw(st.dictionaries(st.sampled_from(FRAME), ODD, max_size=1))
    odd = {**bent, "id": str(uuid7()), "payload": {**bent["payload"], **changes}, **frame}
    with transaction.atomic():
        response = device.send(good[0], odd, good[1])
        transaction.set_rollback(True)
    assert response.status_code == 200
    assert [results(response)[place] for place in (0, 2)] == ["accepted", "accepted"]


CHECK_IN = {"q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no"}
ODDITIES: dict[str, tuple[str, dict[str, Any]]] = {
    "a set that is text": ("skipped", {"item": "A1", "set": "x"}),
    "seconds that are text": ("eased", {"item": "A2", "reps": 2, "seconds": "x"}),
    "a walk that is a list": ("paused", {"item": "A1", "walked_s": [1]}),
    "a skip that corrects something": ("skipped", {"item": "A1", "replaces": "x"}),
    "a set that corrects something": ("set-done", {"item": "A1", "set": 1, "replaces": "x"}),
    "a finish that corrects something": ("finished", {"spine": 1, "limb": 1, "replaces": ["x"]}),
    "deep lists": ("paused", {"item": "A1", "more": nested(1200)}),
    "very deep lists": ("paused", {"item": "A1", "more": nested(5000)}),
    "a finish of an entry that is a list": ("finished", {"spine": 1, "limb": 1, "item": ["A1"]}),
    "a check-in of a set": ("check-in", {**CHECK_IN, "set": {}, "seconds": "x"}),
    "a long row": ("ended", {"row": "T" * 300, "rule": "S18"}),
    "a long rule": ("ended", {"row": "T8", "rule": "S" * 300}),
}


@pytest.mark.parametrize("what", ODDITIES)
def test_s33_fields_that_a_kind_does_not_have_break_nothing(
    device: Device, patient: Patient, client_for: Clients, what: str
) -> None:
    """The good events around it are taken; it is taken without what it does not have, or refused. No page breaks."""
    kind, payload = ODDITIES[what]
    good = [device.check_in(), device.start()]
    response = device.send(*good, device.event(kind, **payload), device.done("A1"))
    assert response.status_code == 200
    assert results(response)[2] in {"accepted", "refused"}
    assert [results(response)[place] for place in (0, 1, 3)] == ["accepted"] * 3
    own, session = device.client, device.plan["session"]
    for name in ("guided:session", "guided:log"):
        assert own.get(reverse(name, args=[session]), follow=True).status_code == 200
    assert own.get(reverse("guided:today")).status_code == 200
    therapist = client_for(patient.therapist)
    for address in (reverse("review:session", args=[patient.pk, session]), reverse("review:inbox")):
        assert therapist.get(address).status_code == 200


@pytest.mark.parametrize("odd", ["seated-and-lying-only", [["x"]], [1], ["x" * 41], ["x"] * 9, {}])
def test_s33_restrictions_that_are_no_list_of_names_are_refused(device: Device, odd: Any) -> None:
    """The player reads them back when it goes on from what the clinic has."""
    start = device.start()
    start["payload"]["restrictions"] = odd
    assert results(device.send(device.check_in(), start)) == ["accepted", "refused"]


@pytest.mark.parametrize(
    ("at", "zone"),
    [
        ("9999-12-31T23:59:59Z", "Pacific/Kiritimati"),
        ("0001-01-01T00:00:00Z", "America/New_York"),
        ("9999-12-31T23:59:59-14:00", "UTC"),
    ],
)
def test_s33_the_ends_of_time_are_refused(device: Device, at: str, zone: str) -> None:
    """X3: a date that no calendar of the zone has."""
    response = device.send({**device.check_in(), "at": at, "zone": zone, "local_date": "9999-12-31"}, device.start())
    assert results(response) == ["refused", "accepted"]


def test_x3_an_event_of_a_clock_that_is_a_little_fast_is_known_when_it_comes_again(device: Device) -> None:
    """The acknowledgement was lost: the same event is a duplicate, never in conflict with itself."""
    device.at = datetime.now(UTC) + timedelta(minutes=4)
    check_in = device.check_in()
    assert results(device.send(check_in)) == ["accepted"]
    for later in (timedelta(seconds=2), timedelta(hours=1)):
        with time_machine.travel(datetime.now(UTC) + later, tick=False):
            assert results(device.send(check_in)) == ["duplicate"]


@pytest.mark.parametrize("size", [257 * 1024, 2_600_000, 3_100_000])
def test_a_body_of_any_size_is_refused_as_too_large_in_json(device: Device, size: int) -> None:
    """413 whichever limit meets it first; the device halves its batch."""
    response = device.client.post(device.url, data=b" " * size, content_type="application/json")
    assert (response.status_code, response.json()) == (413, {"error": "too-large"})


@pytest.mark.parametrize(
    ("answers", "locks"),
    [({"last": "spread"}, {("H", "S22"), ("T", "S22")}), ({"pressure": [190, 100]}, {("H", "S11"), ("T", "S11")})],
)
def test_x3_what_a_check_in_locks_is_not_thrown_away_for_a_fast_clock(
    device: Device, patient: Patient, answers: dict[str, Any], locks: set[tuple[str, str]]
) -> None:
    """S2, S11, S22: the clock is an hour fast; the sign holds from now, and nothing starts."""
    device.at = datetime.now(UTC) + timedelta(hours=1)
    device.send(device.check_in(**answers), device.start())
    assert set(Lock.objects.filter(patient=patient).values_list("level", "rule")) == locks


def test_x3_tingling_that_stays_is_not_thrown_away_for_a_fast_clock(device: Device) -> None:
    """S18, T5: the session is ended by it, whatever the clock."""
    device.at = datetime.now(UTC) - timedelta(minutes=5)
    device.send(device.check_in(), device.start())
    device.at = datetime.now(UTC) + timedelta(hours=1)
    assert results(device.send(device.pain("A1", tingling="lasting"))) == ["accepted"]
    assert Session.objects.get(pk=device.plan["session"]).end_row == "T5"
