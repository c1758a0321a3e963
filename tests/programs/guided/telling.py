"""What a device tells on a Monday and after, and what that has opened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from accounts.models import Patient
from programs.guided.actions import OpenDay, open_day
from programs.models import Alert, Lock, Session
from programs.rules.screen import question_ids, screen
from tests.programs.guided.factory import Device

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NO_FALLS = {"fallen-past-year": "no", "unsteady": "no", "worried-about-falling": "no"}
CALM = {
    "q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no", "sleep_worse": False, "sugar_ok": None,
    "pressure": None,
}  # fmt: skip


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
