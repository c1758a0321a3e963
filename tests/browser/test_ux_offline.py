"""A whole day without a network, after the day's page was opened once; what is new is offered, and never in a session.

The worker takes part, so no route of a test stands between page and server. A page that the device kept does not
put its clock right by the server's (X3): ``turn_clock`` sets a slow one before the network goes.
"""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import database
from tests.browser.playing import MOVE_BACK, NOON, PHONE, Playing
from tests.browser.server import Server, World
from tests.browser.steps import card_of, confirm_me, look_up, open_card, press, today_in
from tests.browser.test_player_session import finish
from tests.browser.watch import Watch

KEEPING_MS = 60_000
"""All recordings of the session are fetched."""
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch", "Failed to load resource")
RECORD = """
import json
from programs.models import Session, SessionEvent
one = Session.objects.get(pk="{id}")
events = SessionEvent.objects.filter(session=one)
print(json.dumps([one.state, one.revision.number, events.count(), events.filter(kind="finished").count()]))
"""
REVISE = """
from accounts.models import Patient
from programs.prescribing import edits
from programs.prescribing.actions import change_draft, start_from_current
from programs.prescribing.approval import approve_draft
patient = Patient.objects.get(pk="{account}")
by = patient.therapist
row = start_from_current(patient=patient, by=by)
def edit(draft):
    for day in draft.offered:
        for entry in draft.days[day]:
            if entry.exercise == "bridge":
                draft = edits.remove(draft, day, "bridge")
    return draft
row = change_draft(patient=patient, by=by, version=row.version, edit=edit, action="removed-exercise", exercise="bridge")
starts = patient.program.current.starts_on
print(approve_draft(patient=patient, by=by, version=row.version, starts_on=starts, reason="For colleagues").number)
"""


class Kept:
    """A patient's phone on which the worker runs."""

    def __init__(self, page: Page, server: Server, watched: Watch) -> None:
        self.page, self.server, self.watched = page, server, watched
        watched.expect(*NO_NETWORK)
        self.playing = Playing(page, server.world, watched)

    def open_today(self) -> None:
        """With a network: open the day's page, until all of the day is kept."""
        self.page.goto("/today/")
        confirm_me(self.page)
        self.page.locator("html[data-kept=all]").wait_for(timeout=KEEPING_MS)

    def documents(self, change: dict[str, Any] | None = None) -> list[list[str]]:
        """What pages the device keeps; each is changed first, if asked."""
        if change:
            database.change(self.page, "documents", change)
        kept = database.rows(self.page, "documents")
        return [[each["path"], each["account"], each["local_date"]] for each in kept]

    def cut(self) -> None:
        """Airplane mode."""
        self.page.context.set_offline(True)

    def connect(self) -> None:
        """The network is back."""
        self.page.context.set_offline(False)

    def turn_clock(self) -> None:
        """The page's clock is slow from now on, and the test turns it; the day is kept already."""
        playing = self.playing
        playing.id = str(self.page.locator("[data-start]").get_attribute("href")).strip("/").split("/")[1]
        for session in filter(None, (playing.id, self.spare("later"), self.spare("relief"))):
            playing.world.python(MOVE_BACK.format(id=session))
        playing.turn_from(datetime.now(UTC) - timedelta(minutes=105))

    def spare(self, name: str) -> str:
        """The id of a further session that the day's page keeps ready: later or relief."""
        return self.page.locator(f"[data-{name}]").get_attribute(f"data-{name}") or ""

    def start(self) -> None:
        """From the day's page into the session."""
        self.page.locator("[data-start]:visible").click()
        self.page.locator("html[data-player=ready]").wait_for()

    def skip_the_rest(self) -> None:
        """Leave out every exercise that is left, then answer the last questions."""
        playing = self.playing
        while playing.state != "finish":
            if playing.state != "paused":
                self.page.locator("[data-do=pause]:visible, [data-bar]:visible").first.click()
                playing.wait()
                continue
            skip = playing.screen.locator("[data-skip]")
            skip.locator("summary").click()
            skip.locator("[data-reason=tired]").click()
            playing.wait()
        finish(playing)

    def has(self, session: str = "") -> list[Any]:
        """What the clinic has of the session: state, revision, events, ends."""
        return list(look_up(self.server.world, RECORD.format(id=session or self.playing.id)))


@pytest.fixture
def kept(
    open_context: Callable[..., BrowserContext],
    watch: Callable[[Page], Watch],
    server: Server,
    sign_in: Callable[[Page, str], None],
) -> Kept:
    """A phone that has opened the day's page once."""
    server.world.python(NOON)
    page = open_context(viewport=PHONE, service_workers="allow").new_page()
    phone = Kept(page, server, watch(page))
    sign_in(page, "patient")
    phone.open_today()
    return phone


def test_a_red_flag_in_airplane_mode_leads_to_its_screen_and_its_number(kept: Kept, axe: Callable[..., None]) -> None:
    """S2, HZ17: the page was opened once; then nothing of the day needs the network."""
    page = kept.page
    kept.cut()
    page.reload()
    expect(page.get_by_text("You can do today's session. It will be sent later.")).to_be_visible()
    expect(page.get_by_role("heading", name="Hello, ")).to_be_visible()
    expect(page.get_by_role("heading", name="Good ")).to_have_count(0)
    axe(page)
    kept.start()
    assert page.locator("html").get_attribute("data-offline") == "day"
    kept.playing.answer("yes")
    while kept.playing.state == "question":
        kept.playing.answer("yes")
    screen = page.locator("section[data-screen='outcome:E']")
    expect(screen).to_be_visible()
    assert screen.locator("a[href^='tel:']").count() == 1
    axe(page)
    for network in (False, True):
        if network:
            kept.connect()
        page.goto("/today/")
        expect(page.get_by_role("heading", name="Please call 999 now")).to_be_visible()
        expect(page.locator("main a[href='tel:999']:visible")).to_have_count(1)
        expect(page.locator("[data-start]:visible")).to_have_count(0)
        expect(page.get_by_role("button", name="Show my rest positions")).to_be_hidden()
        axe(page)


def test_a_whole_day_in_airplane_mode_is_sent_once_when_the_network_is_back(
    kept: Kept, axe: Callable[..., None], shot: Callable[[Page, str], Any]
) -> None:
    """From the kept day's page through the session to its end; then all of it reaches the clinic once."""
    page, playing = kept.page, kept.playing
    kept.turn_clock()
    kept.cut()
    page.reload()
    shot(page, "today-offline")
    kept.start()
    playing.check_in()
    playing.start()
    pictures = page.locator("section:visible img:visible")
    assert pictures.first.evaluate("each => each.complete && each.naturalWidth > 0")
    playing.a_set()
    playing.pain(3, 2)
    page.goto("/today/")
    expect(page.locator("[data-start]")).to_have_text("Go on")
    kept.start()
    playing.press("resume")
    playing.pain(3, 2)
    kept.skip_the_rest()
    assert playing.state == "done"
    expect(page.locator(".save-state")).to_have_text("Saved on this device")
    page.goto("/today/")
    expect(page.get_by_text("You can do one more if you like.")).to_be_visible()
    shot(page, "today-later-offline")
    axe(page)
    second = str(page.locator("[data-start]:visible").get_attribute("href"))
    assert playing.id not in second
    kept.start()
    assert page.url.endswith(second) and playing.state == "question", "with a check-in of its own (X5)"
    playing.check_in()
    playing.start()
    kept.skip_the_rest()
    page.goto("/today/")
    expect(page.get_by_text("You are done for today. Well done.")).to_be_visible()
    expect(page.locator("[data-start]:visible")).to_have_count(0)
    shot(page, "today-done-offline")
    axe(page)
    assert kept.has()[2] == 0
    page.goto(f"/sessions/{playing.id}/")
    page.locator("html[data-player=ready]").wait_for()
    assert playing.state == "done", "it cannot be done twice"
    kept.connect()
    playing.sent()
    state, _revision, events, ends = kept.has()
    assert (state, ends) == ("finished", 1)
    assert kept.has(second.strip("/").split("/")[1])[0] == "finished", "the clinic takes the second one of the day too"
    page.reload()
    playing.sent()
    assert kept.has()[2] == events


def test_ux_18_a_plan_that_was_changed_meanwhile_is_still_taken_and_the_change_is_told_once(
    kept: Kept, axe: Callable[..., None], shot: Callable[[Page, str], Any]
) -> None:
    """The log of the old revision counts; the next session is of the new one."""
    page, playing = kept.page, kept.playing
    account = page.locator("[data-date]").get_attribute("data-account")
    kept.turn_clock()
    kept.cut()
    page.reload()
    kept.start()
    playing.check_in()
    playing.start()
    new = int(kept.server.world.python(REVISE.format(account=account)).splitlines()[-1])
    kept.skip_the_rest()
    kept.connect()
    playing.sent()
    state, revision, _events, ends = kept.has()
    assert (state, revision, ends) == ("finished", new - 1, 1)
    page.goto("/today/")
    card = page.locator(".news")
    expect(card).to_contain_text("No longer in your plan: Bridge")
    expect(card).not_to_contain_text("colleagues")
    shot(page, "news")
    axe(page)
    press(page, "Got it")
    expect(card).to_have_count(0)
    page.reload()
    expect(card).to_have_count(0)


def newer_version(world: World) -> None:
    """A deployment: one module has another hash, and the old files stay (design, P3 29)."""
    shared = world.folder / "static"
    source = shared.resolve()
    shared.unlink()
    shutil.copytree(source, shared)
    manifest = shared / "staticfiles.json"
    told = json.loads(manifest.read_text())
    old = told["paths"]["js/player/dock.js"]
    new = re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", old)
    shutil.copy(shared / old, shared / new)
    told["paths"]["js/player/dock.js"] = new
    manifest.write_text(json.dumps(told))


def test_ux_19_a_new_version_waits_for_the_end_of_the_session_and_is_offered_on_the_day_s_page(
    kept: Kept, axe: Callable[..., None], shot: Callable[[Page, str], Any]
) -> None:
    page = kept.page
    kept.start()
    loads: list[str] = []
    page.on("load", lambda each: loads.append(each.url))
    modules = page.evaluate("""performance.getEntriesByType("resource").map((each) => each.name)
        .filter((name) => name.includes("/js/player/dock."))""")
    assert modules
    kept.server.__exit__()
    newer_version(kept.server.world)
    kept.server.__enter__()
    waiting = "navigator.serviceWorker.getRegistration().then((each) => Boolean(each.waiting))"
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    page.wait_for_function(waiting)
    kept.playing.answer("no")
    assert loads == [] and page.locator("[data-update]").count() == 0
    for offline in (False, True):
        page.context.set_offline(offline)
        assert page.evaluate("(url) => fetch(url).then((answer) => answer.status)", modules[0]) == 200
    kept.connect()
    page.goto("/today/")
    note = page.locator("[data-update]")
    expect(note).to_be_visible()
    shot(page, "update")
    axe(page)
    del loads[:]
    with page.expect_navigation():
        note.get_by_role("button", name="Update").click()
    page.locator("html[data-kept=all]").wait_for(timeout=KEEPING_MS)
    expect(note).to_be_hidden()
    assert len(loads) == 1
    assert page.evaluate(waiting) is False
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")


def test_another_person_on_the_device_sees_nothing_of_the_first(kept: Kept) -> None:
    """HZ22: what was kept for one account goes as soon as another may sign in."""
    page = kept.page
    mine = page.locator("[data-date]").get_attribute("data-account")
    session = str(page.locator("[data-start]").get_attribute("href"))
    assert {account for _path, account, _date in kept.documents()} == {mine}
    page.context.clear_cookies()
    open_card(page, *card_of(kept.server.world, "Walter B."))
    page.locator("html[data-kept=all]").wait_for(timeout=KEEPING_MS)
    assert mine not in {account for _path, account, _date in kept.documents()}
    kept.cut()
    page.goto(session)
    expect(page.get_by_role("heading", name="There is no network now")).to_be_visible()
    page.goto("/today/")
    expect(page.locator("[data-date]")).not_to_have_attribute("data-account", str(mine))


def test_a_device_that_was_signed_out_by_the_clinic_forgets_the_day(kept: Kept) -> None:
    """The server's answer counts wherever it can be reached."""
    page = kept.page
    page.context.clear_cookies()
    page.goto("/today/")
    expect(page.get_by_role("heading", name="This device is not signed in")).to_be_visible()
    assert kept.documents() == []


def test_hz20_a_plan_of_another_date_or_with_old_rules_starts_nothing(kept: Kept, axe: Callable[..., None]) -> None:
    page = kept.page
    session = page.locator("[data-start]").get_attribute("href")
    for change in ({"local_date": "2020-02-02"}, {"saved": 1_000_000_000_000}):
        kept.connect()
        kept.open_today()
        kept.documents(change)
        kept.cut()
        page.goto("/today/")
        expect(page.get_by_role("heading", name="This plan is too old")).to_be_visible()
        expect(page.locator("[data-start]")).to_be_hidden()
        assert page.locator("main a[href^='tel:']:visible").count()
        axe(page)
        page.goto(str(session))
        expect(page.get_by_role("heading", name="This plan is too old")).to_be_visible()
        assert page.locator("section[data-screen]:visible").count() == 1
        assert not page.locator("[data-plain]").is_visible()
        assert page.locator("a[href='tel:999']:visible").count()
        axe(page)


def test_a_kept_page_opens_in_a_browser_that_does_not_know_the_zone_by_its_name(kept: Kept) -> None:
    """An old phone, and a zone that was named anew since: the device's own date counts."""
    kept.documents({"zone": "Europe/Of-Tomorrow", "local_date": today_in("Europe/London")})
    kept.cut()
    kept.page.reload()
    assert kept.page.locator("html").get_attribute("data-offline") == "day"
    expect(kept.page.locator("[data-start]")).to_be_visible()


def test_a_page_that_is_not_kept_says_so(kept: Kept, axe: Callable[..., None]) -> None:
    kept.cut()
    kept.page.goto("/exercises/bridge/")
    expect(kept.page.get_by_role("heading", name="There is no network now")).to_be_visible()
    axe(kept.page)
    kept.page.get_by_role("link", name="Go to today").click()
    expect(kept.page.locator("[data-start]")).to_be_visible()


def test_x16_a_session_of_rest_positions_needs_no_network(kept: Kept, shot: Callable[[Page, str], Any]) -> None:
    """It was made when the day was opened; it begins with its check-in, and the clinic takes it."""
    page, playing = kept.page, kept.playing
    session = kept.spare("relief")
    kept.cut()
    page.get_by_role("button", name="Show my rest positions").click()
    page.wait_for_url(f"**/sessions/{session}/")
    page.locator("html[data-player=ready]").wait_for()
    playing.check_in()
    assert playing.name == "offer:relief"
    shot(page, "relief-offer-offline")
    playing.press("start")
    kept.skip_the_rest()
    kept.connect()
    playing.sent()
    assert kept.has(session)[0] == "finished"


def test_rest_positions_are_shown_where_no_session_of_them_is_kept(kept: Kept, axe: Callable[..., None]) -> None:
    """R25, X16: asking for them is a form, which nobody can take now."""
    page = kept.page
    page.locator("[data-relief]").evaluate("each => { each.dataset.relief = '' }")
    kept.cut()
    page.get_by_role("button", name="Show my rest positions").click()
    expect(page.locator("main section.card ol.steps")).to_be_visible()
    expect(page.locator("main section.card img")).to_be_visible()
    assert page.locator("main section.card a[href^='tel:']").count()
    assert page.locator("main section.card img").evaluate("each => each.complete && each.naturalWidth > 0")
    axe(page)


def test_nothing_personal_is_in_the_cache(kept: Kept) -> None:
    found = kept.page.evaluate("""async () => {
        const all = [];
        for (const name of await caches.keys()) all.push(...(await (await caches.open(name)).keys()));
        return all.map(({ url }) => new URL(url).pathname);
    }""")
    assert "/offline/" in found and any("/figures/" in path for path in found)
    assert all(path == "/offline/" or path.startswith(("/static/", "/exercises/")) for path in found)
    paths = [path for path, _account, _date in kept.documents()]
    assert len(paths) == 4 and "/today/" in paths, "the day, its session, the one after it and rest positions"


def test_the_home_screen_is_offered_in_one_line_until_it_is_dismissed_for_good(
    kept: Kept, axe: Callable[..., None], shot: Callable[[Page, str], Any]
) -> None:
    page = kept.page
    line = page.get_by_text("Add this to your home screen to find it quickly.")
    expect(line).to_be_hidden()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }))")
        expect(line).to_be_visible()
        expect(page.get_by_role("button", name="Add it")).to_be_visible()
        shot(page, f"install-{width}")
    axe(page)
    page.get_by_role("button", name="No, thank you").click()
    expect(line).to_be_hidden()
    page.reload()
    page.locator("html[data-kept=all]").wait_for(timeout=KEEPING_MS)
    page.evaluate("dispatchEvent(new Event('beforeinstallprompt', { cancelable: true }))")
    expect(line).to_be_hidden()


def test_before_the_first_finished_session_nothing_is_said_of_the_home_screen(kept: Kept) -> None:
    kept.server.world.python("from programs.models import Session; Session.objects.update(state='closed')")
    kept.open_today()
    assert kept.page.locator("[data-install]").count() == 0
