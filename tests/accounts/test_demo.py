"""The demo's one-press sign-in, and that it does not exist elsewhere."""

from typing import Any

import pytest

from accounts.demo import DEMO_CLINIC, DEMO_PATIENT, DEMO_STAFF, ROLES
from accounts.models import Device, User
from tests.conftest import Clients
from tests.factories import make_clinic, make_patient, make_staff
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
STARTS = {"patient": "/today/", "therapist": "/inbox/", "editor": "/desk/", "admin": "/clinic/"}


@pytest.fixture
def people() -> None:
    """The demo's people."""
    clinic = make_clinic(name=DEMO_CLINIC)
    staff = {
        key: make_staff(clinic, *person.roles, name=person.name, email=person.email)
        for key, person in DEMO_STAFF.items()
    }
    make_patient(staff["therapist"], DEMO_PATIENT)


@pytest.fixture
def demo(settings: Any) -> StrictClient:
    """The demo's mode is on; a browser on this machine."""
    settings.DEMO = True
    return StrictClient(headers={"host": "127.0.0.1"})


@pytest.mark.parametrize("role", ROLES)
def test_one_press_signs_in_and_leads_to_the_persons_start(role: str, demo: StrictClient, people: None) -> None:
    page = demo.get("/").content.decode()
    assert f'action="/demo/sign-in/{role}/"' in page
    assert demo.post(f"/demo/sign-in/{role}/")["Location"] == STARTS[role]
    assert f'href="{STARTS[role]}"' in demo.get("/").content.decode()


def test_one_can_go_on_as_somebody_else(demo: StrictClient, people: None) -> None:
    for role in ROLES:
        demo.post(f"/demo/sign-in/{role}/")
        assert demo.get("/clinic/").status_code == (200 if role == "admin" else 404)


def test_the_demos_patient_sits_at_a_device_like_any_other(demo: StrictClient, people: None) -> None:
    demo.post("/demo/sign-in/patient/")
    assert Device.objects.get().patient.display_name == DEMO_PATIENT


@pytest.mark.parametrize("role", ["second-therapist", "root", "Patient", "x" * 300])
def test_unknown_roles_are_no_pages(role: str, demo: StrictClient, people: None) -> None:
    assert demo.post(f"/demo/sign-in/{role}/").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_outside_the_demo_there_is_no_such_page(role: str, people: None, strict_client: StrictClient) -> None:
    assert strict_client.post(f"/demo/sign-in/{role}/").status_code == 404
    assert b"/demo/" not in strict_client.get("/").content
    assert "_auth_user_id" not in strict_client.session


def test_looking_does_not_sign_in(demo: StrictClient, people: None) -> None:
    assert demo.get("/demo/sign-in/patient/").status_code == 405
    assert "_auth_user_id" not in demo.session


def test_where_the_demos_people_are_missing_the_page_says_so(demo: StrictClient) -> None:
    assert b"not there yet" in demo.get("/").content
    for role in ROLES:
        answer = demo.post(f"/demo/sign-in/{role}/")
        assert answer.status_code == 409 and b"not there yet" in answer.content


def test_the_demos_staff_is_offered_no_password_to_change(demo: StrictClient, people: None) -> None:
    """Their accounts have none: the link would lead to a page that is not there."""
    for person in User.objects.all():
        person.set_unusable_password()
        person.save(update_fields=["password"])
    demo.post("/demo/sign-in/therapist/")
    page = demo.get("/account/2fa/").content.decode()
    assert "This account has no password." in page and "/account/password/change/" not in page


@pytest.mark.parametrize("role", STARTS)
def test_home_leads_each_person_to_their_own_start(role: str, client_for: Clients) -> None:
    page = client_for(role).get("/").content.decode()
    assert f'href="{STARTS[role]}"' in page and "/account/logout/" in page


def test_home_tells_strangers_what_this_is(strict_client: StrictClient) -> None:
    page = strict_client.get("/").content.decode()
    assert "Your exercises at home" in page and 'href="/card/"' in page and 'href="/account/login/"' in page
