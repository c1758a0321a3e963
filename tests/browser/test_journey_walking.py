"""The patient walks (S19): first symptoms, rest, a shorter walk; and the end of walking by the rules."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.playing import Playing
from tests.browser.programs import revise
from tests.browser.steps import Desk, seen, visit

WEEK = (("B",), ("A", "D"), ("B",), ("A", "D"), ("B",), ("A", "D"), ("D",))
NAME = "Walk and rest intervals"
HEADINGS = {"space": "Make your space safe", "intro": NAME, "between": NAME}
RECORD = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
print(json.dumps({{"state": s.state, "row": s.end_row, "rule": s.end_rule, "stops": s.stops,
    "walks": [[e.payload["planned_s"], e.payload["walked_s"], e.payload["first_symptom_s"]]
              for e in s.events.filter(kind="interval").order_by("seq")],
    "pain": [e.payload["item"] for e in s.events.filter(kind="pain").order_by("seq")],
    "locks": sorted([l.level, l.scope, l.rule] for l in s.patient.locks.all() if l.released_at is None)}}))
"""
RELEASED = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import Patient
from programs.models import Lock
from programs.review.actions import release_lock
patient = Patient.objects.get(display_name="Rosa A.")
opened = timezone.now() - timedelta(hours=30)
lock = Lock.objects.create(patient=patient, level="H", rule="S9", key="journey", opened_at=opened)
release_lock(lock=lock, reason="Seen.", examined_by="", examined_on=None, known=[], days=0, by=patient.therapist)
Lock.objects.filter(pk=lock.pk).update(released_at=timezone.now() - timedelta(hours=3))  # before the slow clock's now
"""


def record(playing: Playing) -> dict[str, Any]:
    """What the clinic has of the session."""
    playing.sent()
    found: dict[str, Any] = json.loads(playing.world.python(RECORD.format(id=playing.id)).splitlines()[-1])
    return found


@pytest.fixture
def walker(new_playing: Playing) -> Playing:
    """A patient whose day has three walks of a minute and a half after a seated march."""
    revise(
        new_playing.world,
        swapped=[("B", "stationary-bike", "walking-intervals")],
        doses=[("B", "walking-intervals", {"work_seconds": 90, "rest_seconds": 50})],
        week=WEEK,
    )
    return new_playing


@pytest.fixture
def walking(walker: Playing) -> Playing:
    """In the session, in front of the walk."""
    walker.open()
    walker.check_in()
    walker.start()
    walker.a_set()
    walker.pain(3, 2)
    return walker


def walk(playing: Playing, seconds: int) -> int:
    """Walk until the first leg signs; gives the seconds that were walked."""
    while playing.state in {"space", "intro", "between"}:
        expect(playing.screen.locator("[data-focus]")).to_have_text(HEADINGS[playing.state])
        playing.bar()
    playing.until("minutes")
    start = playing.screen.locator(".countdown").inner_text()
    playing.wait(seconds)
    left = playing.screen.locator(".countdown").inner_text()
    playing.page.get_by_role("button", name="First leg signs").click()
    playing.wait()
    assert playing.state == "pain"
    return in_seconds(start) - in_seconds(left)


def in_seconds(digits: str) -> int:
    """Seconds of "1:30"."""
    minutes, seconds = digits.split(":")
    return 60 * int(minutes) + int(seconds)


def rest(playing: Playing, spine: int = 3, limb: int = 2) -> None:
    """Rest until asked, and answer."""
    if playing.state == "stopped":
        playing.press("ready")
    playing.until("rest-ask")
    playing.pain(spine, limb)


def test_s19_first_symptoms_end_the_interval_and_the_next_is_shorter(walking: Playing) -> None:
    """X11: two thirds of the planned walk or the time to the first symptom, whichever is less; in steps of 5 s."""
    page = walking.page
    walked = [walk(walking, 80)]
    seen(page)
    walking.pain(3, 3)
    expect(walking.screen).to_contain_text("Stopping here is part of the exercise.")
    seen(page)
    rest(walking)
    assert walking.state == "between"
    expect(walking.screen).to_contain_text("The next walk is 60 seconds.")
    seen(page)
    walked.append(walk(walking, 47))
    walking.pain(3, 3)
    rest(walking)
    expect(walking.screen).to_contain_text("The next walk is 40 seconds.")
    walked.append(walk(walking, 30))
    walking.pain(3, 3)
    rest(walking)
    assert walking.page.locator("section:visible").get_attribute("data-slug") == "seated-forward-bend", "third limit"
    found = record(walking)
    assert [planned for planned, _, _ in found["walks"]] == [90, 60, 40]
    for (_, told, first), shown in zip(found["walks"], walked, strict=True):
        assert told == first
        assert abs(first - shown) <= 2
    assert (found["state"], found["stops"]) == ("started", 0)


def test_s19_a_limit_in_the_last_walk_of_the_plan_gives_no_further_one(walking: Playing) -> None:
    """The clinic knows only the sets of the plan; every answer about pain reaches it."""
    for _ in range(2):
        walking.a_set()
        walking.pain(3, 2)
    walk(walking, 60)
    walking.pain(3, 3)
    rest(walking)
    assert walking.page.locator("section:visible").get_attribute("data-slug") == "seated-forward-bend"
    assert len(record(walking)["walks"]) == 3


def test_s19_legs_that_do_not_settle_in_five_minutes_end_the_session(walking: Playing) -> None:
    """S18, X10: table U asks after the planned rest, then each minute, the last time at five minutes."""
    walk(walking, 60)
    walking.pain(3, 3)
    asked = 0
    while walking.state != "ended":
        rest(walking, limb=3)
        asked += 1
    assert asked == 5
    seen(walking.page)
    walking.press("ready")
    found = record(walking)
    assert (found["state"], found["row"], found["rule"]) == ("ended", "U9", "S18")


def test_s13_leg_pain_that_goes_on_standing_still_locks_walking_alone(walker: Playing, desk: Desk) -> None:
    """X7: the session goes on without the walks; they stay out until the therapist has looked."""
    walker.world.python(RELEASED)
    walker.open()
    walker.check_in(s13_walk="yes")
    assert walker.state == "offer"
    seen(walker.page)
    walker.start()
    met = []
    while walker.state != "finish":
        met.append(walker.page.locator("section:visible").get_attribute("data-slug"))
        walker.a_set()
        walker.pain(3, 2)
    assert met == ["marching-seated", "seated-forward-bend", "hamstring-stretch-seated", "breathing"]
    assert record(walker)["locks"] == [["H", "walking", "S13"]]
    assert record(walker)["state"] == "started"
    therapist = desk("therapist")
    visit(therapist, "/inbox/")
    expect(therapist.locator(".inbox-row").filter(has_text="Rosa A.").filter(has_text="S13")).not_to_have_count(0)
