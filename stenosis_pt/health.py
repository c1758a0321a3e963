"""Is the application able to serve? For load balancers and for the person who started it."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@cache
def _migrations_of_the_code() -> frozenset[tuple[str, str]]:
    """Every migration that this process's code knows; it cannot change while the process lives."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.graph.nodes)


def in_order() -> bool:
    """Does the database answer, with every migration of the code applied? One query."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except (DatabaseError, OperationalError):
        return False
    return applied.keys() >= _migrations_of_the_code()


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 with the word ``ok``, or 503; never any data."""
    if in_order():
        return HttpResponse("ok", content_type="text/plain")
    return HttpResponse("not in order", status=503, content_type="text/plain")
