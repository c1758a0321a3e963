"""The timed parts of a session, as the page itself shows them: when each began by the page's own clock."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from tests.browser.playing import TIMED, Playing
from tests.browser.steps import confirm_me

EXERCISES = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
doses = json.loads('{doses}')
items = [dict(item) for item in s.plan["items"] if item["figure"]]
s.plan["items"] = [
    item | {{"dose": dose, "sets_allowed": dose.get("sets"), "kind": dose.pop("kind", item["kind"])}}
    for item, dose in zip(items, doses)
]
s.plan["waits"] = {first}
Session.objects.filter(pk=s.pk).update(plan=s.plan)
"""
EVENTS = """
import json
from programs.models import Session
events = Session.objects.get(pk="{id}").events.order_by("seq")
print(json.dumps([[e.kind, e.payload, e.mono] for e in events]))
"""
TRACK = """() => {
    window.entered = [];
    document.addEventListener("step", ({ detail: { state, t } }) => {
        if (window.entered.at(-1)?.[1] !== state.turn) window.entered.push([state.name, state.turn, t]);
    });
}"""
SHOWN = """(shown) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => shown ? "visible" : "hidden" });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => !shown });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@dataclass(frozen=True)
class Part:
    """A timed part: its state, and its seconds on the page's clock."""

    state: str
    seconds: float


@dataclass(frozen=True)
class Event:
    """What the clinic was told, and the second of the session's time at which it was."""

    kind: str
    payload: dict[str, Any]
    seconds: float


def dose(*, reps: int, hold: int, sets: int = 1, rest: int = 0, sides: bool = False) -> dict[str, Any]:
    """A dose of repetitions; ``hold`` and ``rest`` in seconds."""
    return {"type": "reps", "sets": sets, "reps": reps, "hold_s": hold, "rest_s": rest, "per_side": sides}


def minutes(number: int, *, walk: bool = False) -> dict[str, Any]:
    """A dose of minutes in one go; ``walk``: its exercise is a walk (S19)."""
    return {"type": "minutes", "minutes": number, "work_s": None, "rest_s": None} | ({"kind": "walk"} if walk else {})


def planned(playing: Playing, *doses: dict[str, Any], first: bool = False, minutes_ago: int = 105) -> Playing:
    """At the first question of a session with one exercise for each dose; ``first``: it is the patient's first. The
    page's clock is so many minutes slow."""
    playing.page.goto("/today/")
    confirm_me(playing.page)
    playing.prepare(minutes_ago)
    playing.world.python(EXERCISES.format(id=playing.id, doses=json.dumps(doses), first=first))
    return playing.load()


def begin(playing: Playing, given: dict[str, Any], *, first: bool = False) -> Playing:
    """A session of one exercise with this dose, in its first get-ready."""
    planned(playing, given, first=first)
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    return playing


def next_set(playing: Playing) -> Playing:
    """Answer the question after a set, and press on into the get-ready of the next."""
    playing.pain(3, 2)
    assert playing.state == "between"
    playing.bar()
    return playing


def reach(playing: Playing, state: str) -> Playing:
    """Turn the clock, and press nothing, until this state has begun."""
    for _ in range(400):
        if playing.state == state:
            return playing
        playing.wait(0.5)
    raise AssertionError(f"{playing.state} did not become {state} by itself")


def track(page: Page) -> None:
    """Stop the clock but for our turning it, and note from now on when each part is entered (the session's time)."""
    page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 0.2, UTC))
    page.evaluate(TRACK)


def entered(page: Page) -> list[tuple[str, float]]:
    """State and second of each part that was entered since ``track``."""
    return [(name, t / 1000) for name, _, t in page.evaluate("entered")]


def parts(page: Page) -> list[Part]:
    """The parts that have begun and ended since ``track``."""
    return [Part(one, after[1] - t) for (one, t), after in pairwise(entered(page))]


def digits(playing: Playing) -> int:
    """The seconds that are shown."""
    shown = playing.screen.locator(".countdown").inner_text()
    minutes, _, seconds = shown.rpartition(":")
    return 60 * int(minutes or 0) + int(seconds)


def hide(playing: Playing, *, seconds: float) -> None:
    """The page is behind another, or the screen is off, for so many seconds; then it is looked at again."""
    playing.page.evaluate(SHOWN, False)
    playing.page.clock.fast_forward(int(seconds * 1000))
    playing.page.evaluate(SHOWN, True)
    playing.wait(0.1)


def jump(playing: Playing, seconds: float) -> None:
    """The wall clock moves and the monotonic one does not: the device slept, or its clock was set."""
    now = playing.page.evaluate("Date.now()") / 1000 + seconds
    playing.page.clock.set_system_time(datetime.fromtimestamp(now, UTC))
    playing.wait(1.1)


def events(playing: Playing) -> list[Event]:
    """What the clinic has of the session."""
    playing.sent()
    found = playing.world.python(EVENTS.format(id=playing.id)).splitlines()[-1]
    return [Event(kind, payload, mono / 1000) for kind, payload, mono in json.loads(found)]
