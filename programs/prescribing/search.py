"""Finding an exercise to add by hand, with what speaks against it for this patient (X19)."""

from dataclasses import dataclass

from exercises.content import Exercise
from exercises.words import KINDS, POSITIONS
from programs.prescribing.assembling import start_dose
from programs.prescribing.forms import SearchForm
from programs.prescribing.item_page import Told
from programs.prescribing.state import Prescription
from programs.prescribing.words import why_not
from programs.rules.filters import Effect, judge
from stenosis_pt.dose_words import dose_words

MOST = 24
"""Results on one page; the search narrows further."""


@dataclass(frozen=True)
class Found:
    """An exercise of the catalogue, as this patient's rules see it."""

    exercise: Exercise
    meta: tuple[str, ...]
    dose: str
    picture: str
    days: tuple[str, ...]
    """Days of the draft that have it already."""
    against: tuple[Told, ...]
    needs_reason: bool
    held: bool
    never: bool


@dataclass(frozen=True)
class SearchPage:
    """The results of a search; ``more`` were left off."""

    prescription: Prescription
    version: int
    form: SearchForm
    found: tuple[Found, ...]
    more: int
    failed: str = ""
    """The slug of the exercise whose addition was refused."""
    add_form: object = None


def search_page(prescription: Prescription, form: SearchForm, failed: str = "", add_form: object = None) -> SearchPage:
    """The catalogue's exercises that match, those that suit this patient first; no further queries."""
    matching = [_found(prescription, exercise) for exercise in prescription.catalogue if form.matches(exercise)]
    matching.sort(key=lambda each: (each.exercise.slug != failed, each.never, each.needs_reason))
    return SearchPage(
        prescription=prescription,
        version=prescription.row.version if prescription.row else 0,
        form=form,
        found=tuple(matching[:MOST]),
        more=max(0, len(matching) - MOST),
        failed=failed,
        add_form=add_form,
    )


def _found(prescription: Prescription, exercise: Exercise) -> Found:
    profile, draft = prescription.clinical.profile, prescription.draft
    verdicts = judge(exercise, profile) if profile else ()
    effects = {verdict.effect for verdict in verdicts}
    return Found(
        exercise=exercise,
        meta=(str(KINDS[exercise.kind]), str(POSITIONS[exercise.start_position])),
        dose=dose_words(start_dose(exercise, profile.severity)) if profile and exercise.doses else "",
        picture=prescription.picture_of(exercise.slug),
        days=tuple(day for day in draft.days if draft.position(day, exercise.slug)) if draft else (),
        against=tuple(
            Told(verdict.rule, why_not(verdict.key, verdict.codes, prescription.names)) for verdict in verdicts
        ),
        needs_reason=bool(effects - {Effect.HELD}),
        held=Effect.HELD in effects,
        never=Effect.NOT_AT_HOME in effects or not exercise.doses,
    )
