"""The decisions of safety.md section 9 over plain values: tables T, U, C, N and the next walking interval."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from programs.rules.screen import screen
from programs.rules.tables import DecisionError, Evaluation, tables, whole, within

INTERVAL_RULE = "S19"
INTERVAL_STEP_S = 5
"""X11: the next walking interval is rounded down to this many seconds."""
LONGEST_S = 86_400
"""S33: no interval is longer than a day."""


@dataclass(frozen=True)
class Outcome:
    """What a table decides: the row that won, its outcome and rule; ``extras`` are the fields of one table only.

    ``label`` is how the entry is marked (``stopped-pain``, ``centralising``), else empty. The interval has no row.
    """

    row: str | None
    outcome: str | None
    rule: str
    label: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The outcome as vectors.json writes it."""
        named = {} if self.row is None else {"row": self.row, "outcome": self.outcome}
        return {**named, "rule": self.rule, **self.extras}


def decide(table: str, given: Mapping[str, Any]) -> Outcome:
    """Safety section 9: the first true row of table T, U, C or N, or the next walking interval (X11).

    ``given`` has the keys of vectors.json "session". A score that is missing, decimal, text or out of 0-10 counts
    as missing (S33, X1). Raises DecisionError for an unknown table or a sign that no row could judge.
    """
    if not isinstance(given, Mapping):
        raise DecisionError("given: an object with the table's inputs is needed.")
    if table == "interval":
        return next_interval(given)
    data = tables()
    if not isinstance(table, str) or table not in data["tables"]:
        raise DecisionError(f"{table!r} is no table. Tables: T, U, C, N, interval.")
    found = data["tables"][table]
    at = Evaluation(found, given, data["thresholds"])
    row, _when, outcome, rule, *label = next(row for row in found["rows"] if at.value(row[1]))
    extras = {}
    if "restrictions" in found:
        extras["restrictions"] = [
            name for name, when, rows in found["restrictions"] if row in rows and at.value(when)
        ]  # X18
    return Outcome(row, outcome, rule, label[0] if label else "", extras)


def next_interval(given: Mapping[str, Any]) -> Outcome:
    """S19, X11: the next interval in seconds and whether it may start.

    The lesser of two thirds of the planned interval and the time to the first symptom, rounded down to 5 s. A
    steady walk has no planned interval: the time to the first symptom stands for it. Under 30 s, or after the
    third limit of the session, the entry is done. Raises DecisionError without seconds to go by, and for a time
    to the first symptom that cannot be (S33).
    """
    planned = within(0, LONGEST_S, given.get("planned_s"))
    first = within(0, LONGEST_S, given.get("time_to_first_symptom_s"))
    limits = whole(given.get("limits_so_far", 0))
    if planned is None:
        planned = first
    if planned is None or (first is None and given.get("time_to_first_symptom_s") is not None):
        raise DecisionError("planned_s or time_to_first_symptom_s: seconds are needed.")
    thirds = math.floor(planned * 2 / 3)
    shorter = thirds if first is None else min(thirds, math.floor(first))
    seconds = shorter // INTERVAL_STEP_S * INTERVAL_STEP_S
    thresholds = tables()["thresholds"]
    may = seconds >= thresholds["interval_min_s"] and limits is not None and 0 <= limits < thresholds["interval_limits"]
    return Outcome(None, None, INTERVAL_RULE, extras={"next_s": seconds, "may_start": may})


def player_data() -> dict[str, Any]:
    """The tables and Table A as the page's ``rules`` data block holds them, for static/js/player/rules.js."""
    return {**tables(), "screen": screen()}
