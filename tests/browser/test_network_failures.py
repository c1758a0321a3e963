"""A whole session in which every request for its events fails in every way: the clinic has each event once."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

from tests.browser.playing import Playing
from tests.browser.saving import EVENTS, EXPECTED, Made, all_arrived, answer, nothing_waits, online, step

type Failure = Callable[[Route], None]

BEFORE: list[Failure] = [
    lambda route: route.abort("connectionfailed"),
    lambda route: answer(route, 500, {"error": "server-error"}),
    lambda route: answer(route, 502),
    lambda route: answer(route, 200),
    lambda route: answer(route, 302, Location="/card/signed-out/"),
    lambda route: answer(route, 401, {"error": "signed-out"}),
    lambda route: answer(route, 403),
    lambda route: answer(route, 403, {"error": "csrf"}),
    lambda route: answer(route, 404),
    lambda route: answer(route, 409),
    lambda route: answer(route, 429),
    lambda route: answer(route, 200, {"results": []}),
]
"""The request does not reach the clinic."""


def lost(route: Route) -> None:
    """The clinic has it, and its answer does not arrive."""
    route.fetch()
    route.abort("connectionreset")


def broken(route: Route) -> None:
    """The clinic has it, and something in between answers with a page."""
    route.fetch()
    answer(route, 500)


class Failing:
    """Each batch of events fails in one way after the other before it gets through."""

    def __init__(self, page: Page, failures: list[Failure]) -> None:
        self.failures = failures
        self.tries: dict[str, int] = {}
        page.route(EVENTS, self._answer)

    def _answer(self, route: Route) -> None:
        batch = (route.request.post_data_json or {})["events"]
        tried = self.tries[batch[0]["id"]] = self.tries.get(batch[0]["id"], -1) + 1
        if tried < len(self.failures):
            self.failures[tried](route)
        else:
            route.continue_()


def play_through(playing: Playing, failures: list[Failure]) -> list[str]:
    """From the check-in to the end; every batch is tried until it is through before the next step is made."""
    playing.watch.expect(*EXPECTED)
    playing.open_short()
    made, failing = Made(playing.page.context), Failing(playing.page, failures)
    while playing.state != "done":
        step(playing)
        for _ in range(2 * len(failures) + 2):
            playing.page.wait_for_timeout(20)
            if not playing.rows("events"):
                break
            online(playing.page)
        nothing_waits(playing)
        playing.idle()
    assert playing.saving() == "Sent to your clinic"
    assert len(failing.tries) >= 5 and min(failing.tries.values()) >= len(failures), failing.tries
    return all_arrived(playing, made)


def test_ux_17_every_request_fails_before_it_reaches_the_clinic(new_playing: Playing) -> None:
    kinds = play_through(new_playing, BEFORE)
    assert kinds.count("started") == kinds.count("set-done") == kinds.count("finished") == 1


def test_ux_12_every_answer_is_lost_after_the_clinic_has_the_events(new_playing: Playing) -> None:
    kinds = play_through(new_playing, [lost, broken, lost])
    assert kinds.count("started") == kinds.count("set-done") == kinds.count("finished") == 1


def test_an_answer_that_comes_after_the_page_was_opened_anew_doubles_nothing(new_playing: Playing) -> None:
    """At the first request with each kind of event: the clinic has it, and the page is gone before it answers."""
    playing = new_playing
    playing.watch.expect(*EXPECTED)
    playing.open_short()
    made = Made(playing.page.context)
    waiting: list[Route] = []
    seen: set[str] = set()

    def slow(route: Route) -> None:
        kinds = {event["kind"] for event in (route.request.post_data_json or {})["events"]}
        if kinds <= seen:
            return route.continue_()
        seen.update(kinds)
        route.fetch()
        waiting.append(route)

    playing.page.route(EVENTS, slow)
    while playing.state != "done":
        step(playing)
        for _ in range(40):
            if waiting or not playing.rows("events"):
                break
            playing.page.wait_for_timeout(25)
        if waiting:
            playing.load()
            waiting.pop().abort()
    nothing_waits(playing)
    kinds = all_arrived(playing, made)
    assert seen >= {"check-in", "started", "set-done", "pain", "finished"}
    assert kinds.count("started") == kinds.count("set-done") == kinds.count("finished") == 1
