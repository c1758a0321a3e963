"""The clinic's pages: settings, roles, deactivating, handing over."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, Clinic, User
from tests.conftest import Clients, House
from tests.factories import make_staff
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client_for: Clients) -> StrictClient:
    """The clinic's admin is signed in."""
    return client_for("admin")


def act(admin: Client, what: str, person: User, **data: Any) -> Any:
    """Post one of the actions on a person."""
    return admin.post(reverse(f"accounts:staff-{what}", args=[person.pk]), data, follow=True)


def test_the_overview_shows_this_clinic_and_not_the_other(
    admin: StrictClient, house: House, other_house: House
) -> None:
    page = admin.get("/clinic/").content.decode()
    assert house.therapist.name in page and house.clinic.phone in page
    assert other_house.canary not in page


def test_the_overview_needs_the_same_queries_for_many_staff(admin: StrictClient, house: House) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            admin.get("/clinic/")
        return len(seen)

    queries()
    few = queries()
    for _ in range(5):
        make_staff(house.clinic, "therapist")
    assert queries() == few


SETTINGS = {
    "seen": "0",
    "name": "River Clinic",
    "phone": "020 7946 0018",
    "out_of_hours": "",
    "emergency_number": "112",
    "alert_response": "within one working day",
    "not_watched": "Phone us when it is urgent.",
    "time_zone": "Europe/Madrid",
}


def test_s31_settings_are_saved_and_patients_see_them(admin: StrictClient, client_for: Clients, house: House) -> None:
    assert admin.post("/clinic/settings/", SETTINGS)["Location"] == "/clinic/"
    house.clinic.refresh_from_db()
    assert house.clinic.time_zone == "Europe/Madrid"
    page = client_for("patient").get("/").content.decode()
    assert "Phone us when it is urgent." in page and "020 7946 0018" in page
    trail = AuditEvent.objects.get(action="clinic-changed")
    assert "River" not in str(trail.objects_touched) and "name" in trail.objects_touched["fields"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"phone": "call us"}, {"emergency_number": ""}, {"time_zone": "Mars"}, {"alert_response": ""}],
)
def test_wrong_settings_are_explained_and_kept_typed(wrong: dict[str, str], admin: StrictClient, house: House) -> None:
    page = admin.post("/clinic/settings/", SETTINGS | wrong)
    assert page.status_code == 400 and b"error-summary" in page.content
    assert b"Phone us when it is urgent." in page.content
    assert Clinic.objects.get(pk=house.clinic.pk).name == house.clinic.name


@pytest.mark.parametrize("seen", ["0", "", "x", "9" * 40])
def test_settings_that_somebody_else_saved_meanwhile_are_shown_and_what_was_typed_stays(
    seen: str, admin: StrictClient, house: House
) -> None:
    assert admin.post("/clinic/settings/", SETTINGS).status_code == 302
    mine = SETTINGS | {"seen": seen, "phone": "020 1111 2222"}
    page = admin.post("/clinic/settings/", mine)
    assert page.status_code == 409 and Clinic.objects.get(pk=house.clinic.pk).phone == "020 7946 0018"
    assert b'value="020 1111 2222"' in page.content and b"<dd>020 7946 0018</dd>" in page.content
    assert admin.post("/clinic/settings/", mine | {"seen": page.context["seen"]}).status_code == 302
    assert Clinic.objects.get(pk=house.clinic.pk).phone == "020 1111 2222"


def test_roles_count_at_once(admin: StrictClient, client_for: Clients, house: House) -> None:
    editor = client_for("editor")
    assert editor.get("/desk/").status_code == 200
    act(admin, "member", house.editor, roles=["admin"])
    assert editor.get("/desk/").status_code == 404
    assert editor.get("/clinic/").status_code == 200


def test_no_role_at_all_is_explained(admin: StrictClient, house: House) -> None:
    assert b"Choose one role" in act(admin, "member", house.editor).content
    house.editor.refresh_from_db()
    assert house.editor.roles == {"editor"}


def test_the_last_admin_stays(admin: StrictClient, house: House) -> None:
    assert b"last admin" in act(admin, "member", house.admin, roles=["editor"]).content
    assert b"last admin" in act(admin, "deactivate", house.admin).content
    house.admin.refresh_from_db()
    assert house.admin.is_active and house.admin.is_admin


def test_a_second_admin_may_end_the_first(admin: StrictClient, house: House) -> None:
    make_staff(house.clinic, "admin")
    act(admin, "deactivate", house.admin)
    house.admin.refresh_from_db()
    assert not house.admin.is_active


def test_deactivation_ends_every_session_and_they_do_not_come_back(
    admin: StrictClient, client_for: Clients, house: House
) -> None:
    editor = client_for("editor")
    assert editor.get("/desk/").status_code == 200
    act(admin, "deactivate", house.editor)
    assert editor.get("/desk/")["Location"].startswith("/account/login/")
    act(admin, "activate", house.editor)
    assert editor.get("/desk/")["Location"].startswith("/account/login/")
    house.editor.refresh_from_db()
    assert client_for("editor").get("/desk/").status_code == 200


def test_a_therapist_with_patients_is_handed_over_first(admin: StrictClient, house: House) -> None:
    assert b"Hand them over" in act(admin, "deactivate", house.therapist).content
    assert b"Hand them over" in act(admin, "member", house.therapist, roles=["editor"]).content
    page = act(admin, "hand-over", house.therapist, to=str(house.second_therapist.pk))
    assert b"1 patient is handed over" in page.content
    house.patient.refresh_from_db()
    assert house.patient.therapist == house.second_therapist
    act(admin, "deactivate", house.therapist)
    house.therapist.refresh_from_db()
    assert not house.therapist.is_active


@pytest.mark.parametrize("who", ["foreign", "same", "nobody", "editor"])
def test_patients_go_to_another_therapist_of_the_clinic_only(
    who: str, admin: StrictClient, house: House, other_house: House
) -> None:
    to = {
        "foreign": str(other_house.therapist.pk),
        "same": str(house.therapist.pk),
        "nobody": "x",
        "editor": str(house.editor.pk),
    }[who]
    page = act(admin, "hand-over", house.therapist, to=to)
    assert b"error-summary" in page.content
    house.patient.refresh_from_db()
    assert house.patient.therapist == house.therapist


def test_an_admin_sees_staff_only_never_a_patients_user(admin: StrictClient, house: House) -> None:
    assert admin.get(reverse("accounts:staff-member", args=[house.patient.user.pk])).status_code == 404


def test_each_patient_who_is_handed_over_has_a_line_in_the_trail(admin: StrictClient, house: House) -> None:
    act(admin, "hand-over", house.therapist, to=str(house.second_therapist.pk))
    line = AuditEvent.objects.get(action="patient-handed-over")
    assert (line.patient_id, line.actor_id) == (house.patient.pk, house.admin.pk)
    assert line.objects_touched == {"from": str(house.therapist.pk), "to": str(house.second_therapist.pk)}
