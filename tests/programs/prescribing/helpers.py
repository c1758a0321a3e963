"""What the prescriber's tests share: a filled profile form, and the way to a draft."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Patient, User
from programs.models import Program, ProgramDraft, ProgramRevision
from programs.policies import BlockedItem, blocked_items
from programs.prescribing.approval import mark_of
from programs.prescribing.draft import Draft, Entry, from_json
from programs.prescribing.state import load_prescription
from tests.strict import StrictClient

type ClientFor = Callable[[User | Patient | str], StrictClient]

PROFILE: dict[str, Any] = {
    "version": 0,
    "regions": ["lumbar"],
    "severity": "moderate",
    "usual_spine": "4",
    "usual_limb": "3",
    "walking_minutes": "8",
    "walking_pattern": "Ache in the left calf",
    "odi_percent": "",
    "ndi_points": "",
    "six_minute_walk_metres": "",
    "precautions": [],
    "mjoa": "",
    "specialist_note": "",
    "surgeon_cleared_on": "",
    "direction_preference": "",
    "household_equipment": "True",
    "equipment": [],
    "minutes": "",
    "helps": ["ninety-ninety-rest"],
    "relief_position": "ninety-ninety-rest",
}


def url(patient: Patient, name: str = "draft", place: str = "") -> str:
    """An address of the prescriber's part; ``place`` is an entry as ``A/bridge``."""
    if name == "profile":
        return f"/patients/{patient.pk}/profile/"
    parts = [part for part in (place, name) if part and part != "draft"]
    return f"/patients/{patient.pk}/program/" + "".join(f"{part}/" for part in parts)


def record(client: Any, patient: Patient, **values: Any) -> Any:
    """Send the profile form; ``assemble`` is pressed unless told otherwise."""
    return client.post(url(patient, "profile"), {"assemble": "1", **PROFILE, **values})


def stored(patient: Patient) -> Draft:
    """The draft as it is stored."""
    return from_json(ProgramDraft.objects.get(patient=patient).content)


def version(patient: Patient) -> int:
    """The draft's version number."""
    return ProgramDraft.objects.get(patient=patient).version


def slugs(patient: Patient, day: str) -> list[str]:
    """The exercises of a day of the draft, in order."""
    return [entry.exercise for entry in stored(patient).days[day]]


def send(client: Any, patient: Patient, name: str, place: str = "", **values: Any) -> Any:
    """Send one of the draft's forms with the version that is stored now."""
    return client.post(url(patient, name, place), {"version": version(patient), **values})


def approve(client: Any, patient: Patient, **values: Any) -> Any:
    """Send the approval of the check page, as of today."""
    today = timezone.now().astimezone(patient.zone).date().isoformat()
    seen = mark_of(load_prescription(patient))
    return send(client, patient, "check", **{"starts_on": today, "confirm": "on", "seen": seen, **values})


def entry(patient: Patient, place: str) -> Entry:
    """An entry of the draft that must be there; ``place`` as ``A/bridge``."""
    day, __, exercise = place.partition("/")
    found = stored(patient).entry(day, exercise)
    assert found is not None, place
    return found


def in_force(patient: Patient) -> ProgramRevision:
    """The revision in force, which must be there."""
    revision = Program.objects.get(patient=patient).current
    assert revision is not None
    return revision


def blocked_now(patient: Patient) -> dict[str, BlockedItem]:
    """What of the program in force must not start, by exercise (HZ05)."""
    prescription = load_prescription(patient)
    revision, profile = prescription.revision, prescription.clinical.profile
    assert revision is not None and profile is not None
    return {item.exercise: item for item in blocked_items(revision, profile, prescription.catalogue)}
