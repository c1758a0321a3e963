"""System checks of the project: the SQLite library, and a policy for every route."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver

from stenosis_pt import sqlite


@checks.register("stenosis_pt")
def sqlite_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Versions before 3.51.3 can damage a database that several processes write."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if not engine.endswith("sqlite3") or sqlite.library_version() >= sqlite.SAFE_VERSION:
        return []
    found = ".".join(map(str, sqlite.library_version()))
    return [
        checks.Warning(
            f"The SQLite library is {found}; versions before 3.51.3 can damage a database with several writers.",
            hint="Install the pysqlite3 package, or use PostgreSQL.",
            id="stenosis_pt.W001",
        )
    ]


@checks.register("stenosis_pt")
def every_route_has_a_policy(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Deny by default: a route that accounts/policy.py does not name is a fault, and so is a line without a route."""
    from accounts.policy import POLICY

    names = set(route_names())
    unnamed = [
        checks.Error(f"The route {name!r} has no line in accounts/policy.py.", id="stenosis_pt.E001")
        for name in sorted(names - POLICY.keys())
    ]
    stale = [
        checks.Warning(f"accounts/policy.py names {name!r}, which is no route.", id="stenosis_pt.W002")
        for name in sorted(POLICY.keys() - names)
    ]
    return [*unnamed, *stale]


def route_names() -> Iterator[str]:
    """The full name of every route; an unnamed one answers as its pattern between angle brackets."""
    return _names(get_resolver(), "")


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else f"<{namespace}{entry.pattern}>"
