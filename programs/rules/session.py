"""Replays a session's events: baseline, stops, end, alerts and locks, whatever order the events came in (S16-S25).

The rows of tables T and U are judged again here; what a device concluded itself is never taken over, except that
an end which it reports is kept: that is the careful side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from programs.rules.events import InvalidEvent, every_item, validate_event
from programs.rules.safety import Outcome, decide, next_interval
from programs.rules.screen import judge_screen
from programs.rules.tables import score, tables

__all__ = ["Earned", "InvalidEvent", "Notice", "SessionState", "fold", "validate_event"]

NEXT_STEP = frozenset({"set-done", "interval", "skipped", "finished", "rest-check"})
"""Kinds that begin the next step: after one of them an earlier answer can no longer be corrected."""
COUNTED_ENDS = frozenset({"T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T12", "T15", "U1", "U2", "U3", "U9"})


@dataclass(frozen=True)
class Notice:
    """An alert for the therapist: level E, T, H, end, stop or note, its rule, row and parameters (ids, numbers)."""

    level: str
    rule: str
    row: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Earned:
    """A lock: level, rule and scope ``all`` or ``walking`` (X7)."""

    level: str
    rule: str
    scope: str = "all"


@dataclass(frozen=True)
class SessionState:
    """What the events of one session amount to. Scores 0-10; ``items`` maps item ids to their last status."""

    state: str = "minted"
    kind: str = "full"
    baseline_spine: int | None = None
    baseline_limb: int | None = None
    final_spine: int | None = None
    final_limb: int | None = None
    effort: int | None = None
    resting: str | None = None
    stops: int = 0
    limits: int = 0
    next_interval_s: int | None = None
    items: Mapping[str, str] = field(default_factory=dict)
    sets: frozenset[tuple[str, int]] = frozenset()
    end_row: str = ""
    end_rule: str = ""
    counted_end: bool = False
    spread: bool = False
    alerts: tuple[Notice, ...] = ()
    locks: tuple[Earned, ...] = ()

    @property
    def sets_done(self) -> int:
        """Sets done within the plan, each counted once."""
        return len(self.sets)


def in_order(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The events in the order in which they happened, each id once; corrected answers are left out."""
    once = {str(each["id"]): each for each in events}
    ordered = sorted(once.values(), key=lambda e: (e.get("seq", 0), e.get("mono") or 0, str(e.get("at")), str(e["id"])))
    gone: set[str] = set()
    for place, event in enumerate(ordered):
        old = event["payload"].get("replaces")
        earlier = next((n for n in range(place) if str(ordered[n]["id"]) == old), None)
        if old is None or earlier is None or ordered[earlier]["kind"] != event["kind"]:
            continue
        between = ordered[earlier + 1 : place]
        if any(each["kind"] in NEXT_STEP and each["id"] not in gone for each in between):
            gone.add(str(event["id"]))  # too late: the first answer stands
        else:
            gone.add(str(old))
    return [each for each in ordered if str(each["id"]) not in gone]


class _Replay:
    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.plan = plan
        self.known = {each["id"]: each for each in every_item(plan)}
        self.facts: dict[str, Any] = {"kind": plan.get("kind", "full")}
        self.items: dict[str, str] = {}
        self.sets: set[tuple[str, int]] = set()
        self.alerts: list[Notice] = []
        self.locks: list[Earned] = []
        self.stops = self.limits = 0

    def lock(self, level: str, rule: str, scope: str = "all") -> None:
        if Earned(level, rule, scope) not in self.locks:
            self.locks.append(Earned(level, rule, scope))
            self.alerts.append(Notice(level, rule, ""))

    def finish(self, row: str, rule: str, params: Mapping[str, Any]) -> None:
        self.facts.update(state="ended", end_row=row, end_rule=rule, resting=None, counted_end=row in COUNTED_ENDS)
        self.alerts.append(Notice("end", rule, row, params))

    @property
    def over(self) -> bool:
        return self.facts.get("state") in {"ended", "finished", "refused"}

    def screen(self, given: Mapping[str, Any]) -> None:
        for each in judge_screen(given["answers"]).earned:
            self.lock(each.level, each.rule, each.scope)
        if not self.over and any(lock.scope == "all" for lock in self.locks):
            self.facts.update(state="refused")

    def check_in(self, given: Mapping[str, Any]) -> None:
        pressure = given.get("pressure")
        limits = tables()["thresholds"]
        if pressure and (pressure[0] >= limits["systolic"] or pressure[1] >= limits["diastolic"]):
            self.lock("T", "S11")
            self.lock("H", "S11")
        if given.get("last") == "spread":
            self.lock("H", "S22")
            self.lock("T", "S22")
            self.facts["spread"] = True
        if self.over or self.facts.get("state") == "started":
            return
        refused = bool(self.locks) and any(lock.scope == "all" for lock in self.locks)
        self.facts.update(
            state="refused" if refused else "checked-in",
            baseline_spine=score(given["spine"]),
            baseline_limb=score(given["limb"]),
        )

    def started(self, given: Mapping[str, Any]) -> None:
        if not self.over and None not in (self.facts.get("baseline_spine"), self.facts.get("baseline_limb")):  # S33
            self.facts.update(state="started", kind=given["kind"])

    def _signs(self, given: Mapping[str, Any]) -> dict[str, Any]:
        signs = {key: given[key] for key in ("alarm", "tingling", "spread")}
        now = {"now_spine": given["spine"], "now_limb": given["limb"]}
        return {**signs, **now, **{key: self.facts.get(key) for key in ("baseline_spine", "baseline_limb")}}

    def pain(self, given: Mapping[str, Any]) -> None:
        if self.over:
            return
        item = self.known[given["item"]]
        outcome = decide("T", {
            **self._signs(given), "worse": given["worse"], "kind": item.get("kind", "ordinary"), "stops": self.stops,
            "rise_limit": item.get("rise_limit", 0), "centralising_ok": bool(item.get("centralising_ok")),
        })  # fmt: skip
        if self.facts["kind"] == "relief" and outcome.row not in {"T1", "T2", "T3", "T4", "T5"}:  # X16
            if outcome.row in {"T8", "T9"}:
                self.alerts.append(Notice("note", "X16", str(outcome.row), self._params(given)))
            return
        if outcome.outcome == "stop-exercise":
            self.stops += 1
            self.items[item["id"]] = outcome.label
            self.facts["resting"] = "stop"
            self.alerts.append(Notice("stop", outcome.rule, str(outcome.row), self._params(given)))
        elif outcome.outcome == "interval-limit":
            self.limits += 1
            self.items[item["id"]] = "interval-limit"
            self.facts["resting"] = "interval"
        self._end(outcome, given)

    def rest_check(self, given: Mapping[str, Any]) -> None:
        if self.over:
            return
        outcome = decide("U", {
            **self._signs(given), "from": self.facts.get("resting") or given["from"],
            "seconds_resting": given["seconds_resting"],
            "limits_so_far": max(self.limits, given["limits_so_far"]), "next_interval_s": given["next_interval_s"],
        })  # fmt: skip
        if outcome.outcome in {"next-or-finish", "next-interval", "entry-done"}:
            self.facts["resting"] = None
        self._end(outcome, given)

    def _end(self, outcome: Outcome, given: Mapping[str, Any]) -> None:
        if not str(outcome.outcome).startswith("end"):
            return
        self.facts["spread"] = self.facts.get("spread") or bool(given["spread"])
        if outcome.row in {"T12", "T15"}:
            self.items[given["item"]] = "stopped-pain" if outcome.row == "T15" else "centralising"
        self.finish(str(outcome.row), outcome.rule, self._params(given))
        if outcome.outcome == "end-and-fall-check":
            self.lock("T", "S25")
            self.lock("H", "S25")

    def _params(self, given: Mapping[str, Any]) -> dict[str, Any]:
        item = self.known[given["item"]]
        return {"item": item["id"], "exercise": item["slug"], "spine": given["spine"], "limb": given["limb"]}

    def interval(self, given: Mapping[str, Any]) -> None:
        planned, first = given["planned_s"], given["first_symptom_s"]
        if not self.over and first is not None:
            found = next_interval({"planned_s": planned, "time_to_first_symptom_s": first})
            self.facts["next_interval_s"] = found.extras["next_s"]

    def set_done(self, given: Mapping[str, Any]) -> None:
        sets = self.known[given["item"]]["dose"].get("sets") or 1
        if not self.over and 1 <= given["set"] <= sets:
            self.sets.add((given["item"], given["set"]))
            self.items.setdefault(given["item"], "done")

    def skipped(self, given: Mapping[str, Any]) -> None:
        if not self.over:
            self.items.setdefault(given["item"], "skipped")

    def fall_check(self, given: Mapping[str, Any]) -> None:
        grave = any(given[key] in {"yes", "not-sure"} for key in ("head", "pain", "thinner", "cannot_get_up"))
        for level in ("E",) if grave else ("T", "H"):
            self.lock(level, "S25")

    def finished(self, given: Mapping[str, Any]) -> None:
        if not self.over:
            finals = {"final_spine": given["spine"], "final_limb": given["limb"], "effort": given.get("effort")}
            self.facts.update(state="finished", resting=None, **finals)

    def ended(self, given: Mapping[str, Any]) -> None:
        if not self.over:
            self.finish(given.get("row") or "", given.get("rule") or "S18", {})

    def result(self) -> SessionState:
        return SessionState(
            **self.facts, stops=self.stops, limits=self.limits, items=dict(self.items), sets=frozenset(self.sets),
            alerts=tuple(self.alerts), locks=tuple(self.locks),
        )  # fmt: skip


def fold(plan: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> SessionState:
    """S16-S25, X9-X14: the state of a session after its events, in any arrival order, duplicates and all.

    ``events`` are validated (``validate_event``) and carry id, kind, seq, mono, at and payload. Nothing after the
    end reopens a session; locks are earned even then (S2).
    """
    replay = _Replay(plan)
    for event in in_order(events):
        act = getattr(replay, event["kind"].replace("-", "_"), None)
        if act is not None and event["kind"] not in {"relief", "paused", "resumed"}:
            act(event["payload"])
    return replay.result()
