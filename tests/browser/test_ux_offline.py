"""A whole day without a network, after the day's page was opened once; what is new is offered, and never in a session.

The worker takes part, so the pages run on the real clock: nothing here waits for a hold to end.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.playing import NOON, PHONE, Playing
from tests.browser.server import Server
from tests.browser.steps import confirm_me
from tests.browser.watch import Watch

NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", "Failed to load resource")
DOCUMENTS = """(change) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("stenosis-pt");
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const store = opening.result.transaction("documents", "readwrite").objectStore("documents");
    const asked = store.getAll();
    asked.onsuccess = () => {
      if (change) for (const each of asked.result) store.put({ ...each, ...change });
      resolve(asked.result.map(({ path, account, local_date }) => [path, account, local_date]));
      opening.result.close();
    };
  };
})"""


class Kept:
    """A patient's phone on which the worker runs."""

    def __init__(self, page: Page, server: Server, watched: Watch) -> None:
        self.page, self.server, self.watched = page, server, watched
        watched.expect(*NO_NETWORK)
        self.playing = Playing(page, server.world, watched)
        # On the real clock a moment passes by itself.
        self.playing.wait = lambda seconds=0.6: page.wait_for_timeout(min(seconds, 1) * 250)  # type: ignore[method-assign]

    def open_today(self) -> None:
        """With a network: open the day's page, until all of the day is kept."""
        self.page.goto("/today/")
        confirm_me(self.page)
        self.page.locator("html[data-kept=all]").wait_for()

    def documents(self, change: dict[str, Any] | None = None) -> list[list[str]]:
        """What pages the device keeps; each is changed first, if asked."""
        found: list[list[str]] = self.page.evaluate(DOCUMENTS, change)
        return found

    def cut(self) -> None:
        """Airplane mode."""
        self.page.context.set_offline(True)

    def connect(self) -> None:
        """The network is back."""
        self.page.context.set_offline(False)

    def start(self) -> None:
        """From the day's page into the session."""
        self.page.locator("[data-start]").click()
        self.page.locator("html[data-player=ready]").wait_for()


@pytest.fixture
def kept(
    open_context: Callable[..., BrowserContext],
    watch: Callable[[Page], Watch],
    server: Server,
    sign_in: Callable[[Page, str], None],
) -> Kept:
    """A phone that has opened the day's page once."""
    server.world.python(NOON)
    page = open_context(viewport=PHONE, service_workers="allow").new_page()
    phone = Kept(page, server, watch(page))
    sign_in(page, "patient")
    phone.open_today()
    return phone


def test_a_red_flag_in_airplane_mode_leads_to_its_screen_and_its_number(kept: Kept, axe: Callable[..., None]) -> None:
    """S2, HZ17: the page was opened once; then nothing of the day needs the network."""
    page = kept.page
    kept.cut()
    page.reload()
    expect(page.get_by_text("You can do today's session. It is sent later.")).to_be_visible()
    axe(page)
    kept.start()
    assert page.locator("html").get_attribute("data-offline") == "day"
    kept.playing.answer("yes")
    while kept.playing.state == "question":
        kept.playing.answer("yes")
    screen = page.locator("section[data-screen='outcome:E']")
    expect(screen).to_be_visible()
    assert screen.locator("a[href^='tel:']").count() == 1
    axe(page)


def test_hz20_a_plan_of_another_date_or_with_old_rules_starts_nothing(kept: Kept, axe: Callable[..., None]) -> None:
    page = kept.page
    session = page.locator("[data-start]").get_attribute("href")
    for change in ({"local_date": "2020-02-02"}, {"saved": 1_000_000_000_000}):
        kept.connect()
        kept.open_today()
        kept.documents(change)
        kept.cut()
        page.goto("/today/")
        expect(page.get_by_role("heading", name="This plan is too old")).to_be_visible()
        expect(page.locator("[data-start]")).to_be_hidden()
        assert page.locator("main a[href^='tel:']:visible").count()
        axe(page)
        page.goto(str(session))
        expect(page.get_by_role("heading", name="This plan is too old")).to_be_visible()
        assert page.locator("section[data-screen]:visible").count() == 1
        assert not page.locator("[data-plain]").is_visible()
        assert page.locator("a[href='tel:999']:visible").count()
        axe(page)


def test_a_page_that_is_not_kept_says_so(kept: Kept, axe: Callable[..., None]) -> None:
    kept.cut()
    kept.page.goto("/exercises/bridge/")
    expect(kept.page.get_by_role("heading", name="There is no network now")).to_be_visible()
    axe(kept.page)
    kept.page.get_by_role("link", name="Go to today").click()
    expect(kept.page.locator("[data-start]")).to_be_visible()


def test_rest_positions_are_shown_without_a_network(kept: Kept, axe: Callable[..., None]) -> None:
    """R25, X16: asking for them is a form, which nobody can take now."""
    page = kept.page
    kept.cut()
    page.get_by_role("button", name="Show my rest positions").click()
    expect(page.locator("main section.card ol.steps")).to_be_visible()
    expect(page.locator("main section.card img")).to_be_visible()
    assert page.locator("main section.card a[href^='tel:']").count()
    assert page.locator("main section.card img").evaluate("each => each.complete && each.naturalWidth > 0")
    axe(page)


def test_nothing_personal_is_in_the_cache(kept: Kept) -> None:
    found = kept.page.evaluate("""async () => {
        const all = [];
        for (const name of await caches.keys()) all.push(...(await (await caches.open(name)).keys()));
        return all.map(({ url }) => new URL(url).pathname);
    }""")
    assert "/offline/" in found and any("/figures/" in path for path in found)
    assert all(path == "/offline/" or path.startswith(("/static/", "/exercises/")) for path in found)
    assert sorted(path for path, _account, _date in kept.documents())[1] == "/today/"
    assert len(kept.documents()) == 2
