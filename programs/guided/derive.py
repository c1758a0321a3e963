"""Read a session's events from the first to the last, with the tables of the rules deciding each step. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from programs.guided.entries import Entries, item_of
from programs.guided.reading import CheckInRead, Earned, NextDay, Reading, ScreenRead
from programs.rules.safety import Outcome, decide
from programs.rules.screen import judge_screen, screen
from programs.rules.session import in_order

CHECK_IN_HOLDS = timedelta(hours=2)
"""Safety X5."""
SIGN_WAITS = timedelta(minutes=5)
"""Safety X17: a sign left unanswered this long counts as yes."""
MAY_START = {
    "start": {"full", "minimum", "relief"},
    "offer-minimum-plan": {"full", "minimum", "relief"},
    "minimum-plan": {"minimum", "relief"},
    "relief-only": {"relief"},
}
SETTLED = {"next-or-finish", "next-interval", "entry-done"}
REST_AT_LEAST = {"stop": 120, "interval": 60}
"""Safety X10: seconds before the first relief check counts as settled."""
ENDS = {"end-session", "end-and-screen", "end-and-fall-check"}
HOLDS_IN_RELIEF = {"T1", "T2", "T3", "T4", "T5", "T6"}
"""Safety X16: of table T only these rows hold in a relief-only session (T6 asks again)."""
SCOPES = frozenset({"full", "short", *screen()["full"]})


@dataclass(frozen=True)
class Seen:
    """One stored event as the reading needs it."""

    id: str
    kind: str
    at: datetime
    local_date: Any
    payload: Mapping[str, Any]
    clock: str = ""
    seq: int = 0
    mono: int | None = None

    def as_sent(self) -> dict[str, Any]:
        """The event as the rules' own replay orders it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "seq": self.seq,
            "mono": self.mono,
            "at": self.at.isoformat(),
            "payload": self.payload,
        }


@dataclass(frozen=True)
class LockSpan:
    """A lock that something else opened: its level, and when it held."""

    level: str
    opened_at: datetime
    released_at: datetime | None

    def held(self, at: datetime) -> bool:
        """Was it open at that moment?"""
        return self.opened_at <= at and (self.released_at is None or self.released_at > at)


@dataclass
class Reader:
    """The state of the reading: it only ever moves forward."""

    plan: Mapping[str, Any]
    locks: Sequence[LockSpan]
    now: datetime
    state: str = "minted"
    kind: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    row: str = ""
    rule: str = ""
    check_in: CheckInRead | None = None
    baseline: tuple[int, int] | None = None
    final: tuple[int | None, int | None] = (None, None)
    effort: int | None = None
    resting: tuple[str, str, datetime] | None = None
    waiting: str = ""
    waiting_since: datetime | None = None
    spread: bool = False
    wanted: bool = False
    screens: list[ScreenRead] = field(default_factory=list)
    earned_locks: list[Earned] = field(default_factory=list)
    alerts: list[Earned] = field(default_factory=list)
    entries: Entries = field(default_factory=Entries)

    def __post_init__(self) -> None:
        """The entries read their names and doses from the plan."""
        self.entries.plan = self.plan

    def read(self, event: Seen) -> None:
        """Take one event into account."""
        handler = getattr(self, "_" + event.kind.replace("-", "_"), None)
        if handler is not None:
            handler(event)

    # Before the session

    def _screen(self, event: Seen) -> None:
        answers, scope = dict(event.payload["answers"]), event.payload["scope"]
        known = self.plan.get("known_signs", ())
        judged = judge_screen(answers, known_signs=known)
        asked = judge_screen(answers, known_signs=known, scope=scope) if scope in SCOPES else judged
        complete = bool(event.payload["complete"]) and scope in SCOPES and not asked.unanswered
        self.screens.append(ScreenRead(event.at, event.local_date, scope[:20], complete, answers, judged.gravest))
        for earned in judged.earned:
            self._lock(earned.level, earned.rule, event, scope=earned.scope, source="screen")
        self.waiting = ""
        if any(lock.scope == "all" for lock in self.earned_locks) and self.state in {"minted", "checked-in"}:
            self._end("refused", "C1", "S2", event)

    def _check_in(self, event: Seen) -> None:
        if self.state not in {"minted", "checked-in"}:
            return
        payload = event.payload
        outcome = decide("C", self._check_in_given(event))
        row, name, rule = outcome.row or "", outcome.outcome or "", outcome.rule
        if event.clock:
            row, name, rule = "C5", "ask-again", "S33"
        self.check_in = CheckInRead(
            event.at, event.local_date, payload.get("spine"), payload.get("limb"), dict(payload), row, name, rule
        )
        scores = {"spine": payload.get("spine"), "limb": payload.get("limb")}
        if name in MAY_START and None not in scores.values():
            self.state, self.baseline = "checked-in", (payload["spine"], payload["limb"])
        if name == "lock-H-and-T":
            self._lock("T", rule, event, source="check-in")
            self._lock("H", rule, event, source="check-in")
        if row == "S11":
            self._lock("T", "S11", event, source="pressure")
            self._lock("H", "S11", event, source="pressure")
        if name in {"lock-H-and-T", "no-session", "locked"} or row == "S11":
            self._end("refused", row, rule, event)
        if name == "no-session":
            self._alert("note", rule, event, row=row, source="check-in")
        if name == "relief-only":
            usual = self.plan["usual"]
            self._alert(
                "stop", rule, event, row=row, source="check-in",
                params={**scores, "baseline_spine": usual["spine"], "baseline_limb": usual["limb"]},
            )  # fmt: skip

    def _check_in_given(self, event: Seen) -> dict[str, Any]:
        payload, usual = event.payload, self.plan["usual"]
        last = self.plan.get("last_session")
        clean = any(one.complete for one in self.screens)
        whole = any(one.complete and one.scope == "full" for one in self.screens)
        asked_sign = any(one.complete and any(key.startswith("s7") for key in one.answers) for one in self.screens)
        q5 = payload.get("q5")
        return {
            "open_lock": self._closed(event.at),
            "q1": "no" if clean else payload.get("q1"),
            "full_screen_due": bool(self.plan.get("full_screen_due")) and not whole,
            "now_spine": payload.get("spine"),
            "now_limb": payload.get("limb"),
            "usual_spine": usual["spine"],
            "usual_limb": usual["limb"],
            "q3": payload.get("q3"),
            "last": payload.get("last") if last else "same",
            "q5": "dizzy-or-unwell" if q5 == "fever" and asked_sign else q5,
            "up24": up24(self.plan, payload, event.at),
            "ask_sugar": bool(self.plan.get("ask_sugar")),
            "sugar_ok": bool(payload.get("sugar_ok")),
            "pressure": payload.get("pressure"),
        }

    def _started(self, event: Seen) -> None:
        if self.started_at is not None or self.state in {"finished", "ended"}:
            return
        wanted = event.payload["kind"]
        why = self._why_not(wanted, event)
        self.kind = wanted
        if why:
            self._alert("H" if why == "S2" else "end", why, event, source="started", params={"kind": wanted})
            self._end("refused", why, why, event)
            return
        self.state, self.started_at = "started", event.at

    def _why_not(self, wanted: str, event: Seen) -> str:
        """The rule by which this start is none, or nothing."""
        level = self._locked(event.at)
        if level and not (level == "H" and wanted == "relief"):
            return "S2"
        if self.state == "refused":
            return self.rule or "S2"
        if self.check_in is None or self.baseline is None:
            return "S33"
        stale = event.at - self.check_in.at > CHECK_IN_HOLDS or event.local_date != self.check_in.local_date
        if stale or event.clock:
            return "X5" if stale else "S33"
        return "" if wanted in MAY_START.get(self.check_in.outcome, set()) else self.check_in.rule

    # In the session

    def _pain(self, event: Seen) -> None:
        payload, item = event.payload, item_of(self.plan, event.payload.get("item")) or {}
        answer = decide("T", {
            "baseline_spine": self.baseline[0] if self.baseline else None,
            "baseline_limb": self.baseline[1] if self.baseline else None,
            "now_spine": payload.get("spine"),
            "now_limb": payload.get("limb"),
            **{name: payload[name] for name in ("alarm", "tingling", "spread", "worse")},
            "kind": item.get("kind", "ordinary"),
            "rise_limit": item.get("rise_limit", 0),
            "centralising_ok": bool(item.get("centralising_ok")),
            "stops": self.entries.stops,
        })  # fmt: skip
        self.entries.pain(payload, answer.row or "")
        if self.kind == "relief" and answer.row not in HOLDS_IN_RELIEF:
            self._relief_rise(event)
            return
        if answer.outcome == "stop-exercise":
            self.entries.stop(payload.get("item"), answer.label or "stopped-pain")
            self.resting = (payload["item"], "stop", event.at)
            self._alert(
                "stop",
                answer.rule,
                event,
                row=answer.row or "",
                source=f"{payload.get('item')}",
                params=self._words(event, item),
            )
        elif answer.outcome == "interval-limit":
            self.entries.limit(payload.get("item"))
            self.resting = (payload["item"], "interval", event.at)
        elif answer.outcome in ENDS:
            self.entries.off(payload.get("item"))
            self._ended_by(answer, event, item)

    def _rest_check(self, event: Seen) -> None:
        payload, item = event.payload, item_of(self.plan, event.payload["item"]) or {}
        answer = decide("U", {
            "baseline_spine": self.baseline[0] if self.baseline else None,
            "baseline_limb": self.baseline[1] if self.baseline else None,
            "now_spine": payload.get("spine"),
            "now_limb": payload.get("limb"),
            **{name: payload[name] for name in ("alarm", "tingling", "spread", "seconds_resting", "from")},
            "limits_so_far": self.entries.limits,
            "next_interval_s": payload.get("next_interval_s"),
        })  # fmt: skip
        self.entries.rest(payload, answer.row or "")
        if answer.outcome in SETTLED and payload["seconds_resting"] >= REST_AT_LEAST[payload["from"]]:
            self.resting = None
        if answer.outcome in ENDS:
            self._ended_by(answer, event, item)

    def _relief_rise(self, event: Seen) -> None:
        """Safety X16: a rise of 2 in a relief-only session tells the therapist."""
        if self.baseline is None:
            return
        now = (event.payload.get("spine"), event.payload.get("limb"))
        if any(score is not None and score - base >= 2 for score, base in zip(now, self.baseline, strict=True)):
            self._alert("stop", "X16", event, source="relief", params=self._words(event, {}))

    def _ended_by(self, answer: Outcome, event: Seen, item: Mapping[str, Any]) -> None:
        if self.state in {"ended", "finished"}:
            return
        self.spread = self.spread or bool(event.payload.get("spread"))
        self._end("ended", answer.row or "", answer.rule, event)
        self._alert("end", answer.rule, event, row=answer.row or "", source="end", params=self._words(event, item))
        if answer.outcome == "end-and-screen":
            self._wait("sign", event)
            self._lock("T", "S18", event, source="sign")
        if answer.outcome == "end-and-fall-check":
            self._wait("fall", event)
            self.screens.append(ScreenRead(event.at, event.local_date, "event", False, {"event": "fall"}, ""))
            self._lock("T", "S25", event, source="fall")
            self._lock("H", "S25", event, source="fall")

    def _fall_check(self, event: Seen) -> None:
        """S25: any yes, or not sure, is E; else T, and H until the therapist has looked."""
        self.waiting = ""
        if any(event.payload[name] != "no" for name in ("head", "pain", "thinner", "cannot_get_up")):
            self._lock("E", "S25", event, source="fall")

    def _set_done(self, event: Seen) -> None:
        self.entries.set_done(event.payload)

    def _interval(self, event: Seen) -> None:
        self.entries.interval(event.payload)

    def _skipped(self, event: Seen) -> None:
        self.entries.skip(event.payload)

    def _finished(self, event: Seen) -> None:
        payload = event.payload
        self.final, self.effort = (payload.get("spine"), payload.get("limb")), payload.get("effort")
        if self.state == "started":
            self.state, self.ended_at = "finished", event.at
        if self.kind == "relief":
            self._relief_rise(event)

    def _ended(self, event: Seen) -> None:
        """The device says that it ended. The rules' own reading stands where there is one."""
        why = event.payload.get("why") or ""
        if self.state != "started":
            return
        if why in {"no-answer", "midnight", "check-in-old"} or event.payload.get("row") in {"X5", "X9"}:
            self._end("closed", "", "X9" if why == "no-answer" else "X5", event)
            self._alert("no-data", "X9", event, source="closed")
            return
        self.wanted = True
        self._end("ended", (event.payload.get("row") or "")[:12], (event.payload.get("rule") or "")[:12], event)
        self._alert("end", "S18", event, source="end", params={"why": why[:60]})

    # What follows

    def close(self) -> Reading:
        """All that follows from what was read; a sign that waited for five minutes counts as yes (X17)."""
        if self.waiting and self.waiting_since and self.now - self.waiting_since >= SIGN_WAITS:
            rule = "S25" if self.waiting == "fall" else "S18"
            self.earned_locks.append(
                Earned("E", rule, self.waiting_since + SIGN_WAITS, source=f"{self.waiting}-unanswered")
            )
        return Reading(
            state=self.state,
            kind=self.kind,
            started_at=self.started_at,
            ended_at=self.ended_at,
            row=self.row,
            rule=self.rule,
            symptom=not self.wanted,
            spread=self.spread,
            check_in=self.check_in,
            baseline=self.baseline,
            final=self.final,
            effort=self.effort,
            stops=self.entries.stops,
            sets_done=self.entries.sets_done,
            items=self.entries.summary(),
            resting=self.resting,
            waiting=self.waiting,
            screens=tuple(self.screens),
            locks=tuple(self.earned_locks),
            alerts=tuple(self.alerts),
            last_answer=self.check_in.answers.get("last") if self.check_in else None,
            sleep_worse=bool(self.check_in and self.check_in.answers.get("sleep_worse")),
        )

    def _locked(self, at: datetime) -> str:
        held = {lock.level for lock in self.locks if lock.held(at)}
        held |= {lock.level for lock in self.earned_locks if lock.scope == "all" and lock.at <= at}
        return next((level for level in "ETH" if level in held), "")

    def _closed(self, at: datetime) -> bool:
        """Is a lock open that closes this session? With H alone relief stays open."""
        level = self._locked(at)
        return bool(level) and not (level == "H" and self.plan["kind"] == "relief")

    def _end(self, state: str, row: str, rule: str, event: Seen) -> None:
        self.state, self.row, self.rule, self.ended_at = state, row, rule, event.at

    def _wait(self, what: str, event: Seen) -> None:
        self.waiting, self.waiting_since = what, event.at

    def _lock(self, level: str, rule: str, event: Seen, *, scope: str = "all", source: str = "") -> None:
        self.earned_locks.append(Earned(level, rule, event.at, scope=scope, source=source))

    def _alert(
        self,
        level: str,
        rule: str,
        event: Seen,
        *,
        row: str = "",
        source: str = "",
        params: dict[str, Any] | None = None,
    ) -> None:
        self.alerts.append(Earned(level, rule, event.at, row=row, source=source, params=params or {}))

    def _words(self, event: Seen, item: Mapping[str, Any]) -> dict[str, Any]:
        """What the words of an alert need: the exercise and the scores before and now."""
        spine, limb = self.baseline or (None, None)
        return {
            "name": item.get("name", ""),
            "exercise": item.get("slug", ""),
            "baseline_spine": spine,
            "baseline_limb": limb,
            "spine": event.payload.get("spine"),
            "limb": event.payload.get("limb"),
        }


def read_events(plan: Mapping[str, Any], events: Iterable[Seen], locks: Sequence[LockSpan], now: datetime) -> Reading:
    """All that follows from the events of a session, in the order in which they happened; a corrected answer is read
    in its last form."""
    seen = {event.id: event for event in events}
    reader = Reader(plan, locks, now)
    for each in in_order(event.as_sent() for event in seen.values()):
        reader.read(seen[each["id"]])
    return reader.close()


def up24(plan: Mapping[str, Any], payload: Mapping[str, Any], at: datetime) -> int | None:
    """Safety table C: the larger rise over the baseline of a session that ended 20-72 hours before ``at``."""
    last = plan.get("last_session")
    scores = (payload.get("spine"), payload.get("limb"))
    if not last or None in scores or None in (last["baseline_spine"], last["baseline_limb"]):
        return None
    hours = last["hours_ago"] + (at - datetime.fromisoformat(plan["minted_at"])).total_seconds() / 3600
    if not 20 <= hours <= 72:
        return None
    return int(max(scores[0] - last["baseline_spine"], scores[1] - last["baseline_limb"]))


def next_day(*, last: str | None, sleep_worse: bool, rise: int | None, hours_since: float) -> NextDay:
    """S22: the row of table N for one session."""
    answer = decide("N", {"last": last, "up24": rise, "sleep_worse": sleep_worse, "hours_since": hours_since})
    return NextDay(answer.row or "", answer.outcome or "")
