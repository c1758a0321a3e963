"""Nothing is ever lost: saving and sending as a patient meets them (items 11 to 17, 20, 21 of the player's suite)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, Route, expect

from tests.browser.playing import NOON, PHONE, TIMED, Playing
from tests.browser.saving import (
    EVENTS,
    EXPECTED,
    KEPT,
    SIGNED_OUT,
    Made,
    all_arrived,
    answer,
    nothing_waits,
    online,
    play_to,
    refuse,
    says,
    stored,
    until,
)
from tests.browser.segments import digits, dose, next_set, planned
from tests.browser.server import Server, World
from tests.browser.steps import card_of, open_card
from tests.browser.test_ux_offline import Kept
from tests.browser.watch import Watch, axe_faults

type SignIn = Callable[[Page, str], None]


@pytest.fixture
def saving(new_playing: Playing) -> Playing:
    """A patient before a session of one set, on a page whose requests may fail."""
    new_playing.watch.expect(*EXPECTED)
    return new_playing.open_short()


def test_ux_11_what_was_finished_without_a_network_is_sent_once_when_it_is_back(saving: Playing) -> None:
    page, context = saving.page, saving.page.context
    made = Made(context)
    play_to(saving, "finish").sent()
    context.set_offline(True)
    saving.finish()
    assert saving.state == "done"
    assert saving.saving() == "Saved on this device"
    context.set_offline(False)
    let_go = refuse(context)
    saving.load()
    assert (saving.state, saving.saving()) == ("done", "Saved on this device")
    let_go()
    online(page)
    saving.sent()
    assert all_arrived(saving, made).count("finished") == 1


def test_ux_11_what_was_answered_in_airplane_mode_is_still_there_when_the_page_is_opened_again(
    open_context: Callable[..., BrowserContext], watch: Callable[[Page], Watch], server: Server, sign_in: SignIn
) -> None:
    """With the worker, so on the real clock: the page itself comes from the device."""
    server.world.python(NOON)
    page = open_context(viewport=PHONE, service_workers="allow").new_page()
    page.set_default_timeout(60_000)  # all clips and pictures of the day are fetched
    kept = Kept(page, server, watch(page))
    playing = kept.playing
    sign_in(page, "patient")
    kept.open_today()
    playing.id = str(page.locator("[data-start]").get_attribute("href")).split("/")[2]
    kept.cut()
    kept.start()
    play_to(playing, "offer")
    assert playing.saving() == "Saved on this device"
    page.reload()
    page.locator("html[data-player=ready]").wait_for()
    assert (playing.state, playing.saving()) == ("offer", "Saved on this device")
    page.goto("/today/")
    kinds = [row["kind"] for row in playing.rows("events")]
    says(page, f"On this device, not sent yet: {len(kinds)}")
    kept.connect()
    says(page, "Sent to your clinic")
    assert "check-in" in kinds and sorted(stored(playing)) == sorted(kinds)


RELEASED = """
from django.utils import timezone
from programs.models import Lock, Session
patient, now = Session.objects.get(pk="{id}").patient, timezone.now()
seen = {{"release_reason": "Seen.", "examined_by": "Dr Grey", "examined_on": now.date()}}
Lock.objects.filter(patient=patient).update(released_at=now, released_by=patient.therapist, **seen)
"""


@pytest.fixture
def locking(new_playing: Playing) -> Callable[[], None]:
    """A session that ends with a sign of an emergency, of which the clinic has not heard; gives what lets it hear.

    On the real clock: whether the clinic's page is younger than the lock goes by when the browser asked for it.
    """
    new_playing.watch.expect(*EXPECTED)
    new_playing.open_now()
    let_go = refuse(new_playing.page.context)
    while new_playing.state == "question":
        new_playing.answer("yes" if new_playing.name in {"question:q1", "question:s5-numb"} else "no")
    assert new_playing.name == "outcome:E"
    return let_go


def test_ux_11_s2_a_lock_that_was_sent_from_the_days_page_goes_when_the_clinic_releases_it(
    new_playing: Playing, locking: Callable[[], None]
) -> None:
    """X8: it holds here until the clinic has heard of it and has answered; the session's own page is not needed."""
    page = new_playing.page
    call = page.get_by_role("heading", name="Please call")
    page.goto("/today/")
    expect(call).to_be_visible()
    locking()
    online(page)
    says(page, "Sent to your clinic")
    page.reload()
    expect(call).to_be_visible()
    new_playing.world.python(RELEASED.format(id=new_playing.id))
    page.reload()
    assert [row["sent"] > 0 for row in new_playing.rows("locks")] == [True]
    expect(call).to_have_count(0)


def test_ux_11_s2_a_page_that_was_asked_for_before_the_clinic_had_the_lock_does_not_lift_it(
    new_playing: Playing, locking: Callable[[], None]
) -> None:
    """Its answer was made without the lock, and comes when the device knows already that the lock was sent."""
    page, context = new_playing.page, new_playing.page.context
    asked: list[tuple[Route, APIResponse]] = []
    other = context.new_page()
    other.route("**/today/", lambda route: asked.append((route, route.fetch())))
    other.goto("/offline/")
    other.evaluate("setTimeout(() => location.assign('/today/'))")
    until(other, lambda: bool(asked))
    locking()
    online(page)
    new_playing.sent()
    until(page, lambda: all(row["sent"] for row in new_playing.rows("locks")))
    assert "data-start" in asked[0][1].text()
    asked[0][0].fulfill(response=asked[0][1])
    expect(other.get_by_role("heading", name="Please call 999 now")).to_be_visible()
    expect(other.locator("[data-start]:visible")).to_have_count(0)


def test_ux_11_x8_a_sign_holds_on_the_device_before_its_questions_are_over(saving: Playing) -> None:
    """S2, X17: the clinic knows nothing of it yet, and the session is left in the middle of the questions."""
    page = saving.page
    let_go = refuse(page.context)
    play_to(saving, "pain")
    saving.pain(None, None, "other", "chest")
    assert saving.name.startswith("question:s11")
    assert [(row["level"], row["sent"]) for row in saving.rows("locks")] == [("T", 0)]
    page.goto("/today/")
    expect(page.get_by_role("heading", name="Please phone your clinic today")).to_be_visible()
    expect(page.locator("[data-start]:visible")).to_have_count(0)
    let_go()


def test_ux_13_a_double_tap_a_held_key_and_two_windows_that_send_make_one_row_each(saving: Playing) -> None:
    page, context = saving.page, saving.page.context
    made = Made(context)
    play_to(saving, "offer")
    page.locator("section:visible [data-do=start]").first.focus()
    for _ in range(5):
        page.keyboard.down("Enter")  # all but the first are repeats
    page.keyboard.up("Enter")
    saving.wait()
    play_to(saving, "finish").sent()
    let_go = refuse(context)
    for name, value in (("spine", 2), ("limb", 1), ("effort", 4)):
        saving.screen.locator(f"input[name={name}][value='{value}']").check()
    saving.screen.locator("form button.button--big").dblclick()
    saving.wait()
    assert (saving.state, saving.saving()) == ("done", "Saved on this device")
    other = context.new_page()
    other.goto("/today/")
    says(other, "On this device, not sent yet: 1")
    let_go()
    online(page, other)
    says(other, "Sent to your clinic")
    saving.sent()
    kinds = all_arrived(saving, made)
    assert kinds.count("started") == kinds.count("finished") == 1


def segment(playing: Playing) -> tuple[list[object], float]:
    """Where the device has the session: exercise, set, part of the set; and the seconds that are left of the part."""
    (state,) = (row["state"] for row in playing.rows("sessions"))
    part = state["parts"][state["part"]]
    running = 0 if state["begun"] is None else state["seen"]["t"] - state["begun"]
    return [state["at"], state["set"], state["part"], part], (part["ms"] - state["spent"] - running) / 1000


def shown(playing: Playing) -> list[str]:
    """The words of a running part: exercise, side, repetition and set."""
    return [playing.screen.locator(f"[data-text={slot}]").inner_text() for slot in ("name", "side", "count", "phase")]


def test_ux_14_a_crash_back_forward_and_a_page_that_was_frozen_lose_and_double_nothing(new_playing: Playing) -> None:
    """In the second hold of the second set: the same exercise, set, part and seconds left, whatever cut it short."""
    new_playing.watch.expect(*EXPECTED)
    saving = planned(new_playing, dose(reps=2, hold=20, sets=2), minutes_ago=8)
    page, context = saving.page, saving.page.context
    made = Made(context)
    next_set(play_to(saving, "pain"))
    saving.press("extra")
    saving.wait(20)
    saving.press("extra")
    assert saving.state == "hold"
    saving.wait(8)
    saving.sent()
    words = shown(saving)
    place, left = segment(saving)
    assert place[:3] == [0, 2, 3]
    assert digits(saving) - 1 <= left <= digits(saving) + 6 < 20, "kept at least every five seconds"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    saving.idle()
    assert (saving.state, shown(saving), segment(saving)[0]) == ("hold", words, place)
    least = digits(saving) - 5  # the page's clock goes on until the page is left

    def paused_at_the_same_step(playing: Playing) -> None:
        assert playing.state == "paused"
        assert playing.screen.locator("[data-text=name]").inner_text() == words[0]
        now_at, now_left = segment(playing)
        assert now_at == place
        assert least <= now_left <= left

    page.goto("/today/")
    page.go_back()
    paused_at_the_same_step(saving.loaded())
    page.go_forward()
    page.wait_for_url("**/today/")
    page.go_back()
    paused_at_the_same_step(saving.loaded())
    crashed = Playing(context.new_page(), saving.world, saving.watch)
    crashed.id, crashed.ahead = saving.id, saving.ahead
    now = saving.now()
    page.close(run_before_unload=False)
    crashed.turn_from(now)
    crashed.page.route(f"**/sessions/{saving.id}/", crashed.told_the_same_time)
    paused_at_the_same_step(crashed.load())
    play_to(crashed, "hold")
    assert shown(crashed) == words
    assert least - 1 <= digits(crashed) <= left + 1
    play_to(crashed, "done").sent()
    kinds = all_arrived(crashed, made)
    assert kinds.count("started") == kinds.count("finished") == 1
    assert kinds.count("set-done") == 2


def test_ux_15_a_sign_in_that_ends_in_mid_session_interrupts_nothing(saving: Playing, sign_in: SignIn) -> None:
    page, context = saving.page, saving.page.context
    made = Made(context)
    play_to(saving, "offer").sent()
    saving.world.python(SIGNED_OUT)
    play_to(saving, "hold")
    assert saving.saving() == "Saved on this device. Sign in to send it."
    play_to(saving, "done")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    assert not axe_faults(page)
    other = context.new_page()
    sign_in(other, "patient")  # another token from now on
    online(page)
    saving.sent()
    assert all_arrived(saving, made).count("finished") == 1


def test_ux_15_what_waits_is_sent_from_the_days_page_after_the_sign_in(saving: Playing, sign_in: SignIn) -> None:
    page = saving.page
    play_to(saving, "offer").sent()
    saving.world.python(SIGNED_OUT)
    play_to(saving, "done")
    made = {row["id"] for row in saving.rows("events")}
    page.goto("/today/")
    expect(page.get_by_role("heading", name="This device is not signed in")).to_be_visible()
    page.wait_for_timeout(300)
    assert {row["id"] for row in saving.rows("events")} == made
    sign_in(page, "patient")
    says(page, "Sent to your clinic")
    assert stored(saving).count("finished") == 1


def test_ux_15_a_token_that_is_no_longer_good_is_fetched_anew(saving: Playing) -> None:
    saving.page.evaluate("document.cookie = 'csrftoken=stale; path=/'")
    play_to(saving, "offer").sent()
    assert stored(saving) == ["check-in"]


def test_ux_16_another_person_on_the_device_neither_sends_nor_sees_what_waits(
    saving: Playing, world: World, sign_in: SignIn
) -> None:
    page, context = saving.page, saving.page.context
    let_go = refuse(context)
    play_to(saving, "offer")
    mine = {row["id"] for row in saving.rows("events")}
    account = saving.rows("events")[0]["account"]
    saving.world.python(SIGNED_OUT)
    let_go()
    other = context.new_page()
    names = world.python(OTHERS.format(account=account)).splitlines()
    open_card(other, *card_of(world, names[-1]))
    made = Made(other)
    other.goto("/today/")
    other.wait_for_timeout(500)
    assert other.locator("[data-unsent] > :visible").count() == 0
    assert made.accounts[account] == 0, "the other person's page does not even try"
    online(page)  # the first person's own page does, and is refused
    expect(page.locator("[data-save] .save-state")).to_have_text("Saved on this device. Sign in to send it.")
    assert {row["id"] for row in saving.rows("events")} == mine
    leave = ready_to_leave(other)
    with other.expect_navigation():
        leave.click()
    assert {row["id"] for row in saving.rows("events")} == mine, "nor does a sign-out take them away"
    sign_in(other, "patient")
    says(other, "Sent to your clinic")
    assert stored(saving) == ["check-in"]


OTHERS = """
from accounts.models import Patient
print(Patient.objects.exclude(pk="{account}").filter(discharged_at=None, user__is_active=True).first().display_name)
"""


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, {"error": "server-error"}, "Saved on this device"),
        (200, "<h1>Welcome</h1>", "Saved on this device"),
        (302, "", "Saved on this device"),
        (400, "<h1>Bad request</h1>", "Saved on this device"),
        (401, {"error": "signed-out"}, "Saved on this device. Sign in to send it."),
        (
            404,
            {"error": "not-found"},
            "Saved on this device. It is not sent. If this message stays, phone your clinic.",
        ),
    ],
)
def test_ux_17_what_fails_for_now_is_kept_said_and_sent_later(
    saving: Playing, status: int, body: dict[str, Any] | str, words: str
) -> None:
    headers = {"Location": "/card/signed-out/"} if status == 302 else {}
    saving.page.route(EVENTS, lambda route: answer(route, status, body, **headers))
    play_to(saving, "offer")
    expect(saving.page.locator("[data-save] .save-state")).to_have_text(words)
    assert len(saving.rows("events")) == 1
    saving.page.unroute(EVENTS)
    saving.wait(2.1)  # of itself, after the first wait
    nothing_waits(saving)
    saving.sent()


@pytest.mark.parametrize(("status", "result"), [(400, "refused"), (409, "conflict"), (422, "")])
def test_ux_17_what_the_clinic_refuses_is_put_aside_never_dropped_and_said(
    saving: Playing, status: int, result: str
) -> None:
    def refusing(route: Route) -> None:
        events = (route.request.post_data_json or {})["events"]
        each = [{"id": event["id"], "result": result, "status": status, "why": "no such set"} for event in events]
        answer(route, status, {"results": each} if result else {"error": "revision-unknown"})

    saving.page.route(EVENTS, refusing)
    play_to(saving, "offer")
    words = "Some of it was not taken. Tell your clinic."
    expect(saving.page.locator("[data-save] .save-state")).to_have_text(words)
    assert [bool(row["parked"]) for row in saving.rows("events")] == [True]
    saving.load()
    assert saving.saving() == words
    saving.page.goto("/today/")
    says(saving.page, "Some of your answers were not taken.")


NO_DATABASE = "Object.defineProperty(window, 'indexedDB', { value: undefined })"
FULL = """IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }"""
BROKEN = """() => {
    const broken = () => { throw new DOMException('disk', 'UnknownError'); };
    for (const kind of [IDBIndex, IDBObjectStore]) kind.prototype.getAll = broken;
}"""
FORBIDDEN = """IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError'); }"""


@pytest.mark.parametrize("fault", [NO_DATABASE, FULL, FORBIDDEN], ids=["none", "full", "forbidden"])
def test_ux_20_where_the_device_keeps_nothing_it_says_so_and_sends_at_once(new_playing: Playing, fault: str) -> None:
    playing = new_playing
    playing.watch.expect(*EXPECTED)
    playing.page.add_init_script(fault)
    playing.open_short()
    made = Made(playing.page.context)
    let_go = refuse(playing.page.context)
    play_to(playing, "offer")
    assert playing.saving() == "Not saved yet. Keep this page open."
    let_go()
    play_to(playing, "done").sent()
    kinds = all_arrived(playing, made)
    assert kinds.count("check-in") == kinds.count("finished") == 1


def ready_to_leave(page: Page) -> Locator:
    """By the link at the foot of the day's page to the page that asks: its button."""
    page.goto("/today/")
    page.get_by_role("link", name="Sign out", exact=True).click()
    button = page.get_by_role("button", name="Sign out", exact=True)
    expect(button).to_be_visible()
    return button


def test_ux_21_a_sign_out_with_unsent_answers_warns_and_then_leaves_nothing(saving: Playing) -> None:
    page, context = saving.page, saving.page.context
    let_go = refuse(context)
    play_to(saving, "offer")
    ready_to_leave(page).click()
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("Not sent to your clinic yet: 1. If you sign out now, these answers are lost.")
    assert not axe_faults(page)
    dialog.get_by_role("button", name="Stay signed in").click()
    assert len(saving.rows("events")) == 1
    ready_to_leave(page).click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Sign out and lose them").click()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)
    assert page.evaluate(KEPT) == [[], []]
    let_go()


def test_ux_21_a_sign_out_sends_first_and_then_leaves_nothing(saving: Playing) -> None:
    page, context = saving.page, saving.page.context
    let_go = refuse(context)
    play_to(saving, "offer")
    page.evaluate("caches.open('try').then((cache) => cache.put('/x', new Response('x')))")
    page.evaluate("sessionStorage.setItem('try', '1')")
    page.goto("/account/logout/")
    expect(page.get_by_text("To come back on this device you need a new card from your clinic.")).to_be_visible()
    assert stored(saving) == []
    let_go()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out", exact=True).click()
    assert stored(saving) == ["check-in"]
    assert page.evaluate(KEPT) == [[], []]


def test_ux_21_a_device_whose_disk_fails_can_be_signed_out_all_the_same(saving: Playing) -> None:
    page = saving.page
    play_to(saving, "offer").sent()
    page.goto("/account/logout/")
    page.evaluate(BROKEN)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)


def test_ux_21_a_database_that_does_not_open_at_the_sign_out_is_not_thrown_away_unseen(saving: Playing) -> None:
    """What it holds cannot be warned of; it waits, unseen, for the one whose it is."""
    page = saving.page
    let_go = refuse(page.context)
    play_to(saving, "offer")
    page.add_init_script(f"if (location.pathname === '/account/logout/') {FORBIDDEN}")
    page.goto("/account/logout/")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign out")).to_have_count(0)
    assert len(saving.rows("events")) == 1
    let_go()


def test_ux_21_a_device_that_the_therapist_ended_keeps_only_what_is_not_sent(
    saving: Playing, open_context: Callable[..., BrowserContext]
) -> None:
    page, context = saving.page, saving.page.context
    play_to(saving, "offer").sent()
    let_go = refuse(context)
    play_to(saving, *TIMED)
    waiting = len(saving.rows("events"))
    saving.world.python(SIGNED_OUT)
    page.goto("/today/")
    page.wait_for_timeout(500)
    assert len(saving.rows("events")) == waiting > 0 and saving.rows("documents") == []
    let_go()
    page.evaluate("indexedDB.deleteDatabase('stenosis-pt')")
    page.reload()
    page.wait_for_function("indexedDB.databases().then((all) => !all.length)")
