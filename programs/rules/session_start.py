"""The beginning of a session's replay: screens, check-in, start, and the signs that wait for an answer (X17, S25)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from programs.rules.checkin import CheckInResult, HeldLock, is_complete, judge_check_in, pressure_locks, why_no_start
from programs.rules.day import DayFacts
from programs.rules.events import every_item
from programs.rules.limits_in_session import SIGN_ANSWERED_WITHIN_S, grave_fall
from programs.rules.screen import counted_as_yes, judge_screen, screen
from programs.rules.session_state import Ledger
from programs.rules.tables import score
from programs.rules.timeline import Event, elapsed_s, moment

OVER = frozenset({"ended", "finished", "closed", "refused"})
GROUPS = frozenset(screen()["full"])


class Beginning:
    """The replay up to the start. Locks and signs are taken in whenever they come, also after the end (S2)."""

    def __init__(
        self,
        plan: Mapping[str, Any],
        locks: Sequence[HeldLock] = (),
        now: datetime | None = None,
        day: DayFacts | None = None,
    ) -> None:
        """``locks``: those that something else opened; ``now``: the moment of reading, if it is known; ``day``: what
        has changed since the plan was made."""
        self.plan, self.held, self.now, self.day = plan, locks, now, day or DayFacts()
        self.known = {each["id"]: each for each in every_item(plan)}
        self.known_signs: Sequence[str] = plan.get("known_signs") or ()
        self.ledger = Ledger()
        self.state, self.kind = "minted", str(plan.get("kind", "full"))
        self.facts: dict[str, Any] = {}
        self.check_in_result: CheckInResult | None = None
        self.baseline: tuple[int | None, int | None] = (None, None)
        self.screens: list[Event] = []
        self.begun: Event | None = None
        self.sign: Event | None = None
        self.waiting = ""
        self.sign_answers: dict[str, Any] = {}

    @property
    def over(self) -> bool:
        """Nothing reopens it."""
        return self.state in OVER

    @property
    def running(self) -> bool:
        """Was it started, and has it not ended?"""
        return self.state == "started"

    @property
    def heard(self) -> bool:
        """Is what hurts still judged? In a session under way, and in one that silence closed under way (S18, X5)."""
        return self.running or (self.state == "closed" and self.begun is not None)

    def end(self, state: str, row: str, rule: str, event: Event) -> None:
        """The session is over; the first end stands. One by a rule takes the place of a closing for silence (S18)."""
        if not self.over or (state == "ended" and self.heard):
            self.facts["was_closed"] = self.over
            self.state = state
            self.facts.update(end_row=row, end_rule=rule, ended_at=moment(event.get("at")))

    def lock(self, level: str, rule: str, event: Event, *, scope: str = "all") -> None:
        """S2: open a lock; one that closes this kind of session ends it, or refuses it before the start."""
        self.ledger.lock(level, rule, scope=scope, at=moment(event.get("at")), event=str(event.get("id", "")))
        if self._closes(self.ledger.gravest):
            self.end("ended" if self.running else "refused", "" if self.running else "C1", "S2", event)

    def notice(
        self, level: str, rule: str, event: Event, row: str = "", params: Mapping[str, Any] | None = None
    ) -> None:
        """Tell the therapist."""
        self.ledger.notice(level, rule, row, params, at=moment(event.get("at")))

    def locked(self, event: Event) -> str:
        """X7: the gravest lock open at the event, its own and those of elsewhere."""
        at = moment(event.get("at"))
        levels = {lock.level for lock in self.held if at is None or lock.held(at)} | {self.ledger.gravest}
        return next((level for level in "ETH" if level in levels), "")

    def closed_by(self, at: datetime) -> str:
        """The level of a lock of elsewhere that closes this kind of session at the moment, or nothing."""
        levels = {lock.level for lock in self.held if lock.held(at)}
        gravest = next((level for level in "ETH" if level in levels), "")
        return gravest if self._closes(gravest) else ""

    def _closes(self, level: str) -> bool:
        """S2: with H alone, relief stays open."""
        return bool(level) and not (level == "H" and self.kind == "relief")

    def screen(self, event: Event) -> None:
        """S3, S5-S14, X6-X8: the locks that the answers earn."""
        answers = event["payload"]["answers"]
        complete = is_complete(event, self.known_signs)
        if complete:
            self.screens.append(event)
        judged = judge_screen(answers, known_signs=self.known_signs)
        if self.waiting == "sign" and self.sign is not None:
            self._answer_sign(event, complete=complete, gravest=judged.gravest)
        for each in judged.earned:
            self.lock(each.level, each.rule, event, scope=each.scope)

    def check_in(self, event: Event) -> None:
        """S15, X12: table C; a new check-in before the start takes the place of the one before it."""
        payload = event["payload"]
        closed = self._closes(self.locked(event))
        if self.state in {"minted", "checked-in"}:
            self._take(judge_check_in(self._plan_at(event), event, self.screens, open_lock=closed))
        for level in pressure_locks(payload, self.screens):
            self.lock(level, "S11", event)
        if payload.get("last") == "spread":
            self.facts["spread"] = True
            self.lock("H", "S22", event)
            self.lock("T", "S22", event)

    def _plan_at(self, event: Event) -> Mapping[str, Any]:
        """X4, X8: the plan; after a release its full screen is due, unless it was answered since."""
        at, released = moment(event.get("at")), self.day.screen_due_since
        answered = [moment(one.get("at")) for one in self.screens if one["payload"]["scope"] == "full"]
        if not released or at is None or released > at or any(one and one >= released for one in answered):
            return self.plan
        self.screens = [one for one in self.screens if one["payload"]["scope"] != "full"]
        return {**self.plan, "full_screen_due": True}

    def _take(self, found: CheckInResult) -> None:
        event, name = found.event, found.outcome
        self.check_in_result = found
        self.state = "checked-in" if found.baseline else "minted"
        self.baseline = found.scores
        spine, limb = found.scores
        usual = self.plan.get("usual") or {}
        scores = {"spine": spine, "limb": limb, "usual_spine": usual.get("spine"), "usual_limb": usual.get("limb")}
        if name == "no-session":
            self.notice("note", found.rule, event, found.row)
        if name == "relief-only":
            self.notice("stop", found.rule, event, found.row, scores)
        if name in {"no-session", "locked", "lock-H-and-T"} or found.row == "S11":
            self.end("refused", found.row, found.rule, event)

    def started(self, event: Event) -> None:
        """S2, S33, X5, X12: may this kind of session start now? A start that may not is flagged."""
        if self.begun is not None or self.state in {"finished", "ended", "closed"}:
            return
        wanted = event["payload"]["kind"]
        why = why_no_start(self.plan, event, self.check_in_result, locked=self.locked(event))
        if not why and self.state == "refused":
            why = self.facts.get("end_rule") or "S2"
        why = why or self.day.forbids(wanted, str(event.get("local_date")), self.plan)
        if why:
            self.notice("H" if why == "S2" else "end", why, event, params={"kind": wanted})
            self.end("refused", "", why, event)
            return
        self.state, self.kind, self.begun = "started", wanted, event
        self.facts["started_at"] = moment(event.get("at"))

    # Signs that wait for their questions

    def red_sign(self, event: Event) -> None:
        """X17, S18: Table A opens on the sign's group; whatever its answers, never below T."""
        self._wait("sign", event)
        self.lock("T", "S18", event)

    def fall(self, event: Event) -> None:
        """S25: T, and H until the therapist has looked; any yes to the list is E."""
        self._wait("fall", event)
        self.lock("T", "S25", event)
        self.lock("H", "S25", event)

    def _wait(self, what: str, event: Event) -> None:
        if self.waiting and self.waiting != what:
            self._count_as_yes()
        if not self.waiting:
            self.waiting, self.sign, self.sign_answers = what, event, {}

    def fall_check(self, event: Event) -> None:
        """S25: the list after a fall; yes, not sure and too late are all yes."""
        if self.waiting == "fall" and self.sign is not None:
            if elapsed_s(self.sign, event) > SIGN_ANSWERED_WITHIN_S:
                self._count_as_yes()
            self.waiting = ""
        if grave_fall(event["payload"]):
            self.lock("E", "S25", event)
        self.lock("T", "S25", event)
        self.lock("H", "S25", event)

    def _answer_sign(self, event: Event, *, complete: bool, gravest: str) -> None:
        if self.sign is None:
            return
        wanted, given = self.sign["payload"].get("group"), event["payload"]["scope"]
        late = elapsed_s(self.sign, event) > SIGN_ANSWERED_WITHIN_S
        if not late or not event["payload"]["complete"]:  # a device that gave up waiting sends what it had in time
            self.sign_answers.update(event["payload"]["answers"])
        if late:
            self._count_as_yes()
            return
        if gravest == "E" or (complete and (wanted is None or given in {wanted, "full"})):
            self.waiting = ""

    def _count_as_yes(self) -> None:
        """X17, X6: questions that nobody answered are yes, and the graver branch of each."""
        if self.sign is None or not self.waiting:
            return
        what, self.waiting = self.waiting, ""
        due = moment(self.sign.get("at"))
        event = {**self.sign, "at": due + timedelta(seconds=SIGN_ANSWERED_WITHIN_S) if due else None}
        group = self.sign["payload"].get("group")
        if what == "fall" or group not in GROUPS:
            self.lock("E", "S25" if what == "fall" else "S18", event)
            return
        for each in judge_screen(counted_as_yes(self.sign_answers, group), scope=group).earned:
            self.lock(each.level, each.rule, event, scope=each.scope)

    def close(self) -> None:
        """X17: what is still unanswered when it is read. Without ``now`` nothing more is waited for."""
        if not self.waiting or self.sign is None:
            return
        since = moment(self.sign.get("at"))
        if self.now is None or since is None or (self.now - since).total_seconds() >= SIGN_ANSWERED_WITHIN_S:
            self._count_as_yes()

    def rises(self, spine: Any, limb: Any) -> tuple[int, ...]:
        """X1: how far the given scores are above the baseline, spine and limb; what is missing is left out."""
        pairs = zip((score(spine), score(limb)), self.baseline, strict=True)
        return tuple(now - base for now, base in pairs if now is not None and base is not None)
