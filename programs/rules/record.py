"""What a session's events leave on record beside its state: what was done of each entry, and its screens. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from programs.rules.checkin import is_complete
from programs.rules.events import every_item, parts_of
from programs.rules.screen import judge_screen
from programs.rules.session_state import SessionState
from programs.rules.tables import score
from programs.rules.timeline import Event, moment

EVENT_SCOPE = "event"
"""The scope of an S1 event such as a fall: no screen, but one is due after it."""
ASKED_AFTER = frozenset({"after-set", "stop-button"})
"""Sources of a pain answer that tell that its set was begun."""

ASKED_BESIDE = frozenset({"resume", "relief"})
"""Sources of a pain answer that belong to no set: after a break, or in the relief position."""


@dataclass(frozen=True)
class Done:
    """What was done of one entry. ``sets`` are done, ``*_begun`` count towards the caps of the day (R29)."""

    slug: str
    sets: int
    sets_begun: int
    reps_begun: int
    seconds: float
    """Of a minutes entry: the time walked, cycled or rested."""
    walks: tuple[Mapping[str, Any], ...]
    """S19: of each walking interval the seconds walked, those to the first symptoms and those until it had settled."""
    checks: int
    """How often the pain question after a set, or in a minutes entry, was answered."""
    skipped: bool
    """Did the patient leave it out, or the rest of it?"""
    status: str
    """done, part, skipped, interval-limit, stopped-pain or centralising."""
    eased: bool
    """R25, P12: did the patient make it easier for the rest of the day?"""
    off_today: bool
    """S17, S20: not offered again on this local date."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the session's summary."""
        return asdict(self)


@dataclass(frozen=True)
class Screened:
    """A red-flag screen, or an S1 event (``EVENT_SCOPE``), with the gravest outcome of its answers."""

    at: datetime
    local_date: str
    scope: str
    complete: bool
    answers: Mapping[str, Any]
    gravest: str


def done_of(plan: Mapping[str, Any], events: Iterable[Event], state: SessionState) -> dict[str, Done]:
    """Item id to what was done of it, for the entries that the events name. Sets count whenever they are told (R29)."""
    named: dict[str, list[Event]] = {}
    for event in events:
        item = event["payload"].get("item")
        if item is not None:
            named.setdefault(item, []).append(event)
    items = {each["id"]: each for each in every_item(plan)}
    return {name: _done(items[name], told, state) for name, told in named.items() if name in items}


def _done(item: Mapping[str, Any], events: Sequence[Event], state: SessionState) -> Done:
    done: dict[int, float] = {}
    begun: set[int] = set()
    walked, checks, skipped = 0, 0, False
    for event in events:
        given, kind = event["payload"], event["kind"]
        checks += kind == "pain" and given.get("source") not in ASKED_BESIDE
        skipped = skipped or kind == "skipped"
        if kind == "set-done":
            done.setdefault(given["set"], given.get("seconds") or 0)
            begun.add(given["set"])
        elif kind == "pain" and given["set"] and given.get("source") in ASKED_AFTER:
            begun.add(given["set"])
        elif kind == "interval":
            walked += given["walked_s"]
    dose = item["dose"]
    timed = dose.get("type") == "minutes"
    seconds: float = (float(walked) or sum(done.values())) if timed else 0
    whole = len(done) >= parts_of(dose) or (timed and seconds >= (dose.get("minutes") or 0) * 60)
    status = state.items.get(item["id"], "")
    return Done(
        slug=item["slug"],
        sets=len(done),
        sets_begun=len(begun),
        reps_begun=len(begun) * (dose.get("reps") or 0),
        seconds=seconds,
        walks=_walks(events, (state.baseline_spine, state.baseline_limb)),
        checks=checks,
        skipped=skipped,
        status=status if status not in {"", "done"} else ("done" if whole else "part"),
        eased=item["id"] in state.eased,
        off_today=item["slug"] in state.off_today,
    )


def _walks(events: Iterable[Event], baseline: tuple[int | None, int | None]) -> tuple[Mapping[str, Any], ...]:
    """S19: walking time, time to the first symptoms and recovery time, from the rest's start to the settled answer."""
    walks: list[dict[str, Any]] = []
    for event in events:
        given = event["payload"]
        if event["kind"] == "interval":
            first = given.get("first_symptom_s")
            walks.append({"walked_s": given["walked_s"], "first_symptom_s": first, "recovery_s": None})
            continue
        resting = event["kind"] == "rest-check" and given["from"] == "interval"
        if resting and walks and walks[-1]["recovery_s"] is None and _settled(given, baseline):
            walks[-1]["recovery_s"] = given["seconds_resting"]
    return tuple(walks)


def _settled(given: Mapping[str, Any], baseline: tuple[int | None, int | None]) -> bool:
    """X10: both scores at or below the baseline, and no sign."""
    now = (score(given["spine"]), score(given["limb"]))
    at_most = all(one is not None and base is not None and one <= base for one, base in zip(now, baseline, strict=True))
    return at_most and not given["spread"] and given["tingling"] == "none" and given["alarm"] == "none"


def screens_of(plan: Mapping[str, Any], events: Iterable[Event], state: SessionState) -> tuple[Screened, ...]:
    """S1: the screens of the session, and a fall that it was ended by (S25), each on its own local date (X3)."""
    told = [(moment(event.get("at")), event) for event in events]
    screens = [_screened(at, event, plan) for at, event in told if at and event["kind"] == "screen"]
    dates = {at: str(event["local_date"]) for at, event in told}
    falls = [lock.at for lock in state.locks if (lock.rule, lock.level) == ("S25", "T") and lock.at]
    return (
        *screens,
        *(Screened(at, dates.get(at, plan["local_date"]), EVENT_SCOPE, False, {"event": "fall"}, "") for at in falls),
    )


def _screened(at: datetime, event: Event, plan: Mapping[str, Any]) -> Screened:
    given, known = event["payload"], tuple(plan.get("known_signs") or ())
    judged = judge_screen(given["answers"], known_signs=known)
    complete = is_complete(event, known)
    return Screened(at, str(event["local_date"]), given["scope"], complete, given["answers"], judged.gravest)
