"""The system checks of the project."""

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from accounts.policy import POLICY
from stenosis_pt import checks, sqlite


def ids(found: list[CheckMessage]) -> list[str | None]:
    """The check ids of messages."""
    return [message.id for message in found]


def test_every_route_has_a_line_in_the_policy_and_every_line_a_route() -> None:
    assert checks.every_route_has_a_policy(None) == []


def test_a_route_without_a_line_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(POLICY, "healthz")
    assert ids(checks.every_route_has_a_policy(None)) == ["stenosis_pt.E001"]


def test_a_line_without_a_route_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(POLICY, "gone:page", POLICY["healthz"])
    assert ids(checks.every_route_has_a_policy(None)) == ["stenosis_pt.W002"]


def test_an_old_sqlite_library_is_pointed_out(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(sqlite, "library_version", lambda: (3, 40, 1))
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert ids(checks.sqlite_is_safe(None)) == ["stenosis_pt.W001"]
