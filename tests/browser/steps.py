"""Steps that more than one journey takes: signing in, opening a card, answering a page's questions."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

from tests.browser.server import World
from tests.browser.watch import axe_faults

type Desk = Callable[..., Page]
"""A page of a member of staff who is signed in: ``desk(role, *excused)``; nobody for an empty role."""
PASSWORD = "brisk copper kettle stairs"
SIDEWAYS = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth"

# Words in a column that is hardly wider than a letter; of a number of the pain scale only the number is seen.
SQUEEZED = """() => [...document.querySelectorAll("body :is(h1, h2, h3, p, legend, button, label)")].filter((each) =>
    each.checkVisibility() && !each.closest(".visually-hidden, .heard, .skip-link, .pain-scale__cell")
    && each.textContent.trim().length > 8
    && each.getBoundingClientRect().width < 2.5 * parseFloat(getComputedStyle(each).fontSize)
).map((each) => `squeezed: ${each.textContent.trim().slice(0, 40)}`)"""

CARD = """
from accounts import cards
from accounts.models import Patient
patient = Patient.objects.get(display_name="{name}")
print(cards.issue(patient=patient, by=patient.therapist).code, patient.year_of_birth)
"""
SET_PASSWORD = """
from accounts.models import User
user = User.objects.get(email="{email}")
user.set_password("{password}")
user.save()
"""


def look_up(world: World, code: str) -> Any:
    """Run code that prints one line of JSON last; gives its value."""
    return json.loads(world.python(code).splitlines()[-1])


def press(page: Page, name: str, *, within: Locator | None = None) -> None:
    """Press a button that leads to a page, and wait for it."""
    with page.expect_navigation():
        (within or page).get_by_role("button", name=name, exact=True).click()


def press_confirmed(page: Page, name: str, yes: str) -> None:
    """Press a button that asks "are you sure", and say yes."""
    page.get_by_role("button", name=name, exact=True).click()
    with page.expect_navigation():
        page.locator("dialog").get_by_role("button", name=yes, exact=True).click()


def card_of(world: World, name: str) -> tuple[str, int]:
    """A new access card for a patient of the demo: its code, and the year of birth."""
    code, year = world.python(CARD.format(name=name)).split()[-2:]
    return code, int(year)


def open_card(page: Page, code: str, year: int) -> None:
    """Sign a device in by a card, and say who it is."""
    page.goto(f"/card/{code}/")
    page.get_by_label("The year you were born").fill(str(year))
    press(page, "Open my exercises")
    confirm_me(page)


def confirm_me(page: Page) -> None:
    """Answer "Is this you?" where it is asked."""
    if page.get_by_role("heading", name="Is this you?").count():
        press(page, "Yes, this is me")


def sign_in_by_password(page: Page, world: World, email: str) -> None:
    """Sign a staff member in by the form, with a password that is set for the test."""
    world.python(SET_PASSWORD.format(email=email, password=PASSWORD))
    page.goto("/account/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def error_links(page: Page) -> list[str]:
    """The links of the error summary, each of which leads to a field that is there."""
    summary = page.locator(".error-summary")
    summary.first.wait_for()
    targets = [link.get_attribute("href") or "" for link in summary.locator("a").all()]
    for target in targets:
        assert page.locator(target).count() == 1, f"{target} leads nowhere"
    return targets


def tab_to(page: Page, wanted: Locator, *, most: int = 400) -> None:
    """Reach an element by the Tab key alone."""
    for _ in range(most):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by the Tab key")


def today_in(zone: str) -> str:
    """The local date of a zone as a date field takes it."""
    return datetime.now(ZoneInfo(zone)).date().isoformat()


def seen(page: Page) -> None:
    """Look at a page: axe finds nothing (7:1 on patients' pages), one heading, nothing to scroll sideways for."""
    patients = "for-patient" in (page.locator("body").get_attribute("class") or "")
    faults = axe_faults(page, enhanced=patients)
    assert not faults, "\n".join([page.url, *faults])
    headings = page.locator("h1:visible").count()
    assert headings == 1 or "/sessions/" in page.url, f"{page.url} has {headings} main headings"
    assert page.evaluate(SIDEWAYS) <= 0, f"{page.url} is too wide"


def visit(page: Page, address: str) -> None:
    """Go to a page and look at it."""
    page.goto(address)
    seen(page)


def send(page: Page, name: str) -> None:
    """Press a button that leads to a page, and look at that page."""
    press(page, name)
    seen(page)


def follow(page: Page, name: str) -> None:
    """Press a link that leads to a page, and look at that page."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()
    seen(page)


def field(page: Page, name: str) -> Locator:
    """The field that is sent under a name."""
    return page.locator(f"main [name='{name}']:visible").first


def choose(page: Page, name: str, value: str) -> None:
    """Tick a box, or choose one of several, by what is sent."""
    page.locator(f"input[name='{name}'][value='{value}']").first.check()


def app_code(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(time.time() // 30).to_bytes(8), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"
