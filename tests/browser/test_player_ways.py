"""At two metres, with one hand, or none: one press for an answer, a remote's keys, relief, the kind of day."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.playing import TIMED, Playing

PAINS = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
print(json.dumps([e.payload for e in s.events.filter(kind="{kind}").order_by("seq")]))
"""
PATIENT = """
from programs.models import Session
print(Session.objects.get(pk="{id}").patient_id)
"""
FRAMES = {
    "320": {"viewport": {"width": 320, "height": 568}},
    "360": {"viewport": {"width": 360, "height": 740}},
    "flat": {"viewport": {"width": 568, "height": 320}},
    "768": {"viewport": {"width": 768, "height": 1024}},
    "1280": {"viewport": {"width": 1280, "height": 800}},
    "1920": {"viewport": {"width": 1920, "height": 1080}},
}
every_frame = pytest.mark.parametrize("new_playing", list(FRAMES.values()), indirect=True, ids=list(FRAMES))


def told(playing: Playing, kind: str) -> list[dict[str, Any]]:
    """What the clinic has been told of one kind."""
    playing.sent()
    found: list[dict[str, Any]] = json.loads(
        playing.world.python(PAINS.format(id=playing.id, kind=kind)).splitlines()[-1]
    )
    return found


def after_a_set(playing: Playing) -> Playing:
    """At the question about pain after the first set."""
    playing.check_in()
    playing.start()
    playing.a_set()
    return playing


@every_frame
def test_x9_the_lower_half_is_one_answer(playing: Playing, axe: Callable[..., None]) -> None:
    after_a_set(playing)
    page = playing.page
    assert playing.name == "pain-quick"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    size = page.evaluate("[innerWidth, innerHeight]")
    box = page.get_by_role("button", name="The same or less").bounding_box()
    other = page.get_by_role("button", name="More, or something new").bounding_box()
    assert box
    assert other
    assert box["width"] >= size[0] - 1
    assert box["height"] >= size[1] / 2 - 1
    assert box["y"] + box["height"] == pytest.approx(size[1], abs=2)
    assert other["height"] >= 64
    assert "back or neck 3, arm or leg 2" in playing.screen.inner_text()
    axe(page)
    playing.wait(1.1)
    page.mouse.click(size[0] - 5, size[1] * 0.8)
    playing.wait()
    assert playing.state in {"between", "intro", "space"}
    (pain,) = told(playing, "pain")
    assert (pain["spine"], pain["limb"], pain["quick"]) == (3, 2, True)


def test_x9_a_remote_answers_with_two_keys_and_no_double_press_does(playing: Playing) -> None:
    after_a_set(playing)
    page = playing.page
    playing.wait(1.1)
    page.keyboard.press("PageUp")
    playing.wait()
    assert playing.name == "pain"
    playing.press("back")
    page.keyboard.press("PageDown")
    page.keyboard.press("Space")
    assert playing.name == "pain-quick", "a press that comes too soon answers nothing"
    playing.wait(1.1)
    page.keyboard.press("Escape")
    assert playing.name == "pain-quick", "no key leaves the question"
    page.keyboard.down("PageDown")
    for _ in range(5):
        page.keyboard.down("PageDown")
    page.keyboard.up("PageDown")
    playing.wait()
    assert playing.state in {"between", "intro", "space"}
    assert [pain.get("quick") for pain in told(playing, "pain")] == [True]


def test_the_therapist_reads_it_as_at_most_that_much(
    playing: Playing, open_context: Callable[..., BrowserContext], sign_in: Callable[[Page, str], None]
) -> None:
    after_a_set(playing)
    playing.wait(1.1)
    playing.press("same")
    playing.sent()
    page = open_context().new_page()
    sign_in(page, "therapist")
    address = playing.world.python(PATIENT.format(id=playing.id)).splitlines()[-1]
    page.goto(f"/patients/{address}/sessions/{playing.id}/")
    row = page.get_by_role("row").filter(has_text="same or less than at the start")
    assert row.get_by_role("cell").all_inner_texts()[-2:] == ["≤ 3", "≤ 2"]


def test_x9_the_answer_of_one_press_is_corrected(playing: Playing) -> None:
    after_a_set(playing)
    playing.wait(1.1)
    playing.press("same")
    playing.press("correct")
    playing.pain(4, 2, "worse")
    assert playing.state == "stopped"
    assert playing.state not in TIMED
