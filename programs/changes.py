"""What differs between two programs, as values. Pure: the words are made where they are shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exercises.content import Dose

DAYS = ("A", "B", "D")
DOSE_FIELDS = (
    "sets",
    "reps",
    "hold_seconds",
    "rest_seconds",
    "minutes",
    "work_seconds",
    "per_side",
    "times_a_day",
    "daily_cap",
)
RAISING = ("sets", "reps", "hold_seconds", "minutes", "work_seconds", "times_a_day", "daily_cap")


@dataclass(frozen=True)
class Placed:
    """An exercise in its place: day, position from 1, dose and the therapist's note."""

    day: str
    position: int
    exercise: str
    dose: Dose
    note: str = ""
    version: int | None = None
    """The number of the exercise version, where one is pinned."""


@dataclass(frozen=True)
class Change:
    """One field of one entry: ``before`` became ``after``."""

    day: str
    exercise: str
    field: str
    before: int | str | bool | None
    after: int | str | bool | None


@dataclass(frozen=True)
class Changes:
    """All that differs between a program and the one before it."""

    added: tuple[Placed, ...] = ()
    removed: tuple[Placed, ...] = ()
    changed: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Iterable[Placed], after: Iterable[Placed]) -> Changes:
    """What was added, removed and changed, day by day, in the order of ``after``."""
    old = {(item.day, item.exercise): item for item in before}
    new = {(item.day, item.exercise): item for item in after}
    ranks = {key: (_rank(old, new, key), _rank(new, old, key)) for key in new if key in old}
    return Changes(
        added=tuple(item for key, item in new.items() if key not in old),
        removed=tuple(item for key, item in old.items() if key not in new),
        changed=tuple(
            change
            for key, item in new.items()
            if key in old
            for change in (*_changes(old[key], item), *_move(item, *ranks[key]))
        ),
    )


def raises_or_adds(before: Iterable[Placed], after: Iterable[Placed]) -> bool:
    """R39, X18: does ``after`` ask more of the patient anywhere? Then its first sessions are test doses.

    A shorter rest asks more, and so does the same exercise on a further day.
    """
    changes = compare(before, after)
    return bool(changes.added) or any(_raises(change) for change in changes.changed)


def week_raises(before: Iterable[Iterable[str]], after: Iterable[Iterable[str]]) -> bool:
    """R39, X18: does the week ask for any day of the program more often than before? That asks more."""
    old, new = (Counter(name for names in week for name in names) for week in (before, after))
    return any(count > old[name] for name, count in new.items())


def _changes(old: Placed, new: Placed) -> Iterable[Change]:
    for field in DOSE_FIELDS:
        before, after = getattr(old.dose, field), getattr(new.dose, field)
        if before != after:
            yield Change(new.day, new.exercise, field, before, after)
    if old.note != new.note:
        yield Change(new.day, new.exercise, "note", old.note, new.note)
    if None not in (old.version, new.version) and old.version != new.version:
        yield Change(new.day, new.exercise, "version", old.version, new.version)


def _rank(
    items: Mapping[tuple[str, str], Placed], others: Mapping[tuple[str, str], Placed], key: tuple[str, str]
) -> int:
    """The place among the entries that both programs have: what comes or goes moves nothing else."""
    return sum(
        other in others and other[0] == key[0] and item.position <= items[key].position for other, item in items.items()
    )


def _move(item: Placed, before: int, after: int) -> Iterable[Change]:
    if before != after:
        yield Change(item.day, item.exercise, "position", before, after)


def _raises(change: Change) -> bool:
    before, after = change.before or 0, change.after or 0
    if change.field == "rest_seconds":
        return int(after) < int(before)
    return (change.field == "per_side" and bool(after)) or (change.field in RAISING and int(after) > int(before))
