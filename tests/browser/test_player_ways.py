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


def test_r25_relief_leads_on_in_three_ways(playing: Playing, axe: Callable[..., None]) -> None:
    """R25, P12, X14: carry on, an easier version, stop for today; "this hurts" stays."""
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    running = playing.until("hold", "tempo", "minutes")
    playing.press("relief")
    dock = playing.page.locator("[data-dock]")
    wanted = ["Easier version", "This hurts", "Stop for today", "Carry on"]
    assert dock.get_by_role("button").all_inner_texts() == wanted
    axe(playing.page)
    playing.bar()
    assert playing.state == "get-ready"
    playing.until(running)
    playing.press("relief")
    dock.get_by_role("button", name="Easier version").click()
    playing.wait()
    playing.until(running)
    playing.press("relief")
    assert dock.get_by_role("button").all_inner_texts() == wanted[1:], "easier once"
    dock.get_by_role("button", name="Stop for today").click()
    playing.wait()
    assert playing.state == "stop-why"
    (eased,) = told(playing, "eased")
    item = playing.page.evaluate("JSON.parse(document.getElementById('plan').textContent).items[0].id")
    assert eased.pop("item") == item
    assert list(eased) in (["reps"], ["hold_s"], ["stretch_s"])
    assert len(told(playing, "relief")) == 3
    playing.press("wish")
    playing.press("ready")
    assert [one["row"] for one in told(playing, "ended")] == ["T3"]


def test_c13_a_bad_day_is_the_short_session_and_the_suggestion_comes_first(
    playing: Playing, axe: Callable[..., None]
) -> None:
    playing.check_in(q3="better")
    days = playing.screen.locator("[data-day]")
    assert days.evaluate_all("all => all.map((each) => each.dataset.day)") == ["good", "ordinary", "bad"]
    assert days.evaluate_all("all => all.map((each) => each.matches('.button--secondary'))") == [False, True, True]
    axe(playing.page)
    playing.screen.get_by_role("button", name="A bad day").click()
    playing.wait()
    minimum = playing.page.evaluate("JSON.parse(document.getElementById('plan').textContent).minimum[0].slug")
    while playing.state == "space":
        playing.bar()
    assert playing.screen.get_attribute("data-slug") == minimum
    assert told(playing, "started") == [{"kind": "minimum", "restrictions": [], "day": "bad"}]


SCREENS = {
    "1280": {"viewport": {"width": 1280, "height": 720}},
    "1920": {"viewport": {"width": 1920, "height": 1080}},
    "1024": {"viewport": {"width": 1024, "height": 768}},
    "flat": {"viewport": {"width": 568, "height": 320}},
    "tall": {"viewport": {"width": 768, "height": 1024}},
}


@pytest.mark.parametrize("new_playing", list(SCREENS.values()), indirect=True, ids=list(SCREENS))
def test_the_big_screen_is_read_at_two_metres_and_left_with_escape(
    playing: Playing, axe: Callable[..., None], request: pytest.FixtureRequest
) -> None:
    page = playing.page
    root = page.locator("html")
    playing.check_in()
    small = root.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    page.get_by_role("button", name="Big screen: off").click()
    assert root.get_attribute("data-big") == ""
    flat = "flat" in request.node.name
    assert flat or root.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") > small
    playing.start()
    while playing.state not in TIMED:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        playing.bar()
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 1
    playing.until("hold", "tempo", "minutes")
    size = page.evaluate("[innerWidth, innerHeight]")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 1
    digits, bar = page.locator(".countdown:visible"), page.locator("[data-bar]").bounding_box()
    assert digits.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= (130 if flat else 200)
    box = digits.bounding_box()
    assert box
    assert bar
    assert bar["height"] >= (64 if flat else 96)
    assert box["x"] + box["width"] <= size[0] + 1
    assert box["y"] + box["height"] <= bar["y"] + 12
    axe(page)
    playing.load()
    assert root.get_attribute("data-big") == "", "it is kept on the device"
    page.keyboard.press("Escape")
    assert root.get_attribute("data-big") is None
    playing.load()
    assert root.get_attribute("data-big") is None
