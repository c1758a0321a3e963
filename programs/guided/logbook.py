"""The session without JavaScript: one form after another, the same events and the same rules as the player's."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
from programs.guided.leaving import Told, judge_told, wish_to_stop
from programs.guided.loading import load_care
from programs.guided.pictures import picture_of, with_pictures
from programs.guided.replay import Replay, item_of, replay_session
from programs.guided.screen_form import ScreenForm
from programs.guided.starting import Start, starts
from programs.guided.usual import full_screen_due
from programs.guided.walked import items_of
from programs.models import Session, SessionEvent
from programs.rules.easing import eased_item, easier_dose
from programs.rules.events import ASKED_EVERY_S, parts_of
from programs.rules.limits_in_session import space_check_before
from programs.rules.record import Done
from stenosis_pt.dose_words import dose_words, duration_words

OVER = {"finished", "ended", "closed", "refused"}
Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """Where the patient is: the name of the page's part, its form, and the entry it is about."""

    name: str
    form: Callable[[Any], forms.Form] | None = None
    item: dict[str, Any] | None = None
    starts: tuple[Start, ...] = ()
    part: int = 1
    parts: int = 1
    """X9: the pain question comes after every set and every interval, and every 5 minutes in a minutes entry."""
    checks_space: bool = False
    """S28: it is the first standing entry of the session."""
    easier: dict[str, int] | None = None
    """R25, P12: what of the dose can be made smaller for the rest of today."""

    why: str = ""
    """S17, S19, S20: what the patient rests from: stopped-pain, interval-limit or centralising."""

    @property
    def seconds(self) -> int:
        """How long this part of a minutes entry is; less where it was made easier."""
        dose = self.item["dose"] if self.item else {}
        if dose.get("work_s"):
            return int(min(ASKED_EVERY_S, dose["work_s"]))
        whole = dose.get("minutes", 0) * 60 - (self.part - 1) * ASKED_EVERY_S
        return int(min(ASKED_EVERY_S, whole, dose.get("stretch_s") or ASKED_EVERY_S))

    @property
    def rest_before(self) -> int:
        """Seconds of the rest that lies between two intervals; none before the first."""
        dose = self.item["dose"] if self.item else {}
        return int(dose.get("rest_s") or 0) if dose.get("work_s") and self.part > 1 else 0


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
    if "relief" in request.GET:
        step = relief_step(step, replay)
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
    items, plan = items_of(session.plan, replay.state), with_pictures(session.plan)
    low = bool(replay.state.restrictions) or session.state == "ended"  # S15, S18, S24, X18: sitting or lying
    context = {
        "session": session,
        "step": step,
        "form": form,
        "place": place,
        "level": care.gravest,
        "reading": replay.state,
        "plan": plan,
        "rest": (plan.get("relief_low") if low else None) or plan.get("relief"),
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
        choices = starts(plan, state)
        return Step("start" if choices else "nothing", starts=choices)
    if state.resting:
        why = state.items.get(state.resting_item or "", "")
        return Step("rest", PainForm, item_of(plan, state.resting_item), why=why)
    items = items_of(plan, state)
    left = (item for item in items if not is_over(item, replay.done.get(item["id"])))
    item = next(left, None)
    if item is None:
        return Step("finish", FinishForm)
    done = replay.done.get(item["id"])
    shown = {**with_less(item, state.eased.get(item["id"])), "picture": picture_of(item)}
    part = (done.checks if done else 0) + 1
    first = part == 1 and item["id"] == space_check_before(items)
    return Step("item", PainForm, shown, part=part, parts=parts_of(item["dose"]), checks_space=first)


def relief_step(step: Step, replay: Replay) -> Step:
    """R25: relief is one press from every exercise; there its dose can be made smaller, once (P12)."""
    if step.name != "item" or step.item is None or replay.state.kind == "relief":
        return step
    less = None if step.item["id"] in replay.state.eased else easier_dose(step.item)
    return replace(step, name="relief", easier=less)


def with_less(item: dict[str, Any], made: Mapping[str, int] | None) -> dict[str, Any]:
    """An entry as far as it was made easier today, with the words of the smaller dose."""
    if not made:
        return item
    eased = eased_item(item, made)
    dose = eased["dose"]
    if "stretch_s" in dose and dose.get("work_s"):
        dose["work_s"] = dose["stretch_s"]
    words = dose_words(dose) if dose["type"] == "reps" or dose.get("work_s") else duration_words(dose["stretch_s"])
    return {**eased, "dose_words": words, "is_eased": True}


def is_over(item: dict[str, Any], done: Done | None) -> bool:
    """Is there nothing left to do in the entry? It was done, left out, or it ended for pain."""
    if done is None:
        return False
    return done.skipped or done.checks >= parts_of(item["dose"]) or done.status not in {"done", "part"}


def answer(step: Step, form: forms.Form | None, data: Any, replay: Replay, now: datetime) -> list[Event]:
    """The events that an answer makes; none when it has to be asked again."""
    if step.name == "start":
        chosen = next((start for start in step.starts if start.value == data.get("kind")), None)
        return [("started", chosen.payload(replay.state))] if chosen else []
    valid = form is not None and form.is_valid()
    if form is not None and step.item and step.name == "relief" and "stop" in data:
        said = wish_to_stop(_pain(form), step.item, replay.state)
        return [_relieved(step), ("pain", _asked_beside(step, said))]
    if form is not None and step.item and step.name == "item" and "skip" in data:
        return _left_out(step, _pain(form), judge_told(_pain(form), step.item, replay.state), replay.state.kind)
    if form is None or not valid:
        return []
    return ANSWERS[step.name](step, form, replay, now)


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


def _screen(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    screened: Event = ("screen", {"scope": form.scope, "answers": form.answers, "complete": form.complete})
    if replay.state.state == "minted" and form.complete and replay.answers:
        return [screened, ("check-in", replay.answers)]  # what was answered before it is not asked again
    return [screened]


def _check_in(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    return list(form.events)


def _pain(form: forms.Form) -> dict[str, Any]:
    """The answer, as far as it was given."""
    said = form.cleaned_data
    return {"spine": said["spine"], "limb": said["limb"], **signs_of(said.get("change", ""))}


def _item(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    item = step.item or {}
    dose, last = item["dose"], step.part == step.parts
    timed = dose["type"] == "minutes"
    whole = step.seconds if step.parts == 1 and not dose.get("work_s") else (dose.get("minutes") or 0) * 60
    number, seconds = (1, whole) if timed else (step.part, 0)  # in parts: as planned, for the caps (R29)
    done = {"item": item["id"], "set": number, "reps": dose.get("reps") or 0, "seconds": seconds}
    source = "minutes" if timed and not last else "after-set"
    pain = {"item": item["id"], "set": number, **_pain(form), "source": source, "replaces": None}
    return [*([] if timed and not last else [("set-done", done)]), ("pain", pain)]


def _relief(step: Step, form: Any, replay: Replay, now: datetime) -> list[Event]:
    """X5: whoever goes on from the relief position is asked about pain first."""
    eased = (
        [("eased", {"item": (step.item or {})["id"], **step.easier})] if "easier" in form.data and step.easier else []
    )
    return [_relieved(step), *eased, ("pain", _asked_beside(step, _pain(form)))]


def _relieved(step: Step) -> Event:
    return "relief", {"item": (step.item or {})["id"]}


def _asked_beside(step: Step, said: dict[str, Any]) -> dict[str, Any]:
    item = step.item or {}
    number = 1 if item["dose"]["type"] == "minutes" else step.part
    return {"item": item["id"], "set": number, **said, "source": "resume", "replaces": None}


def _left_out(step: Step, said: dict[str, Any], told: Told, kind: str) -> list[Event]:
    """S17, S18, X17: whoever leaves out an entry and tells a sign or worse pain is answered on that; a score that is
    missing to it is asked for (S33). X16: in a relief-only session the scores are told, and the entry is left out."""
    skipped: Event = ("skipped", {"item": (step.item or {})["id"], "reason": "not-said"})
    pain: Event = ("pain", _asked_beside(step, said))
    if told.ends or (not told.harmless and told.complete):
        return [*_minutes_so_far(step), pain]
    if not told.harmless:
        return []
    return [*_minutes_so_far(step), *([pain] if kind == "relief" and told.complete else []), skipped]


def _minutes_so_far(step: Step) -> list[Event]:
    """What was done of a minutes entry whose rest is left out: it counts towards the day's caps (R29)."""
    item = step.item or {}
    dose = item["dose"]
    if dose["type"] != "minutes" or step.part == 1:
        return []
    each = dose["work_s"] + (dose.get("rest_s") or 0) if dose.get("work_s") else ASKED_EVERY_S
    seconds = min((step.part - 1) * each, dose["minutes"] * 60)
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
    "relief": _relief,
    "rest": _rest,
    "fall": _fall,
    "finish": _finish,
}
