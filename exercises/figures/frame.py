"""What of the room a figure's picture shows, in the aspect of all figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.figures.camera import Seen
from exercises.figures.figure import Figure
from exercises.figures.things import corners

ASPECT = 4 / 3
MARGIN = 9.0
LINE = 2.2 / 210
"""The width of the body's outline, as a share of the picture's width."""
ENDLESS = frozenset({"wall", "wall-2", "water"})
"""Paints of what may go on beyond the picture."""


@dataclass(frozen=True)
class Frame:
    """Left, top, width and height in the units of the picture, whose y points down."""

    left: float
    top: float
    wide: float
    high: float

    @property
    def pen(self) -> float:
        """The width of the body's outline."""
        return self.wide * LINE


def frame_of(figure: Figure, path: Sequence[Seen]) -> Frame:
    """Around all that is seen on the way, or as the figure crops it; wider or higher where the aspect asks for it."""
    left, bottom, right, top = figure.crop or _around(figure, path)
    wide, high = right - left, top - bottom
    if wide < high * ASPECT:
        return Frame(left - (high * ASPECT - wide) / 2, -top, high * ASPECT, high)
    return Frame(left, -top - (wide / ASPECT - high) * (0.5 if figure.crop else 0.75), wide, wide / ASPECT)


def _around(figure: Figure, path: Sequence[Seen]) -> tuple[float, float, float, float]:
    points = [point for seen in path for point in seen.at.values()]
    solids = [solid for prop in figure.props for solid in prop.solids if solid.paint not in ENDLESS]
    points += [figure.camera.flat(corner) for solid in solids for corner in corners(solid)]
    points += [point for arrow in figure.arrows for point in arrow.through]
    for arrow in filter(lambda one: one.follow, figure.arrows):
        points += [(x + arrow.off[0], y + arrow.off[1]) for x, y in (seen.at[arrow.follow] for seen in path)]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN + 4
