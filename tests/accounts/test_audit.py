"""The audit trail: append-only in the database, ids only."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from accounts import audit, cards
from accounts.models import AuditEvent, Device, Invitation
from tests.conftest import Clients, House
from tests.signing_in import with_second_factor
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(house: House) -> AuditEvent:
    """A line of the trail."""
    return audit.record(house.therapist, action="looked", patient=house.patient)


def refused(change: Callable[[], object]) -> bool:
    """Does the database refuse?"""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_a_line_cannot_be_changed(line: AuditEvent) -> None:
    assert refused(lambda: AuditEvent.objects.update(action="nothing"))
    assert refused(lambda: line.save())
    assert AuditEvent.objects.get().action == "looked"


def test_a_line_cannot_be_removed(line: AuditEvent) -> None:
    assert refused(lambda: AuditEvent.objects.all().delete())
    assert refused(lambda: _execute("DELETE FROM accounts_auditevent"))
    assert AuditEvent.objects.count() == 1


def test_a_line_cannot_be_replaced(line: AuditEvent) -> None:
    if connection.vendor == "sqlite":
        assert refused(lambda: _execute("INSERT OR REPLACE INTO accounts_auditevent SELECT * FROM accounts_auditevent"))
    else:
        assert refused(lambda: _execute("TRUNCATE accounts_auditevent"))
    assert AuditEvent.objects.get().at == line.at


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_line_of_a_request_knows_who_and_by_which_route(client_for: Clients, house: House) -> None:
    client_for("therapist").get(f"/patients/{house.patient.pk}/devices/")
    line = AuditEvent.objects.get(action="viewed-devices")
    assert (line.actor_id, line.patient_id, line.route, line.method) == (
        house.therapist.pk,
        house.patient.pk,
        "accounts:patient-devices",
        "GET",
    )


def test_every_change_knows_its_route_too(client_for: Clients, house: House) -> None:
    """Of a patient's identity and care, of staff, of the clinic: who, and by which route."""
    therapist, admin = client_for("therapist"), client_for("admin")
    patient, editor = f"/patients/{house.patient.pk}", f"/clinic/staff/{house.editor.pk}"
    device = Device.objects.create(patient=house.patient, label="a tablet")
    identity = {"year_of_birth": 1950, "language": "en", "time_zone": "Europe/London", "therapist": house.therapist.pk}
    therapist.post("/patients/add/", identity | {"display_name": "N. N."})
    therapist.post(f"{patient}/edit/", identity | {"display_name": "Pat L."})
    for change in ("card", "card/revoke", f"devices/{device.pk}/end", "discharge", "return"):
        therapist.post(f"{patient}/{change}/")
    admin.post("/clinic/staff/invite/", {"name": "Nora", "email": "nora@clinic.example", "roles": ["editor"]})
    admin.post(f"/clinic/invitations/{Invitation.objects.get().pk}/revoke/")
    admin.post(f"{editor}/", {"roles": ["editor", "admin"]})
    admin.post(f"{editor}/deactivate/")
    admin.post(f"{editor}/activate/")
    admin.post(f"/clinic/staff/{house.therapist.pk}/hand-over/", {"to": house.second_therapist.pk})
    lines = AuditEvent.objects.exclude(action__startswith="viewed-").exclude(action="signed-in")
    assert {(line.action, line.route) for line in lines} == {
        ("patient-added", "accounts:patient-add"),
        ("patient-changed", "accounts:patient-edit"),
        ("card-issued", "accounts:patient-card"),
        ("card-revoked", "accounts:patient-card-revoke"),
        ("device-ended", "accounts:device-end"),
        ("patient-discharged", "accounts:patient-discharge"),
        ("patient-returned", "accounts:patient-return"),
        ("staff-invited", "accounts:staff-invite"),
        ("invitation-revoked", "accounts:invitation-revoke"),
        ("roles-changed", "accounts:staff-member"),
        ("staff-deactivated", "accounts:staff-deactivate"),
        ("staff-activated", "accounts:staff-activate"),
        ("patients-handed-over", "accounts:staff-hand-over"),
        ("patient-handed-over", "accounts:staff-hand-over"),
    }
    assert {(line.actor_id, line.method) for line in lines} == {
        (house.therapist.pk, "POST"),
        (house.admin.pk, "POST"),
    }


def test_a_foreign_patient_leaves_no_line_that_says_viewed(
    client_for: Clients, house: House, other_house: House
) -> None:
    client_for("therapist").get(f"/patients/{other_house.patient.pk}/devices/")
    assert not AuditEvent.objects.filter(patient_id=other_house.patient.pk).exists()


def test_a_rule_acts_without_a_person(house: House) -> None:
    line = audit.record(None, action="locked", patient=house.patient)
    assert line.actor_id is None and line.clinic_id == house.clinic.pk


def test_nobody_signed_in_is_nobody(house: House) -> None:
    request = RequestFactory().get("/")
    line = audit.record(request, action="tried")
    assert line.actor_id is None and line.route == ""


def test_a_wrong_year_leaves_a_line_with_its_route(house: House) -> None:
    code = cards.issue(patient=house.patient, by=house.therapist).code
    StrictClient().post(f"/card/{code}/", {"year_of_birth": "1923"})
    line = AuditEvent.objects.get(action="card-wrong-year")
    assert (line.patient_id, line.route, line.method) == (house.patient.pk, "accounts:card-open", "POST")


def test_sign_ins_of_staff_and_what_guards_them_are_recorded(house: House, strict_client: StrictClient) -> None:
    house.editor.set_password("violet tractor lamp")
    house.editor.save()
    typed = {"login": house.editor.email}
    strict_client.post("/account/login/", typed | {"password": "wrong"})
    strict_client.post("/account/login/", {"login": "nobody@clinic.example", "password": "wrong"})
    failed = AuditEvent.objects.get(action="sign-in-failed")
    assert failed.clinic_id == house.clinic.pk and failed.objects_touched == {"staff": str(house.editor.pk)}
    assert failed.actor_id is None and failed.route == "account_login"
    assert strict_client.post("/account/login/", typed | {"password": "violet tractor lamp"}).status_code == 302
    assert AuditEvent.objects.get(action="signed-in").actor_id == house.editor.pk
    with_second_factor(house.editor)
    again = {"oldpassword": "violet tractor lamp", "password1": "orange lamp desk", "password2": "orange lamp desk"}
    assert strict_client.post("/account/password/change/", again).status_code == 302
    assert AuditEvent.objects.get(action="password-changed").actor_id == house.editor.pk
