"""Fixtures of the browser tests: a real server on a copied database, and pages that are watched.

Set SHOTS to a folder to keep the screenshots that ``shot`` makes.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts import browser as installed
from tests.browser.journey_fixtures import desk  # noqa: F401  (fixture of the journeys)
from tests.browser.player_fixtures import new_playing, playing  # noqa: F401  (fixtures of the player)
from tests.browser.server import Server, World, build_world
from tests.browser.watch import Watch, axe_faults

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
WAIT_MS = 15_000
"""Milliseconds until a thing that should come counts as missing: long, for a machine that does other work too."""
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that is on the machine."""
    path = installed.executable()
    assert path, "There is no Chromium on this machine: install chromium, or set CHROMIUM to its path."
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=installed.FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def first_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The database that all others are copied from: migrated, with the catalogue and the demo clinic."""
    return build_world(tmp_path_factory.mktemp("first-world") / "data")


@pytest.fixture
def world(first_world: World, tmp_path: Path) -> World:
    """A data folder for this test alone."""
    return first_world.copy_to(tmp_path / "data")


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    """A server for this test alone: ``server.url``; ``server.world.python(code)`` looks into its database."""
    with Server(world) as running:
        yield running


type OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def open_context(chromium: Browser, server: Server) -> Iterator[OpenContext]:
    """Open a browser of its own (another device or person): ``open_context(viewport=PHONE, ...)``."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        defaults: dict[str, object] = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London"}
        defaults["service_workers"] = "block"  # a test's own routes do not see what a worker asks for
        context = chromium.new_context(base_url=server.url, **defaults | options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Callable[[Page], Watch]]:
    """Watch a further page; every watched page is checked at the end."""
    watches: list[Watch] = []

    def start(page: Page) -> Watch:
        watches.append(Watch(page, server.url, server.log))
        return watches[-1]

    yield start
    for each in watches:
        each.check()


type Watching = Callable[[Page], Watch]


@pytest.fixture
def page(open_context: OpenContext, watch: Watching) -> Page:
    """A watched page as wide as a desktop."""
    opened = open_context(viewport=DESKTOP).new_page()
    watch(opened)
    return opened


@pytest.fixture
def phone_page(open_context: OpenContext, watch: Watching) -> Page:
    """A watched page of 360 px that is touched."""
    opened = open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    watch(opened)
    return opened


type Check = Callable[..., None]


@pytest.fixture
def axe() -> Check:
    """``axe(page)`` fails on any finding; ``enhanced=False`` leaves out 7:1 contrast, for staff pages."""

    def check(page: Page, *, enhanced: bool = True) -> None:
        found = axe_faults(page, enhanced=enhanced)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


@pytest.fixture
def shot(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Page, str], Path]:
    """``shot(page, name)`` keeps a picture of the whole page; gives its path."""
    folder = Path(os.environ.get("SHOTS", tmp_path))

    def take(page: Page, name: str) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        test = re.sub(r"\W+", "-", request.node.name).strip("-")
        path = folder / f"{test}-{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return take


@pytest.fixture
def sign_in(server: Server) -> Callable[[Page, str], None]:
    """``sign_in(page, role)`` through the demo's own button: patient, therapist, editor, admin."""

    def press(page: Page, role: str) -> None:
        page.goto("/")
        with page.expect_navigation():
            page.locator(f'form[action="/demo/sign-in/{role}/"] button').click()

    return press
