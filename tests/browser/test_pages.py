"""Every main page of every role, at phone and desktop width: axe finds nothing, the browser objects to nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Check, OpenContext, Watching

SignIn = Callable[[Page, str], None]
Shot = Callable[[Page, str], Path]

PAGES: dict[str, tuple[str, ...]] = {
    "nobody": ("/", "/exercises/", "/exercises/bridge/", "/card/", "/account/login/"),
    "patient": ("/", "/today/", "/exercises/bridge/"),
    "therapist": ("/", "/inbox/", "/patients/", "/patients/add/"),
    "editor": ("/", "/desk/", "/exercises/"),
    "admin": ("/", "/clinic/"),
}


def name_of(path: str) -> str:
    """A file's name for an address."""
    return path.strip("/").replace("/", "-") or "home"


@pytest.mark.parametrize("role", PAGES)
def test_ux_32_pages_have_no_faults(
    role: str, open_context: OpenContext, watch: Watching, sign_in: SignIn, axe: Check, shot: Shot
) -> None:
    for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
        page = open_context(viewport=viewport).new_page()
        watch(page)
        if role != "nobody":
            sign_in(page, role)
        for path in PAGES[role]:
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, f"{path}: {answer.status}"
            axe(page, enhanced=role in {"nobody", "patient"} and path != "/account/login/")
            shot(page, f"{size}-{name_of(path)}")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is {wide} px too wide at {size} width"


def test_each_patient_s_page_has_no_faults(page: Page, sign_in: SignIn, axe: Check, shot: Shot) -> None:
    sign_in(page, "therapist")
    page.goto("/patients/?all=1")
    links = page.locator('a[href^="/patients/"]').evaluate_all("all => all.map(a => a.getAttribute('href'))")
    patients = sorted({link for link in links if len(link) == len("/patients/") + 37})
    assert len(patients) >= 7
    for number, link in enumerate(patients):
        page.goto(link)
        axe(page, enhanced=False)
        shot(page, f"patient-{number}")


def test_missing_pages_look_alike(open_context: OpenContext, watch: Watching, sign_in: SignIn, axe: Check) -> None:
    page = open_context().new_page()
    watch(page).expect("404")
    sign_in(page, "patient")
    bodies = set()
    for path in ("/nothing/", "/inbox/", "/patients/0198c5b2-7c1e-7d57-a1a5-7f5d8a3f0b11/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404
        bodies.add(page.locator("main").inner_text())
    assert len(bodies) == 1
    axe(page)
