""" "What changed": the patient reads once, in plain words, what the therapist changed."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.utils.html import escape

from accounts.models import Patient
from programs.models import Program, ProgramRevision
from programs.prescribing import edits
from programs.prescribing.actions import change_draft, start_from_current
from programs.prescribing.approval import approve_draft
from programs.revisions import read_changes
from stenosis_pt.dose_words import dose_words
from tests import factories
from tests.conftest import Clients, House
from tests.programs.guided.factory import LUMBAR_MODERATE, revise
from tests.strict import StrictClient

CARD = "What changed in your plan"

pytestmark = pytest.mark.django_db


def today(client: StrictClient) -> str:
    """The day's page."""
    return str(client.get("/today/").content.decode())


def changed(patient: Patient, **values: Any) -> ProgramRevision:
    """The therapist approves a change of the program in force, by the same way as the pages do."""
    by = patient.therapist
    row = start_from_current(patient=patient, by=by)

    def edit(draft: Any) -> Any:
        for day in draft.offered:
            entry = draft.entry(day, "bridge")
            if entry is not None:
                draft = edits.remove(draft, day, "bridge")
        return draft

    row = change_draft(patient=patient, by=by, version=row.version, edit=edit, action="removed", exercise="bridge")
    starts = ProgramRevision.objects.filter(patient=patient).latest("number").starts_on
    return approve_draft(
        patient=patient, by=by, version=row.version, starts_on=starts, reason="Colleagues only: he overdid it", **values
    )


def test_a_first_program_is_no_news(on_treatment: Patient, client_for: Clients) -> None:
    assert CARD not in today(client_for(on_treatment))


def test_what_was_taken_out_is_told_once_until_got_it(on_treatment: Patient, client_for: Clients) -> None:
    client = client_for(on_treatment)
    today(client)
    revision = changed(on_treatment)
    for _ in range(2):
        page = today(client)
        assert CARD in page and "No longer in your plan:" in page and "Bridge" in page
        assert "overdid" not in page, "a reason for colleagues is not told"
    assert client.post("/today/seen/", {"revision": str(revision.pk)}).status_code == 302
    assert CARD not in today(client)
    assert client.post("/today/seen/", {"revision": str(revision.pk)}).status_code == 302


def test_a_program_that_was_never_opened_is_nothing_to_compare_with(on_treatment: Patient, client_for: Clients) -> None:
    changed(on_treatment)
    assert CARD not in today(client_for(on_treatment))


def test_what_cannot_be_read_or_is_foreign_changes_nothing(
    on_treatment: Patient, client_for: Clients, other_house: House
) -> None:
    client = client_for(on_treatment)
    today(client)
    changed(on_treatment)
    foreign = factories.on_treatment(other_house.therapist, "Foreign")
    other = ProgramRevision.objects.get(patient=foreign)
    for wrong in ("", "nonsense", str(uuid.uuid4()), str(other.pk)):
        assert client.post("/today/seen/", {"revision": wrong}).status_code == 302
        assert CARD in today(client)


def test_a_revision_that_came_in_between_is_still_told(on_treatment: Patient, client_for: Clients) -> None:
    """Only what stood on the page is read; an older page never brings anything back."""
    client = client_for(on_treatment)
    today(client)
    first = ProgramRevision.objects.get(patient=on_treatment)
    second = changed(on_treatment)
    read_changes(patient=on_treatment, upto=second)
    third = revise(on_treatment, first.starts_on)
    Program.objects.filter(patient=on_treatment).update(current=third)
    page = today(client)
    assert CARD in page and "New:" in page
    assert not read_changes(patient=on_treatment, upto=first)
    assert read_changes(patient=on_treatment, upto=third)
    assert CARD not in today(client)


def test_p5_a_change_by_a_rule_is_told_as_one(on_treatment: Patient, client_for: Clients) -> None:
    client = client_for(on_treatment)
    today(client)
    first = ProgramRevision.objects.get(patient=on_treatment)
    without = {day: tuple(slug for slug in slugs if slug != "bridge") for day, slugs in LUMBAR_MODERATE.items()}
    second = revise(on_treatment, first.starts_on, items=without, approved_by=None)
    Program.objects.filter(patient=on_treatment).update(current=second, seen=first)
    page = today(client)
    assert escape("We made your plan a little easier, because of what you told us.") in page
    assert "Your therapist has changed" not in page


def test_a_changed_dose_says_now_and_before(on_treatment: Patient, client_for: Clients) -> None:
    client = client_for(on_treatment)
    today(client)
    now = changed_dose(on_treatment)
    page = today(client)
    assert f"Bridge: now {now}" in page and "Before: " in page


def changed_dose(patient: Patient) -> str:
    """The therapist sets another number of repetitions; gives the new dose in words."""
    by = patient.therapist
    row = start_from_current(patient=patient, by=by)
    doses = []

    def edit(draft: Any) -> Any:
        entry = draft.entry("A", "bridge")
        doses.append(replace(entry.dose, reps=entry.dose.reps - 1))
        return edits.set_dose(draft, "A", "bridge", doses[-1], by=str(by))

    row = change_draft(patient=patient, by=by, version=row.version, edit=edit, action="changed", exercise="bridge")
    starts = ProgramRevision.objects.get(patient=patient).starts_on
    approve_draft(patient=patient, by=by, version=row.version, starts_on=starts)
    return dose_words(doses[-1])
