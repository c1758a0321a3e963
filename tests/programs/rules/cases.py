"""Many inputs for the tables of safety.md section 9: seeded, around every threshold, with garbage among them."""

import random
from typing import Any

GARBAGE: tuple[Any, ...] = (None, -1, 11, 3.5, "3", "", True, False, 3.0, [], [3], {}, 1e300, -0.0, "no", 10**400)
"""What a device, a proxy or a hand might send for a value; 3.0 and -0.0 are whole numbers to JavaScript."""
ALARM = ("none", "none", "none", "none", "none", "none", "red", "fall", "unwell")
TINGLING = ("none", "none", "none", "none", "brief", "lasting")
LAST = ("same", "same", "same", "bit-worse-back", "bit-worse-not-back", "clearly-worse", "spread")
Q5 = ("no", "no", "no", "dizzy-now", "dizzy-or-unwell", "medicine", "fever", "vomiting")


def _now(at: random.Random, before: int) -> int | None:
    """A score around one that was given before: -3 to +3, or missing."""
    return at.choice([None, *[min(10, max(0, before + step)) for step in (-3, -2, -1, 0, 0, 1, 1, 2, 3)]])


def pair_of(at: random.Random) -> tuple[Any, Any]:
    """A baseline 0-10 or missing, and a score near it."""
    before = at.randint(0, 7) if at.random() < 0.9 else at.randint(8, 10)
    return (None if at.random() < 0.02 else before), _now(at, before)


def scores(at: random.Random) -> dict[str, Any]:
    """Baseline and now, spine and limb."""
    (spine_before, spine), (limb_before, limb) = pair_of(at), pair_of(at)
    return {"baseline_spine": spine_before, "now_spine": spine, "baseline_limb": limb_before, "now_limb": limb}


def pain_check(at: random.Random) -> dict[str, Any]:
    """An input of table T."""
    return {
        **scores(at), "alarm": at.choice(ALARM), "tingling": at.choice(TINGLING), "spread": at.random() < 0.05,
        "worse": at.random() < 0.2, "kind": at.choice(["ordinary", "ordinary", "walk"]),
        "rise_limit": at.choice([0, 0, 1, 2]), "centralising_ok": at.random() < 0.3, "stops": at.choice([0, 0, 1, 2]),
    }  # fmt: skip


def rest_check(at: random.Random) -> dict[str, Any]:
    """An input of table U."""
    return {
        **scores(at), "alarm": at.choice(ALARM), "tingling": at.choice(TINGLING), "spread": at.random() < 0.05,
        "seconds_resting": at.choice([0, 60, 119.5, 120, 299, 299.9, 300, 301, 100_000]),
        "from": at.choice(["stop", "interval"]), "limits_so_far": at.randint(0, 4),
        "next_interval_s": at.choice([None, 0, 25, 29.9, 30, 80]),
    }  # fmt: skip


def check_in(at: random.Random) -> dict[str, Any]:
    """An input of table C."""
    spine, limb = at.randint(0, 8), at.randint(0, 8)
    usual = (at.choice([None, n, n, n + 0.5, max(0, n - 1), max(0, n - 1.5), max(0, n - 2)]) for n in (spine, limb))
    usual_spine, usual_limb = (value if value is None or value <= 10 else 10 for value in usual)
    return {
        "open_lock": at.random() < 0.04, "q1": at.choice(["no"] * 9 + ["yes", "not-sure", None]),
        "full_screen_due": at.random() < 0.05, "now_spine": spine, "now_limb": at.choice([None, *[limb] * 20]),
        "usual_spine": usual_spine, "usual_limb": usual_limb, "q3": at.choice(["better", "same", "same", "worse"]),
        "last": at.choice(LAST), "q5": at.choice(Q5), "up24": at.choice([None, None, -1, 0, 1, 2, 11]),
        "ask_sugar": at.random() < 0.15, "sugar_ok": at.choice([True, False, None]),
        "pressure": at.choice([None] * 8 + [[179, 109], [180, 80], [120, 110], [120], [0, 80]]),
    }  # fmt: skip


def next_day(at: random.Random) -> dict[str, Any]:
    """An input of table N."""
    return {
        "last": at.choice([*LAST, None, None]), "up24": at.choice([None, None, -2, 0, 1, 2, 3]),
        "sleep_worse": at.choice([True, False, False, False]), "hours_since": at.choice([None, 19.9, 20, 24, 72, 72.1]),
    }  # fmt: skip


def walk(at: random.Random) -> dict[str, Any]:
    """An input of the interval."""
    return {
        "planned_s": at.choice([None, *range(0, 400, 7)]), "limits_so_far": at.randint(0, 4),
        "time_to_first_symptom_s": at.choice([None, at.randint(0, 300), at.random() * 300]),
    }  # fmt: skip


MAKERS = {"T": pain_check, "U": rest_check, "C": check_in, "N": next_day, "interval": walk}


def many(table: str, count: int, seed: int) -> list[dict[str, Any]]:
    """``count`` inputs of a table, the same for the same seed."""
    at = random.Random(f"{table}-{seed}")
    return [MAKERS[table](at) for _ in range(count)]


def spoilt(table: str, count: int, seed: int) -> list[Any]:
    """Inputs with a value replaced by garbage, a key missing or a key too many; some are no object at all."""
    at = random.Random(f"{table}-{seed}")
    found: list[Any] = [None, [], "given", 3]
    while len(found) < count:
        given = MAKERS[table](at)
        for name in at.sample(sorted(given), k=at.randint(1, 3)):
            if at.random() < 0.2:
                del given[name]
            else:
                given[name] = at.choice(GARBAGE)
        found.append(given if at.random() < 0.9 else {**given, "mood": "good"})
    return found
