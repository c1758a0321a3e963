"""The session document for everybody: keys alone, screen readers, small and large screens, no motion, no script."""

import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.playing import TIMED, Playing
from tests.browser.segments import dose, events, planned, reach
from tests.browser.server import ROOT
from tests.browser.test_ux_sound import WRITTEN


def keys(playing: Playing, *names: str) -> None:
    """Press keys one after another."""
    for name in names:
        playing.page.keyboard.press(name)
    playing.wait()


def test_ux_22_a_session_by_keyboard_alone(playing: Playing) -> None:
    page = playing.page
    while playing.state == "question":
        scale = playing.screen.locator(".pain-scale").count()
        keys(playing, "Tab", "Space", *(["ArrowRight"] * 3 if scale else []), "Enter")
    assert playing.name == "offer:start"
    keys(playing, "Space")
    while playing.state not in TIMED:
        keys(playing, "PageDown")
    keys(playing, "Escape")
    assert playing.state == "paused"
    keys(playing, "Space")
    assert playing.state in TIMED
    while playing.state != "pain":
        keys(playing, "PageDown")
        playing.wait(1)
    if playing.state == "count":
        keys(playing, "Space")
    playing.wait(1.1)
    keys(playing, "PageUp")
    keys(playing, "Tab", "Space")
    page.keyboard.press("Tab")
    keys(
        playing, "Space", "ArrowRight", "ArrowRight", "ArrowRight", "Tab", "Space", "ArrowRight", "ArrowRight", "Enter"
    )
    assert playing.state in {"intro", "between", "space"}
    keys(playing, "Escape")
    assert playing.state == "paused"
    page.get_by_role("button", name="Stop for today").focus()
    keys(playing, "Enter")
    keys(playing, "Tab", "Enter")
    assert playing.state == "ended"
    keys(playing, "Space")
    assert playing.state == "over"


def test_ux_22_from_the_start_to_the_last_questions_with_space_and_one_key_of_a_remote(new_playing: Playing) -> None:
    """Nothing but Space and PageDown between the check-in and the questions at the end; each set's pain is answered."""
    playing = planned(new_playing, dose(reps=2, hold=5, sets=2, rest=5, sides=True), dose(reps=3, hold=0))
    playing.check_in()
    keys(playing, "Space")
    asked = 0
    for _ in range(200):
        if playing.state == "finish":
            break
        if playing.state == "pain":
            playing.wait(1.1)  # a press that was meant for the screen before answers nothing
            asked += 1
        if playing.state == "hold":
            playing.wait(1)
        else:
            keys(playing, "Space" if playing.state == "count" else "PageDown")
    assert playing.state == "finish"
    assert asked == 3
    playing.sent()
    kinds = [event.kind for event in events(playing)]
    assert kinds.count("set-done") == kinds.count("pain") == 3
    assert "paused" not in kinds
    assert "skipped" not in kinds


def test_ux_23_the_focus_goes_to_the_new_heading_on_a_press_and_stays_on_an_advance(playing: Playing) -> None:
    focused = "document.activeElement.hasAttribute('data-focus') || document.activeElement.className"
    playing.answer("no")
    assert playing.page.evaluate(focused) is True
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    assert playing.page.evaluate(focused) is True
    bar = playing.page.locator("[data-bar]")
    bar.focus()
    playing.until("hold", "tempo", "minutes")
    assert bar.evaluate("each => each === document.activeElement")


def test_ux_23_a_button_that_goes_away_hands_its_focus_to_the_bar(new_playing: Playing) -> None:
    """Next is there while getting ready, and not in the hold: a key must not fall into nothing."""
    playing = planned(new_playing, dose(reps=1, hold=20))
    playing.check_in()
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    playing.page.locator("[data-extra]").focus()
    keys(playing, "Enter")
    assert playing.state == "hold"
    assert playing.page.locator("[data-bar]").evaluate("each => each === document.activeElement")
    keys(playing, "Enter")
    assert playing.state == "paused"


def test_ux_23_the_timer_is_silent_and_the_live_region_speaks_at_milestones_only(new_playing: Playing) -> None:
    """From the page of an exercise to its question: five announcements in 40 s, and no other region is read out."""
    playing = planned(new_playing, dose(reps=1, hold=30))
    page = playing.page
    playing.check_in()
    playing.screen.get_by_text("Sound and help").click()
    playing.screen.get_by_label("Beeps", exact=True).check()  # with the voice on the region is silent
    page.evaluate(WRITTEN)
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    name = playing.screen.get_by_role("heading", level=1).inner_text()
    for state in ("get-ready", "hold"):
        reach(playing, state)
        timer = playing.screen.get_by_role("timer")
        assert timer.get_attribute("aria-live") is None
        live = page.locator(":is([aria-live], [role=alert], [role=status], [role=log], output)")
        shown = [each for each in live.all() if each.evaluate("each => each.checkVisibility()")]
        assert [each.get_attribute("id") for each in shown] == ["say"]
    reach(playing, "pain")
    playing.wait(5)
    assert page.evaluate("written") == [
        f"{name}. Get ready. 10 seconds",
        "Hold. 30 seconds. Keep breathing",
        "Half way",
        "10 seconds left",
        "Well done. Rest now.",
    ]


@pytest.mark.parametrize("sign", ["s5-numb", "s12-leg"], ids=["E", "T"])
def test_ux_24_axe_finds_nothing_in_an_outcome(playing: Playing, axe: Callable[..., None], sign: str) -> None:
    while playing.state == "question" and playing.name != "question:spine":
        playing.answer("yes" if playing.name in {f"question:{sign}", "question:q1"} else "no")
    assert playing.state == "outcome"
    axe(playing.page)


HOLD = """
from django.utils import timezone
from programs.models import Lock, Session
patient = Session.objects.get(pk="{id}").patient
Lock.objects.create(patient=patient, level="H", rule="S22", key="held", opened_at=timezone.now())
"""


def test_ux_24_axe_finds_nothing_where_exercise_is_paused(playing: Playing, axe: Callable[..., None]) -> None:
    """H: the session was open when the lock came."""
    playing.world.python(HOLD.format(id=playing.id))
    playing.load()
    assert playing.state == "outcome"
    axe(playing.page)


def test_ux_30_the_pain_scale_starts_empty_and_says_what_is_missing(playing: Playing) -> None:
    while playing.name != "question:spine":
        playing.answer("no")
    assert playing.screen.locator("input:checked").count() == 0
    playing.wait()
    playing.go_on()
    summary = playing.screen.get_by_role("alert")
    assert summary.is_visible()
    assert summary.evaluate("each => each === document.activeElement")
    summary.get_by_role("link").click()
    scale = playing.screen.locator(".pain-scale")
    assert scale.evaluate("each => each.contains(document.activeElement)"), "the link leads into the scale"
    playing.page.keyboard.press("Space")
    for number in (1, 2):
        playing.page.keyboard.press("ArrowRight")
        assert playing.screen.locator("input:checked").get_attribute("value") == str(number)
    playing.answer(3)
    playing.press("back")
    assert playing.screen.locator("input:checked").get_attribute("value") == "3"


def test_ux_30_x1_the_numbers_that_hold_for_the_session_are_shown_before_it_starts(playing: Playing) -> None:
    """A slip in them would hide a rise, and they do not move any more: Back leads to them."""
    playing.check_in(3, 2)
    assert playing.screen.get_by_text("Your pain now: back or neck 3, arm or leg 2.").is_visible()
    while playing.name != "question:spine":
        playing.press("back")
    playing.answer(1)
    playing.check_in(1, 2)
    assert playing.screen.get_by_text("Your pain now: back or neck 1, arm or leg 2.").is_visible()


def test_ux_31_without_script_the_exercises_are_a_list_and_there_is_a_form(
    playing: Playing, open_context: Callable[..., BrowserContext], chromium: Browser
) -> None:
    kept = playing.page.context.storage_state()
    page: Page = open_context(java_script_enabled=False, storage_state=kept).new_page()
    page.goto(f"/sessions/{playing.id}/")
    assert page.get_by_role("heading", name="Your exercises").is_visible()
    assert page.locator("section[data-slug]:visible ol.steps").count() > 0
    assert page.locator("form:visible, button:visible").count() == 0
    assert page.get_by_role("link", name="Answer and write down what you did").is_visible()


@pytest.mark.parametrize(
    "new_playing", [{"color_scheme": "dark"}, {"forced_colors": "active"}], indirect=True, ids=["dark", "forced"]
)
def test_ux_27_other_colours_are_as_clear(playing: Playing, axe: Callable[..., None]) -> None:
    """Dark, and colours that the device forces: axe in each kind of screen; the bar keeps an edge."""
    axe(playing.page)
    playing.check_in()
    axe(playing.page)
    playing.start()
    while playing.state not in TIMED:
        playing.bar()
    axe(playing.page)
    bar = playing.page.locator("[data-bar]")
    forced = playing.page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert not forced or bar.evaluate("each => parseFloat(getComputedStyle(each).borderTopWidth)") >= 2
    playing.until("hold", "tempo", "minutes")
    playing.bar()
    axe(playing.page)
    playing.press("hurts")
    axe(playing.page)
    playing.pain(5, 2, "worse")
    axe(playing.page)


def grey(playing: Playing) -> Image.Image:
    """The screen in shades of grey, without the digits, which are other ones in any case."""
    playing.page.evaluate(
        "for (const each of document.querySelectorAll('.countdown')) each.style.visibility = 'hidden'"
    )
    return Image.open(BytesIO(playing.page.screenshot())).convert("L")


def test_ux_27_in_grey_each_state_can_be_told_from_the_others(new_playing: Playing) -> None:
    """Words and shapes say what is going on, never a colour alone; the bar stands out from the paper."""
    playing = planned(new_playing, dose(reps=2, hold=5, sets=2, rest=30, sides=True))
    playing.check_in()
    playing.start()
    while playing.state != "intro":
        playing.bar()
    shades = {"intro": grey(playing)}
    playing.bar()
    for state in ("get-ready", "hold", "relax", "side"):
        reach(playing, state)
        shades[state] = grey(playing)
    playing.bar()
    shades["paused"] = grey(playing)
    for one, other in combinations(shades, 2):
        mean = ImageStat.Stat(ImageChops.difference(shades[one], shades[other])).mean[0]
        assert mean > 0.25, f"{one} and {other} look the same in grey"
    for state in ("intro", "hold"):
        shade = shades[state]
        paper, bar = (ImageStat.Stat(shade.crop(spot)).mean[0] for spot in ((2, 300, 8, 310), (6, 725, 16, 735)))
        assert paper - bar > 100, f"{state}: the bar has the shade {bar:.0f} on paper of {paper:.0f}"


# Where each thing on the screen stands: its words, and its left and right edge.
BOXES = """() => {
    const named = "h1, h2, h3, p, button, legend, label, li, progress, .clinic-phone, .session__of, .session__left";
    return [...document.querySelectorAll(`body :is(${named})`)]
        .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden, .heard, .skip-link, [dir=ltr]")
            && getComputedStyle(each).display !== "inline")
        .map((each) => {
            const { left, right } = each.getBoundingClientRect();
            return [each.textContent.trim().slice(0, 30), left, right];
        });
}"""
# Numbers of more than one digit whose digits do not stand from left to right; of a phone number, its groups too.
TURNED = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    const range = document.createRange();
    const at = (offset) => (range.setStart(texts.currentNode, offset), range.setEnd(texts.currentNode, offset + 1),
        range.getBoundingClientRect());
    while (texts.nextNode()) {
        const node = texts.currentNode;
        if (!node.parentElement.checkVisibility()) continue;
        const number = node.parentElement.closest("[href^='tel:']") ? /\\d[\\d ]*\\d/g : /\\d+(?:[:.,]\\d+)+|\\d{2,}/g;
        for (const { 0: text, index } of node.data.matchAll(number)) {
            const boxes = [...text].map((_, place) => at(index + place));
            window.numbers = (window.numbers ?? 0) + 1;
            const back = (box, place) => place && box.top === boxes[place - 1].top && box.left < boxes[place - 1].left;
            if (boxes.some(back)) found.push(text);
        }
    }
    return found;
}"""


def test_ux_29_from_right_to_left_all_stands_the_other_way_but_pictures_and_numbers(playing: Playing) -> None:
    """Nothing is cut off; what stood at the left stands at the right; digits keep their order."""
    page = playing.page
    moved: Counter[str] = Counter()

    def fits() -> None:
        before = page.evaluate(BOXES)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, playing.name
        for each in playing.screen.locator("h1, h2, button, .choice").all():
            box = each.bounding_box() if each.is_visible() else None
            assert box is None or (box["x"] >= -1 and box["x"] + box["width"] <= 361), playing.name
        for (words, left, right), (_, other_left, other_right) in zip(before, page.evaluate(BOXES), strict=True):
            wanted = pytest.approx((360 - right, 360 - left), abs=1.5)
            assert (other_left, other_right) == wanted, f"{playing.name}: {words}"
            moved[playing.name] += abs(left - other_left) > 20
        assert page.evaluate(TURNED) == [], playing.name
        page.evaluate("document.documentElement.removeAttribute('dir')")

    fits()
    playing.check_in()
    fits()
    playing.start()
    while playing.state not in TIMED:
        fits()
        playing.bar()
    fits()
    page.evaluate("document.documentElement.dir = 'rtl'")
    turned = playing.screen.locator(".session__figure--other").count() == 1  # the left side is the right one, turned
    shape = page.locator("[data-picture]").evaluate("each => getComputedStyle(each).transform")
    assert (shape != "none") == turned, "writing from right to left turns no picture round"
    page.evaluate("document.documentElement.removeAttribute('dir')")
    playing.until("pain")
    fits()
    assert moved["run"] >= 3, "the header and the dock"
    assert page.evaluate("numbers") > 5
    playing.world.python(HOLD.format(id=playing.id))
    playing.load()
    assert playing.state == "outcome"
    fits()
    assert page.evaluate("numbers") >= 2, "the clinic's"


NUMBERS = re.compile(r'<\w+ class="(?:call-button|clinic-phone)__number[^>]*>')


def test_ux_29_a_phone_number_is_written_from_left_to_right_wherever_it_stands() -> None:
    found = {path: NUMBERS.findall(path.read_text()) for path in (ROOT / "templates").rglob("*.html")}
    assert sum(map(len, found.values())) > 10
    assert [path.name for path, tags in found.items() for tag in tags if 'dir="ltr"' not in tag] == []
