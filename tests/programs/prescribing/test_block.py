"""X19: the core block and its parts."""

import pytest

from accounts.models import Patient
from programs.models import ProgramRevision
from programs.prescribing.block import BLOCK, PARTS
from tests.conftest import House
from tests.programs.prescribing.helpers import (
    ClientFor,
    approve,
    blocked_now,
    entry,
    in_force,
    record,
    send,
    stored,
    url,
)
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("catalogue")
PLACE = f"A/{BLOCK}"
FINE = ["brace-heel-slide", "abdominal-brace"]


@pytest.fixture
def client(client_for: ClientFor) -> StrictClient:
    """The treating therapist's browser."""
    return client_for("therapist")


@pytest.fixture
def patient(house: House, client: StrictClient) -> Patient:
    """A patient with a core block in the draft, its parts not in the days beside it."""
    record(client, house.patient)
    send(client, house.patient, "add", exercise=BLOCK, day="A")
    for part in PARTS:
        for day in "AD":
            if stored(house.patient).entry(day, part):
                send(client, house.patient, "remove", f"{day}/{part}")
    return house.patient


def text(client: StrictClient, patient: Patient, name: str = "draft") -> str:
    """A page's HTML."""
    return client.get(url(patient, name)).content.decode()


def test_x19_a_block_without_parts_is_not_approved(client: StrictClient, patient: Patient) -> None:
    """X19: the patient is told to do the items that the plan lists; so it must list some."""
    assert "Choose the parts of the core block first" in text(client, patient, "check")
    approve(client, patient)
    assert not ProgramRevision.objects.exists()


def test_x19_parts_are_kept_in_order_and_reach_the_patient(
    client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """X19: in draft, revision, the next draft, and the patient's day."""
    send(client, patient, "parts", PLACE, parts=FINE)
    assert entry(patient, PLACE).parts == ("abdominal-brace", "brace-heel-slide")
    approve(client, patient)
    item = in_force(patient).items.get(exercise=BLOCK)
    assert item.parts is not None and [part["exercise"] for part in item.parts] == sorted(FINE)
    assert item.parts[0]["name"] in client_for(patient).get("/today/").content.decode()
    client.post(url(patient, "change"))
    assert entry(patient, PLACE).parts == ("abdominal-brace", "brace-heel-slide")


def test_x19_a_part_that_does_not_pass_cannot_be_chosen(client: StrictClient, patient: Patient) -> None:
    """X19, X6: excluded and held parts alike, one by one; the draft says why."""
    record(client, patient, version=1, precautions=["knee-pain"])
    page = text(client, patient)
    assert f'value="bridge" id="part-A-{BLOCK}-bridge"' not in page
    answer = client.post(url(patient, "parts", PLACE), {"version": 99, "parts": ["bridge"]}, follow=True)
    assert "Only parts that pass" in answer.content.decode() and entry(patient, PLACE).parts == ()
    assert send(client, patient, "parts", PLACE, parts=["sit-to-stand"]).status_code == 302
    assert entry(patient, PLACE).parts == ()


def test_x19_a_part_that_stopped_passing_holds_up_the_approval(client: StrictClient, patient: Patient) -> None:
    """X19, X6: judged again at approval."""
    send(client, patient, "parts", PLACE, parts=["bridge"])
    record(client, patient, version=1, precautions=["knee-pain"])
    assert entry(patient, PLACE).parts == ("bridge",)
    assert "As a part of the core block" in text(client, patient, "check")
    approve(client, patient)
    assert not ProgramRevision.objects.exists()


def test_x19_hz05_a_later_code_stops_a_block_through_its_part(client: StrictClient, patient: Patient) -> None:
    """X19, R12: the block stands only while every part of it does."""
    send(client, patient, "parts", PLACE, parts=["bridge"])
    approve(client, patient)
    assert BLOCK not in blocked_now(patient)
    record(client, patient, version=1, precautions=["knee-pain"], assemble="")
    assert blocked_now(patient)[BLOCK].codes == ("knee-pain",)


def test_x19_hz05_the_patients_day_leaves_out_a_block_whose_part_was_stopped(
    client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """X19, R12: at the start as well, without anybody having to change the program."""
    send(client, patient, "parts", PLACE, parts=["bridge"])
    approve(client, patient)
    rows = {row.name for row in client_for(patient).get("/today/").context["page"].rows}
    assert "Core control block" in rows
    record(client, patient, version=1, precautions=["knee-pain"], assemble="")
    page = client_for(patient).get("/today/").context["page"]
    assert page.rows and "Core control block" not in {row.name for row in page.rows}


def test_x19_r29_a_part_is_not_done_beside_its_block(client: StrictClient, patient: Patient) -> None:
    """X19, R29: the block uses up its parts' caps."""
    send(client, patient, "parts", PLACE, parts=["bridge"])
    send(client, patient, "add", exercise="bridge", day="A")
    assert "in the day as well" in text(client, patient, "check")
    approve(client, patient)
    assert not ProgramRevision.objects.exists()


def test_x19_other_exercises_have_no_parts(client: StrictClient, patient: Patient) -> None:
    """Only the core block holds parts."""
    send(client, patient, "parts", "A/sit-to-stand", parts=["bridge"])
    assert entry(patient, "A/sit-to-stand").parts == ()
