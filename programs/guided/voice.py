"""The recorded clips that one session can speak, by their texts. ``scripts/voice.py`` makes the recordings."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import get_language

FOLDER = "audio/voice/"
MANIFEST = f"{FOLDER}manifest.json"
GENERAL = frozenset({"cue", "screen", "question"})
"""Kinds of clips that any session may need."""
GET_READY_SECONDS = range(5, 31, 5)
RELAX_SECONDS = 4
LEAST_SIDE_SECONDS = 10
LONGEST_STRETCH_SECONDS = 300
SHORTEST_EASED_SECONDS = 30
"""The player's own times: to get ready, between two holds, to change sides, of a part between two questions (X9), and
of one that was made easier (S19)."""


def clips_of(plan: Mapping[str, Any]) -> dict[str, str]:
    """The address of the clip of every text that a session of ``plan`` can speak and that was recorded.

    A clinic's own exercise has no clip, nor has a note. Empty in any language but that of the recordings.
    """
    made = manifest()
    if (get_language() or "").partition("-")[0] != made["voice"]["language"]:
        return {}
    wanted = set(texts_of(plan))
    numbers, seconds = numbers_of(plan)
    emergency = plan.get("clinic", {}).get("emergency", "")

    def can_be_said(text: str, kind: str) -> bool:
        if kind in {"number", "seconds"}:
            return int(text.split()[0]) in (numbers if kind == "number" else seconds)
        if kind == "emergency":
            return bool(emergency) and emergency in re.split(r"[ .]", text)
        return kind in GENERAL or text in wanted

    said = (clip for clip in made["clips"] if can_be_said(clip["text"], clip["kind"]))
    return {clip["text"]: f"{settings.STATIC_URL}{FOLDER}{clip['file']}" for clip in said}


@lru_cache(maxsize=1)
def manifest() -> dict[str, Any]:
    """Every recording, with engine, voice, licence and settings."""
    path = finders.find(MANIFEST)
    with open(str(path), encoding="utf-8") as file:
        made: dict[str, Any] = json.load(file)
    return made


def items_of(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All exercises that may come up in the session."""
    for part in ("items", "minimum", "relief_only"):
        yield from plan.get(part, ())


def texts_of(plan: Mapping[str, Any]) -> Iterator[str]:
    """Name, steps and voice cue of each exercise, and the relief positions'."""
    for item in (*items_of(plan), plan.get("relief") or {}, plan.get("relief_low") or {}):
        yield item.get("name", "")
        yield from item.get("steps", ())
        yield item.get("cue", "")


def numbers_of(plan: Mapping[str, Any]) -> tuple[set[int], set[int]]:
    """The repetitions that are counted, and the seconds that are named: holds, rests, stretches and shorter walks."""
    numbers, seconds = {1, 2, 3}, {RELAX_SECONDS, *GET_READY_SECONDS}
    for item in items_of(plan):
        dose = item["dose"]
        rest = dose.get("rest_s") or 0
        seconds |= {rest, max(LEAST_SIDE_SECONDS, rest)}
        if dose["type"] == "minutes":
            longest = min(dose.get("work_s") or dose["minutes"] * 60, LONGEST_STRETCH_SECONDS)
            stretches = _stretches(dose["minutes"] * 60, longest)
            seconds |= stretches | {max(SHORTEST_EASED_SECONDS, each * 7 // 10 // 5 * 5) for each in stretches}  # P12
            if item["kind"] == "walk":
                seconds |= set(range(5, longest * 2 // 3 + 1, 5))  # S19: the next walk is two thirds at most
        else:
            numbers |= set(range(1, dose["reps"] + 1))
            hold = dose.get("hold_s") or 0
            seconds |= {hold, hold * 7 // 10}  # P12: made easier
    return numbers, seconds


def _stretches(total: int, longest: int) -> set[int]:
    """The lengths of one stretch when ``total`` seconds are cut into parts of ``longest`` seconds at most."""
    parts = -(-total // longest) if longest else 1
    return {longest, round(total / max(1, parts))}
