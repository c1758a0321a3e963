"""The figure on an exercise's own page: it moves when it is asked to, and never by itself."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Check, OpenContext, Watching

CANVAS = ".figure__stage canvas"
LOOK = f"""() => document.querySelector("{CANVAS}")?.toDataURL() ?? null"""
PAGE = "/exercises/bridge/"
CYCLE_SECONDS = 30
"""More than two cycles of any figure take."""


def watched(page: Page) -> str | None:
    """What the canvas shows; ``None`` before the first movement."""
    found = page.evaluate(LOOK)
    return None if found is None else str(found)


def play(page: Page, name: str = "Show the movement") -> None:
    """Press the button by the keyboard."""
    button = page.get_by_role("button", name=name)
    button.focus()
    page.keyboard.press("Enter")
    page.locator(CANVAS).wait_for()


def test_ux_26_it_moves_twice_when_asked_and_comes_to_rest_at_the_start(phone_page: Page, axe: Check) -> None:
    page = phone_page
    page.clock.install()
    page.goto(PAGE)
    page.clock.run_for(5000)
    assert page.locator(CANVAS).count() == 0
    assert page.locator(".figure__stage").is_hidden()
    play(page)
    seen = []
    for _ in range(4):
        page.clock.run_for(400)
        seen.append(watched(page))
    assert len(set(seen)) == 4
    axe(page, enhanced=False)
    page.clock.run_for(CYCLE_SECONDS * 1000)
    rest = watched(page)
    page.clock.run_for(5000)
    assert watched(page) == rest
    play(page, "Show it again")
    page.clock.run_for(900)
    assert watched(page) != rest
    page.clock.run_for(CYCLE_SECONDS * 1000)
    assert watched(page) == rest


def test_the_canvas_lies_on_the_picture_that_the_server_drew(phone_page: Page) -> None:
    page = phone_page
    page.goto(PAGE)
    play(page)
    page.set_viewport_size({"width": 700, "height": 740})
    boxes = [page.locator(f".figure__stage > {name}").bounding_box() for name in ("svg", "canvas")]
    assert boxes[0] == boxes[1]
    dots = page.locator(CANVAS).evaluate("canvas => [canvas.width, canvas.clientWidth * Math.min(2, devicePixelRatio)]")
    assert abs(dots[0] - dots[1]) <= 1, "as sharp as before after the page's width changed"


def test_ux_26_less_motion_shows_the_poses_one_after_the_other(open_context: OpenContext, watch: Watching) -> None:
    page = open_context(reduced_motion="reduce").new_page()
    watch(page)
    page.clock.install()
    page.goto(PAGE)
    play(page)
    seen = set()
    for _ in range(40):
        page.clock.run_for(500)
        seen.add(watched(page))
    assert 2 <= len(seen) <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_change_of_the_colour_scheme_repaints_the_figure(
    open_context: OpenContext, watch: Watching, scheme: str
) -> None:
    other = {"light": "dark", "dark": "light"}[scheme]
    page = open_context(color_scheme=scheme).new_page()
    watch(page)
    page.clock.install()
    page.goto(PAGE)
    play(page)
    page.clock.run_for(CYCLE_SECONDS * 1000)
    before = watched(page)
    page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    page.wait_for_timeout(300)
    assert watched(page) != before
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.wait_for_timeout(300)
    assert watched(page) == before
