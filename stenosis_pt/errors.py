"""The answers to what went wrong: a plain page, or JSON where the request asked for it."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

JSON_PATHS = ("/events/",)


def _answer(request: HttpRequest, status: int, error: str) -> HttpResponse:
    if request.path.endswith(JSON_PATHS):
        return JsonResponse({"error": error}, status=status)
    return render(request, f"{status}.html", status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be understood; 413 where only its size was met with."""
    if isinstance(exception, RequestDataTooBig):
        return refused_as_too_large(request)
    return _answer(request, 400, "bad-request")


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not do this."""
    return _answer(request, 403, "forbidden")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: wrong, foreign and missing addresses look the same."""
    return _answer(request, 404, "not-found")


def signed_out() -> JsonResponse:
    """401 for a script that sends while nobody is signed in: what it holds is kept, and sent again later."""
    return JsonResponse({"error": "signed-out"}, status=401)


def refused_as_too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent than we take; the page needs no database and no session."""
    if request.path.endswith(JSON_PATHS):
        return JsonResponse({"error": "too-large"}, status=413)
    return render(None, "413.html", status=413)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault; the page needs no database and no session."""
    if request.path.endswith(JSON_PATHS):
        return JsonResponse({"error": "server-error"}, status=500)
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old, or was not ours; a script that nobody is signed in for hears that first (401)."""
    if request.path.endswith(JSON_PATHS):
        if not getattr(request, "user", AnonymousUser()).is_authenticated:
            return signed_out()
        return JsonResponse(
            {"error": "csrf", "why": _("The page is too old. Load it again.")},
            status=403,
        )
    return render(request, "403_csrf.html", status=403)
