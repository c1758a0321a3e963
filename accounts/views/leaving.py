"""Signing out."""

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponseBase


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out; a page that has sent and removed all it held asks the browser to forget the rest.

    Without that word the browser keeps what it stores: it may be answers that nobody has got yet. Copies of pages go
    in any case: the next person presses Back.
    """
    response: HttpResponseBase = logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "storage"' if request.POST.get("emptied") == "yes" else '"cache"'
    return response
