"""The read side of one entry of the draft: its dose, why it is there, what may take its place, what is allowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils import timezone

from exercises.content import Exercise
from exercises.words import cap_in_words
from programs.models import EntryPermission
from programs.precautions import MYELOPATHY
from programs.prescribing.assembling import BY_HAND
from programs.prescribing.block import part_choices
from programs.prescribing.draft import Draft, Entry
from programs.prescribing.forms import LABELS, AllowanceForm
from programs.prescribing.limits import RANGES, fields_of
from programs.prescribing.state import Prescription
from programs.prescribing.words import Names, origin_words, sentence, why_not
from programs.rules.filters import Effect, Verdict, judge
from programs.rules.timing import entry_seconds, tenths_of_minutes
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
class PartView:
    """X19: an exercise that may be part of a core block; ``why`` it cannot be, where it cannot."""

    slug: str
    name: str
    chosen: bool
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
    picture: str
    """The address of the picture of the version in force; empty where there is none."""
    dose: str
    cap: str
    origin: str
    minutes: float
    fields: tuple[FieldView, ...]
    reasons: tuple[Told, ...]
    state: str
    against: tuple[Told, ...]
    swaps: tuple[SwapChoice, ...]
    parts: tuple[PartView, ...]
    permission: EntryPermission | None
    allowance: AllowanceForm
    errors: tuple[str, ...]
    open: bool

    @property
    def id(self) -> str:
        """Names the entry in the page."""
        return f"{self.day}-{self.entry.exercise}"


@dataclass(frozen=True)
class Focus:
    """What was just changed, so that the page can open there; ``form`` when it was refused."""

    day: str = ""
    exercise: str = ""
    form: forms.Form | None = None
    said: str = ""


def item_view(
    prescription: Prescription, draft: Draft, day: str, position: int, entry: Entry, focus: Focus
) -> ItemView:
    """One entry of the draft as the builder shows it: its dose, what speaks against it, and the form that is open."""
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
        picture=prescription.picture_of(entry.exercise),
        dose=dose_words(entry.dose),
        cap=cap_in_words(entry.dose),
        origin=origin_words(entry),
        minutes=tenths_of_minutes(entry_seconds(exercise.kind, entry.dose)) if exercise else 0.0,
        fields=tuple(_fields(day, entry, form)),
        reasons=tuple(_reasons(draft, day, entry, names)),
        state=_state(exercise, verdicts, entry),
        against=tuple(Told(verdict.rule, why_not(verdict.key, verdict.codes, names)) for verdict in verdicts),
        swaps=tuple(_swaps(prescription, draft, day, exercise)),
        parts=tuple(
            PartView(
                part.slug,
                names.exercise(part.slug),
                part.chosen,
                why_not(part.key, part.codes, names) if part.rule else "",
            )
            for part in part_choices(entry, prescription.clinical.profile, prescription.catalogue)
        ),
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
