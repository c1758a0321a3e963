"""One session of the demo, told as the events that a device would send. Pure but for the moment it starts at."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

NAMESPACE = uuid.UUID("6f0e4f8a-5a0b-4d0e-9a55-3a1d0f6f7c21")
"""Of the demo's event ids: the same session told twice has the same ids."""
WRITE_DOWN_SECONDS = 8
RELIEF_SECONDS = 180
ASKED_EVERY_SECONDS = 300
"""Safety X9: in a minutes entry pain is asked about at least this often."""


@dataclass
class Teller:
    """Collects the events of a session while its clock runs."""

    plan: Mapping[str, Any]
    began: datetime
    events: list[dict[str, Any]] = field(default_factory=list)
    seconds: int = 0

    @property
    def now(self) -> datetime:
        """The moment that the telling has come to."""
        return self.began + timedelta(seconds=self.seconds)

    def tell(self, kind: str, payload: Mapping[str, Any], after: int = WRITE_DOWN_SECONDS) -> None:
        """One event, ``after`` so many seconds."""
        self.seconds += after
        number = len(self.events)
        self.events.append(
            {
                "id": str(uuid.uuid5(NAMESPACE, f"{self.plan['session']}:{number}")),
                "kind": kind,
                "at": self.now.isoformat(),
                "zone": self.plan["zone"],
                "local_date": self.plan["local_date"],
                "mono": self.seconds * 1000,
                "seq": number,
                "payload": dict(payload),
            }
        )


@dataclass(frozen=True)
class Mood:
    """How the patient is on the day: the pain at the check-in, and what happens."""

    spine: int
    limb: int
    happening: str = ""


def seconds_of(dose: Mapping[str, Any]) -> int:
    """How long one set of a dose takes; a minutes entry counts as one set."""
    if dose["type"] == "minutes":
        return int(dose["minutes"]) * 60
    sides = 2 if dose["per_side"] else 1
    return sides * int(dose["reps"]) * (int(dose["hold_s"]) + 4)


def answer_pain(
    teller: Teller,
    item: Mapping[str, Any],
    number: int,
    spine: int,
    limb: int,
    *,
    worse: bool = False,
    source: str = "after-set",
) -> None:
    """A pain question, answered: the one after a set, unless ``source`` says otherwise."""
    answer = {"worse": worse, "spread": False, "tingling": "none", "alarm": "none", "source": source}
    scores = {"item": item["id"], "set": number, "spine": spine, "limb": limb, "replaces": None}
    teller.tell("pain", scores | answer)


def exercises(teller: Teller, mood: Mood, random: Random) -> None:
    """All items of the plan in order, or as far as the day's happening lets the patient come."""
    items = list(teller.plan["items"])
    act, troubled = TROUBLES.get(mood.happening), _troubled(items)
    for place, item in enumerate(items):
        if mood.happening == "unfinished" and place == len(items) // 2:
            return
        if act is None or troubled is None or item is not troubled:
            _do(teller, item, mood, random)
        elif act(teller, troubled, mood):
            return


def _troubled(items: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The exercise that hurts: the last ordinary one with sets that is active."""
    able = [item for item in items if item["active"] and item["kind"] == "ordinary" and item["dose"]["type"] == "reps"]
    return able[-1] if able else None


def _do(teller: Teller, item: Mapping[str, Any], mood: Mood, random: Random) -> None:
    for number in _sets(item):
        _one_set(teller, item, number, mood)
        better = 1 if random.random() < 0.25 else 0
        answer_pain(teller, item, number, max(0, mood.spine - better), mood.limb)


def _sets(item: Mapping[str, Any]) -> Iterator[int]:
    yield from range(1, int(item["dose"].get("sets", 1)) + 1)


def _one_set(teller: Teller, item: Mapping[str, Any], number: int, mood: Mood) -> None:
    dose = item["dose"]
    seconds = left = seconds_of(dose)
    rest = int(dose.get("rest_s") or 0) if number > 1 else 20
    while dose["type"] == "minutes" and left > ASKED_EVERY_SECONDS:
        teller.seconds += rest + ASKED_EVERY_SECONDS
        answer_pain(teller, item, number, mood.spine, mood.limb, source="minutes")
        left, rest = left - ASKED_EVERY_SECONDS, 0
    done = {"item": item["id"], "set": number, "reps": int(dose.get("reps") or 0), "seconds": seconds, "asked": False}
    teller.tell("set-done", done, after=rest + left)


def _skip(teller: Teller, item: Mapping[str, Any], mood: Mood) -> bool:
    teller.tell("skipped", {"item": item["id"], "reason": "no-time"})
    return False


def _rise_of_two(teller: Teller, item: Mapping[str, Any], mood: Mood) -> bool:
    """S18: two points more end the session."""
    _one_set(teller, item, 1, mood)
    answer_pain(teller, item, 1, mood.spine, mood.limb + 2, worse=True)
    return True


def _stop(teller: Teller, item: Mapping[str, Any], mood: Mood) -> bool:
    """S17, S21: one point more stops the exercise; after the relief position it has settled."""
    _one_set(teller, item, 1, mood)
    answer_pain(teller, item, 1, mood.spine, mood.limb + 1, worse=True)
    teller.tell("relief", {"item": item["id"], "seconds": RELIEF_SECONDS}, after=RELIEF_SECONDS)
    settled = {"item": item["id"], "from": "stop", "seconds_resting": RELIEF_SECONDS, "limits_so_far": 0}
    answers = {"spread": False, "tingling": "none", "alarm": "none", "next_interval_s": None, "replaces": None}
    teller.tell("rest-check", settled | answers | {"spine": mood.spine, "limb": mood.limb})
    return False


TROUBLES: Mapping[str, Callable[[Teller, Mapping[str, Any], Mood], bool]] = {
    "skip": _skip,
    "rise-of-two": _rise_of_two,
    "stop": _stop,
}
"""What is done with the exercise that hurts; answers whether the session is over."""
