"""A patient in the third week of a program, and what the day offers them."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Patient
from programs.guided.actions import OpenDay, open_day
from programs.models import Session
from tests.conftest import House
from tests.programs.guided.factory import on_program, screened
from tests.programs.guided.telling import DAY, MONDAY


def under_way(house: House) -> Patient:
    """A patient whose program began two weeks before MONDAY, a Monday, with both first sessions done."""
    found = on_program(house.therapist, starts_on=MONDAY.date() - 14 * DAY)
    done(found, MONDAY - 14 * DAY, "A")
    done(found, MONDAY - 13 * DAY, "B")
    screened(found, MONDAY - 2 * DAY)
    return found


def opened(patient: Patient, at: datetime = MONDAY) -> OpenDay:
    """The day of the patient at a moment; fails where nothing may be started."""
    day = open_day(patient=patient, now=at)
    assert day.plan is not None, day.offer
    return day


def done(
    patient: Patient, at: datetime, day: str, *, used: dict[str, dict[str, Any]] | None = None, **values: Any
) -> Session:
    """A finished session of the revision in force."""
    items = {slug: {"slug": slug, **use} for slug, use in (used or {}).items()}
    defaults: dict[str, Any] = {
        "revision": patient.program.current,
        "zone": patient.time_zone,
        "plan": {},
        "state": "finished",
        "started_at": at,
        "ended_at": at + timedelta(minutes=20),
        "summary": {"items": items},
    }
    return Session.objects.create(
        patient=patient,
        local_date=at.astimezone(patient.zone).date(),
        days=[day] if day else [],
        **defaults | values,
    )


def slugs(plan: dict[str, Any] | None, part: str = "items") -> list[str]:
    """The slugs of a part of the plan."""
    return [item["slug"] for item in (plan or {})[part]]
