"""How much of the page changes at a change of part: what a slow phone has to style, lay out and paint anew."""

import json
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser

from tests.browser.playing import Playing
from tests.browser.segments import dose, planned

# How many nodes and attributes were changed up to each step of the player, by the turn and the state.
COUNT = """() => {
    window.steps = [];
    const watched = new MutationObserver((records) => { seen += records.length; });
    let seen = 0;
    watched.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    document.addEventListener("step", ({ detail: { state } }) => {
        steps.push([state.turn, state.name, seen + watched.takeRecords().length]);
        seen = 0;
    });
}"""
AT_A_CHANGE = 45
"""Of about 60 screens only two are touched: the one that goes and the one that comes."""
AT_A_TICK = 30
STYLED_AT_ONCE = 90
"""A pause shows about 45 elements that were not there before; the whole of what is seen is 170."""


def test_ux_34_a_change_of_part_touches_no_screen_but_the_two_that_change(new_playing: Playing) -> None:
    playing = planned(new_playing, dose(reps=2, hold=1, sides=True), dose(reps=2, hold=0, sets=2))
    playing.check_in()
    playing.start()
    playing.page.evaluate(COUNT)
    while playing.state != "finish":
        if playing.state == "pain":
            playing.pain(3, 2)
        elif playing.state in {"space", "intro", "between"}:
            playing.bar()
        else:
            playing.wait(1)
    steps = list(pairwise(playing.page.evaluate("steps")))
    changes = [(name, count) for (before, *_), (turn, name, count) in steps if turn != before]
    ticks = [(name, count) for (before, *_), (turn, name, count) in steps if turn == before]
    assert {"get-ready", "hold", "tempo", "relax", "side", "pain", "between"} <= {name for name, _ in changes}
    assert max(count for _, count in changes) <= AT_A_CHANGE, json.dumps(changes)
    assert max(count for _, count in ticks) <= AT_A_TICK, json.dumps(ticks)


def test_ux_34_a_press_on_pause_has_the_page_styled_once_and_not_all_of_it(new_playing: Playing) -> None:
    playing = planned(new_playing, dose(reps=2, hold=5))
    playing.check_in()
    playing.start()
    while playing.state in {"space", "intro"}:
        playing.bar()
    playing.wait(1)
    browser = playing.page.context.browser
    assert browser
    styled = styled_at_press(browser, playing)
    assert playing.state == "paused"
    assert 10 < max(styled) <= STYLED_AT_ONCE, styled
    assert sum(count > 10 for count in styled) == 1, styled


def styled_at_press(browser: Browser, playing: Playing) -> list[int]:
    """How many elements the browser styled, each time it did, from the press on the bar until the pause stood there."""
    browser.start_tracing(page=playing.page, categories=["devtools.timeline"])
    playing.bar()
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    return [
        int(each["args"]["elementCount"]) for each in events if each["name"] == "UpdateLayoutTree" and each["ph"] == "X"
    ]
