"""Table A, the red-flag screen (S5-S14), judged with X6-X8. Questions, grades and what they earn are data.

An answer is "yes", "no" or "not-sure"; "same" or "worse" answers a sign that the therapist marked as known.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from programs.rules.tables import DATA

LEVELS = ("E", "T", "H")
ANSWERS = ("yes", "no", "not-sure", "same", "worse")


@dataclass(frozen=True)
class Question:
    """One question of Table A in plain words (S4: never the name of a disease)."""

    id: str
    group: str
    text: str


@dataclass(frozen=True)
class Earned:
    """A lock that answers earn: level E, T or H, the rule, and its scope ``all`` or ``walking`` (X7)."""

    level: str
    rule: str
    scope: str = "all"


@dataclass(frozen=True)
class ScreenOutcome:
    """The gravest level ("" for none), every lock earned (X7), and the questions that still block the start (S3)."""

    gravest: str
    earned: tuple[Earned, ...]
    unanswered: tuple[str, ...]

    @property
    def locks(self) -> tuple[tuple[str, str], ...]:
        """Level and rule of every lock."""
        return tuple((each.level, each.rule) for each in self.earned)


@cache
def screen() -> dict[str, Any]:
    """Table A as data: groups, questions, the full and the short form (S15 Q1), danger words (S34)."""
    data: dict[str, Any] = json.loads((DATA / "screen.json").read_text(encoding="utf-8"))
    return data


def questions() -> tuple[Question, ...]:
    """Every question of Table A in the order of the full screen (S5-S14)."""
    words = screen()["questions"]
    return tuple(
        Question(each, group["id"], words[each]["text"]) for group in screen()["groups"] for each in group["questions"]
    )


def _holds(term: Any, yes: Collection[str]) -> bool:
    if isinstance(term, bool):
        return term
    if isinstance(term, str):
        return term in yes
    operator, *rest = term
    if operator == "not":
        return not _holds(rest[0], yes)
    return (all if operator == "all" else any)(_holds(each, yes) for each in rest)


def _groups(scope: str) -> list[dict[str, Any]]:
    wanted = screen().get(scope, [scope]) if scope in ("full", "short") else [scope]
    return [group for name in wanted for group in screen()["groups"] if group["id"] == name]


def said_yes(answers: Mapping[str, Any], known_signs: Collection[str] = ()) -> frozenset[str]:
    """X6, X8: the questions answered to the graver side; "same" counts as no only for a sign marked as known."""
    found = set()
    for name, question in screen()["questions"].items():
        answer = answers.get(name)
        if answer == "same" and name in known_signs:
            continue
        if answer in (question["grave"], "not-sure", "same", "worse"):
            found.add(name)
    return frozenset(found)


def question_ids(scope: str, answers: Mapping[str, Any], known_signs: Collection[str] = ()) -> tuple[str, ...]:
    """The questions to ask in order: ``full`` (S1), ``short`` (S15 Q1) or one group; a grade follows its sign."""
    words, yes = screen()["questions"], said_yes(answers, known_signs)
    return tuple(each for group in _groups(scope) for each in group["questions"] if _holds(words[each]["when"], yes))


def _earned(group: Mapping[str, Any], yes: Collection[str], doubted: Collection[str]) -> tuple[Earned, ...]:
    rule = group["id"]
    found = tuple(Earned(level, rule, reach) for level, reach, when in group["earns"] if _holds(when, yes))
    if any(each in doubted for each in group["questions"]) and not any(each.level in {"E", "T"} for each in found):
        return (Earned("T", rule), *found)
    return found


def judge_screen(
    answers: Mapping[str, Any], *, known_signs: Collection[str] = (), scope: str | None = None
) -> ScreenOutcome:
    """S3, S5-S14, X6-X8: the locks earned. A skipped question opens no lock and blocks the start.

    Without ``scope`` the groups that hold an answer are judged. ``known_signs``: question ids marked "known,
    examined" that have not expired. "Not sure" is never below T, also where yes would be H or nothing (S3, X6).
    A grade that is not answered yet gives the lesser lock of its sign; a group that is left behind is judged
    through ``counted_as_yes`` (X17).
    """
    yes = said_yes(answers, known_signs)
    groups = _groups(scope) if scope else [g for g in screen()["groups"] if any(q in answers for q in g["questions"])]
    words = screen()["questions"]
    asked = [each for group in groups for each in group["questions"] if _holds(words[each]["when"], yes)]
    unanswered = tuple(each for each in asked if answers.get(each) not in ANSWERS)
    valid = yes & set(asked)
    doubted = {each for each in asked if answers.get(each) == "not-sure"}
    earned = tuple(lock for group in groups for lock in _earned(group, valid, doubted))
    gravest = next((level for level in LEVELS if any(e.level == level for e in earned)), "")
    return ScreenOutcome(gravest, earned, unanswered)


def counted_as_yes(answers: Mapping[str, Any], group: str) -> dict[str, Any]:
    """X17: a group left unanswered for 5 minutes: every question of it without an answer counts as not sure."""
    filled = dict(answers)
    for each in _groups(group)[0]["questions"]:
        filled.setdefault(each, "not-sure")
    return filled


def has_danger_words(text: str) -> bool:
    """S34: does free text hold a phrase that shows Table A at once? It decides nothing else."""
    plain = " ".join(text.lower().replace("\u2019", "'").split())
    return any(phrase in plain for phrase in screen()["danger_words"])
