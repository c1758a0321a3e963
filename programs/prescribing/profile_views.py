"""The clinical profile page."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.models import Patient
from programs.precautions import answered_since
from programs.prescribing.actions import assemble_draft
from programs.prescribing.answering import actor, with_patient
from programs.prescribing.conflict import differences, resolve
from programs.prescribing.profile_actions import StaleProfile, save_profile
from programs.prescribing.profile_form import ProfileForm, initial_of
from programs.prescribing.profile_page import (
    ProfileState,
    load_state,
    profile_page,
)


@require_http_methods(["GET", "HEAD", "POST"])
@with_patient
def profile(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Show and record what assembly needs to know (R2-R8, R12)."""
    state = load_state(patient)
    if request.method == "POST":
        return _save(request, patient, state)
    audit.record(request, action="viewed-profile", patient=patient)
    initial = initial_of(state.clinical.row, state.clinical.codes)
    return _show(request, patient, state, ProfileForm(catalogue=state.catalogue, initial=initial))


def _save(request: HttpRequest, patient: Patient, state: ProfileState) -> HttpResponse:
    theirs = initial_of(state.clinical.row, state.clinical.codes)
    data, decided = request.POST, True
    form = ProfileForm(data, catalogue=state.catalogue)
    if "resolve" in data and form.is_valid():
        merged, decided = resolve(data, form, theirs)
        form = form if not decided else ProfileForm(merged, catalogue=state.catalogue)
    if not form.is_valid():
        return _show(request, patient, state, form, status=422)
    if not decided:
        return _conflict(request, patient, state, form, undecided=True)
    try:
        save_profile(patient=patient, by=actor(request), via=request, data=form.cleaned_data)
    except StaleProfile:
        return _conflict(request, patient, load_state(patient), form)
    return _saved(request, patient)


def _saved(request: HttpRequest, patient: Patient) -> HttpResponse:
    messages.success(request, _("Profile saved."))
    if "assemble" not in request.POST:
        return redirect("prescribing:profile", patient_id=patient.pk)
    assemble_draft(patient=patient, by=actor(request), via=request, version=None, keep=True)
    return redirect("prescribing:draft", patient_id=patient.pk)


def _conflict(
    request: HttpRequest, patient: Patient, state: ProfileState, form: ProfileForm, *, undecided: bool = False
) -> HttpResponse:
    row = state.clinical.row
    typed = cast(QueryDict, form.data)
    context: dict[str, Any] = {
        "patient": patient,
        "row": row,
        "differences": differences(form, initial_of(row, state.clinical.codes)),
        "fields": [
            (name, value)
            for name, values in typed.lists()
            if name not in ("csrfmiddlewaretoken", "version", "resolve") and not name.startswith("keep:")
            for value in values
        ],
        "chosen": {name.removeprefix("keep:"): form.data[name] for name in form.data if name.startswith("keep:")},
        "undecided": undecided,
        "answered": row is not None and answered_since(patient, row.updated_at),
        "nav": "patients",
    }
    return render(request, "programs/prescribing/profile_conflict.html", context, status=409)


def _show(
    request: HttpRequest, patient: Patient, state: ProfileState, form: ProfileForm, status: int = 200
) -> HttpResponse:
    page = profile_page(patient, state, form)
    context = {"page": page, "form": form, "patient": patient, "nav": "patients"}
    return render(request, "programs/prescribing/profile.html", context, status=status)
