"""Every screen of a session on every size of device, with larger text, other writing and other colours."""

import re
from typing import Any

import pytest

from tests.browser.playing import TIMED, Playing
from tests.browser.states import ALL, every_state
from tests.browser.steps import SQUEEZED
from tests.browser.watch import axe_faults

SCREENS = {
    "small phone": (320, 568),
    "phone on its side": (568, 320),
    "phone": (360, 740),
    "tablet": (768, 1024),
    "desktop": (1280, 900),
    "400 %": (320, 256),
}
LOW = {"phone on its side", "400 %"}
# WCAG 1.4.12, in a sheet that the content security policy lets a script make.
SPACED = """(on) => {
    const sheet = new CSSStyleSheet();
    const rules = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important }"
        + " * { word-spacing: 0.16em !important } p { margin-block-end: 2em !important }";
    sheet.replaceSync(on ? rules : "");
    document.adoptedStyleSheets = [sheet];
}"""
# Four digits of 130 px, as they must be on a phone, are 386 px so: the space around the outer two lies past the edges.
SPACED_DIGITS = re.compile(r"(\d|1[0-6]) px too wide|past an edge: P \d:\d\d")
FONT = "size => { document.documentElement.style.fontSize = size }"
# What reaches past an edge of the screen, or is cut off by its own box.
CUT_OFF = """() => {
    const found = [];
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) found.push(`${over} px too wide`);
    const heard = (each) => each.closest(".visually-hidden, .heard, .skip-link, svg");
    const what = "h1, h2, p, button, a, legend, summary, label, li, .countdown";
    for (const each of document.querySelectorAll(`body :is(${what})`)) {
        if (!each.checkVisibility() || heard(each)) continue;
        const box = each.getBoundingClientRect();
        const text = each.textContent.trim().slice(0, 40);
        if (!text || box.width < 2) continue;
        if (box.left < -1 || box.right > innerWidth + 1) found.push(`past an edge: ${each.tagName} ${text}`);
        const shape = getComputedStyle(each);
        const cut = shape.overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
        if (cut) found.push(`cut off: ${each.tagName} ${text}`);
    }
    return found;
}"""
RUNNING = """() => {
    const [bar, digits, dock] = ["[data-bar]", "section:not([hidden]) .countdown", "[data-dock]"]
        .map((name) => document.querySelector(name).getBoundingClientRect());
    const size = parseFloat(getComputedStyle(document.querySelector("section:not([hidden]) .countdown")).fontSize);
    return { bar: [bar.top, bar.bottom, bar.height], digits: [digits.top, digits.bottom], dock: dock.top, size,
             height: innerHeight, top: document.querySelector("[data-top]").getBoundingClientRect().bottom };
}"""
TARGETS = """() => {
    const names = "button, a[href], summary, select, input:not([type=hidden])";
    return [...document.querySelectorAll(`body :is(${names})`)].flatMap((each) => {
        const whole = each.closest("label") ?? each;
        if (!whole.checkVisibility() || each.closest(".skip-link, .demo-strip, .site-footer")) return [];
        const box = whole.getBoundingClientRect();
        const inText = each.matches(":is(p, li) > a") && getComputedStyle(each).display === "inline";
        const big = each.matches(".dock__row button, .button--big");
        const kind = each.matches("[data-bar]") ? "bar" : big ? "big" : "any";
        return inText ? [] : [[kind, whole.textContent.trim().slice(0, 40), box.width, box.height]];
    });
}"""
LARGE = {"bar": 96, "big": 64, "any": 48}
GERMAN = "Rumpfbeugeübungen vorsichtig wiederholen"
HINDI = "दर्द बढ़ने पर व्यायाम तुरंत रोकें और आराम करें"
# Every word that is shown becomes as long as in that language; numbers stay.
LENGTHEN = """(words) => {
    const given = words.split(" ");
    // The few words of the dock are chosen by whoever translates so that they fit.
    const kept = "script, svg, .visually-hidden, .countdown, .clinic-phone, .demo-strip, [data-dock]";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let at = 0;
    window.words = [];
    while (texts.nextNode()) {
        const node = texts.currentNode;
        const box = node.parentElement;
        if (!box.checkVisibility() || box.closest(kept)) continue;
        if (!/[a-z]{3}/i.test(node.data)) continue;
        window.words.push([node, node.data]);
        node.data = node.data.replace(/[A-Za-z’'-]{3,}/g, () => given[at++ % given.length]);
    }
}"""

GIVE_BACK = "() => { for (const [node, data] of words) node.data = data; }"


def test_ux_24_axe_finds_nothing_in_any_state(new_playing: Playing) -> None:
    """With the contrast of 7:1; the error and the missing network among them."""
    found: list[str] = []
    seen: set[str] = set()
    for state in every_state(new_playing):
        seen.add(state)
        # Tall enough that the dock lies over nothing of a long page that is scrolled under it.
        new_playing.page.set_viewport_size({"width": 360, "height": 1800 if state == "settings" else 740})
        found += [f"{state}: {fault}" for fault in axe_faults(new_playing.page)]
    assert not found, "\n".join(found)
    assert seen >= set(ALL)


def running_faults(screen: str, shown: dict[str, Any]) -> list[str]:
    """What is wrong with the screen of a running part: the bar, and the digits."""
    found = []
    top, bottom, height = shown["bar"]
    if top < 0 or bottom > shown["height"] + 1:
        found.append("the bar is not in sight")
    if height < (64 if screen in LOW else 96):
        found.append(f"the bar has {height} px")
    if shown["size"] < 130 and screen != "400 %":
        found.append(f"digits of {shown['size']} px")
    if screen != "400 %" and (shown["digits"][0] < shown["top"] - 12 or shown["digits"][1] > shown["dock"] + 12):
        found.append(f"the digits are not whole: {shown}")
    return found


def test_ux_25_every_state_fits_every_screen(new_playing: Playing) -> None:
    """Nothing to scroll sideways for and nothing cut off: five sizes, 400 %, text twice as large, text set wide."""
    page = new_playing.page
    found: list[str] = []

    def look(state: str, screen: str) -> None:
        faults = page.evaluate(CUT_OFF)
        if screen == "set wide" and new_playing.state == "minutes":
            faults = [fault for fault in faults if not SPACED_DIGITS.fullmatch(fault)]
        found.extend(f"{state}, {screen}: {fault}" for fault in faults)

    for state in every_state(new_playing):
        timed = new_playing.state in TIMED
        for screen, (width, height) in SCREENS.items():
            page.set_viewport_size({"width": width, "height": height})
            look(state, screen)
            if timed:
                shown = page.evaluate(RUNNING)
                found += [f"{state}, {screen}: {fault}" for fault in running_faults(screen, shown)]
        page.set_viewport_size({"width": 360, "height": 740})
        page.evaluate(SPACED, True)
        look(state, "set wide")
        page.evaluate(SPACED, False)
        page.evaluate(FONT, "200%")
        look(state, "200 %")
        found += [f"{state}, 200 %: {fault}" for fault in page.evaluate(SQUEEZED)]
        if timed:
            found += [f"{state}, 200 %: {fault}" for fault in running_faults("phone", page.evaluate(RUNNING))]
        page.evaluate(FONT, "")
    assert not found, "\n".join(found)


def test_ux_28_whatever_is_pressed_is_large(new_playing: Playing) -> None:
    """96 px for the bar, 64 for what is pressed while exercising, 48 for all else, in every state."""
    found: list[str] = []
    seen: set[str] = set()
    for state in every_state(new_playing):
        for kind, words, width, height in new_playing.page.evaluate(TARGETS):
            seen.add(kind)
            if min(width, height) < LARGE[kind] - 0.5:
                found.append(f"{state}: {words!r} has {width:.0f} × {height:.0f} px, not {LARGE[kind]}")
    assert not found, "\n".join(found)
    assert seen == set(LARGE)


@pytest.mark.parametrize("words", [GERMAN, HINDI], ids=["German", "Hindi"])
def test_ux_29_long_words_are_not_cut_off(new_playing: Playing, words: str) -> None:
    page = new_playing.page
    found: list[str] = []
    for state in every_state(new_playing):
        page.evaluate(LENGTHEN, words)
        found += [f"{state}: {fault}" for fault in page.evaluate(CUT_OFF)]
        page.evaluate(GIVE_BACK)
    assert not found, "\n".join(found)
