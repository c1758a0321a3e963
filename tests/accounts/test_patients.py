"""Patients' identity: add, change, discharge, take back."""

from typing import Any

import pytest
from django.urls import reverse

from accounts import actions, cards
from accounts.models import AccessCard, AuditEvent, Patient, User
from tests.conftest import Clients, House
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapist(client_for: Clients) -> StrictClient:
    """The patient's therapist is signed in."""
    return client_for("therapist")


def identity(house: House, **values: Any) -> dict[str, Any]:
    """The form's values."""
    return {
        "display_name": "Joe P.",
        "year_of_birth": "1948",
        "language": "en",
        "time_zone": "Europe/Lisbon",
        "therapist": str(house.second_therapist.pk),
    } | values


def act(client: StrictClient, what: str, patient: Patient, **data: Any) -> Any:
    """Post one of the actions on a patient."""
    return client.post(reverse(f"accounts:patient-{what}", args=[patient.pk]), data)


def test_a_therapist_adds_a_patient_and_is_shown_the_next_steps(therapist: StrictClient, house: House) -> None:
    answer = therapist.post("/patients/add/", identity(house))
    assert answer.status_code == 302
    page = therapist.get(answer["Location"]).content.decode()
    joe = Patient.objects.get(display_name="Joe P.")
    assert (joe.clinic, joe.therapist, joe.year_of_birth) == (house.clinic, house.second_therapist, 1948)
    assert joe.user.email is None and not joe.user.has_usable_password() and joe.user.roles == {"patient"}
    assert reverse("prescribing:profile", args=[joe.pk]) in page
    assert reverse("accounts:patient-card", args=[joe.pk]) in page
    assert AuditEvent.objects.filter(action="patient-added", patient_id=joe.pk).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "x" * 61},
        {"display_name": "a\x00b"},
        {"year_of_birth": ""},
        {"year_of_birth": "1848"},
        {"year_of_birth": "2024"},
        {"year_of_birth": "fifty"},
        {"year_of_birth": "9" * 40},
        {"time_zone": "Mars/Base"},
        {"language": "xx"},
        {"therapist": ""},
        {"therapist": "not-a-uuid"},
    ],
)
def test_wrong_values_are_explained_and_what_was_typed_stays(
    wrong: dict[str, str], therapist: StrictClient, house: House
) -> None:
    before = Patient.objects.count()
    page = therapist.post("/patients/add/", identity(house, **wrong))
    assert page.status_code == 400 and b"error-summary" in page.content
    if "display_name" not in wrong:
        assert b'value="Joe P."' in page.content
    assert Patient.objects.count() == before


def test_a_therapist_of_another_clinic_cannot_treat(therapist: StrictClient, house: House, other_house: House) -> None:
    page = therapist.post("/patients/add/", identity(house, therapist=str(other_house.therapist.pk)))
    assert b"error-summary" in page.content and other_house.canary.encode() not in page.content
    assert not Patient.objects.filter(display_name="Joe P.").exists()


def test_changing_a_patient_leaves_the_fields_names_in_the_trail(therapist: StrictClient, house: House) -> None:
    assert act(therapist, "edit", house.patient, **identity(house)).status_code == 302
    house.patient.refresh_from_db()
    assert house.patient.display_name == house.patient.user.name == "Joe P."
    trail = AuditEvent.objects.get(action="patient-changed")
    assert "display_name" in trail.objects_touched["fields"] and "Joe" not in str(trail.objects_touched)


def test_looking_at_an_identity_is_recorded(therapist: StrictClient, house: House) -> None:
    therapist.get(reverse("accounts:patient-edit", args=[house.patient.pk]))
    trail = AuditEvent.objects.get(action="viewed-patient-identity")
    assert (trail.patient_id, trail.actor_id, trail.clinic_id) == (
        house.patient.pk,
        house.therapist.pk,
        house.clinic.pk,
    )
    assert (trail.route, trail.method) == ("accounts:patient-edit", "GET")


def test_discharge_asks_first_then_stops_the_card_and_closes_all_but_the_day(
    therapist: StrictClient, client_for: Clients, house: House
) -> None:
    patient = client_for("patient")
    code = cards.issue(patient=house.patient, by=house.therapist).code
    therapist.get(reverse("accounts:patient-discharge", args=[house.patient.pk]))
    assert Patient.objects.active().filter(pk=house.patient.pk).exists()
    act(therapist, "discharge", house.patient)
    assert not Patient.objects.active().filter(pk=house.patient.pk).exists()
    assert patient.post("/today/rest/").status_code == 404
    assert StrictClient().post(f"/card/{code}/", {"year_of_birth": "1951"}).status_code == 400
    act(therapist, "card", house.patient)
    assert not AccessCard.objects.filter(revoked_at=None).exists()


def test_a_patient_comes_back_to_the_therapist_who_takes_them(
    client_for: Clients, therapist: StrictClient, house: House
) -> None:
    act(therapist, "discharge", house.patient)
    act(client_for(house.second_therapist), "return", house.patient)
    house.patient.refresh_from_db()
    assert not house.patient.is_discharged and house.patient.therapist == house.second_therapist


def test_discharging_twice_is_one_discharge(therapist: StrictClient, house: House) -> None:
    for _ in range(2):
        act(therapist, "discharge", house.patient)
    assert AuditEvent.objects.filter(action="patient-discharged").count() == 1


def test_a_changed_year_of_birth_counts_for_a_card_that_is_out(therapist: StrictClient, house: House) -> None:
    code = cards.issue(patient=house.patient, by=house.therapist).code
    act(therapist, "edit", house.patient, **identity(house, year_of_birth="1950"))
    assert StrictClient().post(f"/card/{code}/", {"year_of_birth": "1951"}).status_code == 400
    assert StrictClient().post(f"/card/{code}/", {"year_of_birth": "1950"}).status_code == 302


def test_a_second_patient_of_the_same_name_and_year_is_asked_about(
    therapist: StrictClient, house: House, other_house: House
) -> None:
    Patient.objects.filter(pk=other_house.patient.pk).update(display_name="Joe P.", year_of_birth=1948)
    assert therapist.post("/patients/add/", identity(house)).status_code == 302
    page = therapist.post("/patients/add/", identity(house, display_name="joe p."))
    assert page.status_code == 400 and b"another person" in page.content and b'name="another"' in page.content
    assert Patient.objects.filter(clinic=house.clinic, year_of_birth=1948).count() == 1
    assert therapist.post("/patients/add/", identity(house, another="on")).status_code == 302
    assert Patient.objects.filter(clinic=house.clinic, year_of_birth=1948).count() == 2


def test_a_change_leaves_alone_what_others_changed_meanwhile(therapist: StrictClient, house: House) -> None:
    """The page is opened, the patient is discharged and handed over, and then a new name is saved."""
    read_before = Patient.objects.get(pk=house.patient.pk)
    read_before.display_name = "Joe P."
    Patient.objects.filter(pk=house.patient.pk).update(
        discharged_at="2026-01-01T00:00Z", therapist=house.second_therapist
    )
    actions.change_patient(patient=read_before, changed=["display_name"], by=house.therapist)
    house.patient.refresh_from_db()
    assert house.patient.display_name == "Joe P." and house.patient.is_discharged
    assert house.patient.therapist == house.second_therapist


def test_nobody_is_given_to_a_therapist_who_has_just_left(house: House) -> None:
    patient = Patient(display_name="Joe P.", year_of_birth=1948, time_zone="UTC", therapist=house.second_therapist)
    User.objects.get_queryset().filter(pk=house.second_therapist.pk).update(is_active=False)
    with pytest.raises(actions.NotTreating):
        actions.add_patient(patient=patient, by=house.therapist)
    house.patient.therapist = house.second_therapist
    with pytest.raises(actions.NotTreating):
        actions.change_patient(patient=house.patient, changed=["therapist"], by=house.therapist)
    assert not Patient.objects.filter(display_name="Joe P.").exists()


def test_a_patient_whose_therapist_has_left_is_given_to_nobody_by_chance(therapist: StrictClient, house: House) -> None:
    act(therapist, "discharge", house.second_patient)
    User.objects.get_queryset().filter(pk=house.second_therapist.pk).update(is_active=False)
    page = therapist.get(reverse("accounts:patient-edit", args=[house.second_patient.pk]))
    assert page.context["form"]["therapist"].value() == house.second_therapist.pk
    assert b"Choose a therapist" in page.content and b"selected>Tess" not in page.content
