"""The check-in and the ways to stop, as only a browser can show them: what is in sight, what is kept, what arrives."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.playing import TIMED, Playing

SMALL = {"viewport": {"width": 360, "height": 640}}
LYING = {"viewport": {"width": 640, "height": 360}}
PLAN = """
from programs.models import Session
session = Session.objects.get(pk="{id}")
session.plan = session.plan | {changes!r}
for item in session.plan["items"]:
    item["not_with_fall_risk"] = item["standing"]
session.save(update_fields=["plan"])
"""
EVENT = """
import json
from programs.models import SessionEvent
print(json.dumps(SessionEvent.objects.filter(session="{id}", kind="{kind}").latest("seq").payload))
"""
ANSWERS = {"spine": 3, "limb": 2, "q3": "same", "last": "same"}
QUIET = {"full_screen_due": False, "ask_pressure": False, "fall_questions_due": False, "known_signs": []}


def planned(playing: Playing, **changes: Any) -> Playing:
    """The same session with another plan, opened anew."""
    playing.world.python(PLAN.format(id=playing.id, changes=QUIET | changes))
    playing.forget()
    return playing.load()


def event(playing: Playing, kind: str) -> dict[str, Any]:
    """The last event of a kind that the clinic has."""
    playing.sent()
    found: dict[str, Any] = json.loads(playing.world.python(EVENT.format(id=playing.id, kind=kind)).splitlines()[-1])
    return found


def to(playing: Playing, question: str) -> None:
    """Answer with no up to a question."""
    while playing.name != f"question:{question}":
        playing.answer(ANSWERS.get(playing.name.removeprefix("question:"), "no"))


@pytest.mark.parametrize("new_playing", [SMALL], indirect=True)
def test_hz24_every_answer_of_table_a_is_in_sight_and_says_how_far_it_is(playing: Playing) -> None:
    planned(playing, full_screen_due=True, known_signs=["s8-hands"])
    height = playing.page.evaluate("innerHeight")
    count = 0
    while playing.name != "question:spine":
        count += 1
        last = playing.screen.locator(".choice").last.bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= height, playing.name
        assert playing.screen.locator("[data-text=asked]").inner_text().startswith(f"Question {count} of ")
        known = playing.name == "question:s8-hands"
        values = playing.screen.locator("input").evaluate_all("all => all.map(each => each.value)")
        assert values == (["no", "same", "worse", "not-sure"] if known else ["no", "yes", "not-sure"])
        playing.answer("same" if known else "no")
    assert count > 30
    playing.press("back")
    assert playing.screen.locator("input:checked").get_attribute("value") == "no"


def test_s11_bad_numbers_are_named_and_kept_and_good_ones_arrive(playing: Playing, axe: Callable[..., None]) -> None:
    planned(playing, ask_pressure=True)
    to(playing, "pressure")
    upper, lower = (playing.screen.locator(f"input[name={name}]") for name in ("upper", "lower"))
    playing.go_on()
    assert playing.screen.get_by_text("Write both numbers, or choose").is_visible()
    upper.fill("80")
    lower.fill("135")
    playing.go_on()
    assert playing.screen.get_by_text("These numbers do not fit.").is_visible()
    assert (upper.input_value(), lower.input_value()) == ("80", "135")
    axe(playing.page)
    upper.fill("135")
    lower.fill("80")
    playing.go_on()
    assert playing.name == "offer:start"
    playing.press("back")
    assert (upper.input_value(), lower.input_value()) == ("135", "80")
    playing.go_on()
    assert event(playing, "check-in")["pressure"] == [135, 80]


def test_s11_not_measured_is_an_answer_of_its_own(playing: Playing) -> None:
    planned(playing, ask_pressure=True)
    to(playing, "pressure")
    assert not playing.screen.get_by_label("I did not measure today").is_checked()
    playing.screen.get_by_label("I did not measure today").check()
    playing.go_on()
    assert playing.name == "offer:start"
    assert event(playing, "check-in")["pressure"] is None


def test_s11_a_high_reading_behind_the_quiet_line_asks_about_signs_and_locks(playing: Playing) -> None:
    planned(playing)
    to(playing, "q5")
    playing.screen.get_by_text("I measured my blood pressure today").click()
    playing.screen.locator("input[name=upper]").fill("185")
    playing.screen.locator("input[name=lower]").fill("95")
    playing.answer("no")
    assert playing.name == "question:s11-chest"
    while playing.state == "question":
        playing.answer("no")
    assert playing.name == "outcome:T"
    assert event(playing, "check-in")["pressure"] == [185, 95]


def test_s25_a_risk_of_falling_leaves_standing_entries_out_and_arrives(playing: Playing) -> None:
    planned(playing, fall_questions_due=True)
    to(playing, "unsteady")
    playing.answer("yes")
    playing.check_in()
    assert playing.screen.get_by_text("Today we leave out what could make you fall.").is_visible()
    falls = {"fallen-past-year": "no", "unsteady": "yes", "worried-about-falling": "no"}
    assert event(playing, "check-in")["fall_risk"] == falls
    playing.start()
    left = playing.page.evaluate(
        "JSON.parse(document.getElementById('plan').textContent).items.filter(i => !i.standing).length"
    )
    assert playing.page.locator("[data-text=of]").inner_text() == f"1 of {left}"
    assert playing.page.locator("[data-text=left]").inner_text().endswith("min left")


def test_x17_a_sign_while_exercising_opens_its_own_questions(playing: Playing) -> None:
    planned(playing)
    playing.check_in()
    playing.start()
    playing.a_set()
    playing.pain(None, None, "new", "saddle")
    assert playing.name == "question:s5-numb"
    assert event(playing, "pain")["group"] == "S5"


def test_x14_a_plain_wish_to_stop_is_told_apart(playing: Playing) -> None:
    planned(playing)
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    playing.bar()
    playing.press("stop")
    playing.press("wish")
    assert "That is all right." in playing.screen.inner_text()
    found = event(playing, "pain")
    assert (found["alarm"], found["reason"]) == ("unwell", "stop")


@pytest.mark.parametrize("new_playing", [SMALL, LYING], indirect=True, ids=["upright", "lying"])
def test_the_digits_of_a_phone_are_read_at_two_metres_and_nothing_covers_them(playing: Playing) -> None:
    planned(playing)
    playing.check_in()
    playing.start()
    seen = set()
    for _ in range(60):
        if playing.state in TIMED and playing.state not in seen:
            seen.add(playing.state)
            digits = playing.screen.locator(".countdown")
            assert float(digits.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")) >= 130, playing.state
            box, dock = digits.bounding_box(), playing.page.locator("[data-dock]").bounding_box()
            assert box is not None and dock is not None
            assert box["y"] >= 0 and box["y"] + box["height"] <= dock["y"] + 1, playing.state
        if playing.state == "pain":
            playing.pain(3, 2)
        elif playing.state in {"space", "intro", "between", "relief"}:
            playing.bar()
        elif playing.state in {"relax", "side", "get-ready"}:
            playing.press("extra")
        else:
            playing.until("pain", "relax", "side", "count")
        if {"hold", "side"} <= seen:
            break
    assert "get-ready" in seen and len(seen) >= 3
