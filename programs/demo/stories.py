"""The stories of fixtures/demo/, as values. All days are counted from today: -1 is yesterday."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "demo"

HAPPENINGS = ("stop", "rise-of-two", "weaker-leg", "skip", "unfinished")
"""What may happen on a day that a story names; ``living`` knows how to act each."""


@dataclass(frozen=True)
class Pain:
    """How bad it was on a day, 0-10; between two of them it changes evenly."""

    day: int
    spine: int
    limb: int


@dataclass(frozen=True)
class Raise:
    """A later revision: on that day each of ``exercises`` gets one repetition more."""

    day: int
    reason: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """One invented patient. ``does`` is the share of planned sessions that they do, at about ``hour`` o'clock."""

    name: str
    year_of_birth: int
    therapist: str
    story: str
    begins: int
    until: int
    hour: int
    does: float
    profile: Mapping[str, Any]
    pain: tuple[Pain, ...]
    days: Mapping[int, str] = field(default_factory=dict)
    revisions: tuple[Raise, ...] = ()
    discharged: int | None = None
    open_alerts: int = 0
    """Alerts of the last so many days are still open; older ones have been acknowledged."""

    def pain_on(self, day: int) -> tuple[int, int]:
        """The spine's and the limb's pain of a day."""
        if day <= self.pain[0].day or len(self.pain) == 1:
            return self.pain[0].spine, self.pain[0].limb
        for before, after in pairwise(self.pain):
            if day <= after.day:
                share = (day - before.day) / (after.day - before.day)
                return (
                    round(before.spine + share * (after.spine - before.spine)),
                    round(before.limb + share * (after.limb - before.limb)),
                )
        return self.pain[-1].spine, self.pain[-1].limb


def clinic_words() -> dict[str, str]:
    """Phone numbers and the like of the demo clinic."""
    words: dict[str, str] = json.loads((FOLDER / "clinic.json").read_text(encoding="utf-8"))
    return words


def stories() -> tuple[Story, ...]:
    """All stories in the order of their files' names. Raises ValueError for a happening that nobody can act."""
    files = sorted(FOLDER.glob("[0-9]*.json"))
    return tuple(_story(json.loads(file.read_text(encoding="utf-8"))) for file in files)


def _story(raw: dict[str, Any]) -> Story:
    days = {int(day): happening for day, happening in raw.pop("days").items()}
    if unknown := set(days.values()) - set(HAPPENINGS):
        raise ValueError(f"{raw['name']}: nobody can act {', '.join(sorted(unknown))}")
    revisions = tuple(Raise(one["day"], one["reason"], tuple(one["raise"])) for one in raw.pop("revisions", ()))
    pain = tuple(Pain(**one) for one in raw.pop("pain"))
    return Story(**raw, days=days, pain=pain, revisions=revisions)
