"""The read side of the public catalogue pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from exercises import access, catalogue, figure_pictures, words
from exercises.content import Dose, Severity
from exercises.forms import CatalogueFilter
from exercises.models import Exercise, ExerciseVersion
from stenosis_pt.dose_words import dose_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PER_PAGE = 30


@dataclass(frozen=True)
class Row:
    """One entry of the list."""

    slug: str
    name: str
    other_names: str
    regions: tuple[str, ...]
    kind: str
    position: str
    position_code: str
    kind_code: str
    equipment: str
    locked: bool
    picture: str | None
    """The address of the small picture; ``None`` leaves it to the start position."""


@dataclass(frozen=True)
class ListPage:
    """The catalogue list: the filter, the rows of one page, and how many there are in all."""

    filter: CatalogueFilter
    rows: tuple[Row, ...]
    page: "Page[Exercise]"
    total: int


@dataclass(frozen=True)
class DoseRow:
    """The dose of one severity in words; ``dose`` is None where the exercise is not used."""

    severity: str
    words: str
    times: int
    days: int
    cap: str
    used: bool


@dataclass(frozen=True)
class Neighbour:
    """An easier or harder version."""

    slug: str
    name: str


@dataclass(frozen=True)
class DetailPage:
    """All that the page of one exercise shows."""

    version: ExerciseVersion
    row: Row
    doses: tuple[DoseRow, ...]
    never_with: tuple[str, ...]
    ask_with: tuple[str, ...]
    locks: tuple[str, ...]
    bias: str
    easier: Neighbour | None
    harder: Neighbour | None
    figure: figure_pictures.FigureShown | None


def list_page(user: "User | AnonymousUser", data: object, number: str | None) -> ListPage:
    """The list for this person's catalogue: three queries whatever its length."""
    form = CatalogueFilter(data)  # type: ignore[arg-type]
    found = form.apply(access.browsable(user)).select_related("current")
    pages = Paginator(found, PER_PAGE)
    page = pages.get_page(number)
    rows = tuple(_row(access.with_exercise(exercise)) for exercise in page.object_list)
    return ListPage(form, rows, page, pages.count)


def detail_page(user: "User | AnonymousUser", version: ExerciseVersion) -> DetailPage:
    """The page of one exercise; ``version`` comes with its doses and picture."""
    statements = {item.code: item.statement for item in catalogue.precautions()}
    near = {
        exercise.slug: Neighbour(exercise.slug, exercise.current.name)
        for exercise in access.browsable(user)
        .filter(slug__in=[version.easier, version.harder])
        .select_related("current")
        if exercise.current
    }
    doses = {dose.severity: dose.as_content(per_side=version.per_side) for dose in version.doses.all()}
    return DetailPage(
        version=version,
        row=_row(version),
        doses=tuple(_dose_row(severity, doses.get(severity.value)) for severity in Severity),
        never_with=tuple(statements.get(code, code) for code in version.exclude),
        ask_with=tuple(statements.get(code, code) for code in version.clinician_ok),
        locks=tuple(str(words.LOCKS[lock]) for lock in version.as_content().locks),
        bias=str(words.BIASES[version.as_content().direction_bias]),
        easier=near.get(version.easier),
        harder=near.get(version.harder),
        figure=figure_pictures.shown(version),
    )


def _row(version: ExerciseVersion) -> Row:
    return Row(
        slug=version.exercise.slug,
        name=version.name,
        other_names=", ".join(version.other_names),
        regions=tuple(str(words.REGIONS[region]) for region in version.regions),
        kind=str(dict(words.KINDS).get(version.kind, version.kind)),  # type: ignore[call-overload]
        position=str(dict(words.POSITIONS).get(version.start_position, version.start_position)),  # type: ignore[call-overload]
        position_code=version.start_position,
        kind_code=version.kind,
        equipment=words.equipment_in_words(tuple(tuple(group) for group in version.equipment)),
        locked=bool(version.locks),
        picture=figure_pictures.url_of(version),
    )


def _dose_row(severity: Severity, dose: Dose | None) -> DoseRow:
    name = str(words.SEVERITIES[severity])
    if dose is None:
        return DoseRow(name, "", 0, 0, "", used=False)
    return DoseRow(
        name,
        dose_words(dose),
        dose.times_a_day,
        dose.days_a_week,
        words.cap_in_words(dose),
        used=True,
    )
