"""From a revision and a date to the frozen plan of one session. Pure: same in, same out."""

from collections.abc import Iterable
from typing import Any

from exercises.content import RELIEF_POSITIONS, Kind, Region, StartPosition
from programs.guided.care import NOT_COUNTED, Care, Entry, Used
from programs.guided.dosing import Allowed, doses_for, is_first, minutes_of, used_today, within_caps
from programs.guided.startcheck import FALL_RISK, Dropped, allowed_entries, dropped_by
from programs.guided.usual import fall_questions_due, full_screen_due, last_session, usual_pain
from programs.precautions import MYELOPATHY
from stenosis_pt.dose_words import dose_words

SCHEMA = 1
RELIEF_SECONDS = 300
SEATED_OR_LYING = {StartPosition.SITTING, StartPosition.SUPINE, StartPosition.SIDE}
PRESSURE_CODES = {"uncontrolled-hypertension", "heart-disease-unstable"}
"""S11: the codes whose effect names it: these patients are asked for a reading, others may give one."""
SLOW_RISE_CODES = {"orthostatic-hypotension", "dizziness-vertigo"}
UNSTEADY_CODES = {*SLOW_RISE_CODES, "fall-risk"}
NO_POSITION: dict[str, Any] = {
    "slug": "",
    "name": "",
    "steps": [],
    "seconds": RELIEF_SECONDS,
    "picture": None,
    "figure": None,
}


def build_plan(care: Care, *, session: str, kind: str, day: str = "") -> dict[str, Any]:
    """The plan that is stored with the session and never changes; its shape is the contract of the player.

    ``kind`` is full, minimum or relief; a full session has one day letter. Times of day are not decided here.
    Raises ValueError without a revision: nobody exercises before a therapist has approved (R1).
    """
    revision = care.revision
    if revision is None:
        raise ValueError("no revision")
    letters = [day] if kind == "full" and day else []
    main = main_items(care, kind, day)
    minimum = [] if kind == "relief" else _numbered(care, "M", _fitting(care, care.minimum))  # X16: no exercise in it
    relief = _numbered(care, "R", _fitting(care, care.relief))
    rest, low = relief_position(care), low_position(care)
    usual = usual_pain(care)
    test_dose = kind == "full" and is_first(care, day)
    return {
        "schema": SCHEMA,
        "session": session,
        "account": care.patient,
        "revision": revision.number,
        "revision_id": revision.id,
        "rules_version": revision.rules_version,
        "local_date": care.today.isoformat(),
        "zone": care.zone,
        "minted_at": care.now.isoformat(),
        "kind": kind,
        "days": letters,
        "first_session": test_dose,
        "waits": test_dose or not any(each.counts for each in care.sessions),  # new exercises, or the first guided run
        "regions": list(revision.regions),
        "walk_allowed": walk_allowed(care),
        "minutes": minutes_of(main),
        "clinic": {
            "name": care.clinic.name,
            "phone": care.clinic.phone,
            "out_of_hours": care.clinic.out_of_hours,
            "emergency": care.clinic.emergency,
            "not_watched": care.clinic.not_watched,
            "response": care.clinic.response,
        },
        "patient": {"name": care.display_name},
        "usual": {"spine": usual.spine, "limb": usual.limb},
        "full_screen_due": full_screen_due(care),
        "ask_sugar": "diabetes-insulin" in care.codes,
        "ask_pressure": bool(PRESSURE_CODES & care.codes),
        "fall_questions_due": fall_questions_due(care),
        "slow_rises": bool(SLOW_RISE_CODES & care.codes),
        "known_signs": list(care.known_signs),
        "walking_pattern": care.walking_pattern,
        "last_session": last_session(care),
        "relief": rest,
        "relief_low": low if low != rest else None,
        "relief_first": kind == "full" and _relief_first(care, main, day),
        "items": _numbered(care, letters[0] if letters else kind[0].upper(), main),
        "minimum": minimum,
        "relief_only": relief,
    }


def main_items(care: Care, kind: str, day: str) -> tuple[Allowed, ...]:
    """What the session of this kind has in it, with today's doses; empty when nothing is left for today."""
    revision = care.revision
    if revision is None:
        return ()
    if kind == "minimum":
        return _fitting(care, care.minimum)
    if kind == "relief":
        return _fitting(care, care.relief)
    entries, _dropped = allowed_entries(revision.of_day(day), care)
    return doses_for(care, revision, day, entries)


def dropped_items(care: Care, day: str) -> tuple[Dropped, ...]:
    """R12, S13 at the start: what the program has on this day but may not be done now."""
    return allowed_entries(care.revision.of_day(day), care)[1] if care.revision else ()


def walk_allowed(care: Care) -> bool:
    """Safety X11: is the only region lumbar, with no myelopathy code?"""
    regions = care.revision.regions if care.revision else ()
    return tuple(regions) == (Region.LUMBAR.value,) and not care.codes & MYELOPATHY


def relief_position(care: Care) -> dict[str, Any]:
    """R25, S21: the position that the relief button shows: the saved one, else the first that may be done;
    for a neck, breathing supported in a chair.

    R12, S24: one that starts standing is not for a patient who may fall or faint, unless the therapist ticked it.
    """
    unsteady = care.codes & UNSTEADY_CODES
    return next(
        (
            _position(entry)
            for entry in _positions(care)
            if _is_low(entry) or not (care.profile.uncovered(entry.slug, unsteady) if care.profile else unsteady)
        ),
        NO_POSITION,
    )


def low_position(care: Care) -> dict[str, Any]:
    """S15, S24, X18: for whoever must sit or lie down, the first that starts so; the saved one before the others."""
    return next((_position(entry) for entry in _positions(care) if _is_low(entry)), NO_POSITION)


def _positions(care: Care) -> list[Entry]:
    entries = {entry.slug: entry for entry in care.relief}
    lumbar = care.revision is not None and Region.LUMBAR.value in care.revision.regions
    defaults = ("forward-lean-rest", "ninety-ninety-rest", "side-lying-rest") if lumbar else ()
    return [entries[slug] for slug in (care.relief_choice, *defaults, "breathing") if slug in entries]


def _is_low(entry: Entry) -> bool:
    return entry.exercise.start_position in SEATED_OR_LYING


def _position(entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "name": entry.exercise.name,
        "steps": list(entry.exercise.steps),
        "seconds": RELIEF_SECONDS,
        "start": entry.exercise.start_position.value,
        "picture": entry.picture.url,
        "figure": entry.picture.moving,
    }


def same_plan(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Would the patient get the same session? Ids, the moment and the hours since the last session apart."""
    return _comparable(one) == _comparable(other)


def _comparable(plan: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in plan.items() if key not in {"session", "minted_at", "last_session"}}
    last = plan.get("last_session")
    return {**rest, "last": last["id"] if last else None}


def _fitting(care: Care, entries: Iterable[Entry]) -> tuple[Allowed, ...]:
    """Entries of the minimum plan or of relief that may be done now and that today's caps still allow."""
    used = used_today(care)
    kept, _dropped = allowed_entries(entries, care)
    items = (within_caps(entry, entry.dose, used.get(entry.slug, Used())) for entry in kept)
    return tuple(item for item in items if item is not None)


def _relief_first(care: Care, items: tuple[Allowed, ...], day: str) -> bool:
    """R19, X17: severe, and the opener is no relief position."""
    revision = care.revision
    severe = revision is not None and revision.severity == "severe" and day in {"A", "B"}
    return severe and bool(items) and items[0].entry.slug not in RELIEF_POSITIONS


def _numbered(care: Care, prefix: str, items: Iterable[Allowed]) -> list[dict[str, Any]]:
    return [_item(care, f"{prefix}{place}", allowed) for place, allowed in enumerate(items, start=1)]


def _item(care: Care, item_id: str, allowed: Allowed) -> dict[str, Any]:
    entry, exercise = allowed.entry, allowed.entry.exercise
    walk = exercise.kind is Kind.AEROBIC and exercise.start_position is StartPosition.STANDING and walk_allowed(care)
    permission = care.permissions.get(entry.slug)
    ordinary_limit = permission.rise_limit if permission and not walk and not care.codes & MYELOPATHY else 0
    rises = entry.slug.startswith("sit-to-stand")
    return {
        "id": item_id,
        "day": entry.day,
        "slug": entry.slug,
        "name": exercise.name,
        "version": entry.version,
        "category": exercise.kind.value,
        "start": exercise.start_position.value,
        "kind": "walk" if walk else "ordinary",
        "active": entry.active,
        "standing": exercise.start_position is StartPosition.STANDING or rises,
        "seated_or_lying": exercise.start_position in SEATED_OR_LYING and not rises,
        "not_with_fall_risk": dropped_by(FALL_RISK, entry, care),
        "relief_position": entry.slug in RELIEF_POSITIONS,
        "counted": entry.slug not in NOT_COUNTED,
        "dose": _dose(allowed),
        "dose_words": str(dose_words(allowed.dose)),
        "sets_allowed": allowed.sets_allowed,
        "cap_left": allowed.cap_left,
        "steps": list(exercise.steps),
        "feel": exercise.feel,
        "stop": exercise.stop,
        "cue": exercise.voice_cue,
        "note": entry.note,
        "picture": entry.picture.url,
        "picture_alt": entry.picture.alt,
        "figure": entry.picture.moving,
        "rise_limit": ordinary_limit,
        "centralising_ok": bool(permission and permission.centralising_ok),
    }


def _dose(allowed: Allowed) -> dict[str, Any]:
    dose = allowed.dose
    if dose.minutes is not None:
        return {
            "type": "minutes",
            "minutes": dose.minutes,
            "work_s": dose.work_seconds,
            "rest_s": dose.rest_seconds,
        }
    return {
        "type": "reps",
        "sets": min(dose.sets or 1, allowed.sets_allowed),
        "reps": dose.reps,
        "hold_s": dose.hold_seconds or 0,
        "rest_s": dose.rest_seconds or 0,
        "per_side": dose.per_side,
    }
