"""The draft, the search for exercises, the check and the approval."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.models import Patient
from programs.prescribing import actions, edits
from programs.prescribing.answering import actor, cannot, done, is_htmx, name_of, refused_form, show_draft, with_patient
from programs.prescribing.approval import PRESS, approve_draft, approved_by_this_press, check_page, mark_of
from programs.prescribing.assembling import start_entry
from programs.prescribing.forms import AddForm, ApproveForm, AssembleForm, DraftForm, SearchForm, TickForm, WeekForm
from programs.prescribing.item_page import today_of
from programs.prescribing.notices import as_days
from programs.prescribing.search import search_page
from programs.prescribing.state import Prescription, load_prescription
from programs.prescribing.week import week_of
from programs.prescribing.words import CANNOT
from programs.rules.filters import Effect, judge


@require_safe
@with_patient
def draft(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The draft of a program, with the explanation of everything in it (R1)."""
    audit.record(request, action="viewed-draft", patient=patient)
    return show_draft(request, patient)


@require_POST
@with_patient
def assemble(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Assemble from the profile, keeping the therapist's own changes or not."""
    form = AssembleForm(request.POST)
    if not form.is_valid():
        return cannot(request, patient, "not-read")
    keep = form.cleaned_data["keep"]
    actions.assemble_draft(
        patient=patient, by=actor(request), via=request, version=form.cleaned_data["version"] or 0, keep=keep
    )
    return done(request, patient, _("Assembled. Your own changes are kept.") if keep else _("Assembled."))


@require_POST
@with_patient
def change(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Begin a draft from the program in force."""
    actions.start_from_current(patient=patient, by=actor(request), via=request)
    return done(request, patient, _("This draft begins as the program in force."))


@require_POST
@with_patient
def by_hand(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Begin an empty draft where the rules leave the program to the therapist (R37, X13)."""
    actions.start_by_hand(patient=patient, by=actor(request), via=request)
    return done(request, patient, _("An empty draft. Add exercises from the catalogue."))


@require_POST
@with_patient
def discard(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Throw the draft away."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return cannot(request, patient, "not-read")
    actions.discard_draft(patient=patient, by=actor(request), via=request, version=form.cleaned_data["version"])
    return done(request, patient, _("Draft thrown away. The program in force is not touched."))


@require_POST
@with_patient
def week(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Set the week by hand, or go back to the week of the rules (R26, R27)."""
    prescription = load_prescription(patient)
    draft, profile = prescription.draft, prescription.clinical.profile
    if draft is None or profile is None or draft.blocked:
        return cannot(request, patient, "no-program")
    now = week_of(draft, as_days(draft, prescription.catalogue), profile.severity)
    form = WeekForm(request.POST, draft=draft, week=now)
    if not form.is_valid():
        return refused_form(request, prescription, form)
    data, by = form.cleaned_data, name_of(request)
    actions.change_draft(
        patient=patient,
        by=actor(request),
        via=request,
        version=data["version"],
        edit=edits.reset_week if data["reset"] else lambda draft: edits.set_week(draft, form.week, by=by),
        action="reset-week" if data["reset"] else "set-week",
    )
    return done(request, patient, _("The week of the rules again.") if data["reset"] else _("Week saved."))


@require_POST
@with_patient
def ok(request: HttpRequest, patient: Patient) -> HttpResponse:
    """R12: give an OK for a held exercise, or take it back."""
    form = TickForm(request.POST)
    if not form.is_valid():
        return cannot(request, patient, "unknown-exercise")
    data = form.cleaned_data
    act = actions.take_back_tick if data["take_back"] else actions.tick
    act(patient=patient, by=actor(request), via=request, exercise=data["exercise"], version=data["version"])
    said = _("OK taken back. The exercise is held again.") if data["take_back"] else _("Your OK is recorded.")
    return done(request, patient, said)


@require_http_methods(["GET", "HEAD", "POST"])
@with_patient
def add(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Find an exercise and add it by hand (X19)."""
    prescription = load_prescription(patient)
    if prescription.draft is None or prescription.draft.blocked:
        return cannot(request, patient, "not-in-draft" if prescription.draft else "no-program")
    if request.method == "POST":
        return _add(request, prescription)
    audit.record(request, action="viewed-draft", patient=patient)
    return _search(request, prescription, SearchForm(request.GET))


def _search(
    request: HttpRequest, prescription: Prescription, form: SearchForm, failed: AddForm | None = None
) -> HttpResponse:
    slug = failed.data.get("exercise", "") if failed is not None else ""
    page = search_page(prescription, form, slug, failed)
    template = "programs/prescribing/add.html"
    only_results = is_htmx(request) and failed is None
    context = {"page": page, "patient": prescription.patient, "form": failed, "search": form, "nav": "patients"}
    return render(
        request, f"{template}#results" if only_results else template, context, status=422 if failed is not None else 200
    )


def _add(request: HttpRequest, prescription: Prescription) -> HttpResponse:
    form = AddForm(request.POST)
    patient, profile = prescription.patient, prescription.clinical.profile
    if form.is_valid():
        exercise = prescription.catalogue.get(form.cleaned_data["exercise"])
        if exercise is None or not exercise.doses or profile is None:
            return cannot(request, patient, "unknown-exercise")
        effects = {verdict.effect for verdict in judge(exercise, profile)}
        reason = form.cleaned_data["reason"]
        if Effect.NOT_AT_HOME in effects:
            form.add_error("exercise", str(CANNOT["not-at-home"]))
        elif effects - {Effect.HELD} and not reason:
            form.add_error("reason", str(CANNOT["needs-reason"]))
        else:
            day, entry = form.cleaned_data["day"], start_entry(exercise, profile.severity, reason)
            actions.change_draft(
                patient=patient,
                by=actor(request),
                via=request,
                version=form.cleaned_data["version"],
                edit=lambda draft: edits.add(draft, day, entry, by=name_of(request)),
                action="added-entry",
                exercise=exercise.slug,
                day=day,
            )
            messages.success(request, _("%(name)s added.") % {"name": exercise.name})
            response = redirect("prescribing:draft", patient_id=patient.pk)
            response["Location"] += f"#item-{day}-{exercise.slug}"
            return response
    return _search(request, prescription, SearchForm({}), form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_patient
def check(request: HttpRequest, patient: Patient) -> HttpResponse:
    """What will be approved, in words; POST approves it (R1)."""
    prescription = load_prescription(patient)
    today = today_of(prescription)
    form = ApproveForm(
        request.POST if request.method == "POST" else None,
        today=today,
        initial={"starts_on": today, "version": _version(prescription), "seen": mark_of(prescription)},
    )
    if prescription.draft is None:
        again = form.is_valid() and approved_by_this_press(patient, actor(request), form.cleaned_data)
        return _approved(request, patient, again) if again else cannot(request, patient, "no-program")
    if request.method == "POST" and form.is_valid():
        return _approve(request, patient, form.cleaned_data)
    if request.method != "POST":
        audit.record(request, action="viewed-check", patient=patient)
    page = check_page(prescription, prescription.draft)
    codes = [prescription.names.code(code) for code in sorted(prescription.clinical.codes)]
    context = {"page": page, "form": form, "patient": patient, "codes": codes, "nav": "patients"}
    status = 422 if form.is_bound else 200
    return render(request, "programs/prescribing/check.html", context, status=status)


def _approve(request: HttpRequest, patient: Patient, data: dict[str, Any]) -> HttpResponse:
    given = {name: data[name] for name in PRESS}
    try:
        number = approve_draft(patient=patient, by=actor(request), via=request, **given).number
    except actions.StaleDraft as stale:
        again = approved_by_this_press(patient, actor(request), given) if stale.row is None else None
        if again is None:
            raise
        number = again
    return _approved(request, patient, number)


def _approved(request: HttpRequest, patient: Patient, number: int) -> HttpResponse:
    said = _("Revision %(number)d is approved and active.") % {"number": number}
    waiting = cast(BaseStorage, messages.get_messages(request))
    if said not in {str(message) for message in waiting}:
        messages.success(request, said)
    waiting.used = False
    return redirect("prescribing:draft", patient_id=patient.pk)


def _version(prescription: Prescription) -> int:
    return prescription.row.version if prescription.row else 0
