"""Every text that the session speaks and that is the same for everybody, in English: the list of the recordings.

It is taken from what the pages really say and from the starter catalogue, so that a changed text is a missing clip.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

CUES = (
    "left", "right", "get-ready", "hold", "tempo", "relax", "side", "minutes", "walk", "breathe", "last", "half", "ten",
    "end", "hear", "resting", "go-when-ready", "rested", "stopped-pain", "centralising", "interval-limit", "dizzy",
    "vomiting", "sugar", "unclear", "nothing-left", "no-answer", "too-late", "midnight", "check-in-old",
)  # fmt: skip
"""Names of the words in session_words.html that are spoken; the rest stands on buttons or tells of saving."""
NUMBERS = range(1, 31)
"""Repetitions that are counted."""
SECONDS = (*range(1, 31), *range(35, 121, 5))
"""Lengths of holds, rests and walks: each to half a minute, then in the steps of a shortened walk (S19) to two minutes;
longer ones stand on the screen in minutes."""
EMERGENCY = ("112", "911", "999", "000", "111")
"""Numbers that clinics name as the emergency number."""
TITLES = frozenset({"h1", "h2", "h3"})
SCREENS = frozenset({
    "closed", "done", "ended", "no-session", "outcome", "over", "pain", "pain-quick", "paused", "rest-ask",
    "rest-position", "settled", "stopped", "unseen",
})  # fmt: skip
"""The screens whose texts are spoken (static/js/sound/words.js); the others are read in peace."""
ASKED = frozenset({"question", "finish"})
"""The screens that are read out as questions: what is asked, its hint, and answers that are more than yes and no."""
SAID = TITLES | {"p", "li"}
SILENT = frozenset({"a", "button", "details", "label", "legend", "option", "svg", "summary", "strong"})
UNSAID = frozenset({"hint", "visually-hidden", "soft"})
"""Classes of what is not for the ear."""
VOID = frozenset({"br", "img", "input", "link", "meta", "source", "use", "path", "hr"})


@dataclass(frozen=True)
class Spoken:
    """A text and what it is: cue, number, seconds, screen, question, emergency or exercise."""

    text: str
    kind: str


class Screens(HTMLParser):
    """Collects what the screens of a session document say, apart from buttons, links, hints and mistakes.

    A question's hint is said as well, and its answers where "not sure" is none of them.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, Spoken, bool]] = []
        self.plain: set[str] = set()
        self.stack: list[tuple[str, dict[str, str | None]]] = []

    @property
    def found(self) -> list[Spoken]:
        """What is said, in the order of the page."""
        return [spoken for screen, spoken, answer in self.said if not (answer and screen in self.plain)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("value", "not-sure") in attrs:
            self.plain.add(self._screen())
        if tag not in VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        screen = self._screen()
        name = screen.partition(":")[0]
        if not re.search(r"\w", text):
            return
        if name in SCREENS and self._told():
            self.said.append((screen, Spoken(text, "screen"), False))
        elif name in ASKED and (tags := self._tags() & {"h1", "legend"} or self._classes() & {"hint", "choice__text"}):
            self.said.append((screen, Spoken(text, "question"), "choice__text" in tags))

    def _screen(self) -> str:
        return next((attrs["data-screen"] for _, attrs in self.stack if "data-screen" in attrs), None) or ""

    def _tags(self) -> set[str]:
        return {tag for tag, _ in self.stack}

    def _classes(self) -> set[str]:
        return {name for _, attrs in self.stack for name in (attrs.get("class") or "").split()}

    def _told(self) -> bool:
        tags = self._tags()
        inside = {name for _, attrs in self.stack for name in attrs}
        quiet = inside & {"data-error", "data-error-for", "aria-hidden"}
        return bool(tags & SAID) and not tags & SILENT and not quiet and not self._classes() & UNSAID


def vocabulary() -> tuple[Spoken, ...]:
    """All texts to record, each once, the general ones first."""
    prepare()
    each: dict[str, Spoken] = {}
    for spoken in (*cues(), *screens(), *exercises()):
        each.setdefault(spoken.text, spoken)
    return tuple(each.values())


@lru_cache(maxsize=1)
def prepare() -> None:
    """Django with the settings of the tests where none is set up; it renders templates, and reads no database."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stenosis_pt.settings")
    os.environ.setdefault("STENOSIS_PT_MODE", "test")
    os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
    if not apps.ready:
        django.setup()


def cues() -> Iterator[Spoken]:
    """The words of the timed parts, their numbers and their seconds."""
    words = session_words()
    for key in CUES:
        yield Spoken(words[key], "cue")
    for number in NUMBERS:
        yield Spoken(str(number), "number")
    for seconds in SECONDS:
        yield Spoken(words["seconds"].replace("{n}", str(seconds)), "seconds")


def session_words() -> dict[str, str]:
    """What session_words.html gives to the player, by name."""
    from html import unescape

    found = re.findall(r'data-([\w-]+)="([^"]*)"', rendered("programs/guided/session_words.html", {}))
    return {name: unescape(text) for name, text in found}


def screens() -> Iterator[Spoken]:
    """Headings and sentences of the session's screens: pain, stops, rests and outcomes."""
    from programs.guided.document import rules_data

    for number in EMERGENCY:
        for kind in ("full", "relief"):
            plan = empty_plan(kind, number)
            parser = Screens()
            parser.feed(rendered("programs/guided/session.html", {"plan": plan, "status": {}, "rules": rules_data()}))
            yield from (Spoken(said.text, "emergency") if number in said.text else said for said in parser.found)


def empty_plan(kind: str, emergency: str) -> dict[str, Any]:
    """A plan without anybody's own words, in which every screen occurs."""
    return {
        "kind": kind, "items": [], "minimum": [], "relief_only": [], "known_signs": [],
        "relief": {"name": "", "steps": [], "picture": None},
        "clinic": {"name": "", "phone": "", "out_of_hours": "", "emergency": emergency, "not_watched": ""},
        "ask_pressure": True, "fall_questions_due": True, "slow_rises": True,
    }  # fmt: skip


def exercises() -> Iterator[Spoken]:
    """Name, steps and voice cue of every exercise of the starter catalogue."""
    from exercises.starter import load_starter

    for exercise in load_starter().exercises:
        for text in (exercise.name, *exercise.steps, exercise.voice_cue):
            yield Spoken(text, "exercise")


def rendered(template: str, context: dict[str, Any]) -> str:
    """The template in English."""
    from django.template.loader import render_to_string
    from django.utils.translation import override

    with override("en"):
        return str(render_to_string(template, context))
