"""The read side of the draft page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django import forms
from django.utils import timezone

from exercises.content import Exercise
from exercises.words import cap_in_words
from programs.models import EntryPermission, TickedEntry
from programs.prescribing.actions import may_build_by_hand
from programs.prescribing.assembling import BY_HAND
from programs.prescribing.draft import Draft, Entry, Removed
from programs.prescribing.forms import LABELS, AllowanceForm
from programs.prescribing.limits import RANGES, fields_of
from programs.prescribing.notices import as_days, warnings
from programs.prescribing.profile_actions import MYELOPATHY
from programs.prescribing.profile_page import BlockedRow, blocked_rows, severity_due, severity_mismatches
from programs.prescribing.state import Prescription
from programs.prescribing.words import DAY_SHORT, DAYS, Names, notice_words, sentence, why_not
from programs.rules.filters import Effect, Verdict, judge
from programs.rules.limits import active_count
from programs.rules.routine import Day
from programs.rules.timing import entry_seconds, tenths_of_minutes, whole_minutes
from programs.rules.week import week
from programs.wording.assembly import mark_words
from stenosis_pt.dose_words import dose_words


@dataclass(frozen=True)
class Told:
    """A sentence with its rule, and where it belongs."""

    rule: str
    words: str
    where: str = ""


@dataclass(frozen=True)
class FieldView:
    """A number of a dose, as typed or as stored."""

    name: str
    id: str
    label: str
    value: object
    low: int
    high: int
    error: str


@dataclass(frozen=True)
class SwapChoice:
    """An easier or harder exercise for an entry's place; ``why`` it cannot be, where it cannot."""

    slug: str
    name: str
    harder: bool
    why: str


@dataclass(frozen=True)
class ItemView:
    """One entry of the draft with everything that can be done to it."""

    entry: Entry
    day: str
    position: int
    last: bool
    name: str
    start_position: str
    dose: str
    cap: str
    minutes: float
    fields: tuple[FieldView, ...]
    reasons: tuple[Told, ...]
    state: str
    against: tuple[Told, ...]
    swaps: tuple[SwapChoice, ...]
    permission: EntryPermission | None
    allowance: AllowanceForm
    errors: tuple[str, ...]
    open: bool

    @property
    def id(self) -> str:
        """Names the entry in the page."""
        return f"{self.day}-{self.entry.exercise}"


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
class Focus:
    """What was just changed, so that the page can open there; ``form`` when it was refused."""

    day: str = ""
    exercise: str = ""
    form: forms.Form | None = None
    said: str = ""


@dataclass(frozen=True)
class DraftPage:
    """All that the draft page shows."""

    prescription: Prescription
    version: int
    days: tuple[DayView, ...] = ()
    week: tuple[tuple[str, ...], ...] = ()
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
    told = [(notice.day, Told(notice.rule, notice_words(notice, names))) for notice in warnings(days, profile)]
    blocked, held = draft.blocked, tuple(_held(prescription, draft))
    return replace(
        page,
        days=tuple(_day(prescription, draft, name, days[name], told, focus) for name in DAYS),
        week=tuple(tuple(str(DAY_SHORT[name]) for name in names_) for names_ in week(days, profile.severity)),
        held=held,
        ticks=tuple(_ticks(prescription, held)),
        left_out=tuple(Told(gap["rule"], _about(gap, names), str(DAYS[gap["day"]])) for gap in draft.left_out),
        swaps=tuple(Told(swap["rule"], _swap(swap, names), str(DAYS[swap["day"]])) for swap in draft.swaps),
        marks=tuple(Told("X13", mark_words(mark["mark"]), str(DAYS[mark["day"]])) for mark in draft.marks),
        notices=tuple(words for day, words in told if not day),
        merged=tuple(
            {"what": item["what"], "name": names.exercise(item["exercise"]), "day": str(DAYS[item["day"]])}
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
            _item(prescription, draft, name, number, entry, focus) for number, entry in enumerate(entries, start=1)
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


def _item(prescription: Prescription, draft: Draft, day: str, position: int, entry: Entry, focus: Focus) -> ItemView:
    names = prescription.names
    exercise = prescription.catalogue.get(entry.exercise)
    is_focus = (focus.day, focus.exercise) == (day, entry.exercise)
    form = focus.form if is_focus else None
    verdicts = _verdicts(prescription, exercise)
    allowance = form if isinstance(form, AllowanceForm) else _allowance(prescription, day, entry.exercise)
    return ItemView(
        entry=entry,
        day=day,
        position=position,
        last=position == len(draft.days[day]),
        name=names.exercise(entry.exercise),
        start_position=exercise.start_position.value if exercise else "any",
        dose=dose_words(entry.dose),
        cap=cap_in_words(entry.dose),
        minutes=tenths_of_minutes(entry_seconds(exercise.kind, entry.dose)) if exercise else 0.0,
        fields=tuple(_fields(day, entry, form)),
        reasons=tuple(_reasons(draft, day, entry, names)),
        state=_state(exercise, verdicts, entry),
        against=tuple(Told(verdict.rule, why_not(verdict.key, verdict.codes, names)) for verdict in verdicts),
        swaps=tuple(_swaps(prescription, draft, day, exercise)),
        permission=prescription.permissions.get(entry.exercise),
        allowance=allowance,
        errors=tuple(str(error) for error in form.non_field_errors()) if form else (),
        open=is_focus,
    )


def _verdicts(prescription: Prescription, exercise: Exercise | None) -> tuple[Verdict, ...]:
    profile = prescription.clinical.profile
    return judge(exercise, profile) if exercise and profile else ()


def _state(exercise: Exercise | None, verdicts: tuple[Verdict, ...], entry: Entry) -> str:
    if exercise is None:
        return "retired"
    hard = [verdict for verdict in verdicts if verdict.effect is not Effect.HELD]
    if hard and (not entry.by_hand_reason or any(verdict.effect is Effect.NOT_AT_HOME for verdict in hard)):
        return "excluded"
    if len(hard) < len(verdicts):
        return "held"
    return "reasoned" if hard else "ok"


def _fields(day: str, entry: Entry, form: forms.Form | None) -> Iterator[FieldView]:
    for name in fields_of(entry.dose):
        bound = form[name] if form is not None and name in form.fields else None
        low, high = RANGES[name]
        yield FieldView(
            name=name,
            id=f"{day}-{entry.exercise}-{name}",
            label=str(LABELS[name]),
            value=bound.value() if bound is not None else getattr(entry.dose, name),
            low=low,
            high=high,
            error=str(bound.errors[0]) if bound is not None and bound.errors else "",
        )


def _reasons(draft: Draft, day: str, entry: Entry, names: Names) -> Iterator[Told]:
    if entry.by_hand:
        yield Told(BY_HAND, entry.by_hand_reason)
        return
    swapped = next((s["from"] for s in draft.swaps if (s["day"], s["to"]) == (day, entry.exercise)), None)
    if swapped:
        yield Told("R17", sentence("R17", "swapped", {"to": entry.exercise}, names), names.exercise(swapped))
    seen: set[str] = set()
    for decision in draft.explanation:
        about = (decision["day"], decision["exercise"]) == (day, entry.exercise)
        if about and decision["key"] not in ("held", "needs-ok", *seen):
            seen.add(decision["key"])
            yield Told(decision["rule"], sentence(decision["rule"], decision["key"], decision["params"], names))


def _swaps(prescription: Prescription, draft: Draft, day: str, exercise: Exercise | None) -> Iterator[SwapChoice]:
    if exercise is None:
        return
    catalogue = prescription.catalogue
    candidates = [(slug, False) for slug in catalogue.easier_chain(exercise.slug)[:3]]
    harder = catalogue.get(exercise.harder) if exercise.harder else None
    candidates += [(harder.slug, True)] if harder else []
    for slug, is_harder in candidates:
        other = catalogue.get(slug)
        if other is not None and not draft.position(day, slug):
            verdicts = _verdicts(prescription, other)
            why = why_not(verdicts[0].key, verdicts[0].codes, prescription.names) if verdicts else ""
            yield SwapChoice(slug, other.name, is_harder, why)


def _allowance(prescription: Prescription, day: str, slug: str) -> AllowanceForm:
    permission = prescription.permissions.get(slug)
    today = today_of(prescription)
    initial = {}
    if permission is not None:
        until = permission.expires_at.astimezone(prescription.patient.zone).date() if permission.expires_at else None
        initial = {
            "rise_limit": permission.rise_limit,
            "centralising_ok": permission.centralising_ok,
            "expires_on": until,
        }
    return AllowanceForm(
        initial=initial, today=today, myelopathy=has_myelopathy(prescription), auto_id=f"id-{day}-{slug}-%s"
    )


def today_of(prescription: Prescription) -> date:
    """The patient's local date now."""
    return timezone.now().astimezone(prescription.patient.zone).date()


def has_myelopathy(prescription: Prescription) -> bool:
    """S23: is a cord compression code on?"""
    return bool(prescription.clinical.codes & MYELOPATHY)


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
