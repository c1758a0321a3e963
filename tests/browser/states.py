"""A walk through every kind of screen that a session has, for tests that look at each of them."""

from collections.abc import Iterator

from tests.browser.playing import TIMED, Playing
from tests.browser.segments import dose, hide, planned, reach

TIMES = (dose(reps=2, hold=5, sets=2, rest=30, sides=True), dose(reps=8, hold=0))
ALL = [
    *("question", "error", "scale", "offer", "get-ready", "hold", "relax", "side", "pain", "between", "unseen"),
    *("relief", "paused", "settings", "stop-why", "offline", "hurts", "stopped", "resting", "rest-ask", "settled"),
    *("tempo", "count", "finish", "done"),
]
"""What ``every_state`` comes by, besides the pages of the exercises."""


def every_state(new_playing: Playing) -> Iterator[str]:
    """Play a session that has everything; gives the name of each screen while it is shown."""
    playing = planned(new_playing, *TIMES)
    yield from _check_in(playing)
    yield from _first_set(playing)
    yield from _second_set(playing)
    yield from _stopped(playing)
    yield from _to_the_end(playing)


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
    yield playing.state
    for name in ("spine", "limb", "effort"):
        playing.screen.locator(f"input[name={name}][value='2']").check()
    playing.go_on()
    yield playing.state
