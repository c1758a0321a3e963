"""What every answer carries, and whom the demo answers."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers

from stenosis_pt.errors import refused_as_too_large
from stenosis_pt.forms import status_of

type Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = ", ".join(
    [f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")]
    + ["screen-wake-lock=(self)", "autoplay=(self)"]
)
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}
NO_STORE = "no-store, private"
WAIT = "600"
"""Seconds, as the page for 429 says it, where a view does not know better."""
REVALIDATE = "no-cache, private"


class PrivacyHeaders:
    """Cache rules by who is signed in, and the headers that the framework does not set.

    Patients' pages may be kept on the patient's own device and are asked for again with their ETag; pages of
    staff, and every answer of which we do not know for whom it is, are kept nowhere. A view that says how
    long its answer lasts (a picture, a file) is left alone.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = REVALIDATE if _may_be_kept(request, response) else NO_STORE
        if "no-store" in response["Cache-Control"]:
            del response["ETag"]
        if response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])  # as on the answer that it stands for (RFC 9110, 15.4.5)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", WAIT)
        return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Is it a page of a patient, or a public page of the catalogue?"""
    user = getattr(request, "user", None)
    if user is None or response.status_code >= 400:
        return False
    if user.is_authenticated:
        return bool(user.roles == {"patient"})
    match = request.resolver_match
    return match is not None and match.namespace == "exercises"


class SmallBodies:
    """Refuses a body that is too large by what the request says of it, before it is received and written to disk.

    A body without a length is not read by the server at all (WSGI), so it is empty here.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse in words."""
        pictures = request.path.startswith("/desk/")
        most = settings.LARGEST_BODY_WITH_PICTURE if pictures else settings.LARGEST_BODY
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > most):
            return refused_as_too_large(request)
        return self.get_response(request)


class BadFormsAreBadRequests:
    """Gives the pages of libraries the status that ours have: 400 where a form is sent back with errors."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: SimpleTemplateResponse) -> HttpResponse:
        """Look at the page's forms before the page is made."""
        forms = [value for value in (response.context_data or {}).values() if isinstance(value, BaseForm)]
        if request.method == "POST" and response.status_code == 200:
            response.status_code = status_of(*forms)
        return response


class LoopbackOnlyInDemo:
    """The demo signs anybody in at one press, so it answers this machine alone; no proxy may stand before it."""

    def __init__(self, get_response: Answer) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse in words."""
        if not _from_this_machine(request):
            return HttpResponse(
                "The demo answers on this machine only: open it at http://127.0.0.1 here.\n",
                status=403,
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)


def _from_this_machine(request: HttpRequest) -> bool:
    """Do the client, the host that it asked for, and the lack of a proxy say that it is this machine?"""
    host, _ = split_domain_port(request.META.get("HTTP_HOST", ""))
    if host not in LOOPBACK_NAMES:
        return False
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
