"""Changing a draft and making it a revision: one therapist's intention each, in one short transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Patient, User
from exercises.catalogue import catalogue_for
from exercises.content import Catalogue
from programs.clinical import Clinical, load
from programs.models import EntryPermission, ProgramDraft, TickedEntry
from programs.policies import gate_since
from programs.precautions import MYELOPATHY
from programs.prescribing import edits
from programs.prescribing.assembling import assembled, empty, from_revision
from programs.prescribing.draft import Draft, from_json, to_json
from programs.revisions import current_revision
from programs.rules.filters import Effect, judge


class StaleDraft(Exception):
    """A colleague changed the draft after the therapist loaded it; ``row`` is what is stored now."""

    def __init__(self, row: ProgramDraft | None) -> None:
        super().__init__("stale")
        self.row = row


class Refused(ValueError):
    """What was asked cannot be done in the present state; ``code`` names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def locked_draft(patient: Patient, by: User, version: int | None) -> ProgramDraft | None:
    """The stored draft, locked. Raises ``StaleDraft`` when a colleague has changed it since ``version``.

    The therapist's own quick changes do not collide: each is a command about one named entry.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    row = ProgramDraft.objects.select_related("updated_by").filter(patient=patient).first()
    if version is None:
        return row
    if (row is None and version) or (row is not None and row.version != version and row.updated_by_id != by.pk):
        raise StaleDraft(row)
    return row


def store(patient: Patient, by: User, row: ProgramDraft | None, draft: Draft, profile_version: int) -> ProgramDraft:
    """Write the draft with the next version number."""
    row = row or ProgramDraft(patient=patient, version=0)
    row.version += 1
    row.content = to_json(draft)
    row.profile_version = profile_version
    row.updated_by = by
    row.save()
    return row


@transaction.atomic
def change_draft(
    *,
    patient: Patient,
    by: User,
    via: HttpRequest | None = None,
    version: int,
    edit: Callable[[Draft], Draft],
    action: str,
    **objects: Any,
) -> ProgramDraft:
    """Carry out one edit of the draft. Raises ``StaleDraft``, ``CannotEdit``."""
    row = locked_draft(patient, by, version)
    if row is None:
        raise StaleDraft(None)
    row = store(patient, by, row, edit(from_json(row.content)), row.profile_version)
    audit.record(via or by, action=action, patient=patient, objects={"version": row.version, **objects})
    return row


@transaction.atomic
def assemble_draft(
    *, patient: Patient, by: User, via: HttpRequest | None = None, version: int | None, keep: bool
) -> ProgramDraft:
    """Assemble from the profile as it is now; ``keep`` the therapist's own changes of the draft that there was."""
    row = locked_draft(patient, by, version)
    clinical = load(patient, catalogue_for(patient.clinic))
    row = _assemble(patient, by, row, clinical, keep=keep)
    audit.record(via or by, action="assembled-draft", patient=patient, objects={"version": row.version, "kept": keep})
    return row


def _assemble(patient: Patient, by: User, row: ProgramDraft | None, clinical: Clinical, *, keep: bool) -> ProgramDraft:
    if clinical.profile is None or clinical.row is None:
        raise Refused("no-profile")
    draft = assembled(clinical.profile, clinical.catalogue)
    if keep and row is not None:
        draft = _kept(from_json(row.content), draft, clinical)
    return store(patient, by, row, draft, clinical.row.version)


def _kept(old: Draft, fresh: Draft, clinical: Clinical) -> Draft:
    """``fresh`` with the therapist's changes; what was built by hand stays whole while that is still allowed."""
    if fresh.blocked is None:
        return edits.merge(old, fresh)
    by_hand = old.blocked is None and not old.template
    return old if by_hand and may_build_by_hand(clinical, fresh) else fresh


@transaction.atomic
def start_by_hand(*, patient: Patient, by: User, via: HttpRequest | None = None) -> ProgramDraft:
    """R37, X13: an empty draft to build by hand, where the rules leave it to the therapist.

    A draft that is being worked on stays as it is.
    """
    row = locked_draft(patient, by, None)
    if row is not None and from_json(row.content).blocked is None:
        return row
    clinical = load(patient, catalogue_for(patient.clinic))
    if clinical.profile is None or clinical.row is None:
        raise Refused("no-profile")
    if not may_build_by_hand(clinical, assembled(clinical.profile, clinical.catalogue)):
        raise Refused("blocked")
    row = store(patient, by, row, empty(clinical.profile), clinical.row.version)
    audit.record(via or by, action="began-draft-by-hand", patient=patient, objects={"version": row.version})
    return row


def may_build_by_hand(clinical: Clinical, draft: Draft) -> bool:
    """R37 with both clearances, and X13; the gates of R6, R7 and R10 hold for hand-built programs too."""
    if draft.blocked is None:
        return True
    if draft.blocked["rule"] == "R37":
        return clinical.row is not None and clinical.row.is_cleared_after_surgery and _other_gates_open(clinical)
    return draft.blocked["rule"] == "R17"


def _other_gates_open(clinical: Clinical) -> bool:
    return clinical.profile is not None and gate_since(clinical.profile, ("recent-spine-surgery",)) is None


@transaction.atomic
def start_from_current(*, patient: Patient, by: User, via: HttpRequest | None = None) -> ProgramDraft:
    """A draft that begins as the program in force; an existing draft stays as it is."""
    row = locked_draft(patient, by, None)
    if row is not None:
        return row
    revision = current_revision(patient)
    clinical = load(patient, Catalogue((), ()))
    if revision is None or clinical.row is None:
        raise Refused("no-program")
    row = store(patient, by, None, from_revision(revision), clinical.row.version)
    audit.record(via or by, action="began-draft", patient=patient, objects={"revision": revision.number})
    return row


@transaction.atomic
def discard_draft(*, patient: Patient, by: User, via: HttpRequest | None = None, version: int) -> None:
    """Throw the draft away; the program in force is not touched."""
    row = locked_draft(patient, by, version)
    if row is not None:
        row.delete()
        audit.record(via or by, action="discarded-draft", patient=patient, objects={"version": version})


@transaction.atomic
def tick(*, patient: Patient, by: User, via: HttpRequest | None = None, exercise: str, version: int) -> TickedEntry:
    """R12: the therapist's OK for a held exercise; it covers the codes that are on now (X6). Assembles again."""
    row = locked_draft(patient, by, version)
    clinical = load(patient, catalogue_for(patient.clinic))
    content = clinical.catalogue.get(exercise)
    if clinical.profile is None or content is None:
        raise Refused("unknown-exercise")
    if not any(verdict.effect is Effect.HELD for verdict in judge(content, clinical.profile)):
        raise Refused("not-held")
    TickedEntry.objects.filter(patient=patient, exercise=exercise, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    codes = sorted(clinical.profile.codes)
    made = TickedEntry.objects.create(patient=patient, exercise=exercise, codes=codes, ticked_by=by)
    audit.record(via or by, action="ticked-entry", patient=patient, objects={"exercise": exercise, "codes": codes})
    _assemble_after_tick(patient, by, row)
    return made


@transaction.atomic
def take_back_tick(*, patient: Patient, by: User, via: HttpRequest | None = None, exercise: str, version: int) -> None:
    """R12: the therapist takes an OK back; the exercise is held again."""
    row = locked_draft(patient, by, version)
    ticks = TickedEntry.objects.filter(patient=patient, exercise=exercise, withdrawn_at=None)
    if not ticks.update(withdrawn_at=timezone.now()):
        raise Refused("not-ticked")
    audit.record(via or by, action="took-back-tick", patient=patient, objects={"exercise": exercise})
    _assemble_after_tick(patient, by, row)


def _assemble_after_tick(patient: Patient, by: User, row: ProgramDraft | None) -> None:
    """A draft that assembly made is assembled again, hand edits kept; one built by hand only has fresh marks."""
    if row is not None and row.content.get("template"):
        _assemble(patient, by, row, load(patient, catalogue_for(patient.clinic)), keep=True)


@transaction.atomic
def allow(
    *,
    patient: Patient,
    by: User,
    via: HttpRequest | None = None,
    exercise: str,
    rise_limit: int,
    centralising_ok: bool,
    expires_at: datetime | None,
) -> EntryPermission | None:
    """S20, S23: set what is allowed for one exercise, in place of what was; nothing allowed withdraws it."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    clinical = load(patient, Catalogue((), ()))
    if rise_limit and (expires_at is None or clinical.codes & MYELOPATHY):
        raise Refused("no-rise-limit")
    EntryPermission.objects.filter(patient=patient, exercise=exercise, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )
    made = None
    if rise_limit or centralising_ok:
        made = EntryPermission.objects.create(
            patient=patient,
            exercise=exercise,
            rise_limit=rise_limit,
            centralising_ok=centralising_ok,
            expires_at=expires_at,
            set_by=by,
        )
    audit.record(
        via or by,
        action="set-entry-permission",
        patient=patient,
        objects={"exercise": exercise, "rise_limit": rise_limit, "centralising_ok": centralising_ok},
    )
    return made
