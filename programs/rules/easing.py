"""R25, P12: the easier version of an entry for the rest of today: less of the same exercise, never another one. Pure.

The player works out the same (static/js/player/easing.js); a test holds the two together.
"""

import math
from collections.abc import Mapping
from typing import Any

SHARE = 0.7
"""P12: about 30 % less."""
SHORTEST_S = 30
"""S19: under this a walk is done."""
LONGEST_S = 300
"""X9: a stretch of minutes that nobody asks in."""


def easier_dose(item: Mapping[str, Any]) -> dict[str, int] | None:
    """P7, P12: one variable of the dose, made smaller: ``reps``, ``hold_s`` or ``stretch_s`` (seconds at a stretch).

    ``None`` where there is nothing to take away.
    """
    dose = item["dose"]
    if dose["type"] == "minutes":
        now = stretch_seconds(dose)
        stretch = max(SHORTEST_S, math.floor(now * SHARE / 5) * 5)
        return {"stretch_s": stretch} if stretch < now else None
    reps, hold = dose.get("reps") or 0, dose.get("hold_s") or 0
    if reps > 1 and not (item["category"] == "stretch" and hold > 1):
        return {"reps": _less(reps)}
    return {"hold_s": _less(hold)} if hold > 1 else None


def stretch_seconds(dose: Mapping[str, Any]) -> int:
    """Seconds of one stretch of a minutes entry, between two questions about pain."""
    total, work, rest = dose["minutes"] * 60, dose.get("work_s") or 0, dose.get("rest_s") or 0
    count = max(1, (total + rest) // (work + rest) if work else -(-total // LONGEST_S))
    each = (2 * total + count) // (2 * count)
    return int(min(dose.get("stretch_s") or LONGEST_S, work or LONGEST_S, each, LONGEST_S))


def eased_item(item: Mapping[str, Any], made: Mapping[str, int] | None) -> dict[str, Any]:
    """The entry with the dose that the patient made easier today, if they did."""
    return {**item, "dose": {**item["dose"], **(made or {})}}


def _less(number: int) -> int:
    return max(1, math.floor(number * SHARE))
