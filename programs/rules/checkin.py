"""The check-in of a session as table C judges it, and which kind of session it lets start (S15, X4, X5, X12). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from programs.rules.limits_in_session import CHECK_IN_HOLDS_S, sets_fall_risk
from programs.rules.safety import Outcome, decide
from programs.rules.screen import judge_screen, screen
from programs.rules.tables import score, tables
from programs.rules.timeline import Event, elapsed_s, moment, same_date

KINDS = ("relief", "minimum", "full")
"""From the least to the most."""
NO_FALL_RISK_ENTRIES = "no-fall-risk-entries"
"""S25, R12: entries that the code ``fall-risk`` drops or gates are left out, from the answer that sets it on."""
MAY_START: Mapping[str, frozenset[str]] = {
    "start": frozenset(KINDS),
    "offer-minimum-plan": frozenset(KINDS),
    "minimum-plan": frozenset({"relief", "minimum"}),
    "relief-only": frozenset({"relief"}),
}
"""X12: the kinds of session that each outcome of table C lets start; the other outcomes let none start."""


class HeldLock(Protocol):
    """A lock that something else than this session opened."""

    @property
    def level(self) -> str:
        """E, T or H."""
        ...

    def held(self, at: datetime) -> bool:
        """Was it open at that moment?"""
        ...


@dataclass(frozen=True)
class CheckInResult:
    """The check-in that counts: its event, the row of table C, and what it restricts (X18)."""

    event: Event
    row: str
    outcome: str
    rule: str
    restrictions: tuple[str, ...] = ()

    @property
    def scores(self) -> tuple[int | None, int | None]:
        """Spine and limb, 0-10 or None (S33)."""
        return score(self.event["payload"].get("spine")), score(self.event["payload"].get("limb"))

    @property
    def baseline(self) -> tuple[int, int] | None:
        """S16, X1: both scores, where the outcome lets a session start; else None."""
        spine, limb = self.scores
        return (spine, limb) if self.outcome in MAY_START and spine is not None and limb is not None else None


def is_complete(event: Event, known_signs: Collection[str]) -> bool:
    """X4, S3: is the screen complete? Half-answered is not, whatever the device says."""
    answers, scope = event["payload"]["answers"], event["payload"]["scope"]
    if not event["payload"]["complete"]:
        return False
    return not judge_screen(answers, known_signs=known_signs, scope=scope).unanswered


def judge_check_in(
    plan: Mapping[str, Any], event: Event, screens: Iterable[Event], *, open_lock: bool
) -> CheckInResult:
    """S15, X12: table C over one check-in and the complete screens that came before it on the same local date.

    A device clock that cannot be (``clock`` of the event) is asked again (S33).
    """
    outcome = decide("C", facts_of(plan, event, screens, open_lock=open_lock))
    if event.get("clock") and outcome.row not in {"C1", "C6", "C7", "C8"}:
        outcome = Outcome("C5", "ask-again", "S33")
    restrictions = [*outcome.extras.get("restrictions", ())]
    if sets_fall_risk(event["payload"].get("fall_risk") or {}):
        restrictions.append(NO_FALL_RISK_ENTRIES)
    return CheckInResult(event, str(outcome.row), str(outcome.outcome), outcome.rule, tuple(restrictions))


def facts_of(plan: Mapping[str, Any], event: Event, screens: Iterable[Event], *, open_lock: bool) -> dict[str, Any]:
    """The inputs of table C. X4: a screen stands for Q1, and lapses at local midnight."""
    payload, usual = event["payload"], plan.get("usual") or {}
    scopes = {each["payload"]["scope"] for each in screens if same_date(each, event)}
    asked_all = bool(scopes & {"full", "short"})
    q5 = payload.get("q5")
    last = payload.get("last")
    return {
        "open_lock": open_lock,
        "q1": "no" if asked_all else payload.get("q1"),
        "full_screen_due": bool(plan.get("full_screen_due")) and "full" not in scopes,
        "now_spine": payload.get("spine"),
        "now_limb": payload.get("limb"),
        "usual_spine": usual.get("spine"),
        "usual_limb": usual.get("limb"),
        "q3": payload.get("q3"),
        "last": "same" if last is None and plan.get("last_session") is None else last,
        # A fever whose signs were asked about leaves a patient who is unwell (S7, S15 Q5).
        "q5": "dizzy-or-unwell" if q5 == "fever" and (asked_all or "S7" in scopes) else q5,
        "up24": up24(plan, payload, moment(event.get("at"))),
        "ask_sugar": bool(plan.get("ask_sugar")),
        "sugar_ok": bool(payload.get("sugar_ok")),
        "pressure": payload.get("pressure"),
    }


def up24(plan: Mapping[str, Any], payload: Mapping[str, Any], at: datetime | None) -> int | None:
    """Table C: the larger of the two scores minus the baseline of the last session, if it ended 20-72 h before."""
    last = plan.get("last_session")
    if not last:
        return None
    spine, limb = score(payload.get("spine")), score(payload.get("limb"))
    base_spine, base_limb = score(last.get("baseline_spine")), score(last.get("baseline_limb"))
    if spine is None or limb is None or base_spine is None or base_limb is None:
        return None
    hours, minted = last["hours_ago"], moment(plan.get("minted_at"))
    if at is not None and minted is not None:
        hours += (at - minted).total_seconds() / 3600
    limits = tables()["thresholds"]
    if not limits["after_from_h"] <= hours <= limits["after_to_h"]:
        return None
    return max(spine - base_spine, limb - base_limb)


def pressure_locks(payload: Mapping[str, Any], screens: Iterable[Event]) -> tuple[str, ...]:
    """S11: the levels of the locks that a resting pressure earns: 180/110 T and H; 180/120 with signs also E."""
    pressure = payload.get("pressure")
    if not pressure:
        return ()
    systolic, diastolic = pressure
    limits = tables()["thresholds"]
    if systolic < limits["systolic"] and diastolic < limits["diastolic"]:
        return ()
    emergency = systolic >= limits["systolic"] or diastolic >= limits["diastolic_emergency"]
    group = next(each for each in screen()["groups"] if each["id"] == "S11")["questions"]
    signs = any(
        each["payload"]["answers"].get(question) in {"yes", "not-sure", "same", "worse"}
        for each in screens
        for question in group
        if screen()["questions"][question]["when"] is True
    )
    return ("E", "T", "H") if emergency and signs else ("T", "H")


def why_no_start(plan: Mapping[str, Any], event: Event, check_in: CheckInResult | None, *, locked: str) -> str:
    """The rule by which a start of this kind is none, or nothing: S2, S33, X5, or the rule of table C.

    ``locked`` is the gravest open lock. With H alone, relief stays open.
    """
    wanted = event["payload"]["kind"]
    if locked and not (locked == "H" and wanted == "relief"):
        return "S2"
    if check_in is None or check_in.baseline is None:
        return "S33" if check_in is None or check_in.outcome in {"ask-again", *MAY_START} else check_in.rule
    if event.get("clock"):
        return "S33"
    if elapsed_s(check_in.event, event) > CHECK_IN_HOLDS_S or not same_date(check_in.event, event):
        return "X5"
    if wanted not in MAY_START[check_in.outcome]:
        return check_in.rule
    return "S2" if KINDS.index(wanted) > KINDS.index(plan.get("kind", "full")) else ""
