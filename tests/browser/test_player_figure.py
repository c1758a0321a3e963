"""The figure that moves in the session: when it moves, when it stands still, and what it costs."""

import json
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.playing import TIMED, Playing
from tests.browser.watch import axe_faults

FIGURE = ".session__step--run svg[data-figure]"
PLACES = """() => [...document.querySelectorAll("svg[data-figure] [data-s]")]
    .map((piece) => piece.getAttribute("transform"))"""
MIRRORED = """() => document.querySelector("svg[data-figure] [data-all]").hasAttribute("transform")"""
DOSE = """
from programs.models import Session
s = Session.objects.get(pk="{id}")
items = [dict(item) for item in s.plan["items"] if item["figure"]]
items[0]["dose"] = {dose}
s.plan["items"] = items
Session.objects.filter(pk=s.pk).update(plan=s.plan)
"""
HOLD = {"type": "reps", "sets": 1, "reps": 2, "hold_s": 6, "rest_s": 0, "per_side": False}
TEMPO = {**HOLD, "reps": 10, "hold_s": 0}
SIDES = {**HOLD, "reps": 1, "per_side": True}
# The length of each piece that is drawn along one line, from its path: how far the outline reaches.
LENGTHS = """() => {
    const pieces = [...document.querySelectorAll("svg[data-figure] .f-edge [data-s^=b]")];
    return Object.fromEntries(pieces.map((piece) => {
        const { x, width } = piece.getBBox();
        return [piece.dataset.p, Math.round((x + width) * 10) / 10];
    }));
}"""


def begin(playing: Playing, dose: dict[str, Any]) -> Playing:
    """The session with such a dose of its first exercise, on that exercise's own page."""
    playing.world.python(DOSE.format(id=playing.id, dose=dose))
    playing.load()
    playing.check_in()
    playing.start()
    while playing.state not in {"intro", *TIMED}:
        playing.bar()
    return playing


def run(playing: Playing, state: str) -> Playing:
    """From the exercise's page into its clock, up to a state."""
    while playing.state not in TIMED:
        playing.bar()
    playing.page.locator(FIGURE).wait_for()
    playing.until(state)
    return playing


def places(playing: Playing) -> list[str]:
    """Where each piece is drawn."""
    found: list[str] = playing.page.evaluate(PLACES)
    assert found
    return found


def test_nothing_moves_on_the_page_of_the_exercise(playing: Playing) -> None:
    begin(playing, TEMPO)
    assert playing.state == "intro"
    picture = playing.screen.locator(".session__figure img")
    assert (picture.get_attribute("src") or "").endswith("/end.svg")
    assert picture.get_attribute("alt")
    assert (picture.get_attribute("width"), picture.get_attribute("height")) == ("320", "240")
    assert playing.page.locator("svg[data-figure]").count() == 0


def test_the_figure_moves_in_a_set_without_a_hold_and_begins_anew_with_each_repetition(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    seen = []
    for _ in range(4):
        seen.append(tuple(places(playing)))
        playing.wait(0.7)
    assert len(set(seen)) == 4
    assert playing.page.locator(FIGURE).get_attribute("aria-hidden") == "true"
    assert playing.screen.locator("svg[data-figure] :is(title, desc)").count() == 0
    assert playing.screen.locator(".session__figure img").is_hidden()


def test_the_figure_is_at_its_end_and_frozen_during_a_hold_and_goes_back_to_rest(playing: Playing) -> None:
    run(begin(playing, HOLD), "get-ready")
    start = places(playing)
    playing.until("hold")
    playing.wait(1.2)
    held = places(playing)
    assert held != start
    for _ in range(4):
        playing.wait(0.8)
        assert playing.state == "hold"
        assert places(playing) == held
    playing.until("relax")
    playing.wait(1.5)
    assert playing.state == "relax"
    assert places(playing) == start


def test_a_pause_stops_the_figure_and_going_on_takes_it_up(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    playing.bar()
    assert playing.state == "paused"
    before = places(playing)
    playing.wait(2)
    assert places(playing) == before
    playing.press("resume")
    playing.wait(1)
    assert places(playing) != before


def test_the_left_side_is_shown_mirrored(playing: Playing) -> None:
    run(begin(playing, SIDES), "hold")
    assert playing.screen.locator("[data-text=side]").inner_text() == "Left side"
    assert playing.page.evaluate(MIRRORED)
    playing.until("side")
    while playing.state != "hold":
        playing.wait(1)
    assert playing.screen.locator("[data-text=side]").inner_text() == "Right side"
    assert not playing.page.evaluate(MIRRORED)


@pytest.mark.parametrize("new_playing", [{"reduced_motion": "reduce"}], indirect=True)
def test_without_movement_where_the_device_asks_for_less_of_it(new_playing: Playing) -> None:
    playing = begin(new_playing.open(), SIDES)
    while playing.state not in TIMED:
        playing.bar()
    playing.until("hold")
    playing.wait(3)
    assert playing.page.locator("svg[data-figure]").count() == 0
    picture = playing.screen.locator(".session__figure img")
    assert picture.is_visible()
    assert picture.evaluate("image => getComputedStyle(image).transform") == "matrix(-1, 0, 0, 1, 0, 0)"


def test_the_still_picture_stays_where_the_figure_cannot_be_fetched(playing: Playing) -> None:
    playing.watch.expect("ERR_FAILED")
    playing.page.route("**/moving.svg", lambda route: route.abort())
    begin(playing, TEMPO)
    while playing.state not in TIMED:
        playing.bar()
    playing.until("tempo")
    playing.wait(2)
    assert playing.page.locator("svg[data-figure]").count() == 0
    assert playing.screen.locator(".session__figure img").is_visible()


def test_the_figures_are_there_when_the_network_goes_before_the_first_set(playing: Playing) -> None:
    begin(playing, TEMPO)
    playing.wait(5)
    playing.watch.expect("ERR_INTERNET_DISCONNECTED")
    playing.page.context.set_offline(True)
    run(playing, "tempo")
    before = places(playing)
    playing.wait(1)
    assert places(playing) != before


def test_no_limb_changes_its_length_while_it_moves_in_the_plane_of_the_picture(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    way = json.loads(playing.page.locator(FIGURE).get_attribute("data-figure") or "")
    constant = [
        name for name, _parent, _turns, size in way["lines"] if not isinstance(size, list) and name not in way["round"]
    ]
    seen = []
    for _ in range(8):
        lengths = playing.page.evaluate(LENGTHS)
        seen.append({name: lengths[name] for name in constant if name in lengths})
        playing.wait(0.4)
    assert seen[0]
    assert all(lengths == seen[0] for lengths in seen)


def test_a_running_figure_adds_no_fault_for_axe(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    assert axe_faults(playing.page) == []


def counted(session: CDPSession) -> dict[str, float]:
    """The browser's own counters."""
    return {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}


def frames(page: Page, ms: int) -> int:
    """How many frames the page gets in so many milliseconds."""
    return int(
        page.evaluate(
            """(ms) => new Promise((done) => {
                const began = performance.now();
                let frames = 0;
                const next = () => {
                    if (performance.now() - began >= ms) return done(frames);
                    frames += 1;
                    requestAnimationFrame(next);
                };
                requestAnimationFrame(next);
            })""",
            ms,
        )
    )


def test_a_frame_costs_little_layout_on_a_device_four_times_as_slow(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    page = playing.page
    page.clock.resume()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    before, places_before = counted(session), places(playing)
    shown = frames(page, 2000)
    after = counted(session)
    assert places(playing) != places_before
    assert shown >= 80, f"{shown} frames in two seconds"
    # A browser counts the new places of the pieces as a layout of the picture alone: in seconds, next to nothing.
    spent = after["LayoutDuration"] - before["LayoutDuration"]
    assert spent / shown < 0.002, f"{spent:.3f} s of layout in {shown} frames"
