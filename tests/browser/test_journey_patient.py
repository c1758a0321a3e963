"""The patient's journey: pain that rises, a pain that moves, an emergency sign, and a day without JavaScript."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext, Watching
from tests.browser.playing import PHONE, Playing
from tests.browser.steps import Desk, field, press, seen, send, today_in, visit

REST = "Show my rest positions"
REASON = "Seen in hospital; no nerve sign."


def ask_again(playing: Playing) -> None:
    """Rest until the question comes back, and say that the pain is as it was."""
    playing.press("ready")
    playing.until("rest-ask")
    seen(playing.page)
    playing.pain(3, 2)


def finish(playing: Playing) -> None:
    """The three last questions."""
    seen(playing.page)
    for name, value in (("spine", 2), ("limb", 1), ("effort", 4)):
        playing.screen.locator(f"input[name={name}][value='{value}']").check()
    playing.go_on()


def test_s17_one_point_more_ends_the_exercise_and_the_day_does_not_offer_it_again(playing: Playing) -> None:
    page = playing.page
    seen(page)
    playing.check_in()
    seen(page)
    playing.start()
    seen(page)
    first = page.evaluate("JSON.parse(document.getElementById('plan').textContent).items[0]")
    playing.a_set()
    seen(page)
    playing.pain(4, 2, "worse")
    assert playing.state == "stopped"
    seen(page)
    ask_again(playing)
    assert playing.state == "settled"
    seen(page)
    playing.press("next")
    assert page.locator("section[data-slug]:visible").get_attribute("data-slug") != first["slug"]
    while playing.state != "finish":
        playing.a_set()
        playing.pain(3, 2)
    finish(playing)
    assert playing.state == "done"
    seen(page)
    playing.sent()
    visit(page, "/today/")
    expect(page.get_by_role("heading", name=first["name"])).to_have_count(0)


def plan_of(page: Page) -> dict[str, Any]:
    """The frozen plan of the session that is open."""
    found: dict[str, Any] = page.evaluate("JSON.parse(document.getElementById('plan').textContent)")
    return found


def only_rest(page: Page, before: dict[str, Any]) -> None:
    """The day names no exercise and counts none; what it opens holds positions to rest in, and breathing."""
    relief = {item["slug"] for item in before["relief_only"]}
    ordinary = {item["name"] for item in before["items"] if item["slug"] not in relief}
    assert ordinary
    visit(page, "/today/")
    main = page.locator("main")
    named = [name for name in ordinary if main.get_by_text(name).count()]
    assert not named, f"exercises are named: {named}"
    expect(main.get_by_text(re.compile(r"\d+ exercises?\b"))).to_have_count(0)
    expect(main.get_by_role("link", name="Start")).to_have_count(0)
    rest = main.get_by_role("button", name=REST).or_(main.get_by_role("link", name=REST))
    expect(rest).to_have_count(1)
    with page.expect_navigation():
        rest.click()
    page.locator("html[data-player=ready]").wait_for()
    seen(page)
    opened = plan_of(page)
    assert opened["kind"] == "relief"
    assert opened["items"]
    assert all(item["relief_position"] or item["slug"] == "breathing" for item in opened["items"])
    assert {item["slug"] for item in opened["items"]} <= relief


@pytest.mark.parametrize(
    "answer", [(5, 2, "worse"), (1, 1, "spread")], ids=["two-points-more", "it-spread-though-lower"]
)
def test_s18_the_session_ends_and_so_does_the_day(playing: Playing, answer: tuple[int, int, str], desk: Desk) -> None:
    page = playing.page
    before = plan_of(page)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(*answer)
    assert playing.state == "ended"
    seen(page)
    playing.press("ready")
    seen(page)
    playing.sent()
    only_rest(page, before)
    therapist = desk("therapist")
    visit(therapist, "/inbox/")
    expect(therapist.locator(".inbox-row").filter(has_text="Rosa A.").filter(has_text="S18")).not_to_have_count(0)


def release(page: Page) -> None:
    """The therapist finds the patient first in the inbox, opens the page and releases the lock with a reason."""
    visit(page, "/inbox/")
    first = page.locator(".inbox-row").first
    expect(first).to_contain_text("Rosa A.")
    with page.expect_navigation():
        first.get_by_role("link", name="Open Rosa A.").click()
    seen(page)
    with page.expect_navigation():
        page.locator("a[href$='/release/']").first.click()
    seen(page)
    send(page, "Release the lock")
    assert page.locator(".error-summary").is_visible()
    field(page, "reason").fill(REASON)
    field(page, "examined_by").fill("Dr Moss")
    field(page, "examined_on").fill(today_in("Europe/London"))
    send(page, "Release the lock")


def test_s2_s5_an_emergency_locks_everywhere_until_the_therapist_releases_it(
    new_playing: Playing, desk: Desk, open_context: OpenContext, watch: Watching, sign_in: Callable[[Page, str], None]
) -> None:
    """X8: after the release the whole of Table A comes before a session."""
    playing = new_playing.open(minutes_ago=5)
    page, other = playing.page, open_context(viewport=PHONE).new_page()
    watch(other)
    sign_in(other, "patient")
    playing.check_in(q1="yes", s5_numb="yes")
    assert playing.name == "outcome:E"
    seen(page)
    playing.sent()
    for address in ("/today/", f"/sessions/{playing.id}/", f"/sessions/{playing.id}/log/"):
        other.goto(address)
        expect(other.get_by_text("999").locator("visible=true").first).to_be_visible()
        assert other.get_by_role("link", name="Start").count() == 0
    seen(other)

    release(desk("therapist"))

    playing = Playing(other, playing.world, playing.watch).open_now()
    assert playing.name.startswith("question:s")
    asked = []
    while playing.state == "question":
        asked.append(playing.name.removeprefix("question:"))
        scale = asked[-1] in {"spine", "limb"}
        playing.answer({"q3": "same", "last": "same", "sugar": "yes"}.get(asked[-1], 3 if scale else "no"))
    assert {name.partition("-")[0] for name in asked} >= {"s5", "s6", "s9", "s11", "s12", "s14"}
    assert playing.state == "offer"
    seen(other)


def test_ux_31_a_day_without_javascript_from_the_check_in_to_the_end(
    new_playing: Playing, open_context: OpenContext, watch: Watching
) -> None:
    """The list and its forms: the same rules, no script at all."""
    kept = new_playing.page.context.storage_state()
    page = open_context(viewport=PHONE, java_script_enabled=False, storage_state=kept).new_page()
    watch(page).expect("status of 400")
    page.goto("/today/")
    if page.get_by_role("button", name="Yes, this is me").count():
        press(page, "Yes, this is me")
    with page.expect_navigation():
        page.locator("a[href$='/log/']").first.click()
    with page.expect_navigation():
        page.locator("main form.log .button--big").click()
    assert page.locator(".error-summary").is_visible()
    for _ in range(60):
        form = page.locator("main form.log")
        if not form.count():
            break
        answers(page)
        with page.expect_navigation():
            form.locator(".button--big").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Well done")
    done = page.url
    follow_today(page)
    expect(page.get_by_text("Well done").first).to_be_visible()
    assert page.locator(f"main a[href='{urlsplit(done).path}']").count() == 0


def answers(page: Page) -> None:
    """Answer the form that is shown: no harm, pain as usual, everything done."""
    names = page.locator("main form.log input[type=radio]").evaluate_all(
        "all => [...new Set(all.map(each => each.name))]"
    )
    for name in names:
        values = page.locator(f"main [name='{name}']").evaluate_all("all => all.map(each => each.value)")
        wanted = ("yes",) if name == "sugar" else ("no", "same", "none", "2", values[0])
        page.locator(f"main [name='{name}'][value='{next(one for one in wanted if one in values)}']").check()


def follow_today(page: Page) -> None:
    """Back to the day."""
    with page.expect_navigation():
        page.get_by_role("link", name="Back to today").first.click()
