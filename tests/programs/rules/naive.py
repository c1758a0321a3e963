"""The tables of safety.md section 9 once more, as plain chains of ifs written from its text.

Nothing here comes from the program: it is what the program's tables are compared with.
"""

import math
from collections.abc import Mapping
from typing import Any

Given = Mapping[str, Any]
Answer = tuple[str, str, str]
"""Row, outcome, rule."""


def pain_score(value: Any) -> int | None:
    """X1: whole numbers 0-10; anything else is missing."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in range(11):
        return None
    return int(value)


def four_scores(given: Given) -> tuple[list[int | None], bool]:
    """The baseline and the score now, spine and limb; and whether one of them is missing."""
    names = ("baseline_spine", "now_spine", "baseline_limb", "now_limb")
    scores = [pain_score(given.get(name)) for name in names]
    return scores, None in scores


def table_t(given: Given) -> Answer:  # noqa: C901 - the table is one list of rows
    """Table T, row by row."""
    if given["alarm"] == "red":
        return "T1", "end-and-screen", "S18"
    if given["alarm"] == "fall":
        return "T2", "end-and-fall-check", "S25"
    if given["alarm"] == "unwell":
        return "T3", "end-session", "S18"
    if given["spread"]:
        return "T4", "end-session", "S18"
    if given["tingling"] == "lasting":
        return "T5", "end-session", "S18"
    (spine_before, spine, limb_before, limb), missing = four_scores(given)
    if missing:
        return "T6", "ask-again", "S33"
    assert spine is not None and spine_before is not None and limb is not None and limb_before is not None
    if spine > 6 or limb > 6:
        return "T7", "end-session", "S18"
    spine_rise, limb_rise = spine - spine_before, limb - limb_before
    if limb_rise > 1:
        return "T8", "end-session", "S18"
    limit = given["rise_limit"] if given["kind"] == "ordinary" else 0
    calm = given["tingling"] == "none"
    allowed = spine_rise in list(range(1, limit + 1)) and spine < 6 and limb_rise < 1 and calm
    if spine_rise > 1 and not allowed:
        return "T9", "end-session", "S18"
    if allowed:
        return "T10", "continue", "S23"
    again = given["stops"] > 0
    if spine_rise == 1 and limb_rise < 0 and calm:
        if given["centralising_ok"]:
            return "T11", "continue", "S20"
        return ("T12", "end-session", "S18") if again else ("T13", "stop-exercise", "S20")
    if spine_rise == 1 or limb_rise == 1 or given["worse"] or given["tingling"] == "brief":
        if given["kind"] == "walk":
            return "T14", "interval-limit", "S19"
        return ("T15", "end-session", "S18") if again else ("T16", "stop-exercise", "S17")
    return "T17", "continue", "S17"


def table_u(given: Given) -> Answer:
    """Table U, row by row."""
    if given["alarm"] == "red":
        return "U1", "end-and-screen", "S18"
    if given["alarm"] == "fall":
        return "U2", "end-and-fall-check", "S25"
    (spine_before, spine, limb_before, limb), missing = four_scores(given)
    pairs = [(spine_before, spine), (limb_before, limb)]
    high = any(now is not None and now > 6 for _before, now in pairs)
    rises = [now - before for before, now in pairs if now is not None and before is not None]
    signs = given["alarm"] == "unwell" or given["spread"] or given["tingling"] == "lasting"
    if signs or high or any(rise > 1 for rise in rises):
        return "U3", "end-session", "S18"
    five_minutes = given["seconds_resting"] >= 5 * 60
    if missing and not five_minutes:
        return "U4", "ask-again", "S33"
    if not missing and max(rises) < 1 and given["tingling"] == "none":
        if given["from"] == "stop":
            return "U5", "next-or-finish", "S21"
        long_enough = given["next_interval_s"] is not None and given["next_interval_s"] >= 30
        if given["limits_so_far"] < 3 and long_enough:
            return "U6", "next-interval", "S19"
        return "U7", "entry-done", "S19"
    return ("U9", "end-session", "S18") if five_minutes else ("U8", "keep-resting", "S21")


Q5 = {"no", "dizzy-now", "dizzy-or-unwell", "medicine", "fever", "vomiting"}
LAST = {"same", "bit-worse-back", "bit-worse-not-back", "clearly-worse", "spread"}


def usual_pain(value: Any) -> float | None:
    """X2: a number 0-10; a median of x.5 is kept."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    return value if 0 <= value <= 10 else None


def up_a_day_later(value: Any) -> tuple[int | None, bool]:
    """The change after 24 h, and whether it is possible."""
    if value is None:
        return None, True
    ok = not isinstance(value, bool) and isinstance(value, int | float) and value in range(-10, 11)
    return (int(value), True) if ok else (None, False)


def reading(value: Any) -> tuple[list[float] | None, bool]:
    """A blood pressure of two numbers, and whether it is possible."""
    if value is None:
        return None, True
    ok = isinstance(value, list) and len(value) == 2
    ok = ok and all(not isinstance(v, bool) and isinstance(v, int | float) and 20 <= v <= 350 for v in value)
    return (value, True) if ok else (None, False)


def table_c(given: Given) -> tuple[str, str, str, list[str]]:  # noqa: C901 - the same
    """Table C with S26 and the pressure of S11, row by row, and the restrictions."""
    q5 = given["q5"] if given["q5"] in Q5 else None
    spine, limb = pain_score(given["now_spine"]), pain_score(given["now_limb"])
    usual_spine, usual_limb = usual_pain(given["usual_spine"]), usual_pain(given["usual_limb"])
    up, up_possible = up_a_day_later(given["up24"])
    pressure, pressure_possible = reading(given.get("pressure"))
    last, q3 = given["last"], given["q3"]
    if given["open_lock"]:
        return "C1", "locked", "S2", []
    if given["q1"] in ("yes", "not-sure"):
        return "C2", "screen", "S15", []
    if given["full_screen_due"]:
        return "C3", "screen", "S1", []
    if q5 == "fever":
        return "C4", "screen", "S7", []
    unanswered = given["q1"] != "no" or q3 not in ("better", "same", "worse") or last not in LAST or q5 is None
    if unanswered or not (up_possible and pressure_possible):
        return "C5", "ask-again", "S33", []
    if spine is None or limb is None or usual_spine is None or usual_limb is None:
        return "C5", "ask-again", "S33", []
    if last == "spread":
        return "C6", "lock-H-and-T", "S22", []
    if q5 == "dizzy-now":
        return "C7", "no-session", "S24", []
    if q5 == "vomiting":
        return "C8", "no-session", "S15", []
    if pressure and (pressure[0] >= 180 or pressure[1] >= 110):
        return "S11", "screen", "S11", []
    if given.get("ask_sugar") is True and given.get("sugar_ok") is not True:
        return "S26", "no-session", "S26", []
    low = ["seated-and-lying-only"] if q5 in ("dizzy-or-unwell", "medicine") else []
    if spine >= 7 or limb >= 7:
        return "C9", "relief-only", "S15", low
    if spine - usual_spine >= 2 or limb - usual_limb >= 2:
        return "C10", "relief-only", "S15", low
    if last in ("clearly-worse", "bit-worse-not-back") or (up is not None and up >= 2):
        return "C11", "minimum-plan", "S22", low
    if q3 == "worse":
        return "C12", "offer-minimum-plan", "S15", low
    return "C13", "start", "S15", low


def table_n(given: Given) -> Answer:
    """Table N, row by row; the change counts 20-72 h after the session only."""
    last = given["last"] if given["last"] in LAST else None
    hours = given.get("hours_since")
    up, _possible = up_a_day_later(given["up24"])
    if last == "spread":
        return "N1", "lock-H-and-T", "S22"
    in_time = hours is None or 20 <= hours <= 72
    if last == "clearly-worse" or given.get("sleep_worse") is True or (in_time and up is not None and up >= 2):
        return "N2", "reaction", "S22"
    if last == "bit-worse-not-back":
        return "N3", "reaction", "S22"
    if last is None:
        return "N4", "unknown", "S22"
    return ("N5", "fine-hold", "S22") if last == "bit-worse-back" else ("N6", "fine", "S22")


def interval(planned: float | None, first: float | None, limits: int) -> tuple[int, bool]:
    """X11: seconds of the next interval, and whether it may start."""
    if planned is None:
        planned = first
    assert planned is not None
    seconds = 2 * planned / 3 if first is None else min(2 * planned / 3, first)
    while seconds % 5:
        seconds = math.floor(seconds) if seconds != math.floor(seconds) else seconds - 1
    return int(seconds), seconds >= 30 and limits < 3
