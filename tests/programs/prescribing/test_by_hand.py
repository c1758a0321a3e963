"""What a therapist set by hand is told from what the rules made, through every copy."""

from dataclasses import replace

import pytest

from accounts.models import Patient
from programs import revisions
from programs.models import ProgramRevision
from programs.origin import Origin
from programs.prescribing.approval import proposal_of
from programs.prescribing.state import load_prescription
from tests.conftest import House
from tests.programs.prescribing.helpers import ClientFor, approve, entry, in_force, record, send, url
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("catalogue")
DOSE = {"sets": 1, "reps": 6, "hold_seconds": 5, "rest_seconds": 30}


@pytest.fixture
def client(client_for: ClientFor) -> StrictClient:
    """The treating therapist's browser."""
    return client_for("therapist")


@pytest.fixture
def patient(house: House, client: StrictClient) -> Patient:
    """A patient with an assembled draft."""
    record(client, house.patient)
    return house.patient


def text(client: StrictClient, patient: Patient, name: str = "draft") -> str:
    """A page's HTML."""
    return client.get(url(patient, name)).content.decode()


def test_r38_an_assembled_dose_is_nobodys_after_approval_and_copy(client: StrictClient, patient: Patient) -> None:
    """R38: a copy of the program in force does not claim that somebody set its doses."""
    assert "set by" not in text(client, patient)
    approve(client, patient)
    client.post(url(patient, "change"))
    assert "set by" not in text(client, patient)
    assert entry(patient, "A/bridge").origin == Origin()


def test_r38_a_dose_set_by_hand_keeps_its_therapist_through_copies(
    house: House, client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """R38: whoever copies, approves or reads it, the name is that of the therapist who set the dose."""
    send(client, patient, "dose", "A/bridge", **DOSE)
    approve(client, patient)
    kept = in_force(patient).items.get(day="A", exercise="bridge").origin
    assert Origin.from_json(kept).dose_by == str(house.therapist)
    second = client_for(house.second_therapist)
    second.post(url(patient, "change"))
    assert text(second, patient).count("set by") == 1 and f"set by {house.therapist}" in text(second, patient)
    send(second, patient, "dose", "A/bridge", **DOSE)
    assert entry(patient, "A/bridge").origin.dose_by == str(house.therapist), "the same dose sets nothing"
    send(second, patient, "dose", "A/bridge", **(DOSE | {"reps": 5}))
    assert entry(patient, "A/bridge").origin.dose_by == str(house.second_therapist)


def test_p12_a_dose_changed_by_a_rule_says_so_through_copies(
    house: House, client: StrictClient, patient: Patient
) -> None:
    """P12, R38: the rule that changed a dose stays beside it until a therapist sets another."""
    prescription = load_prescription(patient)
    assert prescription.draft is not None
    proposal = proposal_of(prescription, prescription.draft, patient.created_at.date(), "")
    items = [replace(item, origin=Origin(dose_rule="P12")) for item in proposal.items]
    revisions.approve(patient=patient, by=house.therapist, proposal=replace(proposal, items=items))
    send(client, patient, "discard")
    client.post(url(patient, "change"))
    assert "changed by rule P12" in text(client, patient)
    send(client, patient, "dose", "A/bridge", **DOSE)
    assert entry(patient, "A/bridge").origin == Origin(dose_by=str(house.therapist))


def test_a_revision_without_recorded_origins_claims_none() -> None:
    """What an earlier version did not record is left open."""
    assert Origin.from_json(None) == Origin() == Origin.from_json({})


def test_x19_who_put_an_entry_in_or_took_it_out_is_named(house: House, client: StrictClient, patient: Patient) -> None:
    """X19: additions carry their therapist, removals too, for whoever reads them."""
    send(client, patient, "add", exercise="clamshell", day="A")
    send(client, patient, "remove", "A/heel-raise")
    page = text(client, patient)
    assert f"Put in by {house.therapist}." in page and f"taken out by {house.therapist}" in page
    approve(client, patient)
    client.post(url(patient, "change"))
    assert f"Put in by {house.therapist}." in text(client, patient)
    assert ProgramRevision.objects.count() == 1


def test_doses_of_the_program_in_force_stay_when_it_is_assembled_again(client: StrictClient, patient: Patient) -> None:
    """A copied dose is kept like one that was set here, and keeps its origin."""
    send(client, patient, "dose", "A/bridge", **DOSE)
    approve(client, patient)
    client.post(url(patient, "change"))
    send(client, patient, "assemble", keep="1")
    kept = entry(patient, "A/bridge")
    assert kept.dose.reps == DOSE["reps"] and kept.origin.dose_by
