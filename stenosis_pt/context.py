"""What every page's template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """``demo`` (is this the demo), ``clinic`` of the person signed in, and their ``roles``."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "demo": settings.DEMO,
        "clinic": user.clinic if signed_in else None,
        "roles": user.roles if signed_in else frozenset(),
    }
