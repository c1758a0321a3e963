"""Steps of the tests of saving: what the network does, what was made, and what the clinic has."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.playing import TIMED, Playing
from tests.browser.steps import look_up

EVENTS = "**/events/"
EXPECTED = ["Failed to load resource", "ERR_"]
"""What Chromium says of a request that a test lets fail."""
STORED = """
import json
from programs.models import SessionEvent
events = SessionEvent.objects.filter(session="{id}").order_by("seq")
print(json.dumps([[str(each.client_id), each.seq, each.kind] for each in events]))
"""
SIGNED_OUT = """
from django.contrib.sessions.models import Session
Session.objects.all().delete()
"""
KEPT = """async () => {
  const urls = [];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) urls.push(url);
  const others = urls.filter((url) => !/\\/(static|offline)\\//.test(url));
  const keys = Object.keys(localStorage).filter((key) => key !== "stenosis-pt-settings");
  return [(await indexedDB.databases()).map((each) => each.name), [...others, ...Object.keys(sessionStorage), ...keys]];
}"""
"""What is left on the device but for files that are the same for everybody."""


class Made:
    """The ids of all events that a browser's pages, or one of them, sent or tried to send, by account."""

    def __init__(self, context: BrowserContext | Page) -> None:
        self.ids: set[str] = set()
        self.accounts: Counter[str] = Counter()
        self.posts: list[list[str]] = []
        context.on("request", self._request)

    def _request(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/events/"):
            sent = json.loads(request.post_data or "{}")
            self.accounts[sent["account"]] += 1
            self.posts.append([event["kind"] for event in sent["events"]])
            self.ids |= {event["id"] for event in sent["events"]}


def stored(playing: Playing) -> list[str]:
    """The kinds of the session's events that the clinic has, each of which it has once."""
    rows = look_up(playing.world, STORED.format(id=playing.id))
    assert len({row[0] for row in rows}) == len({row[1] for row in rows}) == len(rows)
    return [row[2] for row in rows]


def all_arrived(playing: Playing, made: Made) -> list[str]:
    """The clinic has just what was made; gives the kinds of its events."""
    rows = look_up(playing.world, STORED.format(id=playing.id))
    assert sorted(row[0] for row in rows) == sorted(made.ids)
    return stored(playing)


def refuse(target: Page | BrowserContext) -> Callable[[], None]:
    """From now on no event reaches the clinic; gives what ends that."""
    target.route(EVENTS, lambda route: route.abort())
    return lambda: target.unroute(EVENTS)


def answer(route: Route, status: int, body: dict[str, Any] | str = "<p>Something else</p>", **headers: str) -> None:
    """Answer instead of the clinic, as JSON or as a page."""
    kind = "text/html" if isinstance(body, str) else "application/json"
    text = body if isinstance(body, str) else json.dumps(body)
    route.fulfill(status=status, body=text, headers={"Content-Type": kind, **headers})


def online(*pages: Page) -> None:
    """The network is back, says the browser."""
    for page in pages:
        page.evaluate("dispatchEvent(new Event('online'))")


def step(playing: Playing) -> None:
    """What a patient does next in an ordinary session."""
    match playing.state:
        case "question":
            playing.check_in()
        case "offer":
            playing.start()
        case "paused":
            playing.press("resume")
        case "pain":
            playing.pain(3, 2)
        case "finish":
            playing.finish()
        case state if state in TIMED:
            playing.wait(1)
        case _:
            playing.bar()


def play_to(playing: Playing, *states: str) -> Playing:
    """Go on until one of these states."""
    for _ in range(80):
        if playing.state in states:
            return playing
        step(playing)
    raise AssertionError(f"{playing.state} did not become {states}")


def until(page: Page, true: Callable[[], bool]) -> None:
    """Let a page work until something is true."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not become true")


def nothing_waits(playing: Playing) -> None:
    """Wait until the device has nothing to send."""
    until(playing.page, lambda: not playing.rows("events"))


def says(page: Page, words: str) -> None:
    """The day's page shows these words."""
    expect(page.locator("[data-unsent] p:visible", has_text=words).first).to_be_visible()
