"""R12 once more when a session starts (HZ05): the codes that are on now against each entry. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exercises.content import Lock
from programs.guided.care import Care, Entry
from programs.policies import forbidden, gate_since

FALL_RISK = "fall-risk"


@dataclass(frozen=True)
class Dropped:
    """An entry that the program has but that may not be done now: by which rule and for which codes."""

    exercise: str
    rule: str
    codes: tuple[str, ...] = ()


def closed_by(care: Care) -> tuple[str, str] | None:
    """X4 at the start of a session: the rule and the code that close all exercise, or ``None``.

    Clearance by surgeon and therapist opens R37 for a program that was built knowing of it.
    """
    if care.profile is None or care.revision is None:
        return None
    gate = gate_since(care.profile, care.revision.codes if care.cleared_after_surgery else ())
    return (gate.rule, gate.code) if gate else None


def judge_entry(entry: Entry, care: Care) -> Dropped | None:
    """May the entry be done now? An editor's later additions to the exercise count as well as its own version."""
    versions = [entry.exercise]
    if entry.slug in care.catalogue:
        versions.append(care.catalogue[entry.slug])
    if any(Lock.NOT_AT_HOME in version.locks for version in versions):
        return Dropped(entry.slug, "R11")
    if care.profile is None:
        return None
    known = care.revision.codes if entry.by_hand and care.revision else ()
    for version in versions:
        verdict = forbidden(version, care.profile, known)
        if verdict is not None:
            return Dropped(entry.slug, verdict.rule, verdict.codes)
    return None


def dropped_by(code: str, entry: Entry, care: Care) -> bool:
    """R12: would the entry be held back, if this code were on as well (S25: as the answers of today may set it)?"""
    if care.profile is None or code in care.profile.precautions:
        return False
    profile = replace(care.profile, precautions=care.profile.precautions | {code})
    return judge_entry(entry, care) is None and judge_entry(entry, replace(care, profile=profile)) is not None


def allowed_entries(entries: Iterable[Entry], care: Care) -> tuple[tuple[Entry, ...], tuple[Dropped, ...]]:
    """The entries that may be done now, and those that R12 or the lock of walking entries (S13) holds back."""
    kept, dropped = [], []
    for entry in entries:
        verdict = judge_entry(entry, care)
        if verdict is None and entry.walking and care.walking_locked:
            verdict = Dropped(entry.slug, "S13")
        if verdict is None:
            kept.append(entry)
        else:
            dropped.append(verdict)
    return tuple(kept), tuple(dropped)
