"""The program on paper, and the pictures of the builder."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import Lock
from tests.conftest import House
from tests.programs.prescribing.helpers import ClientFor, approve, in_force, record, url

pytestmark = pytest.mark.usefixtures("catalogue")


def test_the_sheet_has_every_exercise_with_its_pictures_and_the_clinics_number(
    house: House, client_for: ClientFor
) -> None:
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    approve(client, patient)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(url(patient, "print")).content.decode()
    items = list(in_force(patient).items.select_related("version"))
    assert items
    for item in items:
        assert item.version.name in page
    assert house.clinic.phone in page and patient.display_name in page and "Print this page" in page
    assert len(queries) <= 40
    found = AuditEvent.objects.get(action="viewed-sheet", patient_id=patient.pk)
    assert (found.route, found.actor_id) == ("prescribing:sheet", house.therapist.pk)


def test_without_a_program_the_sheet_says_so(house: House, client_for: ClientFor) -> None:
    page = client_for("therapist").get(url(house.patient, "print")).content.decode()
    assert "No program has been approved yet." in page and "sheet__exercise" not in page


def test_s2_no_paper_is_handed_out_while_a_lock_is_open(house: House, client_for: ClientFor) -> None:
    """S2: paper asks no questions."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    approve(client, patient)
    Lock.objects.create(patient=patient, level="E", rule="S5", key="numb", opened_at=timezone.now())
    page = client.get(url(patient, "print")).content.decode()
    assert "There is no sheet to hand out now" in page and "sheet__exercise" not in page
    assert "Print this page" not in page, "nothing to print, no button"


@pytest.mark.parametrize("role", ["editor", "admin", "patient"])
def test_nobody_but_a_therapist_prints_it(house: House, client_for: ClientFor, role: str) -> None:
    assert client_for(role).get(url(house.patient, "print")).status_code in (302, 404)
