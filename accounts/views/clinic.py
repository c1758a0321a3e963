"""The clinic's own pages, for its admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import staff_actions
from accounts.access import signed_in
from accounts.clinic_forms import ClinicForm
from accounts.clinic_page import clinic_page
from accounts.models import Clinic
from stenosis_pt.forms import seen_of, status_of


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Staff, open invitations, and what patients are shown."""
    page = clinic_page(signed_in(request).clinic)
    return render(request, "clinic/overview.html", {"page": page, "nav": "clinic"})


@require_http_methods(["GET", "HEAD", "POST"])
def clinic_settings(request: HttpRequest) -> HttpResponse:
    """Name, phones, words, time zone."""
    user = signed_in(request)
    clinic = Clinic.objects.get(pk=user.clinic_id)
    form = ClinicForm(request.POST if request.method == "POST" else None, instance=clinic)
    context = {"form": form, "seen": clinic.edit_count, "nav": "clinic"}
    if request.method == "POST" and form.is_valid():
        try:
            staff_actions.change_clinic(
                clinic=form.instance, changed=form.changed_data, seen=seen_of(request.POST), by=user, via=request
            )
        except staff_actions.StaleSettings:
            theirs = Clinic.objects.get(pk=user.clinic_id)
            context |= {"seen": theirs.edit_count, "theirs": form.differences(theirs)}
            return render(request, "clinic/settings.html", context, status=409)
        messages.success(request, _("The settings are saved."))
        return redirect("accounts:clinic")
    if request.method == "POST":
        context["seen"] = seen_of(request.POST)
    return render(request, "clinic/settings.html", context, status=status_of(form))
