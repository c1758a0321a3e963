"""Fixtures of the player's tests: a patient in front of a session."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.playing import NOON, PHONE, Playing
from tests.browser.server import Server
from tests.browser.watch import Watch


@pytest.fixture
def new_playing(
    open_context: Callable[..., BrowserContext],
    watch: Callable[[Page], Watch],
    server: Server,
    sign_in: Callable[[Page, str], None],
    request: pytest.FixtureRequest,
) -> Playing:
    """A patient who is signed in, on a phone unless the test is given other options of the browser."""
    options: dict[str, Any] = {"viewport": PHONE} | getattr(request, "param", {})
    page = open_context(**options).new_page()
    watched = watch(page)
    server.world.python(NOON)
    sign_in(page, "patient")
    return Playing(page, server.world, watched)


@pytest.fixture
def playing(new_playing: Playing) -> Playing:
    """The session is open, at its first question."""
    return new_playing.open()
