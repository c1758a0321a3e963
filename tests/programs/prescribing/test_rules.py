"""What the clinical rules mean for the prescriber's pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Patient
from programs.models import ClinicalProfile, EntryPermission, PatientPrecaution, ProgramDraft, ProgramRevision
from programs.prescribing import approval
from tests.conftest import House
from tests.programs.prescribing.helpers import (
    ClientFor,
    approve,
    blocked_now,
    entry,
    in_force,
    record,
    send,
    slugs,
    stored,
    url,
    version,
)
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def client(client_for: ClientFor) -> StrictClient:
    """The treating therapist's browser."""
    return client_for("therapist")


@pytest.fixture
def patient(house: House) -> Patient:
    """A patient without a profile."""
    return house.patient


def block_rule(patient: Patient) -> str:
    """The rule that blocks the draft; empty when none does."""
    return str((stored(patient).blocked or {}).get("rule", ""))


def text(client: StrictClient, patient: Patient, name: str = "draft") -> str:
    """A page's HTML."""
    return client.get(url(patient, name)).content.decode()


def test_r2_regions_are_chosen_and_at_least_one_is_needed(client: StrictClient, patient: Patient) -> None:
    """R2: nothing is inferred, and what was typed stays."""
    answer = record(client, patient, regions=[], walking_pattern="Ache to the knee")
    page = answer.content.decode()
    assert answer.status_code == 422 and 'href="#id_regions_0"' in page and "Ache to the knee" in page
    assert not ClinicalProfile.objects.exists()


def test_r3_numbers_that_do_not_fit_warn_and_choose_nothing(client: StrictClient, patient: Patient) -> None:
    """R3, R4: 5 of 10 and 8 minutes read as moderate; mild stays chosen."""
    record(client, patient, severity="mild", usual_spine="5")
    assert ClinicalProfile.objects.get(patient=patient).severity == "mild"
    for name in ("profile", "draft", "check"):
        page = text(client, patient, name)
        assert "R3" in page and "“moderate”" in page and "“mild”" in page


def test_r3_no_warning_where_numbers_fit(client: StrictClient, patient: Patient) -> None:
    """R3: moderate with 4 of 10 and 8 minutes."""
    record(client, patient)
    assert "is chosen" not in text(client, patient, "profile")


def test_r4_r7_definitions_stand_beside_the_choice(client: StrictClient, patient: Patient) -> None:
    """R4, R7: each severity shows what it means."""
    page = text(client, patient, "profile")
    assert "walks 5 to under 15 minutes" in page and "some tasks limited" in page


def test_r6_neck_cord_compression_needs_mjoa_and_agreement(client: StrictClient, patient: Patient) -> None:
    """R6: no routine and no way round by hand until the gate is open; then neck entries need an OK."""
    record(client, patient, regions=["cervical"], precautions=["cervical-myelopathy"])
    page = text(client, patient)
    assert "No routine can be assembled" in page and "R6" in page and "Build by hand" not in page
    client.post(url(patient, "by-hand"))
    assert stored(patient).blocked is not None
    assert client.post(url(patient, "add"), {"version": 1, "exercise": "breathing", "day": "A"}).status_code == 302
    assert not stored(patient).offered
    record(
        client,
        patient,
        version=1,
        regions=["cervical"],
        precautions=["cervical-myelopathy"],
        mjoa=16,
        specialist_agreement="on",
    )
    draft = stored(patient)
    assert draft.blocked is None
    assert {item["exercise"] for item in draft.needs_ok} >= {"chin-tuck-seated"}


def test_r6_a_gate_that_closes_after_assembly_stops_the_approval(client: StrictClient, patient: Patient) -> None:
    """R6, R12: everything is judged again at approval."""
    record(client, patient)
    record(client, patient, version=1, precautions=["cervical-myelopathy"], assemble="", save="1")
    PatientPrecaution.objects.filter(code="cervical-myelopathy").update(off_at=None)
    approve(client, patient)
    assert not ProgramRevision.objects.exists()


def test_r7_upper_back_cord_compression_needs_agreement(client: StrictClient, patient: Patient) -> None:
    """R7."""
    record(client, patient, regions=["thoracic"], precautions=["thoracic-myelopathy"])
    assert block_rule(patient) == "R7"


def test_r9_a_severity_of_four_weeks_is_due(client: StrictClient, patient: Patient) -> None:
    """R9: due on every page until it is confirmed."""
    record(client, patient)
    ClinicalProfile.objects.update(severity_confirmed_at=timezone.now() - timedelta(weeks=5))
    assert "R9" in text(client, patient)
    record(client, patient, version=1, confirm_severity="on")
    assert "due to be confirmed" not in text(client, patient)


def test_r10_a_red_flag_code_blocks_and_nothing_is_built_by_hand(client: StrictClient, patient: Patient) -> None:
    """R10: weakness that gets worse."""
    record(client, patient, precautions=["progressive-weakness"])
    assert block_rule(patient) == "R10"
    assert "Build by hand" not in text(client, patient)


def test_r11_a_locked_exercise_comes_by_hand_with_a_reason_only(client: StrictClient, patient: Patient) -> None:
    """R11, X19: refused without a reason, kept with it, and shown at the check."""
    record(client, patient)
    answer = send(client, patient, "add", exercise="nerve-glide-leg", day="D")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Write the reason first" in page and 'value="D" selected' in page
    assert "nerve-glide-leg" not in slugs(patient, "A")
    send(client, patient, "add", exercise="nerve-glide-leg", day="A", reason="Trial under supervision")
    added = entry(patient, "A/nerve-glide-leg")
    assert added.by_hand and added.by_hand_reason == "Trial under supervision" and added.reasons == ("X19",)
    approve(client, patient)
    item = ProgramRevision.objects.get().items.get(exercise="nerve-glide-leg")
    assert item.by_hand_reason == "Trial under supervision"


def test_x19_inversion_is_never_in_a_home_program(client: StrictClient, patient: Patient) -> None:
    """X19, R11: not even with a reason."""
    record(client, patient)
    answer = send(client, patient, "add", exercise="inversion", day="A", reason="Asked for it")
    assert answer.status_code == 422 and "can never be in a home program" in answer.content.decode()
    assert "inversion" not in slugs(patient, "A")


def test_r12_a_contraindicated_exercise_is_marked_and_needs_a_written_reason(
    client: StrictClient, patient: Patient
) -> None:
    """R12, X19."""
    record(client, patient, precautions=["vertebral-fracture"])
    page = client.get(url(patient, "add") + "?q=knee+tuck").content.decode()
    assert "Needs a reason" in page and "Spinal fracture" in page
    assert send(client, patient, "add", exercise="knee-tuck-single", day="D").status_code == 422
    send(client, patient, "add", exercise="knee-tuck-single", day="D", reason="Cleared by the surgeon")
    assert "knee-tuck-single" in slugs(patient, "D")


def test_r12_a_precaution_switched_on_later_flags_the_program_in_force(client: StrictClient, patient: Patient) -> None:
    """R12, HZ05: at once, on profile and draft, and for the session's start."""
    record(client, patient)
    approve(client, patient)
    record(client, patient, version=1, precautions=["vertebral-fracture", "knee-pain"], assemble="", save="1")
    found = {slug: item.effect.value for slug, item in blocked_now(patient).items()}
    assert found["knee-tuck-single"] == "excluded" and found["sit-to-stand"] == "held"
    assert "breathing" not in found
    for name in ("profile", "draft"):
        assert "does not start any more" in text(client, patient, name)


def test_r12_a_reason_stands_against_the_codes_of_its_time_only(client: StrictClient, patient: Patient) -> None:
    """R12, R38: the by-hand entry passes for the code it was approved under, not for a later one."""
    record(client, patient, precautions=["vertebral-fracture"])
    send(client, patient, "add", exercise="knee-tuck-single", day="D", reason="Cleared by the surgeon")
    approve(client, patient)
    assert not ProgramRevision.objects.exists(), "a reason is no OK for the codes that hold"
    send(client, patient, "ok", exercise="knee-tuck-single")
    approve(client, patient)
    assert "knee-tuck-single" not in blocked_now(patient)
    record(client, patient, version=1, precautions=["vertebral-fracture", "cannot-lie-supine"], assemble="", save="1")
    assert "knee-tuck-single" in blocked_now(patient)


def test_r37_r10_a_gate_that_closed_blocks_the_whole_program(client: StrictClient, patient: Patient) -> None:
    """R10, R37, X4: surgery or a red flag after the approval stops every entry."""
    record(client, patient)
    approve(client, patient)
    for code in ("recent-spine-surgery", "progressive-weakness"):
        row = PatientPrecaution.objects.create(patient=patient, code=code, on_at=timezone.now())
        assert set(blocked_now(patient)) == {item.exercise for item in in_force(patient).items.all()}
        row.delete()


def test_r16_flexion_that_worsens_is_left_out_unless_flexion_is_preferred(
    client: StrictClient, patient: Patient
) -> None:
    """R16: the recorded direction lets forward bending back in."""
    record(client, patient, precautions=["flexion-worsens"])
    assert "pelvic-tilt" not in slugs(patient, "A")
    record(client, patient, version=1, precautions=["flexion-worsens"], direction_preference="flexion")
    assert "pelvic-tilt" in slugs(patient, "A")


def test_r17_a_swap_is_to_what_passes_only(client: StrictClient, patient: Patient) -> None:
    """R17: easier or harder where the patient's rules let it, and it can be undone."""
    record(client, patient, precautions=["cannot-kneel"])
    send(client, patient, "swap", "A/brace-heel-slide", to="abdominal-brace")
    assert "abdominal-brace" in slugs(patient, "A") and "brace-heel-slide" not in slugs(patient, "A")
    send(client, patient, "restore", "A/brace-heel-slide")
    assert "abdominal-brace" not in slugs(patient, "A") and "brace-heel-slide" in slugs(patient, "A")
    send(client, patient, "swap", "A/brace-heel-slide", to="bird-dog")
    assert "bird-dog" not in slugs(patient, "A")


def test_r19_severe_opens_with_relief_and_warns_when_it_does_not(client: StrictClient, patient: Patient) -> None:
    """R19."""
    record(client, patient, severity="severe", usual_spine="7", walking_minutes="3")
    assert slugs(patient, "A")[0] == "ninety-ninety-rest"
    send(client, patient, "move", "A/pelvic-tilt", to=1)
    assert "begin with a relief position" in text(client, patient)


def test_r20_r21_r22_minutes_and_counts_follow_the_edits_and_warn(client: StrictClient, patient: Patient) -> None:
    """R20, R21, R22, R23: more entries than the severity bears, more minutes than the target and the patient have."""
    record(client, patient, minutes="15")
    for slug in ("clamshell", "side-leg-press-seated", "toe-raise", "heel-raise-seated", "knee-extension-seated"):
        send(client, patient, "add", exercise=slug, day="A")
    page = text(client, patient)
    assert "the most for this severity is 6" in page and "R20" in page
    assert "the target ends at 25" in page and "R21" in page
    assert "the patient has 15" in page and "R23" in page
    assert "R20" in text(client, patient, "check")


def test_r23_the_patients_minutes_shape_the_routine(client: StrictClient, patient: Patient) -> None:
    """R23: less time, fewer entries, and the reason is shown."""
    record(client, patient, minutes="12")
    assert "fits 12 minutes" in text(client, patient)


def test_r28_r30_too_many_minutes_a_day_warn(client: StrictClient, patient: Patient) -> None:
    """R28, R30."""
    record(client, patient, severity="severe", usual_spine="7", walking_minutes="3")
    for slug in ("clamshell", "toe-raise", "knee-extension-seated", "bridge", "lower-trunk-rotation"):
        for day in ("A", "D"):
            send(client, patient, "add", exercise=slug, day=day)
    assert "the daily most is 25" in text(client, patient)


@pytest.mark.parametrize(
    ("place", "dose", "words"),
    [
        ("A/pelvic-tilt", {"sets": 3, "reps": 10, "hold_seconds": 10, "rest_seconds": 30}, "daily cap of 20"),
        ("A/pelvic-tilt", {"sets": 1, "reps": 2, "hold_seconds": 45, "rest_seconds": 30}, "longer than 30 seconds"),
        ("A/pelvic-tilt", {"sets": 0, "reps": 2, "hold_seconds": 5, "rest_seconds": 30}, "number from 1 to"),
        ("A/pelvic-tilt", {"sets": "x", "reps": 2, "hold_seconds": 5, "rest_seconds": 30}, "whole number"),
        ("A/breathing", {"minutes": 59}, "daily cap"),
    ],
)
def test_r29_s29_doses_keep_inside_caps_and_holds(
    client: StrictClient, patient: Patient, place: str, dose: dict[str, Any], words: str
) -> None:
    """R29, S29: the message stands at the field and what was typed is kept; nothing is saved."""
    record(client, patient)
    before = stored(patient)
    answer = send(client, patient, "dose", place, **dose)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert f'value="{next(iter(dose.values()))}"' in page
    assert stored(patient) == before


def test_s29_a_plank_is_held_20_seconds_at_most(client: StrictClient, patient: Patient) -> None:
    """S29."""
    record(client, patient, severity="mild", usual_spine="2", usual_limb="1", walking_minutes="30")
    send(client, patient, "add", exercise="plank-wall", day="A")
    answer = send(client, patient, "dose", "A/plank-wall", sets=1, reps=2, hold_seconds=25, rest_seconds=30)
    assert answer.status_code == 422 and "No plank" in answer.content.decode()


@pytest.mark.parametrize(
    ("exercise", "dose", "words"),
    [
        ("bar-hang", {"sets": 1, "reps": 1, "hold_seconds": 31, "rest_seconds": 60}, "30 seconds"),
        ("bar-hang", {"sets": 2, "reps": 1, "hold_seconds": 10, "rest_seconds": 60}, "once a day (S32)"),
        ("balance-board", {"sets": 3, "reps": 1, "hold_seconds": 25, "rest_seconds": 60}, "60 seconds"),
        ("heat-pack", {"minutes": 16}, "15 minutes"),
        ("cold-pack", {"minutes": 11}, "10 minutes"),
    ],
)
def test_s27_s29_s32_limits_hold_at_the_edit(
    client: StrictClient, patient: Patient, exercise: str, dose: dict[str, Any], words: str
) -> None:
    """S27 heat and cold, S29 holds, S32 locked entries: by hand and with a reason as well."""
    record(
        client, patient, severity="mild", usual_spine="2", usual_limb="1", walking_minutes="30",
        equipment=["bar", "balance-board", "heat-pack", "cold-pack"],
    )  # fmt: skip
    send(client, patient, "add", exercise=exercise, day="A", reason="Tried together in the clinic")
    before = entry(patient, f"A/{exercise}").dose
    answer = send(client, patient, "dose", f"A/{exercise}", **dose)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert entry(patient, f"A/{exercise}").dose == before


@pytest.mark.parametrize(
    ("exercise", "changes", "rule"),
    [
        ("bridge", {"hold_seconds": 31}, "S29"),
        ("balance-board", {"hold_seconds": 28}, "S32"),
        ("heat-pack", {"minutes": 20}, "S27"),
    ],
)
def test_s27_s29_s32_limits_hold_at_the_approval(
    client: StrictClient, patient: Patient, exercise: str, changes: dict[str, int], rule: str
) -> None:
    """S27, S29, S32: a dose past its limit that came into the draft some other way is never approved."""
    record(
        client, patient, severity="mild", usual_spine="2", usual_limb="1", walking_minutes="30",
        equipment=["balance-board", "heat-pack"],
    )  # fmt: skip
    if exercise not in slugs(patient, "A"):
        send(client, patient, "add", exercise=exercise, day="A", reason="Tried together in the clinic")
    row = ProgramDraft.objects.get(patient=patient)
    next(item for item in row.content["days"]["A"] if item["exercise"] == exercise)["dose"].update(changes)
    row.save()
    assert rule in text(client, patient, "check")
    approve(client, patient)
    assert not ProgramRevision.objects.exists()


def test_s23_a_rise_needs_an_end_and_no_cord_code(client: StrictClient, patient: Patient) -> None:
    """S23, S20: set per patient and entry by the therapist, never with a cord code, withdrawn when one comes on."""
    record(client, patient)
    until = (timezone.now() + timedelta(days=10)).date().isoformat()
    assert send(client, patient, "allow", "A/bridge", rise_limit=1).status_code == 422
    too_late = (timezone.now() + timedelta(days=90)).date().isoformat()
    assert send(client, patient, "allow", "A/bridge", rise_limit=1, expires_on=too_late).status_code == 422
    assert send(client, patient, "allow", "A/bridge", rise_limit=3, expires_on=until).status_code == 422
    send(client, patient, "allow", "A/bridge", rise_limit=1, expires_on=until, centralising_ok="on")
    permission = EntryPermission.objects.get(patient=patient, withdrawn_at=None)
    assert (permission.rise_limit, permission.centralising_ok) == (1, True)
    assert permission.set_by == patient.therapist and permission.expires_at and permission.expires_at > timezone.now()
    gate = {"precautions": ["thoracic-myelopathy"], "specialist_agreement": "on"}
    record(client, patient, version=1, **gate)
    assert not EntryPermission.objects.filter(withdrawn_at=None).exists()
    answer = send(client, patient, "allow", "A/bridge", rise_limit=1, expires_on=until)
    assert answer.status_code == 422 and "cord compression" in answer.content.decode()


def test_r37_surgery_blocks_until_both_clearances_then_by_hand_with_reasons(
    client: StrictClient, patient: Patient
) -> None:
    """R37, X19."""
    record(client, patient, precautions=["recent-spine-surgery"])
    assert block_rule(patient) == "R37"
    assert client.post(url(patient, "by-hand")).status_code == 302 and stored(patient).blocked
    record(
        client,
        patient,
        version=1,
        precautions=["recent-spine-surgery"],
        surgeon_cleared_on="2026-01-05",
        therapist_clearance="on",
    )
    assert block_rule(patient) == "R37", "assembly stays off while the code is on"
    row = ClinicalProfile.objects.get(patient=patient)
    assert row.is_cleared_after_surgery and row.therapist_cleared_by == patient.therapist
    client.post(url(patient, "by-hand"))
    assert send(client, patient, "add", exercise="pelvic-tilt", day="A").status_code == 422
    send(client, patient, "add", exercise="pelvic-tilt", day="A", reason="Twelve weeks, cleared")
    send(client, patient, "add", exercise="breathing", day="A")
    client.post(url(patient, "by-hand"))
    assert slugs(patient, "A") == ["pelvic-tilt", "breathing"], "pressed twice, it empties nothing"
    cleared = {"surgeon_cleared_on": "2026-01-05", "therapist_clearance": "on", "walking_minutes": "12"}
    record(client, patient, version=2, precautions=["recent-spine-surgery"], **cleared)
    assert slugs(patient, "A") == ["pelvic-tilt", "breathing"], "assembling leaves what was built by hand"
    approve(client, patient)
    revision = ProgramRevision.objects.get()
    assert revision.template == "" and revision.codes == ["recent-spine-surgery"]
    assert not blocked_now(patient)


def test_r37_a_clearance_of_a_day_to_come_clears_nothing(client: StrictClient, patient: Patient) -> None:
    """R37: a date on a letter that is there."""
    ahead = (timezone.now() + timedelta(days=3)).date().isoformat()
    answer = record(client, patient, precautions=["recent-spine-surgery"], surgeon_cleared_on=ahead)
    assert answer.status_code == 422 and "has not come yet" in answer.content.decode()
    assert not ClinicalProfile.objects.exists()


def test_r37_a_clearance_needs_the_surgeons_date(client: StrictClient, patient: Patient) -> None:
    """R37: both, not one."""
    answer = record(client, patient, precautions=["recent-spine-surgery"], therapist_clearance="on")
    assert answer.status_code == 422 and "surgeon" in answer.content.decode()


def test_r39_a_second_revision_is_a_test_dose_only_if_it_asks_for_more(client: StrictClient, patient: Patient) -> None:
    """R39, X18: fewer repetitions are no test dose; one more is."""
    record(client, patient)
    approve(client, patient)
    for reps, raises in ((6, False), (8, True)):
        client.post(url(patient, "change"))
        send(client, patient, "dose", "A/pelvic-tilt", sets=1, reps=reps, hold_seconds=10, rest_seconds=30)
        page = text(client, patient, "check")
        assert f"→ {reps}" in page and "Changed" in page
        approve(client, patient)
        assert in_force(patient).raises_or_adds is raises
    assert ProgramRevision.objects.count() == 3


def test_r40_more_than_two_new_exercises_at_once_are_shown(client: StrictClient, patient: Patient) -> None:
    """R40, X18: a change, not the first program."""
    record(client, patient)
    assert "new exercises at once" not in text(client, patient, "check")
    approve(client, patient)
    client.post(url(patient, "change"))
    for slug in ("clamshell", "toe-raise", "knee-extension-seated"):
        send(client, patient, "add", exercise=slug, day="A")
    page = text(client, patient, "check")
    assert "3 new exercises at once" in page and "Added" in page


def changed(client: StrictClient, patient: Patient, *adding: str) -> str:
    """A further draft with these exercises; its check page."""
    client.post(url(patient, "change"))
    for slug in adding:
        send(client, patient, "add", exercise=slug, day="A")
    return text(client, patient, "check")


def test_r40_the_entries_of_the_last_7_days_count_with_the_new_ones(
    client: StrictClient, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R40, X18: two a week, however many revisions they come in; those of the first program do not count."""
    record(client, patient)
    approve(client, patient)
    assert "new exercises" not in changed(client, patient, "clamshell", "toe-raise")
    approve(client, patient)
    assert "new exercises" not in changed(client, patient)
    send(client, patient, "add", exercise="knee-extension-seated", day="A")
    words = "3 new exercises with those that were added in the last 7 days; one week may bring 2."
    assert words in text(client, patient, "check")
    for days, warned in ((6, True), (7, False)):
        on = in_force(patient).starts_on + timedelta(days=days)
        monkeypatch.setattr(approval, "today_of", lambda _prescription, on=on: on)
        assert (words in text(client, patient, "check")) is warned


def test_r40_what_came_and_went_within_7_days_still_counts(client: StrictClient, patient: Patient) -> None:
    """R40: a reaction may be to what was taken out again; what comes back on the same days counts once."""
    record(client, patient)
    approve(client, patient)
    changed(client, patient, "clamshell", "toe-raise")
    approve(client, patient)
    changed(client, patient)
    send(client, patient, "remove", "A/toe-raise")
    approve(client, patient)
    assert "new exercises" not in changed(client, patient, "toe-raise")
    send(client, patient, "remove", "A/toe-raise")
    send(client, patient, "add", exercise="knee-extension-seated", day="A")
    assert "3 new exercises with" in text(client, patient, "check")


def test_the_diff_says_added_removed_changed_in_words(client: StrictClient, patient: Patient) -> None:
    """R1: what will be approved, against the program in force."""
    record(client, patient)
    approve(client, patient)
    client.post(url(patient, "change"))
    send(client, patient, "remove", "A/heel-raise")
    send(client, patient, "dose", "A/pelvic-tilt", sets=1, reps=10, hold_seconds=5, rest_seconds=30)
    page = text(client, patient, "check")
    assert "Removed" in page and "Heel raise" in page and "Hold, seconds: 10 → 5" in page


def test_an_entry_that_was_taken_out_can_be_put_back(client: StrictClient, patient: Patient) -> None:
    """In its place."""
    record(client, patient)
    before = slugs(patient, "A")
    send(client, patient, "remove", f"A/{before[2]}")
    assert before[2] not in slugs(patient, "A") and "taken out by" in text(client, patient)
    send(client, patient, "restore", f"A/{before[2]}")
    assert slugs(patient, "A") == before


def test_a_discarded_draft_leaves_the_program_alone(client: StrictClient, patient: Patient) -> None:
    """Nothing of the program in force is touched."""
    record(client, patient)
    approve(client, patient)
    client.post(url(patient, "change"))
    send(client, patient, "discard")
    assert not ProgramDraft.objects.exists() and in_force(patient).number == 1


def test_x3_equipment_brings_its_exercises_in(client: StrictClient, patient: Patient) -> None:
    """X3, R14: a bike, and a home with nothing."""
    record(client, patient, equipment=["bike"])
    assert "stationary-bike" in slugs(patient, "B")
    record(client, patient, version=1, household_equipment="False")
    assert "heel-raise-seated" in slugs(patient, "A") and version(patient) == 2
