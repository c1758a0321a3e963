"""A small plan, and the events of a session one after the other."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REPS = {"type": "reps", "sets": 2, "reps": 6, "hold_s": 5}


def item(name: str, **more: Any) -> dict[str, Any]:
    """An entry of a plan; its slug is its id."""
    usual = {"id": name, "slug": name, "kind": "ordinary", "category": "strength", "start": "sitting", "dose": REPS}
    return {**usual, "seated_or_lying": True, "rise_limit": 0, "centralising_ok": False, **more}


def make_plan(**more: Any) -> dict[str, Any]:
    """A full session of three entries and an interval walk; nothing is due and nothing was before."""
    walk = item(
        "W1", kind="walk", category="aerobic", start="standing", seated_or_lying=False,
        dose={"type": "minutes", "minutes": 10, "work_s": 120, "rest_s": 60},
    )  # fmt: skip
    return {
        "kind": "full",
        "minted_at": (NINE - timedelta(minutes=5)).isoformat(),
        "usual": {"spine": 3, "limb": 2},
        "full_screen_due": False,
        "ask_sugar": False,
        "last_session": None,
        "items": [item("A1"), item("A2"), item("A3", seated_or_lying=False, start="standing"), walk],
        "minimum": [item("M1")],
        "relief_only": [item("R1", category="passive")],
        **more,
    }


class Log:
    """The events of one session, a minute apart unless ``after`` says otherwise."""

    def __init__(self) -> None:
        self.at, self.events = NINE, list[dict[str, Any]]()

    def add(self, kind: str, /, *, after: float = 1, local_date: date | None = None, **payload: Any) -> "Log":
        """The next event, ``after`` minutes later."""
        self.at += timedelta(minutes=after)
        seq = len(self.events)
        self.events.append({
            "id": f"e{seq}", "kind": kind, "seq": seq, "mono": round((self.at - NINE).total_seconds() * 1000),
            "at": self.at.isoformat(), "local_date": (local_date or self.at.date()).isoformat(), "payload": payload,
        })  # fmt: skip
        return self

    @property
    def last_id(self) -> str:
        """The id of the last event."""
        return str(self.events[-1]["id"])

    def screen(
        self, scope: str = "full", answers: Mapping[str, str] | None = None, *, complete: bool = True, after: float = 1
    ) -> "Log":
        """A screen with these answers."""
        return self.add("screen", after=after, scope=scope, answers=dict(answers or {}), complete=complete)

    def check_in(self, after: float = 1, **answers: Any) -> "Log":
        """A check-in without anything the matter, unless ``answers`` say otherwise."""
        usual = {"q1": "no", "spine": 3, "limb": 2, "q3": "same", "last": None, "q5": "no"}
        return self.add("check-in", after=after, **{**usual, **answers})

    def start(self, kind: str = "full", **more: Any) -> "Log":
        """The start."""
        return self.add("started", kind=kind, restrictions=[], **more)

    def done(self, name: str, number: int = 1, **more: Any) -> "Log":
        """A set that was done."""
        return self.add("set-done", item=name, set=number, **more)

    def pain(self, name: str = "A1", spine: Any = 3, limb: Any = 2, after: float = 1, **more: Any) -> "Log":
        """The answer after a set."""
        signs = {"worse": False, "spread": False, "tingling": "none", "alarm": "none", "source": "after-set"}
        return self.add("pain", after=after, item=name, set=1, spine=spine, limb=limb, **{**signs, **more})

    def rest(
        self,
        name: str = "A1",
        seconds: float = 120,
        spine: Any = 3,
        limb: Any = 2,
        after: float = 3,
        origin: str = "stop",
        **more: Any,
    ) -> "Log":
        """The answer while resting."""
        usual = {"from": origin, "spread": False, "tingling": "none", "alarm": "none", "limits_so_far": 0}
        return self.add(
            "rest-check", after=after, item=name, seconds_resting=seconds, spine=spine, limb=limb,
            **{**usual, "next_interval_s": None, **more},
        )  # fmt: skip

    def fall_check(self, after: float = 1, **said: str) -> "Log":
        """The list after a fall, all no unless ``said``."""
        calm = {"head": "no", "pain": "no", "thinner": "no", "cannot_get_up": "no"}
        answers: dict[str, Any] = {**calm, **said}
        return self.add("fall-check", after=after, **answers)


def begun(kind: str = "full", **answers: Any) -> Log:
    """A session that was checked in to and started."""
    return Log().check_in(**answers).start(kind)


def notices(state: Any, *levels: str) -> list[tuple[str, str]]:
    """Rule and row of the notices of some levels."""
    return [(each.rule, each.row) for each in state.alerts if each.level in levels]


def locks(state: Any) -> set[tuple[str, str]]:
    """Level and rule of the locks that hold everything."""
    return {(each.level, each.rule) for each in state.locks if each.scope == "all"}
