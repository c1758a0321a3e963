"""The demo's clinic, staff and patients, and what the therapists prescribed them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.actions import add_patient
from accounts.demo import DEMO_CLINIC, DEMO_STAFF
from accounts.models import Clinic, Patient, User
from accounts.models.user import ADMIN, EDITOR, THERAPIST
from exercises.content import Dose
from programs.demo.clock import at, moment
from programs.demo.stories import Raise, Story, clinic_words
from programs.models import ProgramDraft, ProgramRevision
from programs.prescribing import edits
from programs.prescribing.actions import assemble_draft, change_draft, start_from_current
from programs.prescribing.approval import approve_draft
from programs.prescribing.draft import Draft
from programs.prescribing.profile_actions import save_profile

MORE_REPS = 1
PROFILE = {
    "version": 0,
    "confirm_severity": True,
    "odi_percent": None,
    "ndi_points": None,
    "six_minute_walk_metres": None,
    "mjoa": None,
    "specialist_agreement": False,
    "specialist_reason_against_surgery": False,
    "specialist_note": "",
    "surgeon_cleared_on": None,
    "therapist_clearance": False,
    "direction_preference": "",
}
"""What a story leaves out of the profile form."""


def make_clinic() -> dict[str, User]:
    """The clinic, and its staff by their part in the demo. Nobody has a password: the demo signs in at one press."""
    clinic = Clinic.objects.create(name=DEMO_CLINIC, **clinic_words())
    return {
        part: User.objects.create_staff(
            email=person.email,
            name=person.name,
            clinic=clinic,
            is_therapist=THERAPIST in person.roles,
            is_editor=EDITOR in person.roles,
            is_admin=ADMIN in person.roles,
        )
        for part, person in DEMO_STAFF.items()
    }


def take_in(story: Story, staff: Mapping[str, User], now: datetime) -> Patient:
    """Add the patient, record the profile, assemble, approve: on the morning of the day the story begins."""
    therapist = staff[story.therapist]
    zone = therapist.clinic.time_zone
    with at(moment(now, story.begins, 7, 40, zone=ZoneInfo(zone))) as morning:
        patient = Patient(
            display_name=story.name,
            year_of_birth=story.year_of_birth,
            language="en",
            time_zone=zone,
            therapist=therapist,
        )
        add_patient(patient=patient, by=therapist)
        save_profile(patient=patient, by=therapist, data=PROFILE | dict(story.profile))
        draft = assemble_draft(patient=patient, by=therapist, version=None, keep=False)
        approve_draft(patient=patient, by=therapist, version=draft.version, starts_on=morning.date())
    return patient


def raise_doses(patient: Patient, step: Raise, now: datetime) -> ProgramRevision:
    """A further revision: one repetition more of each exercise, wherever the program has it."""
    therapist = patient.therapist
    with at(moment(now, step.day, 7, 30, zone=patient.zone)) as morning:
        row: ProgramDraft = start_from_current(patient=patient, by=therapist)
        for exercise in step.exercises:
            row = change_draft(
                patient=patient,
                by=therapist,
                version=row.version,
                edit=lambda draft, exercise=exercise: _more(draft, exercise, str(therapist)),  # type: ignore[misc]
                action="changed-dose",
                exercise=exercise,
            )
        return approve_draft(
            patient=patient, by=therapist, version=row.version, starts_on=morning.date(), reason=step.reason
        )


def _more(draft: Draft, exercise: str, by: str) -> Draft:
    for day in draft.offered:
        entry = draft.entry(day, exercise)
        if entry is not None and entry.dose.reps is not None:
            draft = edits.set_dose(draft, day, exercise, _raised(entry.dose), by=by)
    return draft


def _raised(dose: Dose) -> Dose:
    return replace(dose, reps=(dose.reps or 0) + MORE_REPS)
