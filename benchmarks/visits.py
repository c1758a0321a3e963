"""What a visit fetches, by the role of the file, and how long a start takes without a network."""

import statistics
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, Request, StorageState

from benchmarks.device import Place, fresh
from benchmarks.link import LATENCY_MS, MBITS, slow_link
from tests.browser.steps import confirm_me

ROLES = ("page", "style", "script", "voice", "picture", "other")
STARTS = 5
TRIES = 3
SEEN_S = (0, 2, 5)
QUIET_TRIES = 30


def role_of(address: str, kind: str) -> str:
    """What a file is for."""
    if "/audio/" in address:
        return "voice"
    if kind == "document":
        return "page"
    if address.endswith(".css"):
        return "style"
    if address.endswith(".js"):
        return "script"
    if address.endswith((".svg", ".png", ".webp", ".avif", ".jpg")):
        return "picture"
    return "other"


@dataclass
class Fetched:
    """Bytes and requests that reached the server, by role."""

    size: Counter[str] = field(default_factory=Counter)
    number: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        each = [f"{role} {self.number[role]}: {self.size[role] / 1024:.1f}" for role in ROLES if self.number[role]]
        return f"{self.number.total():>3} requests, {self.size.total() / 1024:>6.1f} KB   ({', '.join(each)})"


class Meter:
    """Counts what a browser fetches from the server, its worker's requests too; nothing out of a cache."""

    def __init__(self, context: BrowserContext) -> None:
        self.done: list[Request] = []
        context.on("requestfinished", lambda request: self.done.append(request))

    def since(self) -> Fetched:
        """What was fetched since the last time."""
        found = Fetched()
        done, self.done[:] = list(self.done), []
        for request in done:
            answer = request.response()
            if answer is None or answer.from_service_worker:
                continue
            sizes = request.sizes()
            if not sizes["responseBodySize"] and answer.status == 200:
                continue  # out of the browser's cache
            role = role_of(request.url.partition("?")[0], request.resource_type)
            found.number[role] += 1
            found.size[role] += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return found


def settle(page: Page, meter: "Meter") -> None:
    """Wait until nothing more has been fetched for two seconds."""
    page.wait_for_load_state("load")
    seen = -1
    for _ in range(QUIET_TRIES):
        if len(meter.done) == seen:
            return
        seen = len(meter.done)
        page.wait_for_timeout(2000)


def open_day(page: Page) -> str:
    """Open the day's page, and wait until the device keeps the day; gives the session's address."""
    page.goto("/today/")
    confirm_me(page)
    page.locator("html[data-kept=all]").wait_for(state="attached", timeout=60_000)
    return page.locator('a[href^="/sessions/"]').first.get_attribute("href") or ""


def print_visits(where: Place) -> None:
    """The day's page and the session, each opened on a new phone and then once more."""
    page = fresh(where)
    session = open_day(page)
    kept = page.context.storage_state()
    page.context.close()
    print("\nFetched (compressed, with headers), the worker's fetches included")
    for name, address in (("the day", "/today/"), ("the session", session)):
        context = where.browser.new_context(base_url=where.server.url, storage_state=kept)
        meter, opened = Meter(context), context.new_page()
        for visit in ("first", "again"):
            opened.goto(address)
            settle(opened, meter)
            print(f"{name}, {visit:<6} {meter.since()}")
        context.close()


def ready_ms(page: Page) -> float:
    """Milliseconds of a navigation that has begun, until the player takes presses."""
    page.locator("html[data-player]").wait_for(state="attached")
    return float(page.evaluate("performance.now()"))


def print_first_visits(where: Place) -> None:
    """The first session of a phone on a mobile link, by how long its day's page was looked at, against a later one."""
    page = fresh(where)
    session = open_day(page)
    kept = page.context.storage_state()
    page.context.close()
    found = {}
    with slow_link(where.server.port) as address:
        for rest in SEEN_S:
            found[f"the day seen for {rest} s"] = [_first(where, address, kept, rest) for _ in range(TRIES)]
        straight, later = zip(*[_straight(where, address, kept, session) for _ in range(TRIES)], strict=True)
    base = statistics.median(later)
    print(f"\nFrom the press to a player that is ready, {LATENCY_MS} ms and {MBITS} Mbit/s away")
    for name, taken in {**found, "the day never seen": straight, "a later one": later}.items():
        middle = statistics.median(taken)
        print(f"{name:<24} {middle:>6.0f} ms   {middle / base:.1f} × a later one")


def _first(where: Place, address: str, kept: StorageState, rest: int) -> float:
    """The session from the day's page, ``rest`` seconds after that is there."""
    page = where.phone(address, kept).new_page()
    page.goto("/today/", wait_until="commit")
    link = page.locator('a[href^="/sessions/"]').first
    link.wait_for()
    page.wait_for_timeout(rest * 1000)
    link.click()
    page.wait_for_url("**/sessions/**", wait_until="commit")
    took = ready_ms(page)
    page.context.close()
    return took


def _straight(where: Place, address: str, kept: StorageState, session: str) -> tuple[float, float]:
    """The session by its address on a phone with nothing, and once more in a new tab when all is kept."""
    page = where.phone(address, kept).new_page()
    page.goto(session, wait_until="commit")
    first = ready_ms(page)
    open_day(page)
    later = page.context.new_page()
    later.goto(session, wait_until="commit")
    again = ready_ms(later)
    page.context.close()
    return first, again


def start_ms(page: Page, address: str) -> float:
    """From the navigation to the player that takes presses, in a new tab."""
    tab = page.context.new_page()
    tab.goto(address, wait_until="commit")
    took = ready_ms(tab)
    ready = tab.locator("html").get_attribute("data-player") == "ready"
    tab.close()
    assert ready, "the session did not open"
    return took


def print_starts(where: Place) -> None:
    """A cold start of the session without a network, against one with it."""
    page = fresh(where)
    session = open_day(page)
    page.goto("about:blank")
    online = [start_ms(page, session) for _ in range(STARTS)]
    page.context.set_offline(True)
    offline = [start_ms(page, session) for _ in range(STARTS)]
    middle, other = statistics.median(offline), statistics.median(online)
    print("\nFrom the navigation to a player that is ready")
    print(f"offline {middle:.0f} ms, online {other:.0f} ms: {middle / other:.1f} times as long")
    page.context.close()
