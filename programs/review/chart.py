"""Pain over time as points in a picture: pure geometry, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

WIDTH, HEIGHT = 640, 220
"""Size of the picture in its own units."""
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 14, 30
TOP_SCORE = 10
MEDIAN_DAYS = 7


@dataclass(frozen=True)
class Reading:
    """Pain before the sessions of one day, spine and limb apart; None is missing."""

    on: date
    spine: int | None
    limb: int | None


@dataclass(frozen=True)
class Dot:
    """One reading in the picture."""

    x: float
    y: float
    score: int


@dataclass(frozen=True)
class Mark:
    """A labelled line at a date, such as a new revision."""

    x: float
    label: str


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its label."""

    at: float
    label: str


@dataclass(frozen=True)
class DateTick:
    """A date on the lower edge."""

    at: float
    on: date


@dataclass(frozen=True)
class Line:
    """One series: its dots, and the path of the median of the last seven days (gaps stay gaps)."""

    dots: tuple[Dot, ...]
    path: str
    first: float | None
    last: float | None


@dataclass(frozen=True)
class PainChart:
    """Everything that the picture and its table need."""

    readings: tuple[Reading, ...]
    spine: Line
    limb: Line
    scores: tuple[Tick, ...]
    dates: tuple[DateTick, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT


def pain_chart(readings: Sequence[Reading], marks: Sequence[tuple[date, str]]) -> PainChart | None:
    """The chart of ``readings`` in order of date; None where there is nothing to show."""
    if not readings:
        return None
    start, end = readings[0].on, max(readings[-1].on, readings[0].on + timedelta(days=13))
    days = (end - start).days

    def x(on: date) -> float:
        return round(LEFT + (on - start).days / days * (WIDTH - LEFT - RIGHT), 1)

    quarters = [start + timedelta(days=round(days * part / 4)) for part in range(5)]
    return PainChart(
        readings=tuple(readings),
        spine=_line([(r.on, x(r.on), r.spine) for r in readings]),
        limb=_line([(r.on, x(r.on), r.limb) for r in readings]),
        scores=tuple(Tick(_y(score), str(score)) for score in range(0, TOP_SCORE + 1, 2)),
        dates=tuple(DateTick(x(on), on) for on in quarters),
        marks=tuple(Mark(x(on), label) for on, label in marks if start <= on <= end),
    )


def _y(score: float) -> float:
    return round(TOP + (TOP_SCORE - score) / TOP_SCORE * (HEIGHT - TOP - BOTTOM), 1)


def _line(points: Sequence[tuple[date, float, int | None]]) -> Line:
    known = [(on, x, score) for on, x, score in points if score is not None]
    medians = [
        (on, x, median(s for d, _x, s in known if timedelta(0) <= on - d < timedelta(days=MEDIAN_DAYS)))
        for on, x, _score in known
    ]
    path, before = [], None
    for on, x, value in medians:
        joined = before is not None and on - before <= timedelta(days=MEDIAN_DAYS)
        path.append(f"{'L' if joined else 'M'}{x:g} {_y(value):g}")
        before = on
    return Line(
        dots=tuple(Dot(x, _y(score), score) for _on, x, score in known),
        path=" ".join(path),
        first=medians[0][2] if medians else None,
        last=medians[-1][2] if medians else None,
    )
