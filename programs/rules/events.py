"""What an event of a session must hold to be taken (S33, X1): kinds, fields and their bounds. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from programs.rules.limits_in_session import FALL_RISK_QUESTIONS
from programs.rules.screen import ANSWERS, screen
from programs.rules.tables import is_whole, score

SECONDS_A_DAY = 86_400
ASKED_EVERY_S = 300
"""X9: in a minutes entry pain is asked about at least this often."""
SLOWER_S = 1800
"""So much longer than planned an entry of minutes may have taken."""
LABEL_CHARACTERS = 12
"""The name of a row or a rule is no longer than this."""
MOST_NAMES, NAME_CHARACTERS = 8, 40
"""So many restrictions of a session may a device name (X18), and so long."""
Check = Callable[[Any], bool]


class InvalidEvent(ValueError):
    """Why an event is refused."""


def _one(*words: Any) -> Check:
    return lambda value: any(value is word or (isinstance(word, str) and value == word) for word in words)


def _seconds(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return bool(number and 0 <= value <= SECONDS_A_DAY)


def _count(value: Any) -> bool:
    return bool(is_whole(value) and 0 <= value <= 1000)


def _at_least_one(value: Any) -> bool:
    return bool(is_whole(value) and 1 <= value <= SECONDS_A_DAY)


def _score(value: Any) -> bool:
    return value is None or score(value) is not None


def _maybe(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 500


def _label(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LABEL_CHARACTERS


def _pressure(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(is_whole(each) and 20 <= each <= 350 for each in value)


def _answers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        key in screen()["questions"] and _one(*ANSWERS)(each) for key, each in value.items()
    )


def _fall_risk(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == set(FALL_RISK_QUESTIONS) and all(map(SAID, value.values()))


def _names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= MOST_NAMES and all(map(_name, value))


def _name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= NAME_CHARACTERS


TINGLING, ALARM = _one("none", "brief", "lasting"), _one("none", "red", "fall", "unwell")
SAID = _one("yes", "no", "not-sure")
SCOPES = ("full", "short", *(f"S{number}" for number in range(5, 15)))
LAST = _one("same", "bit-worse-back", "bit-worse-not-back", "clearly-worse", "spread")
SIGNS: Mapping[str, Check] = {"spine": _score, "limb": _score, "spread": _flag, "tingling": TINGLING, "alarm": ALARM}
SOURCES = ("after-set", "stop-button", "minutes", "resume", "relief")
"""Why the question about pain was asked."""
MORE: Mapping[str, Check] = {
    "source?": _maybe(_one(*SOURCES)),
    "replaces?": _maybe(_text),
    "reason?": _maybe(_one("stop")),
    "group?": _maybe(_one(*SCOPES[2:])),
}
"""Of an answer about pain: the one that it corrects; a plain wish to stop (X14); the group of a sign (X17)."""
EASED = ("reps", "hold_s", "stretch_s")
"""What of a dose a patient may make smaller for today: repetitions, the hold or the length of a stretch (seconds)."""
FIELDS: Mapping[str, Mapping[str, Check]] = {
    "screen": {"scope": _one(*SCOPES), "answers": _answers, "complete": _flag},
    "check-in": {
        "q1": SAID, "spine": _score, "limb": _score, "q3": _one("better", "same", "worse"), "last": _maybe(LAST),
        "q5": _one("no", "dizzy-now", "dizzy-or-unwell", "medicine", "fever", "vomiting"),
        "sleep_worse?": _maybe(_flag), "sugar_ok?": _maybe(_flag), "pressure?": _maybe(_pressure),
        "fall_risk?": _maybe(_fall_risk),
    },
    "started": {
        "kind": _one("full", "minimum", "relief"), "day?": _maybe(_one("good", "ordinary", "bad")),
        "restrictions?": _maybe(_names),
    },
    "set-done": {
        "item": _text, "set": _count, "reps?": _maybe(_count), "seconds?": _maybe(_seconds), "asked?": _maybe(_flag),
    },
    "pain": {"item": _text, "set": _count, **SIGNS, "worse": _flag, "quick?": _maybe(_flag), **MORE},
    "rest-check": {
        "item": _text, **SIGNS, "from": _one("stop", "interval"), "seconds_resting": _seconds,
        "limits_so_far": _count, "next_interval_s": _maybe(_seconds), **MORE,
    },
    "interval": {
        "item": _text, "planned_s": _maybe(_seconds), "walked_s": _seconds, "first_symptom_s": _maybe(_seconds),
    },
    "skipped": {"item": _text, "reason?": _maybe(_text)},
    "relief": {"item?": _maybe(_text), "seconds?": _maybe(_seconds)},
    "eased": {"item": _text, **{f"{name}?": _maybe(_at_least_one) for name in EASED}},
    "paused": {"item?": _maybe(_text)},
    "resumed": {"item?": _maybe(_text)},
    "fall-check": {"head": SAID, "pain": SAID, "thinner": SAID, "cannot_get_up": SAID},
    "finished": {"spine": _score, "limb": _score, "effort?": _maybe(lambda value: score(value) is not None)},
    "ended": {"row": _maybe(_label), "rule": _maybe(_label), "why?": _maybe(_text)},
}  # fmt: skip
"""The payload of each kind; a field whose name ends in ``?`` may be left out."""


def validate_event(plan: Mapping[str, Any], kind: str, payload: Any) -> None:
    """S33, X1: raise InvalidEvent, with the reason, for what cannot have happened in this session."""
    if kind not in FIELDS:
        raise InvalidEvent(f"{kind!r} is no kind of event.")
    if not isinstance(payload, dict):
        raise InvalidEvent("The payload is no object.")
    for name, check in FIELDS[kind].items():
        key = name.removesuffix("?")
        if key not in payload and name.endswith("?"):
            continue
        if key not in payload:
            raise InvalidEvent(f"{key} is missing.")
        if not check(payload[key]):
            raise InvalidEvent(f"{key} cannot be {str(payload[key])[:40]!r}.")
    _belongs(plan, fields_of(kind, payload))
    if kind == "eased":
        _easier(plan, payload)


def fields_of(kind: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """What of a payload its kind has: only that was looked at when it came in, so only that is ever read."""
    names = (name.removesuffix("?") for name in FIELDS.get(kind, {}))
    return {name: payload[name] for name in names if name in payload}


def _belongs(plan: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    item = payload.get("item")
    if item is None:
        return
    found = next((each for each in every_item(plan) if each["id"] == item), None)
    if found is None:
        raise InvalidEvent(f"{str(item)[:40]!r} is not in this session's plan.")
    first = 1 if found["dose"].get("type") == "reps" else 0
    if "set" in payload and not first <= payload["set"] <= parts_of(found["dose"]):
        raise InvalidEvent(f"{item} has no set {payload['set']}.")
    most = (found["dose"].get("minutes") or SECONDS_A_DAY / 60) * 60 + SLOWER_S
    for name in ("seconds", "walked_s"):
        if (payload.get(name) or 0) > most:
            raise InvalidEvent(f"{item} cannot take {payload[name]} seconds.")


def _easier(plan: Mapping[str, Any], payload: Mapping[str, Any]) -> None:
    """P12: one variable of the plan's dose, and less of it."""
    dose = next(each["dose"] for each in every_item(plan) if each["id"] == payload["item"])
    stretch = min(dose.get("work_s") or ASKED_EVERY_S, (dose.get("minutes") or 0) * 60)
    planned = {"reps": dose.get("reps") or 0, "hold_s": dose.get("hold_s") or 0, "stretch_s": stretch}
    made = {name: payload[name] for name in EASED if payload.get(name) is not None}
    if len(made) != 1 or any(value >= planned[name] for name, value in made.items()):
        raise InvalidEvent(f"{payload['item']} was made no easier.")


def parts_of(dose: Mapping[str, Any]) -> int:
    """How many parts an entry has that end with a question about pain (X9): sets, intervals, or 5 minutes each."""
    if dose.get("type") == "reps":
        return int(dose.get("sets") or 1)
    whole, work, rest = (dose.get("minutes") or 0) * 60, dose.get("work_s"), dose.get("rest_s") or 0
    return max(1, (whole + rest) // (work + rest) if work else -(-whole // ASKED_EVERY_S))


def every_item(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All items that a session may walk: its own, the minimum plan's and those of a relief-only session."""
    return [each for name in ("items", "minimum", "relief_only") for each in plan.get(name) or []]
