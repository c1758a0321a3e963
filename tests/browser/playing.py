"""Drive the session document as a patient does, on a clock that the test turns."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, Route

from tests.browser import database
from tests.browser.server import World
from tests.browser.watch import Watch

PHONE = {"width": 360, "height": 740}

TIMED = {"get-ready", "hold", "tempo", "relax", "side", "minutes"}
LONGEST = 900
"""Seconds after which a state that does not come is a failure."""

# The session is moved into the past and into a zone where it is about noon, so that a test may turn the clock
# by an hour without a time in the future and without a midnight.
MOVE_BACK = """
from datetime import timedelta
from django.utils import timezone
from programs.models import Session
Session.objects.filter(pk="{id}").update(minted_at=timezone.now() - timedelta(hours=2))
"""
SHORT = """
from programs.models import Session
s = Session.objects.get(pk="{id}")
item = next(dict(each) for each in s.plan["items"] if each["kind"] == "ordinary" and not each["standing"])
item["dose"] = {{"type": "reps", "sets": 1, "reps": 1, "hold_s": 6, "rest_s": 0, "per_side": False}}
quiet = dict.fromkeys(["full_screen_due", "ask_pressure", "ask_sugar", "fall_questions_due", "relief_first"], False)
s.plan |= {{"items": [item], "known_signs": [], **quiet}}
s.save(update_fields=["plan"])
"""
NOON = """
from django.utils import timezone
from accounts.models import Patient
hours = 12 - timezone.now().hour
Patient.objects.update(time_zone=f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC")
"""


class Playing:
    """One session in one page."""

    def __init__(self, page: Page, world: World, watch: Watch) -> None:
        self.page, self.world, self.watch = page, world, watch
        self.id = ""
        self.ahead = timedelta()
        self.turned = False

    def open(self, minutes_ago: int = 105) -> "Playing":
        """From today's page into the session, on a clock that is so many minutes slow."""
        self.today()
        self.prepare(minutes_ago)
        return self.load()

    def open_short(self, minutes_ago: int = 8) -> "Playing":
        """A session with one set of one exercise, a short check-in and no more."""
        self.today()
        self.prepare(minutes_ago)
        self.world.python(SHORT.format(id=self.id))
        return self.load()

    def open_now(self) -> "Playing":
        """From today's page into the session, on the real clock: a lock of the device goes by it (S2)."""
        self.today()
        self.id = self.address().split("/")[1]
        return self.load()

    def address(self) -> str:
        """On today's page: where the session is that it offers."""
        start = self.page.locator('a[href^="/sessions/"], form[action^="/sessions/"]').first
        return (start.get_attribute("href") or start.get_attribute("action") or "").strip("/")

    def today(self) -> None:
        """The day's page."""
        me = self.page.get_by_role("button", name="Yes, this is me")
        self.page.goto("/today/")
        if me.count():
            me.click()
            self.page.wait_for_load_state()

    def prepare(self, minutes_ago: int = 105) -> None:
        """On today's page: the session that it offers is to be opened on a clock that is so many minutes slow."""
        self.id = self.address().split("/")[1]
        self.world.python(MOVE_BACK.format(id=self.id))
        self.ahead = -timedelta(minutes=minutes_ago)
        self.turn_from(datetime.now(UTC) + self.ahead)
        self.page.route(f"**/sessions/{self.id}/", self.told_the_same_time)

    def turn_from(self, time: datetime) -> None:
        """From now on, at this time, the page's clock goes only as the test turns it; until then it is the real one."""
        self.page.clock.install(time=time)
        self.turned = True

    def load(self) -> "Playing":
        """Open, or open again, the session's page."""
        self.page.goto(f"/sessions/{self.id}/")
        return self.loaded()

    def loaded(self) -> "Playing":
        """Wait until the session's page has taken up its state."""
        self.page.locator("html[data-player=ready]").wait_for()
        self.wait()
        return self

    def told_the_same_time(self, route: Route) -> None:
        """The page puts a wrong clock right by the server's, so the server is as slow as the page's clock."""
        answer = route.fetch()
        now = (datetime.now(UTC) + self.ahead).isoformat()
        route.fulfill(response=answer, body=re.sub(r'("server_now": ")[^"]+', rf"\g<1>{now}", answer.text()))

    @property
    def state(self) -> str:
        """The player's state."""
        return str(self.page.evaluate("document.body.dataset.state"))

    @property
    def screen(self) -> Locator:
        """What is shown."""
        return self.page.locator("section[data-screen]:visible")

    @property
    def name(self) -> str:
        """The name of the screen that is shown."""
        return str(self.screen.get_attribute("data-screen"))

    def now(self) -> datetime:
        """The time of the page's clock."""
        return datetime.fromtimestamp(self.page.evaluate("Date.now()") / 1000, UTC)

    def wait(self, seconds: float = 0.6) -> None:
        """Turn the clock, once the device has kept what was pressed: its disk goes by no clock of ours.

        On the real clock a moment passes by itself: a press within half a second of another one counts for nothing.
        """
        self.idle()
        if not self.turned:
            self.page.wait_for_timeout(min(seconds, 0.6) * 1000)
        else:
            self.page.clock.run_for(int(seconds * 1000))
            self.ahead += timedelta(seconds=seconds)
        self.idle()

    def idle(self) -> None:
        """Wait until the device has kept what it has to keep before it shows the next step."""
        for _ in range(400):
            if not self.page.evaluate("document.body.hasAttribute('data-busy')"):
                return
            self.page.wait_for_timeout(5)
        raise AssertionError("the player is still busy")

    def until(self, *states: str) -> str:
        """Turn the clock until one of these states."""
        for _ in range(LONGEST):
            if self.state in states:
                return self.state
            if self.state in {"relax", "side"}:
                self.page.locator("[data-extra]").click()
            self.wait(1)
        raise AssertionError(f"{self.state} did not become {states}")

    def go_on(self) -> None:
        """Press the form's button."""
        self.screen.locator("form button.button--big").click()
        self.wait()

    def rows(self, store: str) -> list[dict[str, Any]]:
        """What the device keeps in a store of its database: sessions, events, locks or documents."""
        return database.rows(self.page, store)

    def forget(self) -> None:
        """The device loses all that it keeps."""
        database.clear(self.page)

    def answer(self, value: object) -> None:
        """Answer the one question of the screen."""
        self.screen.locator(f"input[name=value][value='{value}']").check()
        self.go_on()

    def check_in(self, spine: int = 3, limb: int = 2, **answers: Any) -> None:
        """Answer the check-in; every sign of Table A with no, unless an answer is given by its id."""
        given = {"spine": spine, "limb": limb, "q3": "same", "last": "same", "q5": "no", "sugar": "yes"} | {
            name.replace("_", "-"): value for name, value in answers.items()
        }
        while self.state == "question":
            self.answer(given.get(self.name.removeprefix("question:"), "no"))

    def start(self) -> None:
        """Press Start."""
        self.screen.locator("[data-do=start], [data-do=choose][data-kind=full]").first.click()
        self.wait()

    def bar(self) -> None:
        """Press the big bar at the bottom."""
        self.page.locator("[data-bar]").click()
        self.wait()

    def press(self, do: str) -> None:
        """Press a button of the screen, or of the row above the bar."""
        self.page.locator(f"section:visible [data-do={do}]:visible, .dock__row [data-do={do}]:visible").first.click()
        self.wait()

    def a_set(self) -> None:
        """From the exercise's page through one set to its pain question."""
        while self.state in {"space", "intro", "between"}:
            self.bar()
        if self.state == "relief":
            self.bar()
            return self.a_set()
        self.until("pain")

    def pain(self, spine: int | None, limb: int | None, change: str = "same", more: str = "") -> None:
        """Answer the pain question, in numbers."""
        if self.name == "pain-quick":
            self.wait(1.1)  # a press within a second answers nothing
            self.press("more")
        form = self.screen.locator("form")
        if form.locator(f"input[name=change][value={change}]").is_visible():
            form.locator(f"input[name=change][value={change}]").check()
        if more:
            form.locator(f"input[name=more][value={more}]").check()
        for name, value in (("spine", spine), ("limb", limb)):
            if value is not None:
                form.locator(f"input[name={name}][value='{value}']").check()
        self.go_on()

    def finish(self) -> None:
        """Answer the three last questions."""
        for name, value in (("spine", 2), ("limb", 1), ("effort", 4)):
            self.screen.locator(f"input[name={name}][value='{value}']").check()
        self.go_on()

    def saving(self) -> str:
        """What is said of saving."""
        self.idle()
        return str(self.page.evaluate("document.querySelector('[data-save] .save-state').textContent"))

    def sent(self) -> None:
        """Wait until the clinic has everything."""
        self.idle()
        for _ in range(50):
            if (
                self.page.evaluate("document.querySelector('[data-save] .save-state').textContent")
                == "Sent to your clinic"
            ):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("not sent")
