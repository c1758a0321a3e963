"""From the rules' routine, or from a revision, to a draft. Pure but for the rows it is given."""

from collections.abc import Mapping
from typing import Any

from exercises.content import Catalogue, Dose, Exercise, Severity
from programs.changes import DAYS
from programs.models import ProgramRevision
from programs.origin import Origin
from programs.prescribing.draft import Draft, Entry
from programs.revisions import dose_of
from programs.rules import RULES_VERSION
from programs.rules.assembly import assemble
from programs.rules.profile import Profile
from programs.rules.routine import Decision, Routine

BY_HAND = "X19"
"""The rule that stands beside what the therapist added (routines X19)."""


def assembled(profile: Profile, catalogue: Catalogue) -> Draft:
    """R1: a draft assembled by the rules; it becomes active only when a therapist approves it."""
    return from_routine(assemble(profile, catalogue))


def from_routine(routine: Routine) -> Draft:
    """The routine as a draft, with every decision that made it."""
    return Draft(
        days={day: _entries(routine, day) for day in DAYS},
        left_out=tuple(
            {"day": gap.day, "exercise": gap.exercise, **_decision(gap.decision)} for gap in routine.left_out
        ),
        swaps=tuple({"day": swap.day, "from": swap.origin, "to": swap.to, "rule": swap.rule} for swap in routine.swaps),
        needs_ok=tuple({"exercise": slug, "precaution": code} for slug, code in routine.needs_ok),
        marks=tuple({"day": mark.day, "mark": mark.mark} for mark in routine.marks),
        explanation=tuple(_decision(decision) for decision in routine.explanation),
        blocked=_decision(routine.blocked) if routine.blocked else None,
        template=routine.template,
        severity=routine.severity,
        rules_version=routine.rules_version,
    )


def from_revision(revision: ProgramRevision) -> Draft:
    """A draft that begins as the revision in force: its doses and notes are the therapist's and stay."""
    days: dict[str, tuple[Entry, ...]] = dict.fromkeys(DAYS, ())
    for item in revision.items.all():
        by_hand = BY_HAND in item.reasons
        entry = Entry(
            exercise=item.exercise,
            dose=dose_of(item),
            reasons=tuple(item.reasons),
            by_hand=by_hand,
            by_hand_reason=item.by_hand_reason,
            note=item.note,
            edited=not by_hand,
            origin=Origin.from_json(item.origin),
            parts=tuple(part["exercise"] for part in item.parts or ()),
        )
        days[item.day] = (*days[item.day], entry)
    return Draft(
        days=days,
        swaps=tuple(revision.swaps),
        left_out=tuple(revision.left_out),
        marks=tuple(revision.marks),
        explanation=tuple(revision.explanation),
        template=revision.template,
        severity=revision.severity,
        rules_version=RULES_VERSION,
        week=tuple(tuple(names) for names in revision.week) if revision.week_origin else (),
        week_by=str((revision.week_origin or {}).get("by", "")),
    )


def empty(profile: Profile) -> Draft:
    """A draft that the therapist builds by hand (R37, X13)."""
    return Draft(severity=profile.severity.value, rules_version=RULES_VERSION)


def start_entry(exercise: Exercise, severity: Severity, reason: str = "") -> Entry:
    """An exercise added by hand at its start dose for the severity; the lightest it has where there is none (X19)."""
    return Entry(
        exercise=exercise.slug,
        dose=start_dose(exercise, severity),
        reasons=(BY_HAND,),
        by_hand=True,
        by_hand_reason=reason,
    )


def start_dose(exercise: Exercise, severity: Severity) -> Dose:
    """The start dose for the severity; without one, that of the gravest severity that has one."""
    for level in (severity, Severity.SEVERE, Severity.MODERATE, Severity.MILD):
        if level in exercise.doses:
            return exercise.doses[level]
    raise ValueError(f"{exercise.slug} has no dose at all")


def _entries(routine: Routine, day: str) -> tuple[Entry, ...]:
    if day not in routine.days:
        return ()
    return tuple(Entry(item.exercise, item.dose, item.reasons) for item in routine.days[day].items)


def _decision(decision: Decision) -> Mapping[str, Any]:
    return {
        "day": decision.day,
        "exercise": decision.exercise,
        "rule": decision.rule,
        "key": decision.key,
        "params": dict(decision.params),
    }
