"""Two windows with one session: what is taken over late, and what goes on in the window that lost it."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.playing import Playing
from tests.browser.test_player_figure import HOLD, begin
from tests.browser.test_player_session import record

HIDDEN = """() => Object.defineProperty(document, "visibilityState", { get: () => "hidden" })"""


def second_window(playing: Playing) -> Playing:
    """The same session in another window of the same browser, which says that it is open elsewhere."""
    page = playing.page.context.new_page()
    second = Playing(page, playing.world, playing.watch)
    second.id, second.ahead = playing.id, playing.ahead
    second.turn_from(playing.now())
    page.route(f"**/sessions/{playing.id}/", second.told_the_same_time)
    page.goto(f"/sessions/{playing.id}/")
    page.get_by_role("button", name="Go on here").wait_for()
    return second


def kept(playing: Playing) -> list[object]:
    """Where the session stands on the device, and how much of it waits there."""
    states = [row["state"] for row in playing.rows("sessions")]
    return [[(state["name"], state["seq"]) for state in states], len(playing.rows("events"))]


def take_over(page: Page) -> None:
    """Press the button, and wait for the session."""
    page.get_by_role("button", name="Go on here").click()
    page.locator("html[data-player=ready]").wait_for()


def test_a_second_window_tells_where_the_session_is_and_takes_it_over_when_asked(
    new_playing: Playing, axe: Callable[..., None]
) -> None:
    """The first window stops at once, and neither records a set twice."""
    playing = new_playing.open(minutes_ago=8)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(3, 2)
    playing.sent()
    first, at = playing.page, playing.state
    second = second_window(playing)
    page = second.page
    expect(page.get_by_role("heading", name="Your session is open in another window")).to_be_visible()
    axe(page)
    page.get_by_text("Only read the exercises").click()
    expect(page.get_by_role("heading", name="Bridge").first).to_be_visible()
    first.wait_for_timeout(200)
    assert playing.state == at, "reading along changes nothing"
    take_over(page)
    expect(first.get_by_role("heading", name="Your session is open in another window")).to_be_visible()
    assert second.state == "paused"
    second.press("resume")
    second.pain(3, 2)
    assert second.state == at
    first.get_by_role("button", name="Go on here").click()
    expect(page.get_by_role("heading", name="Your session is open in another window")).to_be_visible()
    playing.wait()
    assert playing.state == "paused"
    found = record(playing)
    assert found["kinds"].count("started") == found["kinds"].count("set-done") == 1


def test_x5_a_session_that_is_taken_over_too_late_is_closed(new_playing: Playing) -> None:
    """X5: the other window lay there for forty minutes; its clock and its news are those of now, not of then."""
    playing = new_playing.open(minutes_ago=50)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(3, 2)
    playing.sent()
    playing.press("pause")
    playing.page.evaluate(HIDDEN)  # as on a phone: the window behind does nothing
    second = second_window(playing)
    second.wait(40 * 60)
    take_over(second.page)
    second.wait()
    if second.state == "paused":
        second.press("resume")
    assert second.state == "closed"


def test_the_window_that_lost_the_session_writes_nothing_more(new_playing: Playing) -> None:
    """Its page may take long to come anew: until then no clock runs, and what the other window keeps stays."""
    playing = new_playing.open(minutes_ago=8)
    begin(playing, {**HOLD, "hold_s": 2})
    while playing.state in {"space", "intro"}:
        playing.bar()
    playing.sent()
    playing.page.clock.resume()
    second = second_window(playing)
    waiting: list[Route] = []
    playing.page.route(f"**/sessions/{playing.id}/", lambda route: waiting.append(route))
    take_over(second.page)
    before = kept(second)
    assert second.state == "paused"
    for _ in range(3):
        second.page.wait_for_timeout(2000)
        assert kept(second) == before
    assert waiting, "the first window asks for its page anew"
    for route in waiting:
        route.abort()
