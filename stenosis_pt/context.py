"""What every page's template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.models.user import THERAPIST
from programs.review.inbox import open_count


def page(request: HttpRequest) -> dict[str, Any]:
    """``demo`` (is this the demo), ``clinic`` of the person signed in, their ``roles``, ``inbox_count``,
    and the name of the CSRF cookie.
    """
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"demo": settings.DEMO, "clinic": None, "roles": frozenset()}
    context = {
        "demo": settings.DEMO,
        "clinic": user.clinic,
        "roles": user.roles,
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
    }
    if THERAPIST in user.roles:
        context["inbox_count"] = SimpleLazyObject(lambda: open_count(user))
    return context
