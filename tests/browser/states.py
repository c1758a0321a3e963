"""A walk through every kind of screen that a session has, for tests that look at each of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.browser.playing import TIMED, Playing
from tests.browser.saving import EXPECTED, refuse
from tests.browser.segments import dose, hide, minutes, planned, reach

TIMES = (dose(reps=2, hold=5, sets=2, rest=30, sides=True), dose(reps=8, hold=0), minutes(2), minutes(2, walk=True))
HALF_HOUR = 1800
OTHERWISE: dict[str, dict[str, Any]] = {
    "offer:choice": {"q3": "worse"},
    "offer:minimum": {"last": "clearly-worse"},
    "offer:relief": {"spine": 8},
    "no-session": {"q5": "dizzy-now"},
}
"""Screens that a check-in may lead to instead of the ordinary start, and the answers that lead there."""
ALL = [
    *(*OTHERWISE, "closed", "question", "error", "scale", "offer", "get-ready", "hold", "relax", "side", "pain"),
    *("between", "unseen", "relief", "paused", "settings", "stop-why", "offline", "hurts", "stopped", "resting"),
    *("rest-ask", "settled", "tempo", "count", "minutes", "walk", "finish", "done"),
]
"""What ``every_state`` comes by, besides the pages of the exercises."""


def every_state(new_playing: Playing) -> Iterator[str]:
    """Play a session that has everything; gives the name of each screen while it is shown."""
    playing = planned(new_playing, *TIMES)
    yield from _otherwise(playing)
    yield from _check_in(playing)
    yield from _first_set(playing)
    yield from _second_set(playing)
    yield from _stopped(playing)
    yield from _to_the_end(playing)


def _otherwise(playing: Playing) -> Iterator[str]:
    """What a check-in leads to, and a session that nobody goes on with. Neither the clinic nor the device keeps it."""
    playing.watch.expect(*EXPECTED)
    let_go = refuse(playing.page)
    for name, answers in OTHERWISE.items():
        playing.check_in(**answers)
        assert playing.name == name
        yield name
        while playing.state in {"offer", "question"} and playing.name != "question:spine":
            playing.press("back")
    _anew(playing)
    playing.check_in()
    playing.start()
    playing.page.clock.fast_forward(HALF_HOUR * 1000)
    playing.ahead += timedelta(seconds=HALF_HOUR)
    playing.wait()
    assert playing.state == "closed"
    yield "closed"
    let_go()
    _anew(playing)


def _anew(playing: Playing) -> None:
    """The device forgets the session and opens it from the beginning."""
    playing.forget()
    playing.load()


def _check_in(playing: Playing) -> Iterator[str]:
    yield "question"
    playing.wait()
    playing.go_on()
    yield "error"
    while playing.name != "question:spine":
        playing.answer("no")
    yield "scale"
    playing.check_in()
    yield "offer"
    playing.start()


def _pages(playing: Playing) -> Iterator[str]:
    while playing.state not in TIMED:
        yield playing.state
        playing.bar()


def _first_set(playing: Playing) -> Iterator[str]:
    yield from _pages(playing)
    for state in ("get-ready", "hold", "relax", "side", "pain"):
        reach(playing, state)
        yield state
    playing.pain(3, 2)
    yield playing.state
    playing.bar()
    reach(playing, "hold")


def _second_set(playing: Playing) -> Iterator[str]:
    hide(playing, seconds=40)
    yield playing.state
    playing.wait(1)  # a press within a second of the question answers nothing
    playing.press("again")
    playing.press("relief")
    yield playing.state
    playing.bar()
    playing.bar()
    yield playing.state
    playing.screen.locator("details").filter(has_text="Sound and help").locator("summary").first.click()
    yield "settings"
    playing.press("stop")
    yield playing.state
    playing.press("back")


def _stopped(playing: Playing) -> Iterator[str]:
    playing.watch.expect("ERR_INTERNET_DISCONNECTED")
    playing.page.context.set_offline(True)
    playing.press("resume")
    playing.bar()
    assert playing.page.locator("[data-save] .save-state").inner_text() == "Saved on this device"
    yield "offline"
    playing.page.context.set_offline(False)
    playing.press("resume")
    playing.press("hurts")
    yield "hurts"
    playing.pain(4, 2, "worse")
    yield playing.state
    playing.press("ready")
    yield playing.state
    playing.until("rest-ask")
    yield playing.state
    playing.pain(3, 2)
    yield playing.state


def _to_the_end(playing: Playing) -> Iterator[str]:
    playing.press("next")
    yield from _pages(playing)
    reach(playing, "tempo")
    yield playing.state
    playing.page.get_by_role("button", name="Done", exact=True).click()
    playing.wait()
    yield playing.state
    playing.press("yes")
    playing.pain(3, 2)
    yield from _minutes(playing)
    yield playing.state
    for name in ("spine", "limb", "effort"):
        playing.screen.locator(f"input[name={name}][value='2']").check()
    playing.go_on()
    yield playing.state


def _minutes(playing: Playing) -> Iterator[str]:
    """A stretch of minutes, and a walk, which has a button of its own (S19)."""
    for name in ("minutes", "walk"):
        while playing.state not in TIMED:
            playing.bar()
        playing.press("extra")
        assert playing.state == "minutes"
        yield name
        if name == "minutes":
            playing.press("extra")
            playing.pain(3, 2)
    playing.bar()
    playing.screen.get_by_text("Skip this exercise").click()
    playing.press("skip")
