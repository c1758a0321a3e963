"""All that the prescriber's pages and changes start from, loaded once with a constant number of queries."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from accounts.models import Patient
from exercises.catalogue import catalogue_of, published_versions
from exercises.content import Catalogue
from exercises.figure_pictures import pictured
from exercises.models import ExerciseVersion
from programs.clinical import Clinical, load
from programs.models import EntryPermission, Program, ProgramDraft, ProgramRevision
from programs.prescribing.draft import Draft, from_json
from programs.prescribing.words import Names
from programs.revisions import current_revision


@dataclass(frozen=True)
class Prescription:
    """A patient with everything recorded for them: profile, draft, program in force, allowances."""

    patient: Patient
    versions: dict[str, ExerciseVersion]
    clinical: Clinical
    row: ProgramDraft | None
    revision: ProgramRevision | None
    program: Program | None
    permissions: dict[str, EntryPermission]

    @property
    def catalogue(self) -> Catalogue:
        """The clinic's catalogue."""
        return self.clinical.catalogue

    @cached_property
    def names(self) -> Names:
        """Names and statements."""
        return Names(self.catalogue)

    @cached_property
    def draft(self) -> Draft | None:
        """The draft as values."""
        return from_json(self.row.content) if self.row else None

    def picture_of(self, slug: str) -> str:
        """The address of the still picture of an exercise's version in force; empty where there is none."""
        version = self.versions.get(slug)
        return (pictured(version).url or "") if version else ""

    @property
    def profile_changed(self) -> bool:
        """Was the profile saved again after the draft was assembled?"""
        return bool(self.row and self.clinical.row and self.row.profile_version != self.clinical.row.version)


def load_prescription(patient: Patient) -> Prescription:
    """Everything for the prescriber's pages; thirteen queries at most, however many rows there are."""
    versions = published_versions(patient.clinic)
    return Prescription(
        patient=patient,
        versions=versions,
        clinical=load(patient, catalogue_of(versions)),
        row=ProgramDraft.objects.select_related("updated_by").filter(patient=patient).first(),
        revision=current_revision(patient),
        program=Program.objects.filter(patient=patient).first(),
        permissions={permission.exercise: permission for permission in _permissions(patient)},
    )


def _permissions(patient: Patient) -> QuerySet[EntryPermission]:
    return EntryPermission.objects.filter(patient=patient, withdrawn_at=None).select_related("set_by")
