"""From a draft to a revision: what will be approved, what stands in the way, and the approval (R1, R38)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Patient, User
from programs.changes import Changes, Placed, compare
from programs.models import Lock, ProgramRevision
from programs.policies import gate_since
from programs.prescribing.actions import Refused, StaleDraft, locked_draft
from programs.prescribing.block import part_problems, stored_parts
from programs.prescribing.draft import Draft
from programs.prescribing.item_page import today_of
from programs.prescribing.notices import Notice, as_days, new_this_week, problems, warnings
from programs.prescribing.profile_page import severity_due, severity_mismatches
from programs.prescribing.state import Prescription, load_prescription
from programs.prescribing.week import Week, week_of, week_warnings
from programs.prescribing.words import Names, change_words, notice_words, sentence, week_words
from programs.revisions import NotApprovable, Proposal, ProposedItem, added_since, approve, placed_items
from programs.rules import RULES_VERSION
from programs.rules.schedule import r40_new
from stenosis_pt.dose_words import dose_words

PRESSED_TWICE_S = 60
"""Seconds within which the same form is a second press on the same button."""
PRESS = ("version", "seen", "starts_on", "reason", "restart")


@dataclass(frozen=True)
class Line:
    """One thing on the check page, in words; ``rule`` where a rule says it."""

    day: str
    name: str
    words: str
    rule: str = ""
    note: str = ""


@dataclass(frozen=True)
class CheckPage:
    """What the therapist is about to approve, in words."""

    prescription: Prescription
    draft: Draft
    items: tuple[Line, ...]
    week: Week
    week_by: str
    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[Line, ...]
    problems: tuple[Line, ...]
    warnings: tuple[Line, ...]
    open_locks: int

    @property
    def has_changes(self) -> bool:
        """Does the draft differ from the program in force?"""
        return bool(self.added or self.removed or self.changed)


def check_page(prescription: Prescription, draft: Draft) -> CheckPage:
    """The check page; at most three queries beside what is loaded."""
    names, profile = prescription.names, prescription.clinical.profile
    days = as_days(draft, prescription.catalogue)
    changes = changes_of(prescription, draft)
    cautions: list[Notice] = []
    week: Week = ()
    if profile is not None:
        week = week_of(draft, days, profile.severity)
        cautions += [*warnings(days, profile, week), *week_warnings(week, draft, profile.severity)]
        cautions += _new(prescription, draft)
    placed = placed_in(prescription, draft)
    row = prescription.clinical.row
    weighed = [Line("", "", words, "R3") for words in severity_mismatches(row)] if row else []
    if row and severity_due(prescription.patient, row):
        weighed.append(Line("", "", _("The severity is due to be confirmed again, on the profile page."), "R9"))
    return CheckPage(
        prescription=prescription,
        draft=draft,
        items=tuple(_line(item, names) for item in placed),
        week=week,
        week_by=draft.week_by,
        added=tuple(_line(item, names) for item in changes.added),
        removed=tuple(_line(item, names) for item in changes.removed),
        changed=(
            *(Line(change.day, names.exercise(change.exercise), change_words(change)) for change in changes.changed),
            *_week_line(prescription, week),
        ),
        problems=tuple(_notice(notice, names) for notice in obstacles(prescription, draft)),
        warnings=(*weighed, *(_notice(notice, names) for notice in cautions)),
        open_locks=Lock.objects.open().filter(patient=prescription.patient).count(),
    )


def _new(prescription: Prescription, draft: Draft) -> tuple[Notice, ...]:
    """R40, X18: the draft's new entries, with those of the last 7 days; a first program has none."""
    if prescription.revision is None:
        return ()
    before = [item.exercise for item in placed_items(prescription.revision)]
    since = today_of(prescription) - timedelta(days=6)
    new = r40_new(before, [item.exercise for item in draft.placed()])
    return new_this_week(new, added_since(prescription.patient, since))


def placed_in(prescription: Prescription, draft: Draft) -> tuple[Placed, ...]:
    """The draft's entries with the version of each exercise that an approval would pin."""
    return tuple(
        replace(item, version=version.number if (version := prescription.versions.get(item.exercise)) else None)
        for item in draft.placed()
    )


def changes_of(prescription: Prescription, draft: Draft) -> Changes:
    """What differs from the program in force."""
    return compare(placed_items(prescription.revision), placed_in(prescription, draft))


def obstacles(prescription: Prescription, draft: Draft) -> tuple[Notice, ...]:
    """All that must be settled before approval: gates (X4), codes, doses, and the usual pain (safety X2)."""
    clinical = prescription.clinical
    if clinical.profile is None or clinical.row is None:
        return (Notice("X1", "no-profile"),)
    found = []
    known = ("recent-spine-surgery",) if clinical.row.is_cleared_after_surgery else ()
    gate = gate_since(clinical.profile, known)
    if gate is not None:
        found.append(Notice(gate.rule, gate.key, {"codes": [gate.code], "mjoa": clinical.row.mjoa}))
    if draft.severity and draft.severity != clinical.row.severity:
        found.append(Notice("R13", "other-severity"))
    if clinical.row.usual_spine is None or clinical.row.usual_limb is None:
        found.append(Notice("S15", "no-usual-pain"))
    if prescription.patient.is_discharged:
        found.append(Notice("R1", "discharged"))
    parts = part_problems(draft, clinical.profile, prescription.catalogue)
    return (*found, *problems(draft, clinical.profile, prescription.catalogue), *parts)


def mark_of(prescription: Prescription) -> str:
    """A mark of what an approval takes over beside the draft: the profile, and the versions that it would pin."""
    row, draft = prescription.clinical.row, prescription.draft
    pinned = sorted({item.exercise for item in draft.placed()}) if draft else []
    versions = [str(version.pk) for slug in pinned if (version := prescription.versions.get(slug))]
    return sha256(":".join((str(row.version if row else 0), *versions)).encode()).hexdigest()


@transaction.atomic
def approve_draft(
    *,
    patient: Patient,
    by: User,
    via: HttpRequest | None = None,
    version: int,
    seen: str | None = None,
    starts_on: date,
    reason: str = "",
    restart: bool = False,
) -> ProgramRevision:
    """R1: the named therapist's approval; everything is judged again now (R12). The draft is used up.

    ``seen`` is the mark of the page that the therapist approved from (``mark_of``).
    Raises ``StaleDraft``, ``Refused`` and ``NotApprovable``.
    """
    row = locked_draft(patient, by, version)
    if row is None or row.version != version:
        raise StaleDraft(row)
    prescription = load_prescription(patient)
    draft = prescription.draft
    if draft is None or obstacles(prescription, draft):
        raise Refused("problems")
    if seen is not None and seen != mark_of(prescription):
        raise Refused("changed-since")
    proposal = proposal_of(prescription, draft, starts_on, reason)
    revision = approve(patient=patient, by=by, via=via, proposal=proposal, restart=restart)
    row.delete()
    sent = {"version": version, "seen": seen, "starts_on": starts_on, "reason": reason, "restart": restart}
    cache.set(_press(patient, by, sent), revision.number, PRESSED_TWICE_S)
    return revision


def approved_by_this_press(patient: Patient, by: User, sent: Mapping[str, Any]) -> int | None:
    """The number of the revision that the very same form of this therapist made a moment ago: a second press."""
    found: int | None = cache.get(_press(patient, by, sent))
    return found


def _press(patient: Patient, by: User, sent: Mapping[str, Any]) -> str:
    said = [str(patient.pk), str(by.pk), *(str(sent[name]) for name in PRESS)]
    return f"approved:{sha256(repr(said).encode()).hexdigest()}"


def proposal_of(prescription: Prescription, draft: Draft, starts_on: date, reason: str) -> Proposal:
    """The draft as a proposal with all that R38 keeps."""
    clinical = prescription.clinical
    row, profile = clinical.row, clinical.profile
    if row is None or profile is None:
        raise NotApprovable("no-profile")
    entries = {(day, entry.exercise): entry for day, found in draft.days.items() for entry in found}
    return Proposal(
        items=[
            ProposedItem(
                placed=item,
                version=prescription.versions[item.exercise],
                reasons=entries[item.day, item.exercise].reasons,
                by_hand_reason=entries[item.day, item.exercise].by_hand_reason,
                origin=entries[item.day, item.exercise].origin,
                parts=stored_parts(entries[item.day, item.exercise], prescription.catalogue),
            )
            for item in draft.placed()
        ],
        week=week_of(draft, as_days(draft, prescription.catalogue), profile.severity),
        week_by=draft.week_by,
        severity=row.severity,
        regions=row.regions,
        codes=sorted(profile.codes),
        rules_version=RULES_VERSION,
        usual_spine=row.usual_spine,
        usual_limb=row.usual_limb,
        starts_on=starts_on,
        template=draft.template,
        reason=reason,
        explanation=draft.explanation,
        swaps=draft.swaps,
        left_out=draft.left_out,
        marks=draft.marks,
        ticks=[
            {"exercise": tick.exercise, "codes": tick.codes, "by": str(tick.ticked_by_id)} for tick in clinical.ticks
        ],
    )


def _line(item: Placed, names: Names) -> Line:
    return Line(item.day, names.exercise(item.exercise), dose_words(item.dose), note=item.note)


def _week_line(prescription: Prescription, week: Week) -> tuple[Line, ...]:
    before = prescription.revision
    if before is None or week == tuple(tuple(names) for names in before.week):
        return ()
    words = _("%(before)s → %(after)s") % {"before": week_words(before.week), "after": week_words(week)}
    return (Line("", _("The week"), words),)


def _notice(notice: Notice, names: Names) -> Line:
    words = (
        sentence(notice.rule, notice.key, notice.params, names)
        if notice.key.startswith("blocked-")
        else notice_words(notice, names)
    )
    return Line(notice.day, names.exercise(notice.exercise) if notice.exercise else "", words, notice.rule)
