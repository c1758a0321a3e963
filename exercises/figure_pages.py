"""The read side of the sheet on which clinicians look at all figures."""

from dataclasses import dataclass

from accounts.models import User
from exercises import access
from exercises.figure_pictures import FigureShown, shown, url_of
from exercises.models import Exercise, ExerciseVersion, FigureReview


@dataclass(frozen=True)
class SheetRow:
    """One exercise of the sheet: its stills, and the latest mark of this clinic on this very figure."""

    slug: str
    name: str
    number: int
    start: str | None
    end: str | None
    digest: str
    mark: FigureReview | None


@dataclass(frozen=True)
class Sheet:
    """All figures of the clinic's catalogue, and how many have been looked at."""

    rows: tuple[SheetRow, ...]
    fine: int
    to_change: int

    @property
    def left(self) -> int:
        """How many figures nobody of the clinic has marked yet."""
        return sum(1 for row in self.rows if row.end and row.mark is None)


def sheet(user: User) -> Sheet:
    """The sheet; three queries."""
    exercises = list(access.browsable(user).select_related("current"))
    marks: dict[str, FigureReview] = {}
    for mark in FigureReview.objects.filter(clinic_id=user.clinic_id).select_related("by").order_by("at", "id"):
        marks[mark.figure_hash] = mark
    rows = tuple(_row(exercise, number, marks) for number, exercise in enumerate(exercises, start=1))
    verdicts = [row.mark.verdict for row in rows if row.mark]
    return Sheet(rows, verdicts.count(FigureReview.Verdict.FINE), verdicts.count(FigureReview.Verdict.CHANGE))


@dataclass(frozen=True)
class ReviewPage:
    """One figure to be marked: the picture, and the marks that it got in this clinic, the latest first."""

    figure: FigureShown | None
    marks: tuple[FigureReview, ...]


def one(user: User, version: ExerciseVersion) -> ReviewPage:
    """The page of one figure."""
    found = FigureReview.objects.filter(clinic_id=user.clinic_id, figure_hash=version.figure_hash).select_related("by")
    return ReviewPage(shown(version), tuple(found.order_by("-at", "-id")) if version.figure_hash else ())


def _row(exercise: Exercise, number: int, marks: dict[str, FigureReview]) -> SheetRow:
    version = access.with_exercise(exercise)
    moves = bool(version.figure and version.figure.get("moves"))
    return SheetRow(
        slug=exercise.slug,
        name=version.name,
        number=number,
        start=url_of(version, "start") if moves else None,
        end=url_of(version),
        digest=version.figure_hash,
        mark=marks.get(version.figure_hash) if version.figure_hash else None,
    )
