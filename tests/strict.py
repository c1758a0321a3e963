"""A test client that refuses pages which the strict content security policy would break, or that are half rendered."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LOADING = {
    ("img", "src"),
    ("script", "src"),
    ("link", "href"),
    ("source", "src"),
    ("audio", "src"),
    ("form", "action"),
}


class Faults(HTMLParser):
    """Collects what a page may not have: ``found`` lists the faults in words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        values = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "style" or (tag == "script" and "src" not in values and values.get("type") != "application/json"):
            self.found.append(f"a bare <{tag}>")
        if len(values) < len(attrs):
            self.found.append(f"<{tag}> has an attribute twice: {attrs}")
        for name, value in values.items():
            self._attribute(tag, name, value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An SVG element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every element is closed by its own end tag."""
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.found.append(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'} (line {self.getpos()[0]})")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self._unrendered(data)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith(("on", "hx-on")) or name == "style":
            self.found.append(f"<{tag} {name}=...> (inline)")
        if value.strip().lower().startswith(("javascript:", "data:")):
            self.found.append(f"<{tag} {name}={value[:30]!r}>")
        if (tag, name) in LOADING and value.startswith(("http:", "https:", "//")):
            self.found.append(f"<{tag} {name}={value!r}> leads to another host")
        if name == "id" and tag != "template":
            if value in self.ids:
                self.found.append(f"id={value!r} stands twice")
            self.ids.add(value)
        self._unrendered(value)

    def _unrendered(self, text: str) -> None:
        for sign in ("{{", "{%", "{#"):
            if sign in text:
                self.found.append(f"unrendered {text.strip()[:60]!r}")


def faults_of(html: str) -> list[str]:
    """What is wrong with a page or a part of one; empty where nothing is."""
    parser = Faults()
    parser.feed(html)
    parser.close()
    return parser.found + [f"<{tag}> is not closed" for tag in parser.open if tag not in {"p", "li", "option"}]


class StrictClient(Client):
    """Django's test client, with every HTML answer looked over."""

    def request(self, **request: Any) -> Any:
        """Send, and refuse a faulty page."""
        response = super().request(**request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith("text/html"):
            found = faults_of(response.content.decode())
            assert not found, f"{request.get('PATH_INFO')}: " + "; ".join(found[:10])
        return response
