"""Fixtures of the journeys: a member of staff at a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.steps import Desk
from tests.browser.watch import Watch

SENT_BACK = ("status of 400", "status of 409", "status of 422")


@pytest.fixture
def desk(
    open_context: Callable[..., BrowserContext], watch: Callable[[Page], Watch], sign_in: Callable[[Page, str], None]
) -> Desk:
    """Staff, each in a browser of their own; forms that are sent back on purpose are no faults."""

    def sit(role: str, *excused: str) -> Page:
        page = open_context().new_page()
        watch(page).expect(*SENT_BACK, *excused)
        if role:
            sign_in(page, role)
        return page

    return sit
