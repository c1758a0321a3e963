"""Devices: renewed daily, ended at once, and asked once a day who sits before them."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Device, Patient, User
from tests.conftest import Clients, House
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


def is_signed_in(client: StrictClient) -> bool:
    """Is anybody signed in? (Home says hello to them by name.)"""
    return b"Hello" in client.get("/").content


def test_a_device_that_the_therapist_ends_is_out_with_its_next_request(client_for: Clients, house: House) -> None:
    patient, therapist = client_for("patient"), client_for("therapist")
    assert is_signed_in(patient)
    device = Device.objects.get()
    page = therapist.get(reverse("accounts:patient-devices", args=[house.patient.pk]))
    assert device.label in unescape(page.content.decode())
    therapist.post(reverse("accounts:device-end", args=[house.patient.pk, device.pk]))
    assert not is_signed_in(patient)
    assert patient.get("/today/")["Location"] == "/card/signed-out/"
    assert AuditEvent.objects.filter(action="device-ended", patient_id=house.patient.pk).count() == 1


def test_the_other_device_stays(client_for: Clients, house: House) -> None:
    first, second = client_for("patient"), client_for("patient")
    Device.objects.filter(pk=first.session["device"]).update(ended_at=timezone.now())
    assert not is_signed_in(first) and is_signed_in(second)


def test_a_session_without_its_device_is_nobodys(client_for: Clients) -> None:
    patient = client_for("patient")
    session = patient.session
    del session["device"]
    session.save()
    assert not is_signed_in(patient)


def test_90_days_are_counted_from_the_last_day_of_use(client_for: Clients) -> None:
    patient = client_for("patient")
    is_signed_in(patient)
    start = timezone.now()
    for days in (80, 160):
        with time_machine.travel(start + timedelta(days=days)):
            assert is_signed_in(patient)
    with time_machine.travel(start + timedelta(days=251)):
        assert not is_signed_in(patient)


def test_the_sign_in_is_renewed_at_most_once_a_day(client_for: Clients) -> None:
    patient = client_for("patient")
    assert "sessionid" in patient.get("/exercises/").cookies
    assert "sessionid" not in patient.get("/exercises/").cookies


def test_hz06_the_device_asks_once_a_day_whether_it_is_you(client_for: Clients, house: House) -> None:
    patient = client_for("patient")
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=2)):
        page = patient.get("/confirm-me/").content.decode()
        assert "Is this you?" in page and house.patient.display_name in page
        assert patient.post("/confirm-me/", {"answer": "yes"})["Location"] == "/today/"
        assert patient.session["confirmed-on"] == timezone.localdate(timezone=house.patient.zone).isoformat()


def test_hz06_who_is_not_the_patient_is_signed_out(client_for: Clients) -> None:
    patient = client_for("patient")
    assert patient.post("/confirm-me/", {"answer": "no"})["Location"] == "/card/signed-out/"
    assert not is_signed_in(patient)
    assert Device.objects.get().ended_at is not None


def test_hz06_neither_yes_nor_no_asks_again(client_for: Clients) -> None:
    assert b"Is this you?" in client_for("patient").post("/confirm-me/", {"answer": "perhaps"}).content


def test_a_patient_who_signs_out_leaves_the_list_of_devices(client_for: Clients) -> None:
    patient = client_for("patient")
    assert patient.post("/account/logout/")["Location"] == "/"
    assert Device.objects.get().ended_at is not None and not is_signed_in(patient)


def test_times_are_shown_in_the_zone_of_the_reader(
    client_for: Clients, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    Patient.objects.filter(pk=house.patient.pk).update(time_zone="Pacific/Auckland")
    seen: list[str] = []

    def look(user: User) -> list[object]:
        seen.append(timezone.get_current_timezone_name())
        return []

    monkeypatch.setattr("accounts.views.home.starts_of", look)
    client_for("patient").get("/")
    client_for("therapist").get("/")
    assert seen == ["Pacific/Auckland", "Europe/London"]
