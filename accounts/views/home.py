"""Home: what this is, and where the person at hand goes on."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import demo
from accounts.access import signed_in
from accounts.models import User
from accounts.starts import start_of, starts_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page; for the signed in, their own start."""
    user = request.user
    context = {
        "starts": starts_of(user) if isinstance(user, User) else [],
        "demo_roles": demo.ROLES if settings.DEMO else (),
        "demo_loaded": demo.is_loaded() if settings.DEMO else False,
    }
    return render(request, "home/home.html", context)


@require_POST
def demo_sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the demo's people; outside the demo there is no such page."""
    if not settings.DEMO or role not in demo.ROLES:
        raise Http404
    if not demo.sign_in(request, role):
        return render(request, "home/demo_not_loaded.html", status=409)
    return redirect(start_of(signed_in(request)))
