"""The read side of the printed sheet: the program in force, exercise by exercise, with its pictures."""

from collections.abc import Iterable
from dataclasses import dataclass

from exercises.figure_pictures import Pictured, pictured, url_of
from exercises.models import ExerciseVersion
from programs.models import Lock, Program, ProgramItem
from programs.policies import blocked_items
from programs.prescribing.state import Prescription
from programs.prescribing.words import DAYS


@dataclass(frozen=True)
class SheetItem:
    """An exercise on paper; ``start`` is the address of the picture of its start, where it has one."""

    item: ProgramItem
    start: str | None
    picture: Pictured
    parts: tuple[str, ...]

    @property
    def version(self) -> ExerciseVersion:
        """What the program pins."""
        return self.item.version


@dataclass(frozen=True)
class SheetPage:
    """All that the sheet shows; no days where paper must not be handed out now, and why it is so."""

    prescription: Prescription
    days: tuple[tuple[str, tuple[SheetItem, ...]], ...] = ()
    left_out: int = 0
    held: bool = False


def sheet_page(prescription: Prescription) -> SheetPage:
    """The program in force on paper.

    Paper asks no questions: while a lock is open or the program is cut down nothing is printed, and what the present
    precautions hold back is left out (R12, HZ05).
    """
    patient, revision, program = prescription.patient, prescription.revision, prescription.program
    if revision is None:
        return SheetPage(prescription)
    cut = program is not None and program.restricted_to != Program.Restriction.NONE
    if cut or patient.is_discharged or Lock.objects.filter(patient=patient, released_at__isnull=True).exists():
        return SheetPage(prescription, held=True)
    profile = prescription.clinical.profile
    blocked = {item.exercise for item in blocked_items(revision, profile, prescription.catalogue)} if profile else set()
    shown = [item for item in revision.items.all() if item.exercise not in blocked]
    days = ((str(title), tuple(_of_day(shown, day))) for day, title in DAYS.items())
    return SheetPage(prescription, tuple((title, items) for title, items in days if items), len(blocked))


def _of_day(items: Iterable[ProgramItem], day: str) -> Iterable[SheetItem]:
    for item in items:
        if item.day == day:
            parts = tuple(part["name"] for part in item.parts or ())
            yield SheetItem(item, start_of(item.version), pictured(item.version), parts)


def start_of(version: ExerciseVersion) -> str | None:
    """The picture of the start, beside a figure that moves; an uploaded picture stands alone."""
    moves = version.figure is not None and bool(version.figure.get("moves"))
    return url_of(version, "start") if moves and not version.picture_id else None
