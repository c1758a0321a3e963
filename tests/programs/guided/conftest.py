"""A patient on a program, and the device in their hand, on a Monday."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Patient
from programs.guided.actions import open_day
from programs.models import Session
from tests.conftest import Clients, House
from tests.programs.guided.factory import Device, on_program, screened
from tests.programs.guided.paper import Paper
from tests.programs.guided.telling import DAY, MONDAY


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient whose program starts on MONDAY, screened the day before."""
    found = on_program(house.therapist, starts_on=MONDAY.date())
    screened(found, MONDAY - DAY)
    return found


@pytest.fixture
def device(patient: Patient, client_for: Clients) -> Any:
    """The patient's device at Monday's session; the clock stands an hour later."""
    plan = open_day(patient=patient, now=MONDAY).plan
    assert plan is not None
    Session.objects.update(minted_at=MONDAY)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield Device(client_for(patient), plan, MONDAY)


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


@pytest.fixture
def paper(patient: Patient, client_for: Clients) -> Any:
    """The session of the day, read without JavaScript."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        plan = open_day(patient=patient, now=MONDAY).plan
        assert plan is not None
        Session.objects.update(minted_at=MONDAY)
        yield Paper(client_for(patient), plan["session"], traveller)
