"""A patient's clinical state as the rules read it, loaded with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from accounts.models import Patient
from exercises.content import Catalogue
from programs.models import ClinicalProfile, PatientPrecaution, TickedEntry
from programs.rules.profile import NO_HOUSEHOLD, Profile


@dataclass(frozen=True)
class Clinical:
    """What is recorded of a patient: the profile row, the open precautions, the OKs that stand."""

    row: ClinicalProfile | None
    codes: frozenset[str]
    """As recorded, without the codes that they imply (X2)."""
    ticks: tuple[TickedEntry, ...]
    catalogue: Catalogue

    @cached_property
    def profile(self) -> Profile | None:
        """The profile for the rules, with the OKs and the codes that each covers; ``None`` before there is a row."""
        return rule_profile(self.row, self.codes, self.ticks) if self.row else None


def load(patient: Patient, catalogue: Catalogue) -> Clinical:
    """The patient's clinical state; three queries."""
    return Clinical(
        row=ClinicalProfile.objects.select_related("updated_by").filter(patient=patient).first(),
        codes=open_codes(patient),
        ticks=tuple(
            TickedEntry.objects.filter(patient=patient, withdrawn_at__isnull=True)
            .select_related("ticked_by")
            .order_by("ticked_at", "id")
        ),
        catalogue=catalogue,
    )


def open_codes(patient: Patient) -> frozenset[str]:
    """The precaution codes that are on, as recorded; one query."""
    rows = PatientPrecaution.objects.filter(patient=patient, off_at__isnull=True)
    return frozenset(rows.values_list("code", flat=True))


def rule_profile(row: ClinicalProfile, codes: Iterable[str], ticks: Iterable[TickedEntry]) -> Profile:
    """The stored profile as the rules read it (X1, X3). X6: an OK covers the codes of its own moment only."""
    equipment = [*row.equipment] if row.household_equipment else [NO_HOUSEHOLD, *row.equipment]
    profile = Profile.from_given(
        {
            "regions": row.regions,
            "severity": row.severity,
            "precautions": sorted(codes),
            "equipment": equipment or None,
            "minutes": row.minutes,
            "helps": list(row.helps),
            "mjoa": row.mjoa,
            "specialist_agreement": row.specialist_agreement,
            "specialist_reason_against_surgery": row.specialist_reason_against_surgery,
            "direction_preference": row.direction_preference or None,
        }
    )
    covered = {tick.exercise: frozenset(tick.codes) for tick in ticks}
    return replace(profile, ok=frozenset(covered), ok_codes=covered)
