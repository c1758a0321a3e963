"""The figure that moves in the session: when it moves, when it stands still, and what it costs."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.playing import TIMED, Playing
from tests.browser.watch import axe_faults

FIGURE = ".session__step--run svg[data-figure]"
CANVAS = ".session__step--run canvas"
LOOK = f"""() => document.querySelector("{CANVAS}")?.toDataURL() ?? "as the server drew it\""""
DOTS = f"""() => {{
    const canvas = document.querySelector("{CANVAS}");
    return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
}}"""
KEEP = f"""() => {{ window.kept = ({DOTS})(); }}"""
# What share of the dots differs from the kept picture, and from the kept picture turned round.
UNLIKE = f"""() => {{
    const [one, other] = [window.kept, ({DOTS})()];
    let [same, turned] = [0, 0];
    for (let n = 0; n < one.width * one.height; n += 1) {{
        const mirror = n - 2 * (n % one.width) + one.width - 1;
        const differs = (a, b) => [0, 1, 2].some((c) => Math.abs(one.data[4 * a + c] - other.data[4 * b + c]) > 60);
        same += differs(n, n);
        turned += differs(n, mirror);
    }}
    return [same, turned].map((count) => count / (one.width * one.height));
}}"""
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


def look(playing: Playing) -> str:
    """The figure as it is painted now."""
    assert playing.page.locator(FIGURE).count() == 1
    return str(playing.page.evaluate(LOOK))


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
        seen.append(look(playing))
        playing.wait(0.7)
    assert len(set(seen)) == 4
    assert playing.page.locator(FIGURE).get_attribute("aria-hidden") == "true"
    assert playing.screen.locator("svg[data-figure] :is(title, desc)").count() == 0
    assert playing.screen.locator(".session__figure img").is_hidden()


def test_the_figure_is_at_its_end_and_frozen_during_a_hold_and_goes_back_to_rest(playing: Playing) -> None:
    begin(playing, HOLD)
    # The words of the first get-ready take room from the figure, which is the same but smaller then.
    playing.page.locator("[data-text=cue]").evaluate("each => { each.className = ''; each.hidden = true }")
    run(playing, "get-ready")
    start = look(playing)
    playing.until("hold")
    playing.wait(1.2)
    held = look(playing)
    assert held != start
    for _ in range(4):
        playing.wait(0.8)
        assert playing.state == "hold"
        assert look(playing) == held
    playing.until("relax")
    playing.wait(1.5)
    assert playing.state == "relax"
    assert look(playing) == start


def test_a_pause_stops_the_figure_and_going_on_takes_it_up(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    playing.bar()
    assert playing.state == "paused"
    before = look(playing)
    playing.wait(2)
    assert look(playing) == before
    playing.press("resume")
    playing.wait(1)
    assert look(playing) != before


def test_the_left_side_is_shown_mirrored(playing: Playing) -> None:
    playing.watch.expect("willReadFrequently")
    run(begin(playing, SIDES), "hold")
    playing.wait(1.2)
    assert playing.screen.locator("[data-text=side]").inner_text() == "Right side"
    playing.page.evaluate(KEEP)
    playing.until("side")
    while playing.state != "hold":
        playing.wait(1)
    playing.wait(1.2)
    assert playing.screen.locator("[data-text=side]").inner_text() == "Left side"
    as_it_is, turned = playing.page.evaluate(UNLIKE)
    assert turned < 0.01 < as_it_is


@pytest.mark.parametrize("new_playing", [{"reduced_motion": "reduce"}], indirect=True)
def test_ux_26_without_movement_where_the_device_asks_for_less_of_it(new_playing: Playing) -> None:
    playing = begin(new_playing.open(), SIDES)
    while playing.state not in TIMED:
        playing.bar()
    playing.until("hold")
    playing.wait(3)
    assert playing.page.locator("svg[data-figure]").count() == 0
    picture = playing.screen.locator(".session__figure img")
    assert picture.is_visible()
    assert playing.page.evaluate("document.getAnimations().length") == 0
    assert picture.evaluate("image => getComputedStyle(image).transform") == "none"
    playing.until("side")
    playing.wait(1)
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
    before = look(playing)
    playing.wait(1)
    assert look(playing) != before


def test_a_running_figure_adds_no_fault_for_axe(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    assert axe_faults(playing.page) == []


FRAMES = 100


def counted(session: CDPSession) -> dict[str, float]:
    """The browser's own counters."""
    return {row["name"]: row["value"] for row in session.send("Performance.getMetrics")["metrics"]}


def let_frames_go(page: Page, count: int) -> None:
    """Wait until the page has had so many frames, however long they take."""
    page.evaluate(
        """(count) => new Promise((done) => {
            const next = () => (count-- ? requestAnimationFrame(next) : done());
            next();
        })""",
        count,
    )


def test_the_figure_causes_no_layout_while_it_moves_on_a_device_four_times_as_slow(playing: Playing) -> None:
    run(begin(playing, TEMPO), "tempo")
    page = playing.page
    page.clock.resume()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    before, look_before = counted(session), look(playing)
    let_frames_go(page, FRAMES)
    after = counted(session)
    assert look(playing) != look_before
    # The count and the clock of the page change their words a few times; the figure's own frames change nothing.
    layouts = after["LayoutCount"] - before["LayoutCount"]
    assert layouts <= FRAMES / 4, f"{layouts} layouts in {FRAMES} frames"
