"""Changing one entry of the draft: dose, swap, place, note, removal, allowances."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Patient
from programs.prescribing import actions, edits
from programs.prescribing.actions import Refused, StaleDraft
from programs.prescribing.answering import (
    actor,
    cannot,
    done,
    dose_answer,
    is_htmx,
    name_of,
    refused_form,
    with_patient,
)
from programs.prescribing.assembling import start_entry
from programs.prescribing.block import part_choices
from programs.prescribing.draft import Draft, Entry
from programs.prescribing.edits import CannotEdit
from programs.prescribing.forms import AllowanceForm, DoseForm, DraftForm, MoveForm, NoteForm, PartsForm, SwapForm
from programs.prescribing.item_page import has_myelopathy, today_of
from programs.prescribing.state import Prescription, load_prescription
from programs.rules.filters import judge


def _load(patient: Patient, day: str, exercise: str) -> tuple[Prescription, Draft, Entry]:
    prescription = load_prescription(patient)
    draft = prescription.draft
    entry = draft.entry(day, exercise) if draft else None
    if draft is None or entry is None:
        raise CannotEdit("not-in-draft")
    return prescription, draft, entry


def _change(request: HttpRequest, patient: Patient, version: int, action: str, edit: Any, **objects: Any) -> None:
    actions.change_draft(
        patient=patient, by=actor(request), via=request, version=version, edit=edit, action=action, **objects
    )


@require_POST
@with_patient
def dose(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Set the dose of an entry, inside its cap and the limits of S29."""
    prescription, __, entry = _load(patient, day, exercise)
    content = prescription.catalogue.get(exercise)
    if content is None:
        raise Refused("unknown-exercise")
    form = DoseForm(request.POST, exercise=content, before=entry.dose, auto_id=f"{day}-{exercise}-%s")
    if not form.is_valid():
        answer = dose_answer if is_htmx(request) else refused_form
        return answer(request, prescription, form=form, day=day, exercise=exercise)
    _change(
        request,
        patient,
        form.cleaned_data["version"],
        "set-dose",
        lambda draft: edits.set_dose(draft, day, exercise, form.dose, by=name_of(request)),
        exercise=exercise,
        day=day,
    )
    said = _("Dose of %(name)s saved.") % {"name": content.name}
    if is_htmx(request):
        return dose_answer(request, load_prescription(patient), day, exercise, said=said)
    return done(request, patient, said, day, exercise)


@require_POST
@with_patient
def swap(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Put an easier or harder exercise that passes this patient's rules in the entry's place (R17)."""
    prescription, __, _entry = _load(patient, day, exercise)
    form = SwapForm(request.POST)
    to = prescription.catalogue.get(form.cleaned_data["to"]) if form.is_valid() else None
    profile = prescription.clinical.profile
    if to is None or not to.doses or profile is None:
        raise Refused("unknown-exercise")
    if judge(to, profile):
        raise Refused("does-not-pass")
    _change(
        request,
        patient,
        form.cleaned_data["version"],
        "swapped-entry",
        lambda draft: edits.swap(draft, day, exercise, start_entry(to, profile.severity), by=name_of(request)),
        exercise=exercise,
        to=to.slug,
        day=day,
    )
    names = {"name": prescription.names.exercise(exercise), "to": to.name}
    return done(request, patient, _("%(to)s takes the place of %(name)s.") % names, day, to.slug)


@require_POST
@with_patient
def move(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Move an entry up, down or to a position."""
    prescription, draft, __ = _load(patient, day, exercise)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return cannot(request, patient, "not-read")
    to = form.cleaned_data["to"]
    _change(
        request,
        patient,
        form.cleaned_data["version"],
        "moved-entry",
        lambda draft: edits.move(draft, day, exercise, to),
        exercise=exercise,
        day=day,
        to=to,
    )
    count = len(draft.days[day])
    said = _("%(name)s moved to position %(place)d of %(count)d.") % {
        "name": prescription.names.exercise(exercise),
        "place": max(1, min(to, count)),
        "count": count,
    }
    return done(request, patient, said, day, exercise)


@require_POST
@with_patient
def note(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Write a note for the patient beside an entry."""
    prescription, __, _entry = _load(patient, day, exercise)
    form = NoteForm(request.POST, auto_id=f"%s-{day}-{exercise}")
    if not form.is_valid():
        return refused_form(request, prescription, form, day, exercise)

    def write(draft: Draft) -> Draft:
        entry = draft.entry(day, exercise)
        if entry is not None and form.is_overtaken(entry.note):
            raise StaleDraft(prescription.row)
        return edits.set_note(draft, day, exercise, form.cleaned_data["note"])

    _change(request, patient, form.cleaned_data["version"], "wrote-note", write, exercise=exercise, day=day)
    return done(request, patient, _("Note saved."), day, exercise)


@require_POST
@with_patient
def parts(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """X19: choose the parts of a core block, each of which must pass this patient's rules."""
    prescription, __, entry = _load(patient, day, exercise)
    choices = part_choices(entry, prescription.clinical.profile, prescription.catalogue)
    form = PartsForm(request.POST, allowed=[choice.slug for choice in choices if not choice.rule])
    if not form.is_valid():
        raise Refused("no-such-part")
    chosen = tuple(choice.slug for choice in choices if choice.slug in form.cleaned_data["parts"])
    _change(
        request,
        patient,
        form.cleaned_data["version"],
        "chose-parts",
        lambda draft: edits.set_parts(draft, day, exercise, chosen),
        exercise=exercise,
        day=day,
        parts=list(chosen),
    )
    return done(request, patient, _("Parts saved."), day, exercise)


@require_POST
@with_patient
def remove(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Take an entry out; it can be put back."""
    edit = partial(edits.remove, by=name_of(request))
    return _simple(request, patient, day, exercise, edit, "removed-entry", _("%(name)s taken out."))


@require_POST
@with_patient
def restore(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """Put an entry back."""
    return _simple(request, patient, day, exercise, edits.restore, "restored-entry", _("%(name)s put back."))


def _simple(
    request: HttpRequest, patient: Patient, day: str, exercise: str, edit: Any, action: str, said: str
) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return cannot(request, patient, "not-read")
    prescription = load_prescription(patient)
    _change(
        request,
        patient,
        form.cleaned_data["version"],
        action,
        lambda draft: edit(draft, day, exercise),
        exercise=exercise,
        day=day,
    )
    return done(request, patient, said % {"name": prescription.names.exercise(exercise)})


@require_POST
@with_patient
def allow(request: HttpRequest, patient: Patient, day: str, exercise: str) -> HttpResponse:
    """S20, S23: allow a small rise, or pain that moves inward, for this patient and exercise."""
    prescription = load_prescription(patient)
    content = prescription.catalogue.get(exercise)
    if content is None:
        raise Http404
    form = AllowanceForm(
        request.POST,
        today=today_of(prescription),
        myelopathy=has_myelopathy(prescription),
        auto_id=f"id-{day}-{exercise}-%s",
    )
    if not form.is_valid():
        return refused_form(request, prescription, form, day, exercise)
    until = form.cleaned_data["expires_on"]
    last_moment = datetime.combine(until + timedelta(days=1), time.min, patient.zone) if until else None
    actions.allow(
        patient=patient,
        by=actor(request),
        via=request,
        exercise=exercise,
        rise_limit=form.cleaned_data["rise_limit"],
        centralising_ok=form.cleaned_data["centralising_ok"],
        expires_at=last_moment,
    )
    return done(request, patient, _("Allowances of %(name)s saved.") % {"name": content.name}, day, exercise)
