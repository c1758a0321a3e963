"""Signing in by an access card, and "Is this you?"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit, cards, devices
from accounts.access import own_patient, signed_in
from accounts.forms import CodeForm, YearForm
from accounts.limits import wait_s
from accounts.private_address import private_address
from stenosis_pt.forms import status_of

MOMENT, TRIES_PER_MOMENT = 600, 20
"""Seconds, and how often one address may try in them: a clinic's whole waiting room shares one address."""
DAY, TRIES_PER_DAY = 24 * 3600, 200


def _wait_s(request: HttpRequest) -> int:
    soon = wait_s(request, "card", amount=TRIES_PER_MOMENT, seconds=MOMENT)
    return max(soon, wait_s(request, "card-day", amount=TRIES_PER_DAY, seconds=DAY))


def _wait(seconds: int) -> str:
    if seconds > MOMENT:
        return _("That was tried very often from here today. Please phone your clinic, or try again tomorrow.")
    return _("That was tried very often from here. Please wait ten minutes, or phone your clinic.")


@require_http_methods(["GET", "HEAD", "POST"])
@private_address
def typed(request: HttpRequest) -> HttpResponse:
    """Type the code by hand; nothing is looked up yet."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("accounts:card-open", code=form.cleaned_data["code"])
    return render(request, "accounts/card.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@private_address
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """A card's own page. Looking at it changes nothing; the year of birth signs this device in, once."""
    form = YearForm(request.POST if request.method == "POST" else None)
    wrong, wait = False, 0
    if request.method == "POST" and form.is_valid():
        wait = _wait_s(request)
        if wait:
            form.add_error(None, _wait(wait))
        elif cards.redeem(request, code=code[:60], year_of_birth=form.cleaned_data["year_of_birth"]):
            return redirect("guided:today")
        else:
            form.add_error(None, _("This card and this year do not work together, or the card has been used."))
            wrong = True
    response = render(
        request, "accounts/card_open.html", {"form": form, "wrong": wrong}, status=429 if wait else status_of(form)
    )
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """For a device that is not signed in, or no longer: how to come back."""
    return render(request, "accounts/signed_out.html")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_me(request: HttpRequest) -> HttpResponse:
    """Ask "Is this you?" (HZ06): yes goes on with the day; no signs this device out, and says so."""
    patient = own_patient(signed_in(request))
    answer = request.POST.get("answer")
    if answer == "yes":
        devices.confirm(request, patient)
        return redirect("guided:today")
    if answer == "no":
        audit.record(request, action="device-not-me", patient=patient)
        devices.end_own(request)
        return redirect(reverse("accounts:signed-out"))
    missing = request.method == "POST"
    context = {"patient": patient, "errors": [_("Press one of the two buttons.")] if missing else []}
    return render(request, "accounts/confirm_me.html", context, status=400 if missing else 200)
