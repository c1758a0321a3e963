"""A page that is watched: whatever the browser objects to fails the test."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

AXE = Axe()
STAFF_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENHANCED = "color-contrast-enhanced"
NOTE_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event => {
  console.error('CSP violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
"""


class Watch:
    """Collects what went wrong on a page. ``expect`` excuses one kind of message, in words that it contains."""

    def __init__(self, page: Page, url: str, log: Path) -> None:
        self.url = url
        self.log = log
        self.faults: list[str] = []
        self.excused: list[str] = ["Service Worker registration blocked"]  # as most tests want it (conftest.py)
        page.add_init_script(NOTE_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)

    def expect(self, *words: str) -> None:
        """A test that provokes an error (a 404, a 409, no network) says so here."""
        self.excused.extend(words)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url + "/", "about:", "blob:" + self.url)):
            self.faults.append(f"a request to another host: {request.url}")

    def check(self) -> None:
        """Fail with everything that was found and not excused."""
        left = [fault for fault in self.faults if not any(word in fault for word in self.excused)]
        assert not left, "\n".join([*left, "The server said:", self.log.read_text()[-4000:]])


def axe_faults(page: Page, *, enhanced: bool = True, context: str | None = None) -> list[str]:
    """What axe finds on the page, in words; ``enhanced`` asks for the 7:1 contrast of patients' pages too."""
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": STAFF_TAGS},
        "resultTypes": ["violations"],
        "rules": {ENHANCED: {"enabled": enhanced}},
    }
    found = AXE.run(page, context=context, options=options).response["violations"]
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']} — "
        + "; ".join(f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in fault["nodes"][:5])
        for fault in found
    ]
