"""S33, HZ21: an event is not replaced by another one either."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from programs.guided.actions import open_day
from programs.models import Session, SessionEvent
from tests.conftest import Clients, House
from tests.programs.guided.factory import Device, on_program, screened
from tests.programs.guided.telling import MONDAY

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def device(house: House, client_for: Clients) -> Iterator[Device]:
    """A patient's device at the first session of a program."""
    patient = on_program(house.therapist, starts_on=MONDAY.date())
    screened(patient, MONDAY - timedelta(days=1))
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    Session.objects.update(minted_at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield Device(client_for(patient), plan, MONDAY)


@pytest.mark.parametrize("same", ["id", "client_id"])
def test_s33_an_event_is_not_replaced(device: Device, same: str) -> None:
    """By its own key or by the client's: SQLite's INSERT OR REPLACE deletes without asking the other triggers."""
    device.send(device.check_in())
    event: dict[str, Any] = dict(SessionEvent.objects.values().get())
    other = event | {"kind": "screen", "id": uuid.uuid4(), "client_id": uuid.uuid4()} | {same: event[same]}
    fields = SessionEvent._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [field.get_db_prep_save(other[field.attname], connection) for field in fields]
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    row = f"INTO {SessionEvent._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(values))})"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} {row}", values)
    assert SessionEvent.objects.get().kind == "check-in"
