"""Changes of a draft, one function each. Pure: a draft in, a draft out; impossible ones raise ``CannotEdit``."""

from dataclasses import replace

from exercises.content import Dose
from programs.changes import DAYS
from programs.origin import Origin
from programs.prescribing.draft import Draft, Entry, Removed


class CannotEdit(ValueError):
    """The entry is not there (any more), or already is; ``code`` names which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _find(draft: Draft, day: str, exercise: str) -> tuple[int, Entry]:
    position = draft.position(day, exercise)
    if not position:
        raise CannotEdit("not-in-draft")
    return position - 1, draft.days[day][position - 1]


def _replace(draft: Draft, day: str, place: int, *entries: Entry) -> Draft:
    before = draft.days[day]
    return draft.with_day(day, (*before[:place], *entries, *before[place + 1 :]))


def set_dose(draft: Draft, day: str, exercise: str, dose: Dose, by: str = "") -> Draft:
    """Give an entry another dose, set by the therapist of the name ``by``."""
    place, entry = _find(draft, day, exercise)
    if dose == entry.dose:
        return _replace(draft, day, place, entry)
    origin = replace(entry.origin, dose_by=by, dose_rule="")
    return _replace(draft, day, place, replace(entry, dose=dose, edited=True, origin=origin))


def set_note(draft: Draft, day: str, exercise: str, note: str) -> Draft:
    """Write the therapist's note for the patient beside an entry."""
    place, entry = _find(draft, day, exercise)
    return _replace(draft, day, place, replace(entry, note=note))


def remove(draft: Draft, day: str, exercise: str, by: str = "") -> Draft:
    """Take an entry out; it can be put back."""
    place, entry = _find(draft, day, exercise)
    removed = (*draft.removed, Removed(day, place + 1, entry, by=by))
    return replace(_replace(draft, day, place), removed=removed)


def restore(draft: Draft, day: str, exercise: str) -> Draft:
    """Put back what was taken out, where it stood; what it was swapped for goes."""
    found = next((item for item in draft.removed if (item.day, item.entry.exercise) == (day, exercise)), None)
    if found is None:
        raise CannotEdit("not-removed")
    if draft.position(day, exercise):
        raise CannotEdit("already-there")
    kept = tuple(entry for entry in draft.days[day] if entry.exercise != found.swapped_to)
    place = min(found.position - 1, len(kept))
    result = draft.with_day(day, (*kept[:place], found.entry, *kept[place:]))
    return replace(result, removed=tuple(item for item in draft.removed if item is not found))


def swap(draft: Draft, day: str, exercise: str, to: Entry, by: str = "") -> Draft:
    """Put another exercise in an entry's place."""
    place, entry = _find(draft, day, exercise)
    if draft.position(day, to.exercise):
        raise CannotEdit("already-there")
    put_in = replace(to, by_hand=True, note=entry.note, origin=Origin(put_in_by=by))
    removed = Removed(day, place + 1, entry, swapped_to=to.exercise, by=by)
    return replace(_replace(draft, day, place, put_in), removed=(*draft.removed, removed))


def add(draft: Draft, day: str, entry: Entry, by: str = "") -> Draft:
    """Add an exercise by hand: before the day's last entry, which closes the session (X7)."""
    if day not in DAYS:
        raise CannotEdit("no-such-day")
    if draft.position(day, entry.exercise):
        raise CannotEdit("already-there")
    entries = draft.days[day]
    place = len(entries) - 1 if day != "D" and len(entries) > 1 else len(entries)
    put_in = replace(entry, by_hand=True, origin=Origin(put_in_by=by))
    result = draft.with_day(day, (*entries[:place], put_in, *entries[place:]))
    forgotten = tuple(item for item in draft.removed if (item.day, item.entry.exercise) != (day, entry.exercise))
    return replace(result, removed=forgotten)


def move(draft: Draft, day: str, exercise: str, to: int) -> Draft:
    """Move an entry to a position, from 1; beyond either end means that end."""
    place, entry = _find(draft, day, exercise)
    rest = [*draft.days[day][:place], *draft.days[day][place + 1 :]]
    rest.insert(max(0, min(to - 1, len(rest))), entry)
    result = draft.with_day(day, tuple(rest))
    return replace(result, reordered=tuple(dict.fromkeys((*draft.reordered, day))))


def set_parts(draft: Draft, day: str, exercise: str, parts: tuple[str, ...]) -> Draft:
    """X19: say which exercises a core block holds."""
    place, entry = _find(draft, day, exercise)
    return _replace(draft, day, place, replace(entry, parts=parts))


def set_week(draft: Draft, week: tuple[tuple[str, ...], ...], by: str = "") -> Draft:
    """Say which days of the program fall on which day of the week; the same week again changes nothing."""
    if week == draft.week:
        return replace(draft, merged=())
    return replace(draft, week=week, week_by=by, merged=())


def reset_week(draft: Draft) -> Draft:
    """Back to the week of the rules (R26, R27)."""
    return replace(draft, week=(), week_by="", merged=())


def merge(old: Draft, fresh: Draft) -> Draft:
    """A newly assembled draft with the therapist's own changes of the old one kept.

    Kept: doses, notes, additions, swaps, removals, orders and the week made by hand; but doses and the week only
    while the severity is the same, for they were chosen for it. ``merged`` says what assembly itself put in, took
    out or set anew.
    """
    same_severity = old.severity == fresh.severity
    days = {day: _merge_day(old, fresh, day, same_severity) for day in DAYS}
    merged = [
        {"day": day, "exercise": entry.exercise, "what": what}
        for what, ours, theirs in (("added", days, old.days), ("dropped", old.days, days))
        for day in DAYS
        for entry in ours[day]
        if entry.exercise not in {other.exercise for other in theirs[day]}
    ]
    if not same_severity:
        merged += [{"day": "", "exercise": "", "what": "week-anew"}] if old.week else []
        merged += [
            {"day": day, "exercise": entry.exercise, "what": "dose-anew"}
            for day in DAYS
            for entry in old.days[day]
            if entry.edited and any(entry.exercise == now.exercise and entry.dose != now.dose for now in days[day])
        ]
    return replace(
        fresh,
        days=days,
        removed=old.removed,
        reordered=old.reordered,
        week=old.week if same_severity else (),
        week_by=old.week_by if same_severity else "",
        merged=tuple(merged),
    )


def _merge_day(old: Draft, fresh: Draft, day: str, keep_doses: bool) -> tuple[Entry, ...]:
    taken_out = {item.entry.exercise for item in old.removed if item.day == day}
    before = {entry.exercise: entry for entry in old.days[day]}
    entries = [_keep(before.get(entry.exercise), entry, keep_doses) for entry in fresh.days[day]]
    entries = [entry for entry in entries if entry.by_hand or entry.exercise not in taken_out]
    there = {entry.exercise for entry in entries}
    if day in old.reordered:
        place = {slug: number for number, slug in enumerate(before)}
        kept = sorted((e for e in entries if e.exercise in place), key=lambda e: place[e.exercise])
        new = [(number, e) for number, e in enumerate(entries) if e.exercise not in place]
        for number, entry in new:
            kept.insert(number, entry)
        entries = kept
    for number, entry in enumerate(old.days[day]):
        if entry.by_hand and entry.exercise not in there:
            entries.insert(min(number, len(entries)), entry)
    return tuple(entries)


def _keep(before: Entry | None, entry: Entry, keep_doses: bool) -> Entry:
    if before is None or not before.touched:
        return entry
    if keep_doses and (before.by_hand or before.edited):
        return replace(before, reasons=before.reasons if before.by_hand else entry.reasons)
    return replace(entry, note=before.note)
