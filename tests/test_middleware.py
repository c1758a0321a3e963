"""What every answer carries, and whom the demo answers."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from accounts.models import User
from stenosis_pt.errors import signed_out
from stenosis_pt.middleware import LoopbackOnlyInDemo, PrivacyHeaders, SmallBodies

PATIENT = User(email=None)
THERAPIST = User(email="t@clinic.example", is_therapist=True)


def answer(user: object, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """What PrivacyHeaders makes of a plain answer with an ETag."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", status=status, headers={"ETag": '"1"'} | (headers or {}))

    request = RequestFactory().get("/somewhere/")
    request.resolver_match = None
    if user is not None:
        request.user = user  # type: ignore[assignment]
    return PrivacyHeaders(view)(request)


def test_pages_of_a_patient_may_be_kept_on_the_device_and_are_asked_for_again() -> None:
    page = answer(PATIENT)
    assert page["Cache-Control"] == "no-cache, private"
    assert page["ETag"] == '"1"'


@pytest.mark.parametrize("user", [THERAPIST, AnonymousUser(), None, User(email="e@clinic.example", is_active=False)])
def test_pages_of_staff_and_of_nobody_known_are_kept_nowhere(user: object) -> None:
    page = answer(user)
    assert page["Cache-Control"] == "no-store, private"
    assert not page.has_header("ETag")


def test_an_error_is_kept_nowhere() -> None:
    assert answer(PATIENT, status=404)["Cache-Control"] == "no-store, private"


def test_a_view_that_sets_its_own_cache_rule_is_left_alone() -> None:
    assert answer(THERAPIST, headers={"Cache-Control": "public, max-age=60"})["Cache-Control"] == "public, max-age=60"


def test_every_answer_forbids_camera_and_microphone() -> None:
    assert "camera=()" in answer(None)["Permissions-Policy"]
    assert "microphone=()" in answer(None)["Permissions-Policy"]


def demo(settings: Settings, **meta: str) -> HttpResponse:
    """What the demo answers to a request with this META."""
    settings.DEMO = True
    guard = LoopbackOnlyInDemo(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/")
    request.META |= meta
    return guard(request)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_the_demo_answers_this_machine(settings: Settings, host: str) -> None:
    assert demo(settings, HTTP_HOST=host, REMOTE_ADDR="127.0.0.1").status_code == 200


@pytest.mark.parametrize(
    "meta",
    [
        {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": ""},
        {"HTTP_HOST": "clinic.example", "REMOTE_ADDR": "127.0.0.1"},
        {"HTTP_HOST": "", "REMOTE_ADDR": "127.0.0.1"},
        {"HTTP_HOST": "127.0.0.1.evil.example", "REMOTE_ADDR": "127.0.0.1"},
        {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    ],
)
def test_the_demo_refuses_everybody_else(settings: Settings, meta: dict[str, str]) -> None:
    refused = demo(settings, **meta)
    assert refused.status_code == 403
    assert refused.content != b"in"


def test_the_guard_is_away_outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(MiddlewareNotUsed):
        LoopbackOnlyInDemo(lambda request: HttpResponse("in"))


def test_a_script_that_is_signed_out_is_told_so_in_json() -> None:
    told = signed_out()
    assert (told.status_code, told.content) == (401, b'{"error": "signed-out"}')


def test_a_page_for_too_many_tries_says_when_to_come_back() -> None:
    assert answer(None, status=429)["Retry-After"] == "600"
    assert answer(None, status=429, headers={"Retry-After": "7"})["Retry-After"] == "7"
    assert not answer(None, status=400).has_header("Retry-After")


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/card/", "3000001", 413),
        ("/card/", "9" * 5000, 413),
        ("/card/", "2999999", 200),
        ("/desk/add/", "8999999", 200),
        ("/desk/add/", "9000001", 413),
        ("/card/", "", 200),
        ("/card/", "-1", 200),
    ],
)
def test_a_body_that_is_too_large_is_refused_unread(path: str, length: str, status: int) -> None:
    class Unread:
        def read(self, *args: object) -> bytes:
            raise AssertionError("it was read")

        readline = read

    unread: dict[str, Any] = {"wsgi.input": Unread()}
    request = RequestFactory().generic("POST", path, CONTENT_LENGTH=length, **unread)
    response = SmallBodies(lambda request: HttpResponse("x"))(request)
    assert response.status_code == status
    if status == 413:
        assert b"too large" in response.content


def test_a_script_that_sends_too_much_is_told_so() -> None:
    request = RequestFactory().generic("POST", "/session/x/events/", CONTENT_LENGTH="4000000")
    response = SmallBodies(lambda request: HttpResponse("x"))(request)
    assert response.status_code == 413 and response["Content-Type"] == "application/json"
