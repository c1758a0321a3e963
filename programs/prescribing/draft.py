"""The therapist's working copy of a program, as values. Pure; stored as JSON in ``ProgramDraft.content``."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from exercises.content import Dose
from programs.changes import DAYS, Placed
from programs.origin import Origin


@dataclass(frozen=True)
class Entry:
    """An exercise on one day, with its dose and why it is there.

    ``by_hand``: a therapist put it there. ``edited``: its dose stays when it is assembled again, because a therapist
    set it or because it is that of the program in force. ``origin`` says who set it, here or in an earlier revision.
    """

    exercise: str
    dose: Dose
    reasons: tuple[str, ...] = ()
    by_hand: bool = False
    by_hand_reason: str = ""
    note: str = ""
    edited: bool = False
    origin: Origin = field(default_factory=Origin)
    parts: tuple[str, ...] = ()
    """X19: the exercises that a core block holds, in order."""

    @property
    def touched(self) -> bool:
        """Would assembling again lose something that the therapist did?"""
        return self.by_hand or self.edited or bool(self.note)


@dataclass(frozen=True)
class Removed:
    """An entry that the therapist took out, and where it stood: it can be put back."""

    day: str
    position: int
    entry: Entry
    swapped_to: str = ""
    by: str = ""
    """The name of the therapist who took it out."""


@dataclass(frozen=True)
class Draft:
    """A routine on its way to becoming a revision."""

    days: Mapping[str, tuple[Entry, ...]] = field(default_factory=lambda: dict.fromkeys(DAYS, ()))
    removed: tuple[Removed, ...] = ()
    reordered: tuple[str, ...] = ()
    left_out: tuple[Mapping[str, Any], ...] = ()
    swaps: tuple[Mapping[str, Any], ...] = ()
    needs_ok: tuple[Mapping[str, Any], ...] = ()
    marks: tuple[Mapping[str, Any], ...] = ()
    explanation: tuple[Mapping[str, Any], ...] = ()
    blocked: Mapping[str, Any] | None = None
    template: str = ""
    severity: str = ""
    """For which the doses are."""
    rules_version: str = ""
    week: tuple[tuple[str, ...], ...] = ()
    """The days of a week that a therapist set by hand; empty for the week of the rules (R26, R27)."""
    week_by: str = ""
    """The name of that therapist."""
    merged: tuple[Mapping[str, Any], ...] = ()
    """What assembling again put in or took out, shown until the next change."""

    def entry(self, day: str, exercise: str) -> Entry | None:
        """The entry, or ``None``."""
        return next((entry for entry in self.days.get(day, ()) if entry.exercise == exercise), None)

    def position(self, day: str, exercise: str) -> int:
        """The entry's place, from 1; 0 when it is not there."""
        slugs = [entry.exercise for entry in self.days.get(day, ())]
        return slugs.index(exercise) + 1 if exercise in slugs else 0

    def with_day(self, day: str, entries: tuple[Entry, ...]) -> "Draft":
        """The draft with another list of entries on one day."""
        return replace(self, days={**self.days, day: entries}, merged=())

    @property
    def offered(self) -> tuple[str, ...]:
        """The days that have entries."""
        return tuple(day for day in DAYS if self.days.get(day))

    def placed(self) -> tuple[Placed, ...]:
        """All entries as places, for comparing programs."""
        return tuple(
            Placed(day, number, entry.exercise, entry.dose, entry.note)
            for day in DAYS
            for number, entry in enumerate(self.days.get(day, ()), start=1)
        )


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as plain JSON values."""
    return {"schema": 1, **asdict(draft)}


def from_json(content: Mapping[str, Any]) -> Draft:
    """The draft of ``to_json``; unknown keys are left out."""
    return Draft(
        days={day: tuple(_entry(entry) for entry in content["days"].get(day, ())) for day in DAYS},
        removed=tuple(
            Removed(
                item["day"],
                item["position"],
                _entry(item["entry"]),
                swapped_to=item.get("swapped_to", ""),
                by=item.get("by", ""),
            )
            for item in content.get("removed", ())
        ),
        blocked=content.get("blocked"),
        template=content.get("template", ""),
        severity=content.get("severity", ""),
        rules_version=content.get("rules_version", ""),
        week=tuple(tuple(names) for names in content.get("week", ())),
        week_by=content.get("week_by", ""),
        **{
            name: tuple(content.get(name, ()))
            for name in ("reordered", "left_out", "swaps", "needs_ok", "marks", "explanation", "merged")
        },
    )


def _entry(content: Mapping[str, Any]) -> Entry:
    return Entry(
        exercise=content["exercise"],
        dose=Dose(**content["dose"]),
        reasons=tuple(content.get("reasons", ())),
        by_hand=content.get("by_hand", False),
        by_hand_reason=content.get("by_hand_reason", ""),
        note=content.get("note", ""),
        edited=content.get("edited", False),
        origin=Origin.from_json(content.get("origin")),
        parts=tuple(content.get("parts", ())),
    )
