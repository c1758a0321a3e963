"""Programs that a journey needs: the demo's patient, changed and approved as her therapist does it."""

import json
from collections.abc import Mapping, Sequence

from tests.browser.server import World

WEEK = (("A", "D"), ("B",), ("A", "D"), ("B",), ("A", "D"), ("B",), ("D",))
"""The week from the day of the approval on."""
REVISE = """
import json
from dataclasses import replace
from accounts.models import Patient
from django.utils import timezone
from exercises.catalogue import catalogue_for
from exercises.content import Severity
from programs.prescribing import edits
from programs.prescribing.actions import change_draft, start_from_current
from programs.prescribing.approval import approve_draft
from programs.prescribing.assembling import start_entry
wanted = json.loads('{wanted}')
patient = Patient.objects.get(display_name="Rosa A.")
therapist = patient.therapist
catalogue, severity = catalogue_for(patient.clinic), Severity(patient.clinical_profile.severity)
def edit(draft):
    for day, exercise in wanted["removed"]:
        draft = edits.remove(draft, day, exercise)
    for day, exercise, other in wanted["swapped"]:
        draft = edits.swap(draft, day, exercise, start_entry(catalogue.get(other), severity))
    for day, exercise, changes in wanted["doses"]:
        draft = edits.set_dose(draft, day, exercise, replace(draft.entry(day, exercise).dose, **changes))
    return edits.set_week(draft, tuple(map(tuple, wanted["week"])))
row = start_from_current(patient=patient, by=therapist)
row = change_draft(patient=patient, by=therapist, version=row.version, edit=edit, action="changed-week")
today = timezone.now().astimezone(patient.zone).date()
approve_draft(patient=patient, by=therapist, version=row.version, starts_on=today, reason="For this week")
"""


def revise(
    world: World,
    *,
    removed: Mapping[str, Sequence[str]] | None = None,
    swapped: Sequence[tuple[str, str, str]] = (),
    doses: Sequence[tuple[str, str, Mapping[str, int]]] = (),
    week: Sequence[Sequence[str]] = WEEK,
) -> None:
    """Approve a further revision that starts today: without ``removed`` (day to exercises), with ``swapped`` (day,
    exercise, what takes its place), and with changed ``doses`` (day, exercise, what of the dose)."""
    gone = [(day, exercise) for day, exercises in (removed or {}).items() for exercise in exercises]
    wanted = {"removed": gone, "swapped": swapped, "doses": doses, "week": week}
    world.python(REVISE.format(wanted=json.dumps(wanted)))
