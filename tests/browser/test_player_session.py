"""The patient's session from the check-in to the end, through the real page and the real server."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.playing import NOON, Playing
from tests.browser.server import Server

RECORD = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
print(json.dumps({{"state": s.state, "row": s.end_row, "rule": s.end_rule, "stops": s.stops, "sets": s.sets_done,
    "baseline": [s.baseline_spine, s.baseline_limb], "kinds": [e.kind for e in s.events.order_by("seq")],
    "locks": sorted({{lock.level for lock in s.patient.locks.all() if lock.released_at is None}})}}))
"""


def record(playing: Playing) -> dict:
    """What the clinic has of the session."""
    playing.sent()
    return json.loads(playing.world.python(RECORD.format(id=playing.id)).splitlines()[-1])


@pytest.fixture
def playing(phone_page: Page, server: Server, sign_in: Callable[[Page, str], None]) -> Playing:
    """A patient with the session open, at its first question."""
    server.world.python(NOON)
    sign_in(phone_page, "patient")
    return Playing(phone_page, server.world).open()


def test_explore(playing: Playing) -> None:
    playing.check_in()
    print(playing.name)
    playing.start()
    print(playing.name, record(playing))
