"""A bad day and an easier exercise without JavaScript, from the day's page to its end."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.playing import PHONE, Playing
from tests.browser.test_journey_patient import answers


def test_ux_31_a_bad_day_and_an_easier_version_without_javascript(
    new_playing: Playing,
    open_context: Callable[..., BrowserContext],
    shot: Callable[[Page, str], object],
) -> None:
    """R25, P12, X16: the short session, one exercise of it made easier in the relief position, and what is told."""
    kept = new_playing.page.context.storage_state()
    page = open_context(viewport=PHONE, java_script_enabled=False, storage_state=kept).new_page()
    page.goto("/today/")
    if page.get_by_role("button", name="Yes, this is me").count():
        with page.expect_navigation():
            page.get_by_role("button", name="Yes, this is me").click()
    with page.expect_navigation():
        page.locator("a[href$='/log/']").first.click()
    bad = page.get_by_role("button", name="A bad day Start the short session.")
    for _page in range(20):
        if bad.count():
            break
        answers(page)
        go(page, page.locator("main form.log .button--big").first.click)
    shot(page, "log-days")
    go(page, bad.click)
    name = page.get_by_role("heading", level=1).inner_text()
    shot(page, "log-item")
    go(page, page.get_by_role("link", name="Relief", exact=True).click)
    shot(page, "log-relief")
    answers(page)
    go(page, page.get_by_role("button", name="Easier version", exact=True).click)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("main")).to_contain_text("· Easier version")
    shot(page, "log-easier")
    for _page in range(20):
        if not page.locator("main form.log").count():
            break
        answers(page)
        go(page, page.locator("main form.log .button--big").first.click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
    expect(page.get_by_text("You did the short session: ")).to_be_visible()
    go(page, page.get_by_role("link", name="Back to today").first.click)
    expect(page.get_by_text("You did the short session: ")).to_be_visible()


def go(page: Page, press: Callable[[], None]) -> None:
    """Press, and wait for the next page."""
    with page.expect_navigation():
        press()
