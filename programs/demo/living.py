"""The demo's patients live their weeks: each session is minted, done and sent as a device would do it."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import Patient
from programs.demo import telling
from programs.demo.clock import BEFORE_NOW, at, moment
from programs.demo.screening import full_screen, weaker_leg
from programs.demo.stories import Story
from programs.demo.telling import Mood, Teller
from programs.guided.actions import open_day
from programs.guided.intake import take_in
from programs.models import Session
from programs.rules.limits_in_session import FALL_RISK_QUESTIONS

BETWEEN = timedelta(hours=5)
"""From a day's first session to its second."""


def live(story: Story, patient: Patient, *, day: int, now: datetime) -> None:
    """One day of a patient, counted from today."""
    random = Random(f"{story.name} {day}")  # noqa: S311
    happening = story.days.get(day, "")
    for number, begins in enumerate(_begins(story, patient, day, now, random)):
        if not happening and random.random() > (story.does if number == 0 else story.does / 2):
            continue
        with at(begins):
            opened = open_day(patient=patient, now=begins)
        if opened.plan is None:
            return
        spine, limb = story.pain_on(day)
        mood = Mood(
            spine=_about(spine, random),
            limb=_about(limb, random),
            happening=happening if number == 0 else "",
        )
        _session(patient, Teller(opened.plan, begins + timedelta(minutes=1)), mood, random)


def _begins(story: Story, patient: Patient, day: int, now: datetime, random: Random) -> Iterator[datetime]:
    first = moment(now, day, story.hour, random.randrange(50), zone=patient.zone)
    if first <= now - BEFORE_NOW or day in story.days:
        yield first
    if first + BETWEEN <= now - BEFORE_NOW:
        yield first + BETWEEN


def _about(score: int, random: Random) -> int:
    """A score that is one worse now and then, and never so bad that it ends a session by itself."""
    return min(5, score + random.choice((0, 0, 0, 1)))


def _session(patient: Patient, teller: Teller, mood: Mood, random: Random) -> None:
    """Screen where it is due, check in, do what there is, finish; then send it all at once."""
    plan = teller.plan
    if mood.happening == "weaker-leg":
        teller.tell("screen", weaker_leg())
        return _send(patient, teller)
    if plan["full_screen_due"]:
        teller.tell("screen", full_screen(), after=60)
    teller.tell("check-in", _check_in(plan, mood), after=25)
    teller.tell("started", {"kind": plan["kind"], "restrictions": []}, after=20)
    telling.exercises(teller, mood, random)
    if mood.happening in {"", "stop", "skip"}:
        effort = random.choice((2, 3, 3, 4))
        teller.tell("finished", {"spine": mood.spine, "limb": mood.limb, "effort": effort}, after=15)
    return _send(patient, teller)


def _check_in(plan: Mapping[str, Any], mood: Mood) -> Mapping[str, Any]:
    return {
        "q1": "no",
        "spine": mood.spine,
        "limb": mood.limb,
        "q3": "same",
        "last": "same" if plan["last_session"] else None,
        "sleep_worse": False,
        "q5": "no",
        "sugar_ok": True if plan["ask_sugar"] else None,
        "pressure": None,
        "fall_risk": dict.fromkeys(FALL_RISK_QUESTIONS, "no") if plan["fall_questions_due"] else None,
    }


def _send(patient: Patient, teller: Teller) -> None:
    session = Session.objects.get(pk=teller.plan["session"])
    with at(teller.now):
        results = take_in(patient=patient, session=session, events=teller.events, now=teller.now)
    refused = [(result.why, event["kind"]) for result, event in zip(results, teller.events, strict=True) if result.why]
    if refused:
        raise RuntimeError(f"{patient.display_name} {teller.plan['local_date']}: {refused}")
