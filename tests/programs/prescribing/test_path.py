"""From the profile to the approved program, as a therapist goes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from programs.models import Program, ProgramDraft, ProgramRevision, TickedEntry
from programs.rules import RULES_VERSION
from tests.conftest import House
from tests.programs.prescribing.helpers import ClientFor, approve, entry, record, send, slugs, stored, url

pytestmark = pytest.mark.usefixtures("catalogue")


def test_r1_the_whole_path_ends_in_an_active_revision(house: House, client_for: ClientFor) -> None:
    """R1, R12, R38, R39: profile, draft, OK, edit, check, approve."""
    client, patient = client_for("therapist"), house.patient
    assert record(client, patient, precautions=["knee-pain"]).status_code == 302
    page = client.get(url(patient)).content.decode()
    assert "Needs your OK" in page and "Knee pain with bending or loading" in page
    assert "sit-to-stand" not in slugs(patient, "A")
    assert not Program.objects.filter(patient=patient).exists(), "R1: a draft is not active"

    send(client, patient, "ok", exercise="sit-to-stand")
    assert "sit-to-stand" in slugs(patient, "A")
    send(client, patient, "dose", "A/pelvic-tilt", sets=1, reps=8, hold_seconds=8, rest_seconds=30)
    check = client.get(url(patient, "check")).content.decode()
    assert "The first program" in check and "Approve this program" in check
    assert approve(client, patient, reason="First course").status_code == 302

    revision = ProgramRevision.objects.get(patient=patient)
    assert Program.objects.get(patient=patient).current == revision
    assert revision.approved_by == house.therapist and revision.number == 1
    assert revision.rules_version == RULES_VERSION and revision.template == "lumbar-moderate"
    assert revision.codes == ["knee-pain"] and revision.severity == "moderate"
    assert (revision.usual_spine, revision.usual_limb) == (4, 3)
    assert revision.ticks[0]["exercise"] == "sit-to-stand"
    assert any(swap["to"] == "walking-intervals" for swap in revision.swaps)
    assert revision.raises_or_adds, "R39: a first program is a test dose"
    item = revision.items.get(day="A", exercise="pelvic-tilt")
    assert (item.reps, item.hold_seconds) == (8, 8) and item.version.exercise.slug == "pelvic-tilt"
    assert not ProgramDraft.objects.filter(patient=patient).exists()
    page = client.get(url(patient)).content.decode()
    assert "In force: revision 1" in page and f"/patients/{patient.pk}/card/" in page


def test_r1_nothing_is_approved_without_the_tick_or_the_usual_pain(house: House, client_for: ClientFor) -> None:
    """R1, safety X2: the tick of approval and the usual pain are required."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    answer = approve(client, patient, confirm="")
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    record(client, patient, version=1, usual_spine="", usual_limb="")
    assert "no program is approved without it" in client.get(url(patient, "check")).content.decode()
    approve(client, patient)
    assert not ProgramRevision.objects.filter(patient=patient).exists()


def test_the_first_day_is_the_patients_today_or_later(house: House, client_for: ClientFor) -> None:
    """A day that is past is refused, and what was typed stays."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    past = (timezone.now().date() - timedelta(days=3)).isoformat()
    answer = approve(client, patient, starts_on=past, reason="Kept words")
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode() and past in answer.content.decode()


def test_r12_a_tick_records_who_when_and_which_codes_and_covers_no_later_code(
    house: House, client_for: ClientFor
) -> None:
    """R12, X6: the OK covers the codes of its moment; a further code holds the exercise again."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, precautions=["knee-pain"])
    send(client, patient, "ok", exercise="bridge")
    tick = TickedEntry.objects.get(patient=patient)
    assert tick.ticked_by == house.therapist and tick.codes == ["knee-pain"]
    assert "bridge" in slugs(patient, "A")
    record(client, patient, version=1, precautions=["knee-pain", "hernia-abdominal"])
    assert "bridge" not in slugs(patient, "A")
    page = client.get(url(patient)).content.decode()
    assert "Belly or groin hernia" in page and "does not cover this" in page


def test_r12_an_ok_can_be_taken_back(house: House, client_for: ClientFor) -> None:
    """R12: the exercise is held again."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, precautions=["knee-pain"])
    send(client, patient, "ok", exercise="bridge")
    send(client, patient, "ok", exercise="bridge", take_back="1")
    assert "bridge" not in slugs(patient, "A")
    assert TickedEntry.objects.get(patient=patient).withdrawn_at is not None


def test_r12_a_code_that_came_back_is_not_covered_by_the_old_ok(house: House, client_for: ClientFor) -> None:
    """R12, X6: switched off and on again, the code is a later one."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, precautions=["knee-pain"])
    send(client, patient, "ok", exercise="bridge")
    record(client, patient, version=1, precautions=[])
    record(client, patient, version=2, precautions=["knee-pain"])
    assert "bridge" not in slugs(patient, "A")


def test_an_ok_assembles_again_and_keeps_what_was_done_by_hand(house: House, client_for: ClientFor) -> None:
    """Doses, notes, removals, orders and additions of the therapist survive an OK."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, precautions=["knee-pain"])
    send(client, patient, "dose", "A/pelvic-tilt", sets=1, reps=6, hold_seconds=5, rest_seconds=30)
    send(client, patient, "note", "A/breathing", note="Slow and low")
    send(client, patient, "remove", "A/heel-raise")
    send(client, patient, "move", "A/pelvic-tilt", to=2)
    send(client, patient, "add", exercise="clamshell", day="A")
    send(client, patient, "ok", exercise="bridge")
    draft = stored(patient)
    assert entry(patient, "A/pelvic-tilt").dose.reps == 6 and draft.position("A", "pelvic-tilt") == 2
    assert entry(patient, "A/breathing").note == "Slow and low"
    assert draft.entry("A", "heel-raise") is None and draft.entry("A", "clamshell") is not None
    assert {"day": "A", "exercise": "bridge", "what": "added"} in draft.merged
    assert "What assembling again changed" in client.get(url(patient)).content.decode()


def test_r13_another_severity_sets_doses_anew_and_says_so(house: House, client_for: ClientFor) -> None:
    """R13: a dose chosen for one severity is not carried into another."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, severity="mild", usual_spine="2", usual_limb="2", walking_minutes="30")
    send(client, patient, "dose", "A/pelvic-tilt", sets=2, reps=12, hold_seconds=10, rest_seconds=30)
    record(client, patient, version=1, severity="severe")
    draft = stored(patient)
    assert draft.severity == "severe" and entry(patient, "A/pelvic-tilt").dose.reps == 5
    assert {"day": "A", "exercise": "pelvic-tilt", "what": "dose-anew"} in draft.merged


def test_every_change_and_view_is_in_the_audit_trail(house: House, client_for: ClientFor) -> None:
    """Who viewed or changed which patient, by which route."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    client.get(url(patient))
    send(client, patient, "remove", "A/bridge")
    approve(client, patient)
    events = AuditEvent.objects.filter(patient_id=patient.pk, actor_id=house.therapist.pk)
    found = dict(events.values_list("action", "route"))
    assert found["recorded-profile"] == "prescribing:profile"
    assert found["viewed-draft"] == "prescribing:draft"
    assert found["removed-entry"] == "prescribing:item-remove"
    assert found["approved-program"] == "prescribing:check"


def test_x19_what_suits_the_patient_comes_first_where_exercises_are_added(house: House, client_for: ClientFor) -> None:
    """X19: a neck patient is not shown two pages of exercises for the low back before the first that fits."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient, regions=["cervical"])
    found = client.get(url(patient, "add")).context["page"].found
    effort = [(each.never, each.needs_reason) for each in found]
    assert effort == sorted(effort) and effort[0] == (False, False)


def test_r1_the_check_and_the_program_in_force_name_the_days_in_words(house: House, client_for: ClientFor) -> None:
    """R1: what is approved is read day by day, and the letters of the week stand beside their words."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    days = ("A · Control and strength day", "B · Aerobic day", "D · Daily set")
    page = client.get(url(patient, "check")).content.decode()
    assert [page.count(day) for day in days] == [1, 1, 1]
    approve(client, patient)
    page = client.get(url(patient)).content.decode()
    assert [page.count(day) for day in days] == [1, 1, 1]
    follow = client.get(url(patient, "check"), follow=True).content.decode()
    assert "No draft is open" in follow
