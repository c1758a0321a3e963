"""Between the session and the view: who is asking, may they, and in whose time."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect

from accounts import devices
from accounts.mfa import has_second_factor
from accounts.models import User
from accounts.models.user import PATIENT
from accounts.policy import DISCHARGED, POLICY
from stenosis_pt.errors import JSON_PATHS, signed_out

type Answer = Callable[[HttpRequest], HttpResponseBase]

SIGNED_IN_AT, SEEN_AT = "signed-in-at", "seen-at"
SEEN_EVERY_S = 60
"""Seconds between two notes of a staff member's last request."""
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "healthz",
    }
)
"""What staff may reach before their second step is set up: setting it up, and signing out."""


class _Middleware:
    """A middleware that answers by the next one, unless a hook says otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.get_response(request)


class DeviceSession(_Middleware):
    """Ends what may not go on: a device that the therapist ended, a staff sign-in of eight hours, or unused for one."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whoever may not go on, then answer."""
        user = request.user
        if isinstance(user, User) and not (self._patient(request, user) if user.is_patient else self._staff(request)):
            logout(request)
        return self.get_response(request)

    def _patient(self, request: HttpRequest, user: User) -> bool:
        device = devices.current(request)
        if device is None:
            return False
        user.patient = device.patient
        user.clinic = device.patient.clinic
        devices.keep_alive(request, device)
        return True

    def _staff(self, request: HttpRequest) -> bool:
        now = timezone.now().timestamp()
        since = request.session.setdefault(SIGNED_IN_AT, now)
        seen = request.session.setdefault(SEEN_AT, now)
        if now - since >= settings.STAFF_SESSION_AGE or now - seen >= settings.STAFF_IDLE_AGE:
            return False
        if now - seen >= SEEN_EVERY_S:
            request.session[SEEN_AT] = now
        return True


class RoutePolicy(_Middleware):
    """Holds every request against the policy table: deny by default, and say nothing of what is there."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let in, ask to sign in, or 404."""
        match = request.resolver_match
        rule = POLICY.get(match.view_name) if match is not None else None
        person = request.user
        if rule is not None and rule.allows(person):
            return None
        if isinstance(person, User) or (rule is not None and not rule.audience):
            raise Http404
        return _ask_to_sign_in(request, for_patients=rule is not None and rule.audience <= {PATIENT, DISCHARGED})


class StaffSecondFactor(_Middleware):
    """Outside the demo, staff without a second step may only set one up, or leave."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let in, or send to the set-up."""
        person = request.user
        if settings.DEMO or not isinstance(person, User) or person.is_patient:
            return None
        match = request.resolver_match
        if (match is not None and match.view_name in WITHOUT_SECOND_FACTOR) or has_second_factor(person):
            return None
        if request.path.endswith(JSON_PATHS):
            return JsonResponse({"error": "second-factor"}, status=403)
        return _send(request, reverse("mfa_index"))


class PatientTimeZone:
    """Times are shown in the zone of the person who reads them, patients' pages in the patient's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the person's own time."""
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        if user.is_patient and translation.check_for_language(user.patient.language):
            translation.activate(user.patient.language)
        with timezone.override(_zone(user.patient.time_zone if user.is_patient else user.clinic.time_zone)):
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _send(request: HttpRequest, url: str) -> HttpResponse:
    """Send the whole page on, also where only a part of it was asked for."""
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") == "true" else redirect(url)


def _ask_to_sign_in(request: HttpRequest, *, for_patients: bool) -> HttpResponseBase:
    if request.path.endswith(JSON_PATHS):
        return signed_out()
    if for_patients:
        return _send(request, reverse("accounts:signed-out"))
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(reverse("account_login"))
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    return redirect("account_login")
