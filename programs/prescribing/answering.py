"""How the prescriber's views answer: the draft as a whole page or as the part that htmx swaps."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django_htmx.http import reswap, retarget

from accounts.access import get_patient
from accounts.models import Patient, User
from programs.prescribing.actions import Refused, StaleDraft
from programs.prescribing.draft_conflict import conflict_page
from programs.prescribing.edits import CannotEdit
from programs.prescribing.item_page import Focus
from programs.prescribing.pages import DraftPage, draft_page
from programs.prescribing.state import Prescription, load_prescription
from programs.prescribing.words import CANNOT
from programs.revisions import NotApprovable

VARY = ("HX-Request",)


def actor(request: HttpRequest) -> User:
    """The therapist that is signed in."""
    return cast(User, request.user)


def name_of(request: HttpRequest) -> str:
    """The therapist's name, as it is kept with what they set by hand."""
    return str(actor(request))


def with_patient[**P](
    view: Callable[Concatenate[HttpRequest, Patient, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, uuid.UUID, P], HttpResponse]:
    """Load the patient of the address (404 for foreign and missing alike), and answer what cannot be in words."""

    @wraps(view)
    def loaded(request: HttpRequest, patient_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        patient = get_patient(actor(request), patient_id)
        try:
            response = view(request, patient, *args, **kwargs)
        except StaleDraft:
            response = show_conflict(request, patient)
        except (CannotEdit, Refused, NotApprovable) as refused:
            response = cannot(request, patient, refused.code)
        patch_vary_headers(response, VARY)
        return response

    return loaded


def is_htmx(request: HttpRequest) -> bool:
    """Did htmx ask for a part of the page?"""
    return bool(getattr(request, "htmx", False))


def show_draft(
    request: HttpRequest, patient: Patient, focus: Focus | None = None, *, status: int = 200
) -> HttpResponse:
    """The draft page, or the part of it that htmx swaps in."""
    page = draft_page(load_prescription(patient), focus)
    return render_draft(request, page, status=status)


def render_draft(request: HttpRequest, page: DraftPage, *, status: int = 200) -> HttpResponse:
    """Render a draft page that is made already."""
    template = "programs/prescribing/draft.html"
    name = f"{template}#draft" if is_htmx(request) else template
    return render(request, name, {"page": page, "patient": page.prescription.patient, "nav": "patients"}, status=status)


def done(request: HttpRequest, patient: Patient, said: str, day: str = "", exercise: str = "") -> HttpResponse:
    """After a change: the new draft for htmx, a redirect to the changed entry for everybody else."""
    if is_htmx(request):
        return show_draft(request, patient, Focus(day, exercise, said=said))
    messages.success(request, said)
    response = redirect("prescribing:draft", patient_id=patient.pk)
    if exercise:
        response["Location"] += f"#item-{day}-{exercise}"
    return response


def dose_answer(
    request: HttpRequest,
    prescription: Prescription,
    day: str,
    exercise: str,
    form: forms.Form | None = None,
    said: str = "",
) -> HttpResponse:
    """After a dose was sent by htmx: what depends on it, in small parts. No form is swapped under the typist."""
    page = draft_page(prescription, Focus(day, exercise, form, said))
    context = {"page": page, "patient": prescription.patient}
    return render(request, "programs/prescribing/_dose_saved.html", context, status=422 if form is not None else 200)


def refused_form(
    request: HttpRequest, prescription: Prescription, form: forms.Form, day: str = "", exercise: str = ""
) -> HttpResponse:
    """A form of one entry, or of the week, with its errors, in its place in the draft; nothing typed is lost."""
    page = draft_page(prescription, Focus(day, exercise, form))
    return render_draft(request, page, status=422)


def show_conflict(request: HttpRequest, patient: Patient) -> HttpResponse:
    """Somebody changed the draft in the meantime: both are shown, and the therapist chooses (409)."""
    template = "programs/prescribing/draft_conflict.html"
    context = conflict_page(request, load_prescription(patient)) | {"nav": "patients"}
    response = render(request, f"{template}#conflict" if is_htmx(request) else template, context, status=409)
    return reswap(retarget(response, "#draft"), "outerHTML") if is_htmx(request) else response


def cannot(request: HttpRequest, patient: Patient, code: str) -> HttpResponse:
    """What was asked cannot be done now: say why, show what is."""
    words = str(CANNOT.get(code, code))
    if is_htmx(request):
        response = show_draft(request, patient, Focus(said=words), status=409)
        return reswap(retarget(response, "#draft"), "outerHTML")
    messages.error(request, words)
    return redirect("prescribing:draft", patient_id=patient.pk)
