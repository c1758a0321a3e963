"""Make the README's pictures from the demo: the session page in a hold, and the therapist's page of a patient.

Usage: python -m scripts.screenshots (it needs Chromium, and makes a demo of its own in a temporary folder).
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser
from tests.browser.playing import Playing
from tests.browser.server import ROOT, Server, build_world
from tests.browser.watch import Watch

IMAGES = ROOT / "docs" / "images"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def open_as(chromium: Browser, server: Server, role: str, viewport: dict[str, int]) -> Page:
    """A page signed in through the demo's button."""
    options: dict[str, Any] = {"base_url": server.url, "viewport": viewport, "locale": "en-GB"}
    page = chromium.new_context(**options, service_workers="block").new_page()
    page.goto("/")
    page.locator(f'form[action="/demo/sign-in/{role}/"] button').click()
    page.wait_for_load_state()
    return page


def session(chromium: Browser, server: Server) -> None:
    """The patient's session, a few seconds into a hold."""
    page = open_as(chromium, server, "patient", PHONE)
    playing = Playing(page, server.world, Watch(page, server.url, server.log)).open()
    playing.check_in()
    playing.start()
    while _next(playing) != "hold":
        playing.until("pain")
        playing.pain(2, 2)
    playing.wait(6)
    page.screenshot(path=IMAGES / "session.png")


def _next(playing: Playing) -> str:
    """Go on to the next set: how it is counted."""
    while playing.state in {"space", "intro", "between", "relief"}:
        playing.bar()
    return playing.until("hold", "tempo", "minutes")


def therapist(chromium: Browser, server: Server) -> None:
    """The page of the patient who is doing well."""
    page = open_as(chromium, server, "therapist", DESKTOP)
    page.goto("/patients/")
    page.get_by_role("link", name="Rosa A.").first.click()
    page.wait_for_load_state()
    page.screenshot(path=IMAGES / "patient.png")


def main() -> None:
    """Make both pictures."""
    path = browser.executable()
    if path is None:
        sys.exit("There is no Chromium on this machine: install chromium, or set CHROMIUM to its path.")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        world = build_world(Path(folder) / "data")
        with Server(world) as server:
            chromium = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
            therapist(chromium, server)
            session(chromium, server)
            chromium.close()


if __name__ == "__main__":
    main()
