"""Evaluates the decision tables of ``data/tables.json``: inputs are read and checked, the first true row wins.

The rows, thresholds and conditions are data, so that static/js/player/rules.js reads the same ones. A condition is
true/false, the name of an input or a fact, or ``[operator, ...]``. ``#name`` is a threshold. A comparison with a
missing value is false.
"""

import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

IMPOSSIBLE = "impossible"
"""The mark of a value that was given and cannot be (S33)."""

DATA = Path(__file__).parent / "data"


class DecisionError(ValueError):
    """What was given to a table cannot be judged; the message says why."""


@cache
def tables() -> dict[str, Any]:
    """The decision tables T, U, C, N and their thresholds (safety section 9)."""
    data: dict[str, Any] = json.loads((DATA / "tables.json").read_text(encoding="utf-8"))
    return data


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if math.isfinite(value) else None
    except OverflowError:  # an integer beyond what JavaScript can hold
        return None


def whole(value: object) -> int | None:
    """X1: a whole number, else None. 3.0 is 3, since JSON read by JavaScript cannot tell them apart."""
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def is_whole(value: object) -> bool:
    """X1: a whole number; neither a truth value nor a decimal nor text."""
    return whole(value) is not None


def score(value: object) -> int | None:
    """X1, S33: a pain score 0-10, or None if it is missing, decimal, text or out of range."""
    number = whole(value)
    return number if number is not None and 0 <= number <= 10 else None


def within(low: float, high: float, value: object) -> float | None:
    """A finite number of ``low`` to ``high``, else None."""
    number = _number(value)
    return number if number is not None and low <= number <= high else None


def _change(value: object) -> Any:
    if value is None:
        return None
    number = whole(value)
    return number if number is not None and -10 <= number <= 10 else IMPOSSIBLE


def _pressure(value: object, part: int) -> Any:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) != 2 or any(within(20, 350, each) is None for each in value):
        return IMPOSSIBLE
    return value[part]


def read_input(name: str, kind: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    """One input of a table, checked. Raises DecisionError where a table has no row for a missing value."""
    value = given.get(kind.get("of", name) if kind["type"] == "pressure" else name)
    read: Any
    match kind["type"]:
        case "score":
            return score(value)
        case "usual":
            return within(0, 10, value)
        case "change":
            return _change(value)
        case "pressure":
            return _pressure(value, kind["part"])
        case "rise-limit":
            return limit if (limit := whole(value)) in (1, 2) else 0
        case "choice":
            read = value if isinstance(value, str) and value in kind["of"] else None
        case "flag":
            read = value if isinstance(value, bool) else kind.get("default")
            kind = {"required": True, **kind}
        case "count":
            read = number if (number := whole(value)) is not None and number >= 0 else None
            kind = {"required": True, **kind}
        case _:
            read = within(0, math.inf, value)
    if read is None and kind.get("required"):
        raise DecisionError(f"{name}: {value!r} is not one of the values that the table knows.")
    return read


COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "ge": lambda a, b: a >= b,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
    "eq": lambda a, b: a == b,
}


class Evaluation:
    """One table's conditions over one set of inputs."""

    def __init__(self, table: Mapping[str, Any], given: Mapping[str, Any], thresholds: Mapping[str, float]) -> None:
        self.values = {name: read_input(name, kind, given) for name, kind in table["inputs"].items()}
        self.facts = table.get("facts", {})
        self.thresholds = thresholds

    def value(self, term: Any) -> Any:
        """The value of a literal, a threshold, an input, a fact or an expression."""
        if isinstance(term, list):
            return self._apply(term[0], term[1:])
        if not isinstance(term, str):
            return term
        if term.startswith("#"):
            return self.thresholds[term[1:]]
        return self.values[term] if term in self.values else self.value(self.facts[term])

    def _apply(self, operator: str, terms: list[Any]) -> Any:
        match operator:
            case "all":
                return all(self.value(term) for term in terms)
            case "any":
                return any(self.value(term) for term in terms)
            case "not":
                return not self.value(terms[0])
            case "null":
                return self.value(terms[0]) is None
            case "impossible":
                return self.value(terms[0]) == IMPOSSIBLE
            case "is":
                return self.value(terms[0]) == terms[1]
        left, right = _number(self.value(terms[0])), _number(self.value(terms[1]))
        if operator == "minus":
            return None if left is None or right is None else left - right
        return left is not None and right is not None and COMPARE[operator](left, right)
