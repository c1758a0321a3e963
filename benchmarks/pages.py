"""The day's page, the session page and the event intake against a bare logged-in view and a bare insert."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.test import Client

from accounts.models import Patient
from accounts.policy import POLICY
from benchmarks.timing import Timed, timed
from programs.models import Session, SessionEvent
from tests import factories
from tests.signing_in import sign_in

BATCH = 20


def make_patient() -> Patient:
    """A patient with a program that starts today."""
    therapist = factories.make_staff(factories.make_clinic(), "therapist")
    return factories.on_treatment(therapist)


def measure() -> list[tuple[Timed, Timed]]:
    """Each page or intake with what it is compared with."""
    patient = make_patient()
    client = Client()
    sign_in(client, patient.user)
    POLICY["bare"] = POLICY["guided:today"]
    bare = timed("bare logged-in view", _get(client, "/bare/"))
    day = timed("the day's page", _get(client, "/today/"))
    session = Session.objects.filter(patient=patient, kind="full").earliest("id")
    page = timed("the session page", _get(client, f"/sessions/{session.pk}/"))
    insert = timed("bare insert", lambda: _insert(patient, session), rounds=100)
    one = timed("intake of 1 event", _post(client, patient, session, 1))
    many = timed(f"intake of {BATCH} events", _post(client, patient, session, BATCH))
    return [(day, bare), (page, bare), (one, insert), (many, insert), (one, bare), (bare, bare), (insert, insert)]


def _get(client: Client, address: str) -> Callable[[], Any]:
    def call() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return call


def _insert(patient: Patient, session: Session) -> None:
    now = datetime.now(UTC)
    with transaction.atomic():
        SessionEvent.objects.create(
            patient=patient,
            session=session,
            client_id=uuid.uuid4(),
            kind="paused",
            occurred_at=now,
            zone="Europe/London",
            local_date=now.date(),
            payload={"item": session.plan["items"][0]["id"]},
            content_hash="",
        )


def _post(client: Client, patient: Patient, session: Session, count: int) -> Callable[[], Any]:
    """A batch of new pauses each time: the lightest event, so that the way in is what is measured."""
    item = session.plan["items"][0]["id"]

    def call() -> None:
        now = datetime.now(UTC).isoformat()
        events = [
            {
                "id": str(uuid.uuid4()),
                "kind": "paused",
                "at": now,
                "zone": session.zone,
                "local_date": session.plan["local_date"],
                "mono": 0,
                "seq": number,
                "payload": {"item": item},
            }
            for number in range(count)
        ]
        body = json.dumps({"account": str(patient.pk), "events": events})
        answer = client.post(f"/sessions/{session.pk}/events/", body, content_type="application/json")
        assert answer.status_code == 200, answer.content

    return call
