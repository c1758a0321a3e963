"""The patient's day by the keyboard alone: from "Is this you?" to the end of the session and back to today."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.playing import TIMED, Playing
from tests.browser.programs import revise
from tests.browser.steps import seen, tab_to, visit

SPARED = {"A": ["marching-seated", "pelvic-tilt", "brace-heel-slide", "bridge", "heel-raise"]}
"""What is left out, so that the day has one exercise with a hold, one without, and one by minutes."""
WHERE = """() => {
    const each = document.activeElement;
    const screen = [...document.querySelectorAll("section[data-screen]")].find((one) => !one.hidden);
    const box = (each.closest("label") ?? each).getBoundingClientRect();
    const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const top = document.elementFromPoint((box.left + box.right) / 2, (above + below) / 2);
    const marked = [each, each.closest("label"), each.nextElementSibling].filter(Boolean);
    const shapes = marked.map((one) => getComputedStyle(one));
    return {
        inside: Boolean(screen?.contains(each)),
        docked: Boolean(each.closest("[data-dock]")),
        heading: each.hasAttribute("data-focus"),
        onScreen: box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        covered: !each.matches(".heard") && !marked.some((one) => one.contains(top) || top?.contains(one)),
        outlined: shapes.some((one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2),
        what: `${screen?.dataset.screen}: ${each.outerHTML.slice(0, 90)}`,
    };
}"""
ANOTHER_DAY = """
from importlib import import_module
from django.conf import settings
from django.contrib.sessions.models import Session
from accounts.devices import CONFIRMED_KEY
Store = import_module(settings.SESSION_ENGINE).SessionStore
for each in Session.objects.all():
    kept = Store(each.session_key)
    if CONFIRMED_KEY in kept:
        kept[CONFIRMED_KEY] = "2026-01-01"
        kept.save()
"""
RECORD = """
import json
from programs.models import Session
s = Session.objects.get(pk="{id}")
events = list(s.events.order_by("seq"))
print(json.dumps({{"state": s.state, "stops": s.stops, "kinds": [e.kind for e in events],
    "pain": [[e.payload["item"], e.payload["spine"], bool(e.payload["replaces"])] for e in events if e.kind == "pain"],
    "items": [item["id"] for item in s.plan["items"]]}}))
"""


class Keys:
    """The keyboard in front of a session; after each press that changes the screen the focus is looked at."""

    def __init__(self, playing: Playing) -> None:
        self.playing, self.page = playing, playing.page
        self.shown = ""
        self.met: set[str] = set()
        self.ran: set[str] = set()

    def press(self, *names: str) -> None:
        """Press keys one after another, as a person does; then look where the focus is."""
        for name in names:
            self.page.keyboard.press(name)
        self.playing.wait()
        self.look()

    def where(self) -> dict[str, Any]:
        """Where the focus is, once the page has scrolled to it."""
        for _ in range(30):
            found: dict[str, Any] = self.page.evaluate(WHERE)
            if found["onScreen"] and not found["covered"]:
                break
            self.page.wait_for_timeout(50)
        return found

    def look(self) -> None:
        """A new screen has the focus, at its heading or in it, where it is seen; axe sees each kind of screen once."""
        where = self.where()
        assert where["inside"] or where["docked"], where["what"]
        assert where["onScreen"], where["what"]
        assert not where["covered"], where["what"]
        if self.playing.name == self.shown:
            return
        self.shown = self.playing.name
        assert where["inside"], where["what"]
        assert where["heading"], where["what"]
        if (kind := self.shown.partition(":")[0]) not in self.met:
            self.met.add(kind)
            seen(self.page)

    def to(self, wanted: Locator) -> None:
        """Go to a control by Tab; it shows that it has the focus, and nothing lies over it."""
        tab_to(self.page, wanted, most=60)
        expect(wanted).to_be_focused()
        where = self.where()
        assert where["onScreen"], where["what"]
        assert where["outlined"], where["what"]
        assert not where["covered"], where["what"]

    def button(self, name: str, key: str = "Enter") -> None:
        """Go to a button of the session and press it."""
        self.to(self.page.get_by_role("button", name=name, exact=True))
        self.press(key)

    def choose(self, name: str, value: object) -> None:
        """Go to a group of radio buttons and choose by the arrows."""
        group = self.playing.screen.locator(f"input[name='{name}']")
        for _ in range(60):
            if group.evaluate_all("all => all.includes(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            focused = self.page.evaluate("document.activeElement.value")
            if focused == str(value):
                break
            self.page.keyboard.press("ArrowRight")
        wanted = self.playing.screen.locator(f"input[name='{name}'][value='{value}']")
        expect(wanted).to_be_checked()
        expect(wanted).to_be_focused()
        self.to(wanted)

    def pain(self, spine: int, limb: int, change: str = "") -> None:
        """Answer the question about pain, and send it by Enter."""
        assert self.playing.state in {"pain", "rest-ask"}
        if self.playing.name == "pain-quick":
            self.playing.wait(1.1)
            self.button("More, or something new")
        if change:
            self.choose("change", change)
        self.choose("spine", spine)
        self.choose("limb", limb)
        self.press("Enter")

    def run(self) -> None:
        """Through the timed parts of a set; a rest that waits is ended by the key of a page turner."""
        for _ in range(600):
            self.ran.add(self.playing.state)
            if self.playing.state == "tempo":
                return self.button("Done")
            if self.playing.state not in TIMED:
                return self.look()
            if self.playing.state in {"relax", "side"}:
                self.press("PageDown")
            self.playing.wait(1)
        raise AssertionError("the set has no end")


def check_in(keys: Keys) -> None:
    """One question a screen: Space and the arrows choose, Enter goes on; once back, and the answer is still there."""
    playing = keys.playing
    went_back = False
    while playing.state == "question":
        asked = playing.name.removeprefix("question:")
        keys.choose("value", {"spine": 3, "limb": 2, "q3": "same", "last": "same"}.get(asked, "no"))
        keys.press("Enter")
        if asked == "spine" and not went_back:
            went_back = True
            keys.button("Back")
            expect(playing.screen.locator("input[value='3']")).to_be_checked()
            keys.choose("value", 3)
            keys.press("Enter")


def begin(keys: Keys) -> None:
    """To the exercise's own page and past it, into its clock."""
    names = {"space": "My space is safe", "intro": "Ready"}
    while keys.playing.state in {"space", "intro", "between"}:
        keys.button(names.get(keys.playing.state) or keys.page.locator("[data-bar]").inner_text())
    assert keys.playing.state == "get-ready"


def pause_and_go_on(keys: Keys) -> None:
    """By the bar and its key, and by Escape."""
    state = keys.playing.state
    keys.button("Pause", "Space")
    assert keys.playing.state == "paused"
    keys.button("Go on", "Space")
    assert keys.playing.state == state
    keys.press("Escape")
    assert keys.playing.state == "paused"
    keys.press("Space")  # on the heading: what the big button does
    assert keys.playing.state == state


def set_done(keys: Keys) -> None:
    """To the end of a set, up to its question."""
    keys.run()
    if keys.playing.state == "count":
        keys.to(keys.playing.screen.locator("[data-do=yes]"))
        keys.press("Enter")
    assert keys.playing.state == "pain"


def go(page: Page, wanted: Locator) -> None:
    """Go to a button or a link by Tab, press Enter, and look at the page it leads to."""
    tab_to(page, wanted)
    assert page.evaluate(WHERE)["outlined"]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    seen(page)


def to_the_session(playing: Playing) -> Keys:
    """From "Is this you?" through the page of today into the session."""
    page = playing.page
    playing.world.python(ANOTHER_DAY)
    visit(page, "/today/")
    expect(page.get_by_role("heading", name="Is this you?")).to_be_visible()
    go(page, page.get_by_role("button", name="Yes, this is me"))
    playing.prepare()
    go(page, page.get_by_role("link", name="Start", exact=True))
    playing.loaded()
    return Keys(playing)


def test_ux_22_a_whole_session_from_today_to_today_by_the_keyboard_alone(new_playing: Playing) -> None:
    playing, page = new_playing, new_playing.page
    revise(playing.world, removed=SPARED)
    keys = to_the_session(playing)
    check_in(keys)
    assert playing.name == "offer:start"
    keys.to(playing.screen.locator("[data-day=ordinary]"))
    keys.press("Enter")
    keys.press("Escape")  # on the exercise's own page
    assert playing.state == "paused"
    keys.button("Go on")
    paused = corrected = False
    while playing.state != "finish":
        begin(keys)
        if not paused:
            paused = True
            playing.until("hold", "tempo", "minutes")
            pause_and_go_on(keys)
        set_done(keys)
        if not corrected:
            corrected = True
            keys.pain(5, 2, "worse")
            assert playing.state == "ended"
            keys.button("Change my last answer")
        keys.pain(3, 2, "same")
        assert playing.state in {"intro", "between", "space", "finish"}
    assert {"hold", "tempo", "minutes"} <= keys.ran
    for name, value in (("spine", 2), ("limb", 1), ("effort", 4)):
        keys.choose(name, value)
    keys.press("Enter")
    assert playing.state == "done"
    found = record(playing)
    assert (found["state"], found["stops"]) == ("finished", 0)
    assert {"set-done", "paused", "resumed", "finished"} <= set(found["kinds"])
    assert [one[1:] for one in found["pain"]][:2] == [[5, False], [3, True]]
    assert list(dict.fromkeys(item for item, _, _ in found["pain"])) == found["items"]
    go(page, page.get_by_role("link", name="Back to today"))
    expect(page.get_by_text("Well done").first).to_be_visible()


def record(playing: Playing) -> dict[str, Any]:
    """What the clinic has of the session."""
    playing.sent()
    found: dict[str, Any] = json.loads(playing.world.python(RECORD.format(id=playing.id)).splitlines()[-1])
    return found
