"""The program on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.models import Patient
from programs.prescribing.answering import with_patient
from programs.prescribing.sheet import sheet_page
from programs.prescribing.state import load_prescription


@require_safe
@with_patient
def sheet(request: HttpRequest, patient: Patient) -> HttpResponse:
    """The program in force, to be printed and handed over."""
    audit.record(request, action="viewed-sheet", patient=patient)
    page = sheet_page(load_prescription(patient))
    back = reverse("review:patient", args=[patient.pk])
    context = {"page": page, "patient": patient, "clinic": patient.clinic, "back_url": back, "nav": "patients"}
    return render(request, "programs/prescribing/sheet.html", context)
