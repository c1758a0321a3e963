"""The read side of the draft page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from programs.models import TickedEntry
from programs.prescribing.actions import may_build_by_hand
from programs.prescribing.draft import Draft, Removed
from programs.prescribing.forms import DAY_SHORT, WeekForm
from programs.prescribing.item_page import Focus, ItemView, Told, item_view
from programs.prescribing.notices import as_days, warnings
from programs.prescribing.profile_page import BlockedRow, blocked_rows, severity_due, severity_mismatches
from programs.prescribing.state import Prescription
from programs.prescribing.week import week_of, week_warnings
from programs.prescribing.words import DAYS, Names, notice_words, sentence
from programs.rules.filters import Effect, judge
from programs.rules.limits import active_count
from programs.rules.routine import Day
from programs.rules.timing import whole_minutes
from programs.wording.assembly import mark_words


@dataclass(frozen=True)
class DayView:
    """One kind of day."""

    day: str
    title: str
    minutes: int
    active: int
    items: tuple[ItemView, ...]
    notices: tuple[Told, ...]
    explained: tuple[Told, ...]
    """What the rules decided about the day as a whole."""
    removed: tuple[tuple[Removed, str], ...]
    positions: range


@dataclass(frozen=True)
class HeldView:
    """R12: an exercise that waits for the therapist's OK, and because of what."""

    slug: str
    name: str
    statements: tuple[str, ...]
    earlier: TickedEntry | None
    """An OK that does not cover all of these (X6)."""


@dataclass(frozen=True)
class TickView:
    """R12, X6: an OK that was given, by whom, when and for which precautions."""

    tick: TickedEntry
    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class DraftPage:
    """All that the draft page shows."""

    prescription: Prescription
    version: int
    days: tuple[DayView, ...] = ()
    week: tuple[tuple[str, ...], ...] = ()
    week_form: WeekForm | None = None
    week_by: str = ""
    held: tuple[HeldView, ...] = ()
    ticks: tuple[TickView, ...] = ()
    left_out: tuple[Told, ...] = ()
    swaps: tuple[Told, ...] = ()
    marks: tuple[Told, ...] = ()
    notices: tuple[Told, ...] = ()
    merged: tuple[Mapping[str, str], ...] = ()
    blocked: Told | None = None
    by_hand: bool = False
    mismatches: tuple[str, ...] = ()
    severity_due: bool = False
    blocked_now: tuple[BlockedRow, ...] = ()
    focus: Focus = field(default_factory=Focus)


def draft_page(prescription: Prescription, focus: Focus | None = None) -> DraftPage:
    """The page of a loaded prescription; no further queries."""
    focus = focus or Focus()
    clinical, row = prescription.clinical, prescription.clinical.row
    page = DraftPage(
        prescription,
        prescription.row.version if prescription.row else 0,
        mismatches=severity_mismatches(row) if row else (),
        severity_due=bool(row and severity_due(prescription.patient, row)),
        blocked_now=blocked_rows(clinical, prescription.revision),
        focus=focus,
    )
    draft = prescription.draft
    if draft is None or clinical.profile is None:
        return page
    return _with_draft(page, prescription, draft, focus)


def _with_draft(page: DraftPage, prescription: Prescription, draft: Draft, focus: Focus) -> DraftPage:
    names, profile = prescription.names, prescription.clinical.profile
    assert profile is not None  # noqa: S101 - draft_page has looked
    days = as_days(draft, prescription.catalogue)
    week = week_of(draft, days, profile.severity)
    found = (*warnings(days, profile, week), *week_warnings(week, draft, profile.severity))
    told = [(notice.day, Told(notice.rule, notice_words(notice, names))) for notice in found]
    blocked, held = draft.blocked, tuple(_held(prescription, draft))
    return replace(
        page,
        days=tuple(_day(prescription, draft, name, days[name], told, focus) for name in DAYS),
        week=tuple(tuple(str(DAY_SHORT[name]) for name in names_) for names_ in week),
        week_form=focus.form if isinstance(focus.form, WeekForm) else WeekForm(draft=draft, week=week),
        week_by=draft.week_by,
        held=held,
        ticks=tuple(_ticks(prescription, held)),
        left_out=tuple(Told(gap["rule"], _about(gap, names), str(DAYS[gap["day"]])) for gap in draft.left_out),
        swaps=tuple(Told(swap["rule"], _swap(swap, names), str(DAYS[swap["day"]])) for swap in draft.swaps),
        marks=tuple(Told("X13", mark_words(mark["mark"]), str(DAYS[mark["day"]])) for mark in draft.marks),
        notices=tuple(words for day, words in told if not day),
        merged=tuple(
            {"what": item["what"], "name": names.exercise(item["exercise"]), "day": str(DAYS.get(item["day"], ""))}
            for item in draft.merged
        ),
        blocked=Told(blocked["rule"], sentence(blocked["rule"], blocked["key"], blocked["params"], names))
        if blocked
        else None,
        by_hand=bool(blocked) and may_build_by_hand(prescription.clinical, draft),
    )


def _about(gap: Mapping[str, object], names: Names) -> str:
    words = sentence(str(gap["rule"]), str(gap["key"]), gap["params"], names)  # type: ignore[arg-type]
    return f"{names.exercise(str(gap['exercise']))}: {words}"


def _swap(swap: Mapping[str, str], names: Names) -> str:
    return f"{names.exercise(swap['from'])} → {names.exercise(swap['to'])}"


def _day(
    prescription: Prescription, draft: Draft, name: str, day: Day, told: list[tuple[str, Told]], focus: Focus
) -> DayView:
    entries = draft.days[name]
    return DayView(
        day=name,
        title=str(DAYS[name]),
        minutes=whole_minutes(day.seconds),
        active=active_count(day.items),
        items=tuple(
            item_view(prescription, draft, name, number, entry, focus) for number, entry in enumerate(entries, start=1)
        ),
        notices=tuple(words for where, words in told if where == name),
        explained=tuple(
            Told(row["rule"], sentence(row["rule"], row["key"], row["params"], prescription.names))
            for row in draft.explanation
            if row["day"] == name and not row["exercise"]
        ),
        removed=tuple(
            (item, prescription.names.exercise(item.entry.exercise)) for item in draft.removed if item.day == name
        ),
        positions=range(1, len(entries) + 1),
    )


def _held(prescription: Prescription, draft: Draft) -> Iterator[HeldView]:
    """Held template entries (X8), and held entries that the therapist put in; each once."""
    names, profile = prescription.names, prescription.clinical.profile
    slugs = [item["exercise"] for item in draft.needs_ok]
    slugs += [entry.exercise for entries in draft.days.values() for entry in entries]
    for slug in dict.fromkeys(slugs):
        exercise = prescription.catalogue.get(slug)
        verdicts = judge(exercise, profile) if exercise and profile else ()
        codes = [code for verdict in verdicts if verdict.effect is Effect.HELD for code in verdict.codes]
        if codes:
            earlier = next((tick for tick in prescription.clinical.ticks if tick.exercise == slug), None)
            yield HeldView(slug, names.exercise(slug), tuple(names.code(code) for code in codes), earlier)


def _ticks(prescription: Prescription, held: tuple[HeldView, ...]) -> Iterator[TickView]:
    names = prescription.names
    waiting = {item.slug for item in held}
    for tick in prescription.clinical.ticks:
        if tick.exercise in waiting:
            continue
        exercise = prescription.catalogue.get(tick.exercise)
        relevant = [code for code in tick.codes if exercise is None or code in exercise.clinician_ok]
        yield TickView(tick, names.exercise(tick.exercise), tuple(names.code(code) for code in relevant))
