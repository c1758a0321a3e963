"""What a visit asks the server for."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import Page, Request

from tests.browser.steps import confirm_me

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
ENTRIES = ("app.js", "player/main.js", "figure/session.js", "offline/session.js")
"""What the session's page itself names."""
IMPORT = re.compile(r'^(?:import|\} from|export .* from)[^"]* ?"(\.[^"]+)"', re.MULTILINE)
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")
BESIDES_SCRIPTS = 15
"""The page, its style sheets and its icons. The scripts are counted by themselves: modules without a bundler (design,
decision 7), each of them once, and fetched while the day's page is read."""
ARRIVED = """(wanted) => {
    const all = performance.getEntriesByType("resource").filter((each) => each.responseEnd > 0);
    const names = new Set(all.map((each) => new URL(each.name).pathname.replace(/[.][0-9a-f]{12}[.]js$/, ".js")));
    return wanted.every((name) => names.has(name));
}"""
OVER_THE_NETWORK = """() => performance.getEntriesByType("resource")
    .filter((each) => each.name.endsWith(".js") && each.transferSize > 0).map((each) => each.name)"""


def graph(names: Iterable[str]) -> set[str]:
    """The addresses, without hashes, of these modules and of all that they import."""
    found: set[Path] = set()
    left = [SCRIPTS / name for name in names]
    while left:
        file = left.pop().resolve()
        if file not in found:
            found.add(file)
            left += [file.parent / name for name in IMPORT.findall(file.read_text())]
    return {f"/static/js/{file.relative_to(SCRIPTS).as_posix()}" for file in found}


def asked(page: Page) -> list[Request]:
    """Every request of a page from now on."""
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    return requests


def path(request: Request, origin: str) -> str:
    """The address without the host, which must be ours, and without the hash."""
    assert request.url.startswith(origin), f"a request to another host: {request.url}"
    return HASH.sub("", request.url.removeprefix(origin).partition("?")[0])


def open_day(page: Page) -> str:
    """The day's page; gives the address of the session that it leads to."""
    page.goto("/today/")
    confirm_me(page)
    return page.locator('a[href^="/sessions/"]').first.get_attribute("href") or ""


def test_ux_34_a_session_asks_for_each_of_its_modules_once_and_for_little_besides(
    phone_page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    """Pictures of exercises and recordings apart: how many there are is the program's doing."""
    sign_in(phone_page, "patient")
    session = open_day(phone_page)
    origin = phone_page.url.removesuffix("/today/")
    fresh = phone_page.context.new_page()
    requests = asked(fresh)
    fresh.goto(session)
    fresh.locator("html[data-player=ready]").wait_for()
    paths = [path(each, origin) for each in requests]
    scripts = [each for each in paths if each.endswith(".js") and each != "/sw.js"]
    assert sorted(scripts) == sorted(graph(ENTRIES))
    apart = re.compile(r"^/static/(js|audio|img)/|^/exercises/(figures|pictures)/")
    rest = [each for each in paths if not apart.match(each)]
    assert session in rest
    assert len(rest) <= BESIDES_SCRIPTS, rest


def test_ux_34_the_scripts_of_the_session_arrive_while_the_days_page_is_read(
    phone_page: Page, sign_in: Callable[[Page, str], None]
) -> None:
    """Without waiting for a worker: the session then asks for none of them over the network."""
    sign_in(phone_page, "patient")
    session = open_day(phone_page)
    phone_page.wait_for_function(ARRIVED, arg=sorted(graph(["player/main.js", "figure/session.js"])))
    phone_page.goto(session)
    phone_page.locator("html[data-player=ready]").wait_for()
    fetched = phone_page.evaluate(OVER_THE_NETWORK)
    assert [HASH.sub("", each).rpartition("/static/")[2] for each in fetched] == ["js/offline/session.js"]
