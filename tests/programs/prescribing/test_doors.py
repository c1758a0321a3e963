"""Who gets in, who meets whom, what stays as it is, and how much it costs."""

import re
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Patient
from exercises.actions import publish, start_draft
from exercises.models import Exercise
from programs import revisions
from programs.models import ClinicalProfile, EntryPermission, PatientPrecaution, Program, ProgramItem, ProgramRevision
from tests.conftest import House
from tests.programs.prescribing.helpers import PROFILE, ClientFor, approve, entry, record, send, slugs, url, version

pytestmark = pytest.mark.usefixtures("catalogue")

PAGES = ("profile", "draft", "add", "check", "print")
CHANGES = ("assemble", "change", "by-hand", "discard", "ok", "week")
ITEM_CHANGES = ("dose", "parts", "swap", "move", "note", "remove", "restore", "allow")


def approval(patient: Patient, seen: str) -> dict[str, object]:
    """What the check page sends; ``seen`` is the mark of what it showed."""
    today = timezone.now().astimezone(patient.zone).date().isoformat()
    return {"version": version(patient), "seen": seen, "starts_on": today, "confirm": "on"}


@pytest.mark.parametrize("page", PAGES)
def test_foreign_and_missing_patients_are_the_same_404(
    house: House, other_house: House, client_for: ClientFor, page: str
) -> None:
    """Another clinic's patient, and nobody."""
    client = client_for("therapist")
    foreign = client.get(url(other_house.patient, page))
    missing = client.get(url(other_house.patient, page).replace(str(other_house.patient.pk), str(uuid.uuid4())))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content and other_house.canary not in foreign.content.decode()


def test_changes_of_a_foreign_patient_are_404_too(other_house: House, client_for: ClientFor) -> None:
    """Every address that changes something."""
    client = client_for("therapist")
    for name in CHANGES:
        assert client.post(url(other_house.patient, name), {"version": 0}).status_code == 404
    for name in ITEM_CHANGES:
        assert client.post(url(other_house.patient, name, "A/bridge"), {"version": 0}).status_code == 404


@pytest.mark.parametrize("role", ["editor", "admin", "patient"])
def test_nobody_but_a_therapist_prescribes(house: House, client_for: ClientFor, role: str) -> None:
    """R1: roles without the therapist's see none of it."""
    assert client_for(role).get(url(house.patient)).status_code in (302, 404)
    assert record(client_for(role), house.patient).status_code in (302, 404)
    assert not ClinicalProfile.objects.exists()


def test_a_colleague_of_the_clinic_may_prescribe(house: House, client_for: ClientFor) -> None:
    """Design decision 17: "mine" is a filter, not a wall."""
    assert record(client_for(house.second_therapist), house.patient).status_code == 302


def test_two_profiles_saved_at_once_lose_nothing(house: House, client_for: ClientFor) -> None:
    """The second sees both, line by line, and decides."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    record(first, patient, version=1, usual_spine="5", precautions=["glaucoma"])
    mine = {**PROFILE, "version": 1, "minutes": "25", "precautions": ["knee-pain"]}
    answer = second.post(url(patient, "profile"), mine)
    page = answer.content.decode()
    assert answer.status_code == 409 and str(house.therapist) in page
    assert "Glaucoma or high eye pressure" in page and "Knee pain with bending or loading" in page
    assert ClinicalProfile.objects.get(patient=patient).minutes is None

    asked = {**mine, "version": 2, "resolve": "1", "keep:usual_spine": "theirs", "keep:minutes": "mine"}
    undecided = second.post(url(patient, "profile"), asked)
    assert undecided.status_code == 409 and "Choose for every line" in undecided.content.decode()
    asked |= {"keep:precautions:glaucoma": "theirs", "keep:precautions:knee-pain": "mine"}
    assert second.post(url(patient, "profile"), asked).status_code == 302
    row = ClinicalProfile.objects.get(patient=patient)
    assert (row.usual_spine, row.minutes) == (5, 25)
    on = PatientPrecaution.objects.filter(patient=patient, off_at=None).values_list("code", flat=True)
    assert set(on) == {"glaucoma", "knee-pain"}


def test_two_drafts_changed_at_once_show_both(house: House, client_for: ClientFor) -> None:
    """The second sees what is saved and what they wanted, and can make it on top."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    seen = version(patient)
    dose = {"sets": 1, "hold_seconds": 5, "rest_seconds": 30}
    send(first, patient, "dose", "A/pelvic-tilt", reps=6, **dose)
    answer = second.post(url(patient, "dose", "A/pelvic-tilt"), {"version": seen, "reps": 8, **dose})
    page = answer.content.decode()
    assert answer.status_code == 409 and str(house.therapist) in page
    assert "<dd>6</dd>" in page and "<dd>8</dd>" in page
    assert entry(patient, "A/pelvic-tilt").dose.reps == 6
    send(second, patient, "dose", "A/pelvic-tilt", reps=8, **dose)
    assert entry(patient, "A/pelvic-tilt").dose.reps == 8


def test_two_notes_on_one_entry_are_both_shown(house: House, client_for: ClientFor) -> None:
    """A colleague's note and mine; and mine of one window and mine of another."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    seen, where = version(patient), url(patient, "note", "A/pelvic-tilt")
    page = first.get(url(patient, "draft")).content.decode()
    assert page.count('name="was"') > 1
    first.post(where, {"version": seen, "was": "", "note": "Slowly at first."})
    for client, words in ((second, "A pillow under the head."), (first, "No pillow.")):
        answer = client.post(where, {"version": seen, "was": "", "note": words})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "<dd>Slowly at first.</dd>" in page and f"<dd>{words}</dd>" in page
        assert ("You have saved" in page) is (client is first)
        assert entry(patient, "A/pelvic-tilt").note == "Slowly at first."
    again = {name: value for name, value in parse_hidden(page).items() if name != "csrfmiddlewaretoken"}
    assert (again["note"], again["was"]) == ("No pillow.", "Slowly at first.")
    first.post(where, again)
    assert entry(patient, "A/pelvic-tilt").note == "No pillow."


def parse_hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_r1_a_second_press_on_approve_is_the_same_approval(house: House, client_for: ClientFor) -> None:
    """R1: one revision, no error; a colleague who presses gets the truth."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    seen = first.get(url(patient, "check")).context["form"]["seen"].value()
    sent = approval(patient, seen)
    answers = [first.post(url(patient, "check"), sent) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    page = first.get(answers[1]["Location"]).content.decode()
    assert page.count("Revision 1 is approved and active.") == 1
    assert "notice--problem" not in page and ProgramRevision.objects.count() == 1
    for client, form in ((second, sent), (first, {**sent, "reason": "Later"}), (first, {**sent, "starts_on": "x"})):
        other = client.post(url(patient, "check"), form, follow=True).content.decode()
        assert "is approved and active" not in other and ProgramRevision.objects.count() == 1


def test_a_field_that_no_form_has_is_no_error_beside_a_conflict(house: House, client_for: ClientFor) -> None:
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    seen = version(patient)
    send(second, patient, "remove", "A/bridge")
    answer = first.post(
        url(patient, "note", "A/pelvic-tilt"), {"version": seen, "note": "x", "²": "1", "__class__": "y"}
    )
    assert answer.status_code == 409 and "content.Dose" not in answer.content.decode()


def test_an_approval_of_a_draft_that_changed_meanwhile_is_refused(house: House, client_for: ClientFor) -> None:
    """R1: nobody approves what they have not seen, and the page offers no way to."""
    first, second, patient = client_for("therapist"), client_for(house.second_therapist), house.patient
    record(first, patient)
    seen = version(patient)
    send(second, patient, "remove", "A/bridge")
    answer = approve(first, patient, version=seen)
    assert answer.status_code == 409 and "Make my change on top" not in answer.content.decode()
    assert not ProgramRevision.objects.exists()


def test_r1_a_profile_or_exercise_that_changed_after_the_check_must_be_checked_again(
    house: House, client_for: ClientFor
) -> None:
    """R1: the codes, the usual pain and the words of each exercise are part of what is approved."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    page = client.get(url(patient, "check"))
    seen = page.context["form"]["seen"].value()
    assert seen in page.content.decode()
    record(client_for(house.second_therapist), patient, version=1, usual_spine="6", assemble="")
    assert "check again" in client.post(url(patient, "check"), approval(patient, seen), follow=True).content.decode()
    seen = client.get(url(patient, "check")).context["form"]["seen"].value()
    shared = Exercise.objects.get(slug="pelvic-tilt")
    own = start_draft(exercise=shared, by=house.editor)
    publish(version=own, seen=own.edit_count, by=house.editor)
    client.post(url(patient, "check"), approval(patient, seen))
    client.post(url(patient, "check"), approval(patient, ""))
    assert not ProgramRevision.objects.exists()
    approve(client, patient)
    assert ProgramRevision.objects.get().items.filter(version=own).exists()


@pytest.mark.parametrize("day", ["Z", "a", "A%0AX", "%00", "AB"])
@pytest.mark.parametrize("name", ITEM_CHANGES)
def test_a_day_that_there_is_not_is_no_address(house: House, client_for: ClientFor, day: str, name: str) -> None:
    """No header, no permission and no draft is made of it."""
    client = client_for("therapist")
    record(client, house.patient)
    address = url(house.patient, name, f"{day}/bridge")
    assert client.post(address, {"version": 1, "rise_limit": 0}).status_code == 404
    assert not EntryPermission.objects.exists()


def test_what_cannot_be_read_changes_nothing_and_says_so(house: House, client_for: ClientFor) -> None:
    """No message claims what did not happen."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    for name, place in (("discard", ""), ("assemble", ""), ("move", "A/bridge"), ("remove", "A/bridge")):
        for wrong in ("", "x", "-1", "1\x00"):
            if name == "assemble" and not wrong:
                continue
            answer = client.post(url(patient, name, place), {"version": wrong, "to": 1}, follow=True)
            assert "could not be read" in answer.content.decode(), (name, wrong)
    assert version(patient) == 1


def test_assembling_without_a_version_does_not_overwrite_a_colleague(house: House, client_for: ClientFor) -> None:
    """Nothing a colleague did is lost to a form that does not say what it saw."""
    record(client_for(house.second_therapist), house.patient)
    send(client_for(house.second_therapist), house.patient, "remove", "A/bridge")
    assert client_for("therapist").post(url(house.patient, "assemble"), {}).status_code == 409
    assert "bridge" not in slugs(house.patient, "A")


def test_a_change_of_a_draft_that_is_gone_is_said(house: House, client_for: ClientFor) -> None:
    """Approved or thrown away by a colleague."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    seen = version(patient)
    approve(client_for(house.second_therapist), patient)
    answer = client.post(url(patient, "remove", "A/bridge"), {"version": seen})
    assert answer.status_code == 409


def test_the_therapists_own_quick_changes_do_not_collide(house: House, client_for: ClientFor) -> None:
    """Two presses, one after the other, with the version of the first page."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    seen = version(patient)
    for slug in ("bridge", "heel-raise"):
        assert client.post(url(patient, "remove", f"A/{slug}"), {"version": seen}).status_code == 302
    assert not {"bridge", "heel-raise"} & set(slugs(patient, "A"))


def test_moves_are_told_and_come_as_a_part_to_htmx(house: House, client_for: ClientFor) -> None:
    """Up, down and to a position, with the words for the live region, without and with htmx."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    second = slugs(patient, "A")[1]
    assert send(client, patient, "move", f"A/{second}", to=1)["Location"].endswith(f"#item-A-{second}")
    assert slugs(patient, "A")[0] == second
    count = len(slugs(patient, "A"))
    body = {"version": version(patient), "to": 3}
    answer = client.post(url(patient, "move", f"A/{second}"), body, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert f"moved to position 3 of {count}" in page and "<html" not in page
    assert "HX-Request" in answer["Vary"]
    send(client, patient, "move", f"A/{second}", to=99)
    assert slugs(patient, "A")[-1] == second


def test_a_dose_comes_back_to_htmx_in_small_parts(house: House, client_for: ClientFor) -> None:
    """R22: the minutes follow; no form is swapped under the typist, and errors come beside their field."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    body = {"version": version(patient), "sets": 1, "reps": 6, "hold_seconds": 5, "rest_seconds": 30}
    address = url(patient, "dose", "A/pelvic-tilt")
    answer = client.post(address, body, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="minutes-A-pelvic-tilt"' in page and "<form" not in page
    answer = client.post(address, {**body, "reps": 29}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "daily cap of 20" in answer.content.decode()


def test_a_wrong_dose_is_told_at_its_field_with_and_without_htmx(house: House, client_for: ClientFor) -> None:
    """The field says that it is wrong and by what; without a script the summary leads to it; htmx spares the field."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    wrong = {"sets": 1, "reps": 29, "hold_seconds": 5, "rest_seconds": 30}
    page = send(client, patient, "dose", "A/pelvic-tilt", **wrong).content.decode()
    field = page[page.index('id="A-pelvic-tilt-reps"') :].partition(">")[0]
    assert 'aria-invalid="true"' in field and 'aria-describedby="error-A-pelvic-tilt-reps"' in field
    assert 'value="29"' in field and 'href="#A-pelvic-tilt-reps"' in page and "error-summary" in page
    body = {"version": version(patient), **wrong}
    part = client.post(url(patient, "dose", "A/pelvic-tilt"), body, headers={"HX-Request": "true"}).content.decode()
    told = part[part.index('id="error-A-pelvic-tilt-reps"') :].partition("</p>")[0]
    assert 'role="alert"' in told and "field-error" in told and "daily cap of 20" in told and "<input" not in part
    body["reps"] = 6
    part = client.post(url(patient, "dose", "A/pelvic-tilt"), body, headers={"HX-Request": "true"}).content.decode()
    assert part[part.index('id="error-A-pelvic-tilt-reps"') :].partition("</p>")[0].endswith(">")


def test_nonsense_is_answered_in_words(house: House, client_for: ClientFor) -> None:
    """No form, no place, no exercise, no day: 302, 404, 409 or 422, never 500."""
    client, patient = client_for("therapist"), house.patient
    for name in CHANGES:
        assert client.post(url(patient, name), {}).status_code in (302, 409)
    record(client, patient)
    for name in ITEM_CHANGES:
        for place in ("A/bridge", "Q/bridge", "A/no-such-thing"):
            assert client.post(url(patient, name, place), {}).status_code in (302, 404, 409, 422), (name, place)
    for values in ({}, {"exercise": "no-such-thing", "day": "A"}, {"exercise": "bridge", "day": "Z"}):
        assert send(client, patient, "add", **values).status_code in (302, 422)
    bad = {"regions": ["tail"], "severity": "awful", "precautions": ["flu"], "usual_spine": "11", "minutes": "9"}
    assert record(client, patient, version=1, **bad).status_code == 422
    assert client.get(url(patient, "add") + "?kind=zzz&region=zzz").status_code == 200


def test_r1_r38_a_revision_never_changes(house: House, client_for: ClientFor) -> None:
    """R38: the database itself refuses updates, deletions and replacements."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    approve(client, patient)
    attempts = (
        lambda: ProgramRevision.objects.update(severity="mild"),
        lambda: ProgramItem.objects.update(sets=9),
        lambda: ProgramItem.objects.all()._raw_delete("default"),
        lambda: ProgramRevision.objects.all()._raw_delete("default"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert ProgramRevision.objects.get().severity == "moderate"


def test_p14_x14_a_rule_only_ever_goes_down_and_only_a_therapist_restarts(house: House, client_for: ClientFor) -> None:
    """X14, P14, R1: minimum, then relief; never back up by a rule, nor by an approval without "restart"."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    assert revisions.rule_change(patient=patient, rule="S18", to="minimum") is False
    approve(client, patient)
    assert revisions.rule_change(patient=patient, rule="S18", to="relief")
    assert not revisions.rule_change(patient=patient, rule="S21", to="minimum")
    program = Program.objects.get(patient=patient)
    assert (program.restricted_to, program.restricted_rule) == ("relief", "S18")
    assert "Paused: relief only" in client.get(url(patient)).content.decode()
    client.post(url(patient, "change"))
    approve(client, patient)
    assert Program.objects.get(patient=patient).restricted_to == "relief"
    client.post(url(patient, "change"))
    approve(client, patient, restart="on")
    assert Program.objects.get(patient=patient).restricted_to == ""
    revisions.rule_change(patient=patient, rule="S21", to="minimum")
    client.post(f"/patients/{patient.pk}/restart/")
    assert Program.objects.get(patient=patient).restricted_to == ""


def test_r1_only_a_therapist_of_the_clinic_restarts(house: House, other_house: House, client_for: ClientFor) -> None:
    """P14: not even by calling the function."""
    record(client_for("therapist"), house.patient)
    for other in (house.editor, other_house.therapist):
        with pytest.raises(revisions.NotApprovable):
            revisions.restart(patient=house.patient, by=other)


@pytest.mark.parametrize(("page", "most"), [("profile", 24), ("draft", 24), ("add", 24), ("check", 24)])
def test_the_number_of_queries_does_not_grow(house: House, client_for: ClientFor, page: str, most: int) -> None:
    """Constant in precautions, OKs, entries and revisions."""
    client, patient = client_for("therapist"), house.patient
    record(client, patient)
    approve(client, patient)
    client.post(url(patient, "change"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(url(patient, page)).status_code == 200
    record(client, patient, version=1, precautions=["knee-pain", "hernia-abdominal", "osteoporosis", "fall-risk"])
    for slug in ("bridge", "sit-to-stand", "pelvic-tilt"):
        send(client, patient, "ok", exercise=slug)
    for slug in ("clamshell", "toe-raise"):
        send(client, patient, "add", exercise=slug, day="B")
    with CaptureQueriesContext(connection) as many:
        assert client.get(url(patient, page)).status_code == 200
    assert len(many) == len(few) <= most, [query["sql"][:90] for query in many]
