"""The patient's session from the check-in to the end, through the real page and the real server."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.browser import database
from tests.browser.playing import TIMED, Playing
from tests.browser.saving import until

RECORD = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
print(json.dumps({{"state": s.state, "row": s.end_row, "rule": s.end_rule, "stops": s.stops, "sets": s.sets_done,
    "baseline": [s.baseline_spine, s.baseline_limb], "kinds": [e.kind for e in s.events.order_by("seq")],
    "locks": sorted({{lock.level for lock in s.patient.locks.all() if lock.released_at is None}})}}))
"""


def record(playing: Playing) -> dict[str, Any]:
    """What the clinic has of the session."""
    playing.sent()
    found: dict[str, Any] = json.loads(playing.world.python(RECORD.format(id=playing.id)).splitlines()[-1])
    return found


def finish(playing: Playing) -> None:
    """The three last questions."""
    for name, value in (("spine", 2), ("limb", 1), ("effort", 4)):
        playing.screen.locator(f"input[name={name}][value='{value}']").check()
    playing.go_on()


def test_a_whole_session_is_done_and_the_clinic_has_all_of_it(playing: Playing) -> None:
    playing.check_in()
    assert playing.name == "offer:start"
    playing.start()
    while playing.state != "finish":
        playing.a_set()
        playing.pain(3, 2)
    finish(playing)
    assert playing.state == "done"
    found = record(playing)
    assert found["state"] == "finished"
    assert found["baseline"] == [3, 2]
    assert found["stops"] == 0
    assert found["kinds"].count("set-done") == found["kinds"].count("pain") >= found["sets"] > 0


def test_s17_one_point_up_stops_the_exercise_for_today(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    playing.a_set()
    slug = playing.page.evaluate("JSON.parse(document.getElementById('plan').textContent).items[0].slug")
    playing.pain(4, 2, "worse")
    assert playing.state == "stopped"
    assert "You did the right thing." in playing.screen.inner_text()
    playing.press("ready")
    playing.until("rest-ask")
    playing.pain(3, 2)
    assert playing.state == "settled"
    assert playing.screen.get_by_role("button").all_inner_texts() == [
        "Next exercise", "Finish for today", "Change my last answer",
    ]  # fmt: skip
    playing.press("next")
    assert playing.page.locator("section:visible").get_attribute("data-slug") != slug
    playing.bar()
    playing.press("pause") if playing.state == "intro" else playing.bar()
    playing.press("stop")
    playing.press("wish")
    playing.press("ready")
    found = record(playing)
    assert (found["state"], found["row"], found["stops"]) == ("ended", "T3", 1)


def test_s18_two_points_up_end_the_session(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(5, 2, "worse")
    assert playing.state == "ended"
    assert playing.page.locator("[data-dock]").is_hidden()
    playing.press("ready")
    assert playing.state == "over"
    found = record(playing)
    assert (found["state"], found["row"], found["rule"]) == ("ended", "T9", "S18")


def test_s18_spread_ends_the_session_though_the_number_is_lower(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(1, 1, "spread")
    assert playing.state == "ended"
    playing.press("ready")
    assert record(playing)["row"] == "T4"


def test_a_mistyped_answer_is_corrected_before_the_next_step(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(5, 2)
    assert playing.state == "ended"
    playing.press("correct")
    playing.pain(3, 2)
    assert playing.state in {"intro", "between", "space"}
    found = record(playing)
    assert (found["state"], found["row"], found["stops"]) == ("started", "", 0)


def test_s2_s5_an_emergency_sign_locks_on_every_device(
    playing: Playing, open_context: Callable[..., BrowserContext], sign_in: Callable[[Page, str], None]
) -> None:
    while playing.name != "question:s5-numb":
        playing.answer("yes")
    playing.answer("yes")
    assert playing.name == "outcome:E"
    page = playing.page
    numbers = page.locator("a:visible")
    assert numbers.count() == 1
    assert (numbers.get_attribute("href") or "").startswith("tel:")
    assert page.locator("button:visible").count() == 0
    assert record(playing)["locks"] == ["E"]
    playing.load()
    assert playing.name == "outcome:E"
    other = open_context().new_page()
    sign_in(other, "patient")
    other.goto(f"/sessions/{playing.id}/")
    other.locator("html[data-player=ready]").wait_for()
    assert other.evaluate("document.body.dataset.level") == "E"
    until(other, lambda: [row["level"] for row in database.rows(other, "locks")] == ["E"])  # it holds without a network


LOCK = """
from django.utils import timezone
from programs.models import Lock, Session
patient = Session.objects.get(pk="{id}").patient
Lock.objects.create(patient=patient, level="E", rule="S5", key="elsewhere", opened_at=timezone.now())
"""


def test_s2_an_emergency_from_another_device_shows_as_one_here(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    playing.sent()
    playing.world.python(LOCK.format(id=playing.id))
    playing.bar()
    playing.page.locator("body[data-level=E]").wait_for()
    assert playing.name == "outcome:E"


DISCHARGED = """
from datetime import timedelta
from django.utils import timezone
from programs.models import Session
patient = Session.objects.get(pk="{id}").patient
patient.discharged_at = timezone.now() - timedelta(hours=3)
patient.save(update_fields=["discharged_at"])
"""


def test_what_the_clinic_does_not_let_start_does_not_go_on_here(playing: Playing) -> None:
    """HZ20: the page was there before; the answer to the first event of the session says so."""
    playing.check_in()
    playing.world.python(DISCHARGED.format(id=playing.id))
    playing.start()
    playing.page.locator("body[data-state=over]").wait_for()
    assert record(playing)["state"] == "refused"


def test_x5_a_refresh_in_mid_hold_comes_back_at_the_same_step_paused(new_playing: Playing) -> None:
    playing = new_playing.open(minutes_ago=5)
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    first = playing.until("hold", "tempo", "minutes")
    playing.wait(2)
    name = playing.page.locator("[data-text=name]:visible").inner_text()
    playing.load()
    assert playing.state == "paused"
    assert playing.screen.locator("[data-text=name]").inner_text() == name
    playing.press("resume")
    assert playing.state == "pain"
    playing.pain(3, 2)
    assert playing.state == first
    assert record(playing)["kinds"].count("started") == 1


def test_a_session_begun_on_another_device_goes_on_where_it_was(
    new_playing: Playing, open_context: Callable[..., BrowserContext], sign_in: Callable[[Page, str], None]
) -> None:
    playing = new_playing.open(minutes_ago=8)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(3, 2)
    place = playing.page.locator("[data-text=of]").inner_text()
    record(playing)
    page = open_context().new_page()
    sign_in(page, "patient")
    other = Playing(page, playing.world, playing.watch)
    other.turn_from(playing.now())
    other.id = playing.id
    other.load()
    assert other.state == "paused"
    assert "You began on another device" in other.screen.inner_text()
    assert page.locator("[data-text=of]").inner_text() == place
    other.press("resume")
    other.pain(3, 2)
    assert other.state == "intro"
    other.press("pause")
    assert "another device" not in other.screen.inner_text()


def test_s2_a_second_window_shows_a_lock_first(playing: Playing) -> None:
    """S2: not that the session is open elsewhere, but what to do now."""
    playing.world.python(LOCK.format(id=playing.id))
    page = playing.page.context.new_page()
    page.goto(f"/sessions/{playing.id}/")
    page.locator("body[data-level=E]").wait_for()
    assert playing.name.startswith("question:"), "the first window has not been told yet"


def test_a_press_that_is_doubled_does_nothing_twice(playing: Playing) -> None:
    playing.check_in()
    playing.screen.locator("[data-do=start]").first.dblclick()
    playing.wait()
    assert playing.state in {"intro", "space", "relief"}
    assert record(playing)["kinds"].count("started") == 1


def test_nothing_is_lost_while_the_network_is_away(playing: Playing) -> None:
    playing.check_in()
    playing.sent()
    playing.watch.expect("ERR_INTERNET_DISCONNECTED")
    context = playing.page.context
    context.set_offline(True)
    playing.start()
    playing.wait(1)
    assert playing.page.locator("[data-save] .save-state").inner_text() == "Saved on this device"
    context.set_offline(False)
    playing.page.evaluate("dispatchEvent(new Event('online'))")
    assert record(playing)["kinds"][-1] == "started"


def test_a_hold_that_ended_while_nobody_saw_it_is_asked_about(playing: Playing) -> None:
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    if playing.until("hold", "tempo", "minutes") == "tempo":
        return
    playing.page.clock.fast_forward(290_000)
    playing.wait()
    assert playing.state == "unseen"
    playing.press("again")
    assert playing.state == "unseen", "the press that woke the device answers nothing"
    playing.press("again")
    assert playing.state == "paused", "X5: it was away for more than two minutes"
    playing.press("resume")
    playing.pain(3, 2)
    assert playing.state == "get-ready"


def test_x17_the_questions_of_a_sign_are_asked_to_their_end_though_the_clinic_has_locked_already(
    new_playing: Playing,
) -> None:
    """X17, X7: the page is opened anew in the middle of them; "phone today" would hide that it is an emergency."""
    playing = new_playing.open(minutes_ago=4)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(None, None, "other", more="chest")
    playing.sent()
    assert playing.state == "question"
    playing.load()
    assert playing.name == "question:s11-chest"
    while playing.state == "question":
        playing.answer("yes")
    assert playing.name == "outcome:E"
