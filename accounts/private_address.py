"""Pages whose address is a secret: nothing is kept of them, and no other page learns where the reader came from."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

type View = Callable[..., HttpResponse]


def private_address(view: View) -> View:
    """No referrer, no copy kept; the form's token is checked as everywhere.

    Browsers send ``Origin: null`` with a form of a page under ``no-referrer``, which Django's check of the
    origin would refuse. The token is the proof here, so the missing origin counts as our own.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.META.get("HTTP_ORIGIN") == "null":
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        response = protected(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer
