"""A patient on a program, and the device in their hand, on a Monday."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import open_day
from programs.models import Session
from tests.conftest import Clients, House
from tests.programs.guided.factory import Device, on_program, screened

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient whose program starts on MONDAY, screened the day before."""
    found = on_program(house.therapist, starts_on=MONDAY.date())
    screened(found, MONDAY - timedelta(days=1))
    return found


@pytest.fixture
def device(patient: Patient, client_for: Clients) -> Any:
    """The patient's device at Monday's session; the clock stands an hour later."""
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    Session.objects.update(minted_at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield Device(client_for(patient), plan, MONDAY)
