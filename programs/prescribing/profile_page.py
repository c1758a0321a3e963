"""The read side of the profile page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Patient
from exercises.catalogue import catalogue_for
from exercises.content import Catalogue, Precaution, Region, Severity
from exercises.words import SEVERITIES
from programs.clinical import Clinical, load
from programs.models import ClinicalProfile, PatientPrecaution, ProgramDraft, ProgramRevision
from programs.policies import blocked_items
from programs.prescribing.profile_form import ProfileForm
from programs.prescribing.support import FIELDS, Pointer, pointers
from programs.prescribing.themes import themes
from programs.prescribing.words import Names, why_not
from programs.revisions import current_revision
from programs.rules.filters import Effect
from programs.rules.severity import bands, r3_mismatches, r9_reconfirm_due
from programs.wording.assembly import band_words, mismatch_words


@dataclass(frozen=True)
class PrecautionRow:
    """One precaution with its tick-box, and since when and by whom it is on."""

    precaution: Precaution
    number: int
    checked: bool
    since: datetime | None
    by: str


@dataclass(frozen=True)
class ThemeRows:
    """A group of precautions; ``count`` of them are on."""

    title: str
    rows: tuple[PrecautionRow, ...]

    @property
    def count(self) -> int:
        """How many of the group are ticked."""
        return sum(row.checked for row in self.rows)


@dataclass(frozen=True)
class SeverityChoice:
    """A severity with its definitions (R4, R7)."""

    value: Severity
    name: str
    definitions: tuple[str, ...]
    pointed: tuple[Pointer, ...]
    """R5: the recorded numbers that point to it."""
    checked: bool


@dataclass(frozen=True)
class BlockedRow:
    """R12, HZ05: entries of the program in force that must not start now, and why."""

    names: tuple[str, ...]
    rule: str
    why: str
    held: bool


@dataclass(frozen=True)
class ProfilePage:
    """All that the profile page shows."""

    patient: Patient
    clinical: Clinical
    form: ProfileForm
    severities: tuple[SeverityChoice, ...]
    themes: tuple[ThemeRows, ...]
    history: tuple[PatientPrecaution, ...]
    mismatches: tuple[str, ...]
    """R3, in words."""
    off_the_lines: tuple[Pointer, ...]
    """R5: recorded numbers that point to no severity."""
    severity_due: bool
    """R9."""
    blocked: tuple[BlockedRow, ...]
    revision: ProgramRevision | None
    has_draft: bool


@dataclass(frozen=True)
class ProfileState:
    """What is stored, loaded once for the form, the page and the save."""

    catalogue: Catalogue
    clinical: Clinical


def load_state(patient: Patient) -> ProfileState:
    """The catalogue and the patient's clinical state; six queries."""
    catalogue = catalogue_for(patient.clinic)
    return ProfileState(catalogue, load(patient, catalogue))


def profile_page(patient: Patient, state: ProfileState, form: ProfileForm) -> ProfilePage:
    """The page for a form, bound or not; a constant number of queries."""
    clinical, row = state.clinical, state.clinical.row
    history = tuple(
        PatientPrecaution.objects.filter(patient=patient).select_related("on_by", "off_by").order_by("-on_at", "code")
    )
    revision = current_revision(patient)
    pointed = pointers({name: form[name].value() for name in FIELDS})
    return ProfilePage(
        patient=patient,
        clinical=clinical,
        form=form,
        severities=_severities(form, pointed),
        themes=_themes(form, state.catalogue, history),
        history=history,
        mismatches=severity_mismatches(row) if row else (),
        off_the_lines=tuple(pointer for pointer in pointed if pointer.severity is None),
        severity_due=bool(row and severity_due(patient, row)),
        blocked=blocked_rows(clinical, revision),
        revision=revision,
        has_draft=ProgramDraft.objects.filter(patient=patient).exists(),
    )


def severity_mismatches(row: ClinicalProfile) -> tuple[str, ...]:
    """R3: in words, where the recorded numbers suggest another severity. It warns and never chooses."""
    pains = [pain for pain in (row.usual_spine, row.usual_limb) if pain is not None]
    regions = [Region(region) for region in row.regions]
    found = r3_mismatches(
        regions,
        Severity(row.severity),
        pain=max(pains, default=None),
        walking_minutes=row.walking_minutes if Region.LUMBAR in regions else None,
    )
    return tuple(mismatch_words(found))


def severity_due(patient: Patient, row: ClinicalProfile) -> bool:
    """R9: is the severity to be confirmed again, by the patient's calendar?"""
    zone = patient.zone
    return r9_reconfirm_due(row.severity_confirmed_at.astimezone(zone).date(), timezone.now().astimezone(zone).date())


def blocked_rows(clinical: Clinical, revision: ProgramRevision | None) -> tuple[BlockedRow, ...]:
    """R12, HZ05: what of the program in force is excluded or held by the precautions as they are now."""
    if revision is None or clinical.profile is None:
        return ()
    names = Names(clinical.catalogue)
    groups: dict[tuple[str, str, Effect, tuple[str, ...]], list[str]] = {}
    for item in blocked_items(revision, clinical.profile, clinical.catalogue):
        groups.setdefault((item.rule, item.key, item.effect, item.codes), []).append(names.exercise(item.exercise))
    return tuple(
        BlockedRow(tuple(found), rule, why_not(key, codes, names), effect is Effect.HELD)
        for (rule, key, effect, codes), found in groups.items()
    )


def _severities(form: ProfileForm, pointed: tuple[Pointer, ...]) -> tuple[SeverityChoice, ...]:
    chosen = form["severity"].value()
    return tuple(
        SeverityChoice(
            level,
            str(SEVERITIES[level]),
            _definitions(level),
            tuple(pointer for pointer in pointed if pointer.severity is level),
            chosen == level.value,
        )
        for level in Severity
    )


def _definitions(level: Severity) -> tuple[str, ...]:
    """R4 and R7, as the rules have them."""
    groups = ((_("Low back"), Region.LUMBAR, "R4"), (_("Neck, upper back"), Region.CERVICAL, "R7"))
    return tuple(
        _("%(where)s: %(signs)s (%(rule)s)")
        % {
            "where": where,
            "signs": "; ".join(part for band in bands(region) if band.severity is level for part in band_words(band)),
            "rule": rule,
        }
        for where, region, rule in groups
    )


def _themes(form: ProfileForm, catalogue: Catalogue, history: Iterable[PatientPrecaution]) -> tuple[ThemeRows, ...]:
    checked = set(form["precautions"].value() or ())
    on = {row.code: row for row in history if row.off_at is None}
    number = 0
    groups = []
    for theme in themes(catalogue.precautions):
        rows = []
        for precaution in theme.precautions:
            row = on.get(precaution.code)
            by = str(row.on_by) if row and row.on_by else ""
            rows.append(PrecautionRow(precaution, number, precaution.code in checked, row.on_at if row else None, by))
            number += 1
        groups.append(ThemeRows(theme.title, tuple(rows)))
    return tuple(groups)
