"""How much of each entry is left for today: caps, first sessions, minutes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exercises.content import Dose, Kind, Severity
from exercises.limits import ONCE_A_DAY, excesses
from programs.guided.care import Care, Entry, Revision, Used
from programs.rules.limits import R30_MINUTES, r29_sets_allowed
from programs.rules.schedule import R28_AEROBIC_MINUTES, r39_is_test
from programs.rules.timing import PAIN_CHECK_SECONDS, entry_seconds, whole_minutes

WARM_UP_MARCHES = {"marching-seated", "marching-standing"}
"""X14: warming up is not aerobic work."""


@dataclass(frozen=True)
class Allowed:
    """An entry with the dose for this session and what its daily cap leaves (R29)."""

    entry: Entry
    dose: Dose
    sets_allowed: int
    cap_left: int


def is_aerobic(kind: Kind, slug: str) -> bool:
    """R28, X14: does the exercise count as aerobic work?"""
    return kind is Kind.AEROBIC and slug not in WARM_UP_MARCHES


def minutes_of(items: Iterable[Allowed]) -> int:
    """R22: whole minutes of the items together, halves up."""
    return whole_minutes(sum(entry_seconds(item.entry.exercise.kind, item.dose) for item in items))


def used_today(care: Care) -> dict[str, Used]:
    """What every session of the date used of each exercise; an unfinished set counts whole (X15)."""
    total: dict[str, Used] = {}
    for session in care.sessions_today:
        for slug, use in session.used.items():
            before = total.get(slug, Used())
            total[slug] = Used(
                sets=before.sets + use.sets,
                reps=before.reps + use.reps,
                seconds=before.seconds + use.seconds,
                done=before.done or use.done,
                stopped=before.stopped or use.stopped,
            )
    return _with_parts(total, care)


def _with_parts(total: dict[str, Used], care: Care) -> dict[str, Used]:
    """X19, R29: what a core block used, each of its parts used."""
    entries = care.revision.entries if care.revision else ()
    blocks = {entry.slug: entry.parts for entry in entries if entry.parts and entry.slug in total}
    for block, parts in blocks.items():
        use = total[block]
        for part in parts:
            own = total.get(part, Used())
            total[part] = replace(own, sets=own.sets + use.sets, reps=own.reps + use.reps)
    return total


def is_first(care: Care, day: str) -> bool:
    """R39, X18: is this session a test dose? One A and one B session of each revision that raises anything;
    until both are done, its daily sets too."""
    revision = care.revision
    if revision is None or revision.raises_since == 0:
        return False
    done = {
        letter
        for session in care.sessions
        if session.counts and session.kind == "full" and (session.revision_number or 0) >= revision.raises_since
        for letter in session.days
    }
    if day in {"A", "B"}:
        return r39_is_test(day, raises_or_adds=True, done_since=done)
    needed = {entry.day for entry in revision.entries if entry.day in {"A", "B"}} or {"D"}
    return not needed <= done


def first_session_dose(entry: Entry, dose: Dose) -> Dose:
    """X18: one set of a set entry; half the minutes of an aerobic one, at least 1; others as planned."""
    if dose.sets is not None:
        return replace(dose, sets=1)
    if entry.exercise.kind is Kind.AEROBIC and dose.minutes is not None:
        return replace(dose, minutes=max(1, dose.minutes // 2))
    return dose


def guarded(entry: Entry, dose: Dose) -> Dose:
    """S27, S29, S32: the dose within what holds whoever set it, also where it was approved before the limit stood."""
    for excess in excesses(entry.exercise, dose):
        if excess.rule in {"S27", "S29"}:
            dose = replace(dose, **{excess.field: excess.limit})  # type: ignore[arg-type]
        elif excess.key == "once":
            dose = replace(dose, sets=1, reps=1, times_a_day=1)
    return dose


def within_caps(entry: Entry, dose: Dose, used: Used) -> Allowed | None:
    """R29, X15: what today's cap still allows of the entry; ``None`` hides it for the day.

    The cap is per side for a per-side entry, so both sides of a set count once.
    """
    if used.stopped or (used.done and entry.slug in ONCE_A_DAY):
        return None
    dose = guarded(entry, dose)
    done = used.reps if dose.minutes is None else -(-used.seconds // 60)
    sets = r29_sets_allowed(dose, done)
    return Allowed(entry, dose, sets, dose.daily_cap - done) if sets else None


def aerobic_left(care: Care, used: dict[str, Used]) -> int:
    """R28: the aerobic minutes that the date still allows (warm-up marching is not aerobic, X14)."""
    kinds = {entry.slug: entry.exercise.kind for entry in _known(care)}
    spent = sum(use.seconds for slug, use in used.items() if slug in kinds and is_aerobic(kinds[slug], slug))
    return R28_AEROBIC_MINUTES - -(-spent // 60)


def counted_minutes_today(care: Care, used: dict[str, Used]) -> float:
    """R30: the minutes of counted entries that today's sessions used already (R22 minutes)."""
    entries = {entry.slug: entry for entry in reversed(_known(care))}
    total = 0
    for slug, use in used.items():
        entry = entries.get(slug)
        if entry is None or not entry.counted:
            continue
        if entry.dose.minutes is not None:
            total += use.seconds + PAIN_CHECK_SECONDS
        elif use.sets:
            total += entry_seconds(entry.exercise.kind, replace(entry.dose, sets=use.sets))
    return total / 60


def shorten_to_day(items: tuple[Allowed, ...], care: Care, used: dict[str, Used], day: str) -> tuple[Allowed, ...]:
    """R30, X15: leave off entries from the end until the date's minutes fit; the closer of A and B stays."""
    severity = Severity(care.revision.severity) if care.revision else Severity.SEVERE
    room = R30_MINUTES[severity] - counted_minutes_today(care, used)
    kept = list(items)
    while _counted(kept) > room:
        droppable = [item for item in kept if item.entry.counted and not (item.entry.closer and day != "D")]
        if not droppable:
            break
        kept.remove(droppable[-1])
    return tuple(kept)


def cut_aerobic(items: tuple[Allowed, ...], left: int) -> tuple[Allowed, ...]:
    """R28: aerobic minutes are cut to what the date has left, and left off under one minute."""
    cut = []
    for item in items:
        aerobic = is_aerobic(item.entry.exercise.kind, item.entry.slug)
        if not aerobic or item.dose.minutes is None:
            cut.append(item)
            continue
        minutes = min(item.dose.minutes, left)
        if minutes >= 1:
            cut.append(replace(item, dose=replace(item.dose, minutes=minutes)))
            left -= minutes
    return tuple(cut)


def doses_for(care: Care, revision: Revision, day: str, entries: Iterable[Entry]) -> tuple[Allowed, ...]:
    """The entries of a day with the doses of this session: test dose, caps, day's minutes, in that order."""
    used = used_today(care)
    first = is_first(care, day)
    items = []
    for entry in entries:
        dose = first_session_dose(entry, entry.dose) if first else entry.dose
        allowed = within_caps(entry, dose, used.get(entry.slug, Used()))
        if allowed is not None:
            items.append(allowed)
    return shorten_to_day(cut_aerobic(tuple(items), aerobic_left(care, used)), care, used, day)


def _counted(items: Iterable[Allowed]) -> float:
    return sum(entry_seconds(item.entry.exercise.kind, item.dose) for item in items if item.entry.counted) / 60


def _known(care: Care) -> tuple[Entry, ...]:
    return (*(care.revision.entries if care.revision else ()), *care.minimum, *care.relief)
