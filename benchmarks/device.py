"""A patient's phone in front of a server of its own, on the real clock, four times as slow as this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from scripts import browser as installed
from tests.browser.playing import NOON, PHONE, Playing
from tests.browser.segments import EXERCISES
from tests.browser.server import Server, World, build_world
from tests.browser.steps import confirm_me
from tests.browser.watch import Watch

SLOWER = 4


@dataclass
class Place:
    """A running server, its world, and a browser."""

    browser: Browser
    server: Server
    world: World

    def phone(self, address: str = "", kept: StorageState | None = None) -> BrowserContext:
        """A browser with nothing stored but what is given; ``address`` where the server is not met at its own."""
        context = self.browser.new_context(
            base_url=address or self.server.url,
            storage_state=kept,
            viewport={"width": PHONE["width"], "height": PHONE["height"]},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(30_000)
        return context


class Live(Playing):
    """A session on the real clock."""

    def __init__(self, page: Page, place: Place) -> None:
        super().__init__(page, place.world, Watch(page, place.server.url, place.server.log))

    def begin(self, doses: str) -> None:
        """From today's page to the first get-ready of a session with these doses (JSON)."""
        self.page.goto("/today/")
        confirm_me(self.page)
        start = self.page.locator('a[href^="/sessions/"]').first.get_attribute("href") or ""
        self.id = start.strip("/").split("/")[1]
        self.world.python(EXERCISES.format(id=self.id, doses=doses, first=False))
        self.page.goto(start)
        self.loaded()
        self.check_in()
        self.start()
        while self.state in {"space", "intro"}:
            self.bar()


def sign_in(page: Page) -> None:
    """As the demo's patient, by the demo's own button."""
    page.goto("/")
    with page.expect_navigation():
        page.locator('form[action="/demo/sign-in/patient/"] button').click()


def slow(page: Page) -> None:
    """The page gets a quarter of the processor."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """A new demo clinic with its server, and a browser."""
    path = installed.executable()
    assert path, "There is no Chromium on this machine: install chromium, or set CHROMIUM to its path."
    world = build_world(folder / "player")
    with Server(world) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=installed.FLAGS)
        yield Place(browser, server, world)
        browser.close()


def fresh(where: Place) -> Page:
    """A phone whose patient is signed in, and where it is noon."""
    where.world.python(NOON)
    page = where.phone().new_page()
    sign_in(page)
    return page
