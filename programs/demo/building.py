"""Building the demo clinic, or moving it along when it is days old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.actions import discharge
from accounts.demo import DEMO_CLINIC
from accounts.models import Clinic, Patient, User
from programs.demo.clock import at, moment
from programs.demo.living import live
from programs.demo.moving import move_along
from programs.demo.people import make_clinic, raise_doses, take_in
from programs.demo.stories import Story, stories
from programs.models import Alert
from programs.review.actions import acknowledge
from programs.revisions import read_changes

NOTE = "Read, and talked about at the next visit."


@dataclass(frozen=True)
class Outcome:
    """What ``bring_up_to_date`` did: built it anew, or moved it by so many days."""

    built: bool
    moved_days: int


def bring_up_to_date(now: datetime) -> Outcome:
    """Build the demo clinic where there is none; move it along by whole days where it is old. ``now`` is aware."""
    clinic = Clinic.objects.filter(name=DEMO_CLINIC).order_by("created_at").first()
    if clinic is None:
        build(now)
        return Outcome(built=True, moved_days=0)
    days = (_local_day(now, clinic) - _local_day(clinic.created_at, clinic)).days
    if days > 0:
        move_along(days)
        return Outcome(built=False, moved_days=days)
    return Outcome(built=False, moved_days=0)


@transaction.atomic
def build(now: datetime) -> None:
    """The clinic, its people and their weeks. The clinic's own date says for which day the stories are told."""
    with at(now):
        staff = make_clinic()
    for story in stories():
        _tell(story, staff, now)


def _tell(story: Story, staff: Mapping[str, User], now: datetime) -> None:
    """A patient's whole story, day by day up to today."""
    patient = take_in(story, staff, now)
    raises = {one.day: one for one in story.revisions}
    for day in range(story.begins, 1):
        if day in raises:
            revision = raise_doses(patient, raises[day], now)
            read_changes(patient=patient, upto=revision)
        if day <= story.until or day in story.days:
            live(story, patient, day=day, now=now)
        if day < 0:
            _read_alerts(story, patient, day, now)
    if story.discharged is not None:
        with at(moment(now, story.discharged, 16, zone=patient.zone)):
            discharge(patient=patient, by=patient.therapist)


def _read_alerts(story: Story, patient: Patient, day: int, now: datetime) -> None:
    """In the evening the therapist acknowledges what has come in, but for what the story leaves open."""
    if day > -story.open_alerts:
        return
    with at(moment(now, day, 18, zone=patient.zone)):
        for alert in Alert.objects.open().filter(patient=patient):
            acknowledge(alert=alert, note=NOTE, by=patient.therapist)


def _local_day(moment: datetime, clinic: Clinic) -> date:
    return moment.astimezone(ZoneInfo(clinic.time_zone)).date()
