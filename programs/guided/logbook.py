"""The session without JavaScript: one form after another, the same events and the same rules as the player's."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import own_patient, signed_in
from programs.guided.access import own_session
from programs.guided.actions import close_stale, is_outdated
from programs.guided.forms import CheckInForm, FallForm, FinishForm, PainForm, signs_of
from programs.guided.intake import take_in
from programs.guided.loading import load_care
from programs.guided.pictures import picture_of, with_pictures
from programs.guided.replay import Replay, item_of, replay_session
from programs.guided.screen_form import ScreenForm
from programs.guided.usual import full_screen_due
from programs.models import Session, SessionEvent
from programs.rules.checkin import MAY_START, NO_FALL_RISK_ENTRIES
from programs.rules.events import ASKED_EVERY_S
from programs.rules.record import Done

ASKED_EVERY_MINUTES = ASKED_EVERY_S // 60
OVER = {"finished", "ended", "closed", "refused"}
Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """Where the patient is: the name of the page's part, its form, and the entry it is about."""

    name: str
    form: Callable[[Any], forms.Form] | None = None
    item: dict[str, Any] | None = None
    kinds: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    """X9: the pain question comes after every set, and every 5 minutes in a minutes entry: one form for each."""

    @property
    def minutes(self) -> int:
        """How long this part of a minutes entry is."""
        whole = self.item["dose"].get("minutes", 0) if self.item else 0
        return int(min(ASKED_EVERY_MINUTES, whole - (self.part - 1) * ASKED_EVERY_MINUTES))


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Show the next question of the session, or take its answer and go on. An old page changes nothing."""
    patient, now = own_patient(signed_in(request)), timezone.now()
    close_stale(patient=patient, now=now)
    session = own_session(patient, session_id)
    if is_outdated(patient=patient, session=session, now=now):
        return redirect("guided:today")
    care = load_care(patient, now)
    replay = replay_session(patient, session, now)
    step = next_step(session, replay, care.gravest, due=full_screen_due(care))
    place = SessionEvent.objects.filter(session=session).count()
    form = step.form(request.POST if request.method == "POST" else None) if step.form else None
    if request.method == "POST":
        if request.POST.get("place") != str(place):
            return redirect("guided:log", session_id=session.pk)
        made = answer(step, form, request.POST, replay, now)
        if made:
            events = as_events(session, made, now, place)
            take_in(patient=patient, session=session, events=events, now=now, after=place)
            return redirect("guided:log", session_id=session.pk)
    items = items_of(session, replay)
    context = {
        "session": session,
        "step": step,
        "form": form,
        "place": place,
        "level": care.gravest,
        "reading": replay.state,
        "plan": with_pictures(session.plan),
        "done": sum(is_over(item, replay.done.get(item["id"])) for item in items),
        "count": len(items),
    }
    return render(request, "programs/guided/log.html", context, status=400 if form is not None and form.errors else 200)


def next_step(session: Session, replay: Replay, gravest: str, *, due: bool) -> Step:
    """Which question comes next."""
    plan, state = session.plan, replay.state
    known = plan.get("known_signs") or ()
    if state.waiting == "fall":
        return Step("fall", FallForm)
    if state.waiting == "sign":
        return Step("screen", lambda data: ScreenForm(state.waiting_group or "short", data, known))
    if gravest and not (gravest == "H" and plan["kind"] == "relief"):
        return Step("locked")
    if session.state in OVER or state.state in OVER:
        return Step("over")
    if state.state == "minted":
        return _before(plan, replay, due=due)
    if state.state == "checked-in":
        return Step("start", kinds=_kinds(session, replay))
    if state.resting:
        return Step("rest", PainForm, item_of(plan, state.resting_item))
    item = next((item for item in items_of(session, replay) if not is_over(item, replay.done.get(item["id"]))), None)
    if item is None:
        return Step("finish", FinishForm)
    done = replay.done.get(item["id"])
    shown = {**item, "picture": picture_of(item)}
    return Step("item", PainForm, shown, part=(done.checks if done else 0) + 1, parts=parts_of(item))


def parts_of(item: dict[str, Any]) -> int:
    """X9: in how many parts an entry is done on paper, each with its own pain question."""
    dose = item["dose"]
    return int(-(-dose["minutes"] // ASKED_EVERY_MINUTES)) if dose["type"] == "minutes" else int(dose["sets"])


def is_over(item: dict[str, Any], done: Done | None) -> bool:
    """Is there nothing left to do in the entry? It was done, left out, or it ended for pain."""
    if done is None:
        return False
    return done.skipped or done.checks >= parts_of(item) or done.status not in {"done", "part"}


def answer(step: Step, form: forms.Form | None, data: Any, replay: Replay, now: datetime) -> list[Event]:
    """The events that an answer makes; none when it has to be asked again."""
    if step.name == "start":
        kind = data.get("kind")
        return [("started", {"kind": kind, "restrictions": []})] if kind in step.kinds else []
    if step.name == "item" and "skip" in data and step.item:
        return [*_minutes_so_far(step), ("skipped", {"item": step.item["id"], "reason": "not-said"})]
    if form is None or not form.is_valid():
        return []
    return ANSWERS[step.name](step, form, replay, now)


def items_of(session: Session, replay: Replay) -> list[dict[str, Any]]:
    """The entries of the session that was started, as far as the check-in (X18, S25) and S13 leave them."""
    plan, state = session.plan, replay.state
    part = {"minimum": "minimum", "relief": "relief_only"}.get(state.kind, "items")
    items: list[dict[str, Any]] = plan["items"] if plan["kind"] == state.kind else plan[part]
    walking_held = any(lock.scope == "walking" for lock in state.locks)
    seated_only = "seated-and-lying-only" in state.restrictions
    steady_only = NO_FALL_RISK_ENTRIES in state.restrictions
    return [
        item
        for item in items
        if not (seated_only and not item["seated_or_lying"])
        and not (steady_only and item.get("not_with_fall_risk"))
        and not (walking_held and item["category"] == "aerobic" and item["start"] == "standing")
    ]


def as_events(session: Session, made: list[Event], now: datetime, place: int) -> list[dict[str, Any]]:
    """Events as a device would send them."""
    local_date = now.astimezone(ZoneInfo(session.zone)).date().isoformat()
    return [
        {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "at": now.isoformat(),
            "zone": session.zone,
            "local_date": local_date,
            "mono": None,
            "seq": place + offset,
            "payload": payload,
        }
        for offset, (kind, payload) in enumerate(made)
    ]


def _before(plan: dict[str, Any], replay: Replay, *, due: bool) -> Step:
    known = plan.get("known_signs") or ()
    if (due or plan["full_screen_due"]) and not any(one.complete and one.scope == "full" for one in replay.screens):
        return Step("screen", lambda data: ScreenForm("full", data, known))
    row = replay.state.row
    if row in {"C2", "C4"} and not any(one.complete for one in replay.screens):
        scope = "short" if row == "C2" else "S7"
        return Step("screen", lambda data: ScreenForm(scope, data, known))
    return Step("check-in", lambda data: CheckInForm(plan, data))


def _kinds(session: Session, replay: Replay) -> tuple[str, ...]:
    outcome = replay.state.outcome
    kind = session.plan["kind"]
    allowed = MAY_START.get(outcome, frozenset())
    if kind in allowed:
        return (kind, "minimum") if outcome == "offer-minimum-plan" and kind == "full" else (kind,)
    return ("minimum",) if "minimum" in allowed else ("relief",)


def _screen(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    screened: Event = ("screen", {"scope": form.scope, "answers": form.answers, "complete": form.complete})
    if replay.state.state == "minted" and form.complete and replay.answers:
        return [screened, ("check-in", replay.answers)]  # what was answered before it is not asked again
    return [screened]


def _check_in(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    return list(form.events)


def _pain(form: forms.Form) -> dict[str, Any]:
    said = form.cleaned_data
    return {"spine": said["spine"], "limb": said["limb"], **signs_of(said["change"])}


def _item(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    item = step.item or {}
    dose, last = item["dose"], step.part == step.parts
    timed = dose["type"] == "minutes"
    number, seconds = (1, dose["minutes"] * 60) if timed else (step.part, 0)
    done = {"item": item["id"], "set": number, "reps": dose.get("reps") or 0, "seconds": seconds}
    source = "minutes" if timed and not last else "after-set"
    pain = {"item": item["id"], "set": number, **_pain(form), "source": source, "replaces": None}
    return [*([] if timed and not last else [("set-done", done)]), ("pain", pain)]


def _minutes_so_far(step: Step) -> list[Event]:
    """What was done of a minutes entry whose rest is left out: it counts towards the day's caps (R29)."""
    item = step.item or {}
    if item["dose"]["type"] != "minutes" or step.part == 1:
        return []
    seconds = (step.part - 1) * ASKED_EVERY_MINUTES * 60
    return [("set-done", {"item": item["id"], "set": 1, "reps": 0, "seconds": seconds})]


def _rest(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    item, state = step.item or {}, replay.state
    signs = _pain(form)
    worse = signs.pop("worse")
    if worse and signs["tingling"] == "none":
        signs["tingling"] = "brief"  # "worse" while resting is not settled (table U knows no "worse")
    seconds = max(0, int((now - state.resting_since).total_seconds())) if state.resting_since else 0
    rest = {"item": item["id"], "from": state.resting or "stop", "seconds_resting": seconds, **signs}
    return [("rest-check", {**rest, "limits_so_far": 0, "next_interval_s": None, "replaces": None})]


def _fall(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    return [("fall-check", dict(form.cleaned_data))]


def _finish(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    return [("finished", dict(form.cleaned_data))]


ANSWERS: dict[str, Callable[[Step, Any, Replay, datetime], list[Event]]] = {
    "screen": _screen,
    "check-in": _check_in,
    "item": _item,
    "rest": _rest,
    "fall": _fall,
    "finish": _finish,
}
