"""A patient's identity, card and devices, for therapists."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, audit, cards, devices
from accounts.access import get_device, get_patient, signed_in
from accounts.forms import PatientForm
from accounts.mfa import qr_svg
from accounts.models import Device, Patient, User
from accounts.models.card import CARD_DAYS
from stenosis_pt.forms import status_of


def _has_left() -> str:
    return _("This therapist no longer treats patients here. Choose another one.")


def _page(patient: Patient) -> str:
    return reverse("review:patient", args=[patient.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a patient."""
    user = signed_in(request)
    initial = {"time_zone": user.clinic.time_zone, "therapist": user.pk}
    form = PatientForm(request.POST if request.method == "POST" else None, clinic=user.clinic, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            patient = actions.add_patient(patient=form.save(commit=False), by=user, via=request)
        except actions.NotTreating:
            form.add_error("therapist", _has_left())
        else:
            return redirect("accounts:patient-added", patient_id=patient.pk)
    return render(request, "accounts/patient_form.html", {"form": form, "nav": "patients"}, status=status_of(form))


@require_safe
def added(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """What comes next for a patient who was added."""
    patient = get_patient(signed_in(request), patient_id)
    audit.record(request, action="viewed-patient-identity", patient=patient)
    context = {"patient": patient, "back_url": _page(patient), "nav": "patients"}
    return render(request, "accounts/patient_added.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Change a patient's identity."""
    user = signed_in(request)
    patient = get_patient(user, patient_id)
    before = patient.display_name
    form = PatientForm(request.POST if request.method == "POST" else None, instance=patient, clinic=user.clinic)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_patient(patient=form.instance, changed=form.changed_fields, by=user, via=request)
        except actions.NotTreating:
            form.add_error("therapist", _has_left())
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(_page(patient))
    audit.record(request, action="viewed-patient-identity", patient=patient)
    context = {"form": form, "patient": patient, "name": before, "back_url": _page(patient), "nav": "patients"}
    return render(request, "accounts/patient_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def discharge(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Ask, then end the care."""
    user = signed_in(request)
    patient = get_patient(user, patient_id)
    if request.method == "POST":
        if actions.discharge(patient=patient, by=user, via=request):
            messages.success(request, _("%(name)s is discharged.") % {"name": patient})
        return redirect(_page(patient))
    audit.record(request, action="viewed-discharge", patient=patient)
    context = {"patient": patient, "back_url": _page(patient), "nav": "patients"}
    return render(request, "accounts/patient_discharge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Ask, then take a discharged patient back; the treating therapist is whoever does it."""
    user = signed_in(request)
    patient = get_patient(user, patient_id)
    if request.method == "POST":
        if _taken_back(request, patient, user):
            messages.success(
                request, _("%(name)s is back. Check the profile and the program before they start.") % {"name": patient}
            )
        return redirect(_page(patient))
    audit.record(request, action="viewed-return", patient=patient)
    context = {"patient": patient, "back_url": _page(patient), "nav": "patients"}
    return render(request, "accounts/patient_return.html", context)


def _taken_back(request: HttpRequest, patient: Patient, user: User) -> bool:
    try:
        return actions.take_back(patient=patient, therapist=user, by=user, via=request)
    except actions.NotTreating as error:  # they were deactivated a moment ago
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """GET: does a card work now? POST: make one and show it, the only time.

    The form names the card that it found open. A page that is sent again finds another one there, and makes none:
    the card that was printed a moment ago goes on working.
    """
    user = signed_in(request)
    patient = get_patient(user, patient_id)
    context = {"patient": patient, "back_url": _page(patient), "nav": "patients", "days": CARD_DAYS}
    found = cards.open_card(patient)
    if request.method == "POST" and not patient.is_discharged:
        if request.POST.get("seen", "") != (str(found.pk) if found else ""):
            messages.warning(request, _("A card was made a moment ago. Its code was shown once. Nothing was changed."))
            return redirect("accounts:patient-card", patient_id=patient.pk)
        try:
            issued = cards.issue(patient=patient, by=user, via=request)
        except cards.Discharged:
            return redirect("accounts:patient-card", patient_id=patient.pk)
        context |= {"issued": issued, "qr": qr_svg(issued.url), "typed_url": cards.typed_address()}
        return render(request, "accounts/card_print.html", context)
    audit.record(request, action="viewed-card", patient=patient)
    context["open_card"] = found
    return render(request, "accounts/patient_card.html", context)


@require_POST
def card_revoke(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Stop the card that was not used yet."""
    user = signed_in(request)
    patient = get_patient(user, patient_id)
    if cards.revoke(patient=patient, by=user, via=request):
        messages.success(request, _("The card no longer works."))
    return redirect("accounts:patient-card", patient_id=patient.pk)


@require_safe
def patient_devices(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """The devices that are signed in."""
    patient = get_patient(signed_in(request), patient_id)
    audit.record(request, action="viewed-devices", patient=patient)
    context = {
        "patient": patient,
        "devices": list(Device.objects.filter(patient=patient, ended_at=None).order_by("-signed_in_at")),
        "back_url": _page(patient),
        "nav": "patients",
    }
    return render(request, "accounts/patient_devices.html", context)


@require_POST
def device_end(request: HttpRequest, patient_id: uuid.UUID, device_id: uuid.UUID) -> HttpResponse:
    """Sign a device out, at once."""
    user = signed_in(request)
    devices.end(device=get_device(user, patient_id, device_id), by=user, via=request)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:patient-devices", patient_id=patient_id)
