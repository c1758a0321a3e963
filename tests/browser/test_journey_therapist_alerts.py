"""The therapist's journey, the day after: the inbox, a lock and its release, and the patient's page."""

import re

from playwright.sync_api import Page, expect

from tests.browser.playing import Playing
from tests.browser.steps import Desk, error_links, field, follow, seen, send, today_in, visit
from tests.browser.therapist_steps import ANNA

ORDER = ("Call now", "Today", "Paused", "Stopped", "No data")
"""The tags of the inbox in the order of what must be done first."""
CALLED = "Called her; she is on her way to the hospital."


def tags(page: Page) -> list[int]:
    """The rank of each row of the inbox, by its first tag."""
    found = page.locator(".inbox-row").evaluate_all(
        "all => all.map(each => each.querySelector('.inbox-row__tag .tag').textContent)"
    )
    return [ORDER.index(tag) for tag in found]


def note(page: Page) -> None:
    """Take the first row off the inbox with a note."""
    row = page.locator(".inbox-row").first
    row.get_by_text("Note it and take it off the list").click()
    row.get_by_label("Note").fill(CALLED)
    with page.expect_navigation():
        row.get_by_role("button", name="Take off the list", exact=True).click()
    seen(page)
    expect(page.get_by_text("Noted. It has left the inbox.")).to_be_visible()
    expect(page.locator(".inbox-row").filter(has_text="Rosa A.")).to_have_count(0)


def release(page: Page) -> None:
    """Release the lock: without a reason it stays."""
    follow(page, "Release this lock…")
    field(page, "examined_by").fill("Dr Moss")
    send(page, "Release the lock")
    assert error_links(page) == ["#id_reason", "#id_examined_on"]
    assert field(page, "examined_by").input_value() == "Dr Moss"
    field(page, "reason").fill("Seen in hospital; no nerve sign.")
    field(page, "examined_on").fill(today_in("Europe/London"))
    send(page, "Release the lock")
    expect(page.get_by_text("The lock is released.")).to_be_visible()


def test_x8_an_emergency_comes_first_and_a_note_opens_no_lock(new_playing: Playing, desk: Desk) -> None:
    """E, then T and H, then ends and stops, then no data; the release takes a reason and an examination."""
    playing = new_playing.open(minutes_ago=5)
    playing.check_in(q1="yes", s5_numb="yes")
    assert playing.name == "outcome:E"
    playing.sent()
    page, phone = desk("therapist"), playing.page
    visit(page, "/inbox/")
    ranks = tags(page)
    assert ranks == sorted(ranks)
    assert set(ranks) >= {ORDER.index(each) for each in ("Call now", "Today", "Stopped", "No data")}
    first = page.locator(".inbox-row").first
    expect(first).to_contain_text("Rosa A.")
    expect(first).to_contain_text(re.compile("S5.*exercise is locked", re.DOTALL))
    note(page)
    send(page, "Put it back")
    expect(page.locator(".inbox-row").first).to_contain_text("Rosa A.")
    note(page)
    visit(page, "/patients/")
    follow(page, "Rosa A.")
    expect(page.get_by_role("region", name="Alerts")).to_contain_text(f"noted by {ANNA}: {CALLED}")
    phone.goto("/today/")
    expect(phone.get_by_text("999").locator("visible=true").first).to_be_visible()
    assert phone.locator("main a[href^='/sessions/']").count() == 0
    release(page)
    visit(phone, "/today/")
    assert phone.locator("main a[href^='/sessions/']").count() > 0


def test_s18_the_patient_s_page_shows_the_pain_the_stop_and_the_chart(playing: Playing, desk: Desk) -> None:
    """Pain before, at each exercise and after; the stop with its rule; the chart says what its table says."""
    playing.check_in(spine=3, limb=2)
    playing.start()
    name = playing.page.evaluate("JSON.parse(document.getElementById('plan').textContent).items[0].name")
    playing.a_set()
    playing.pain(6, 4, "worse")
    assert playing.state == "ended"
    playing.press("ready")
    playing.sent()
    page = desk("therapist")
    visit(page, "/inbox/")
    row = page.locator(".inbox-row").filter(has_text="Rosa A.").filter(has_text="S18")
    expect(row.first).to_contain_text("Stopped")
    row.first.get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rosa A.")
    seen(page)
    alerts = page.get_by_role("region", name="Alerts")
    expect(alerts.locator("p").filter(has_text="S18").filter(has_text="open")).not_to_have_count(0)

    figure = page.locator("figure").filter(has=page.locator("svg.chart"))
    assert figure.locator("svg path").count() >= 2
    page.get_by_text("The numbers as a table").click()
    table = figure.get_by_role("row")
    expect(table.nth(1).get_by_role("cell")).to_have_text(["3", "2"])
    scores = figure.locator("tbody tr td:nth-child(2)").all_inner_texts()
    assert figure.locator("svg circle").count() == len([score for score in scores if score != "–"])
    assert len(scores) > 10
    seen(page)

    newest = page.get_by_role("region", name="Sessions", exact=True).locator("tbody tr").first
    expect(newest).to_contain_text("S18")
    expect(newest.get_by_role("cell").nth(2)).to_contain_text("3 →")
    with page.expect_navigation():
        newest.get_by_role("link").click()
    seen(page)
    expect(page.locator(".lead")).to_contain_text("S18")
    measures = page.locator(".summary-list")
    expect(measures).to_contain_text(re.compile("Back or neck, before and after.*3 →", re.DOTALL))
    done = (
        page.get_by_role("region", name=name)
        .get_by_role("row")
        .filter(has=page.get_by_role("cell", name="6", exact=True))
    )
    expect(done.get_by_role("cell").nth(2)).to_have_text("6")
    expect(done.get_by_role("cell").nth(3)).to_have_text("4")
