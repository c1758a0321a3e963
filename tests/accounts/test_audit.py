"""The audit trail: append-only in the database, ids only."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from accounts import audit
from accounts.models import AuditEvent, Device, Invitation
from tests.conftest import Clients, House

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
    lines = AuditEvent.objects.exclude(action__startswith="viewed-")
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
