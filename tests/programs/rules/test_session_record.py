"""What is left on record of an entry of minutes, and of what was done against a rule."""

from typing import Any

import pytest

from programs.rules.events import parts_of
from programs.rules.record import done_of
from programs.rules.session import fold, in_order
from programs.wording.review import entry_status
from tests.programs.rules.session_log import Log, begun, item, make_plan, notices

RIDE = item("B1", category="aerobic", dose={"type": "minutes", "minutes": 20})
PLAN = make_plan(items=[*make_plan()["items"], RIDE])


def ridden(*minutes: int, **first: int) -> Any:
    """A ride told stretch by stretch, or as one."""
    log = begun()
    for number, each in enumerate(minutes, start=first.get("first", 1)):
        log.done("B1", number, seconds=each * 60).pain("B1", source="minutes")
    return log


def status_of(log: Log, name: str = "B1") -> str:
    """How the entry went."""
    return done_of(PLAN, in_order(log.events), fold(PLAN, log.events))[name].status


@pytest.mark.parametrize("minutes", [(5, 5, 5, 5), (20,), (4, 5, 5, 4)])
def test_p1_an_entry_of_minutes_is_done_in_all_its_stretches_or_all_its_time(minutes: tuple[int, ...]) -> None:
    """P1: the player tells each stretch, the forms the whole at once."""
    assert parts_of(RIDE["dose"]) == 4
    assert status_of(ridden(*minutes)) == "done"


@pytest.mark.parametrize("minutes", [(5,), (5, 5, 5), (1,)])
def test_p1_an_entry_of_minutes_that_was_broken_off_is_done_in_part(minutes: tuple[int, ...]) -> None:
    """P1: five minutes of twenty are not all of it, whether or not the rest was left out in so many words."""
    log = ridden(*minutes)
    assert status_of(log) == "part"
    assert status_of(log.add("skipped", item="B1", reason="tired")) == "part"
    assert entry_status("part") == "Done in part"


def test_s17_every_stretch_of_a_stopped_entry_is_told() -> None:
    """S17: the second stretch was ridden although the first had stopped the entry for the day."""
    log = begun().done("B1", 1, seconds=300).pain("B1", spine=4, source="minutes")
    log.rest("B1", 150).done("B1", 2, seconds=300)
    assert ("S17", "") in notices(fold(PLAN, log.events), "note")
