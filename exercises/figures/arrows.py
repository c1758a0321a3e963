"""The curved arrow that says where a movement goes."""

from collections.abc import Sequence
from math import atan2, cos, hypot, radians, sin

from exercises.figures.camera import Flat, Seen
from exercises.figures.drawing import number
from exercises.figures.figure import Arrow
from exercises.figures.frame import LINE
from exercises.figures.paint import MARK

SHORTEST = 0.08
"""An arrow is at least this long, as a share of the picture's width."""


def arrow_of(arrow: Arrow, path: Sequence[Seen], pen: float) -> str:
    """The arrow; ``path`` is the way from the start to the pose that the still picture shows."""
    points = list(arrow.through) if arrow.through else _followed(arrow, path, pen)
    if len(points) == 2:
        (a, b), (c, d) = points
        points = [points[0], ((a + c) / 2 + (d - b) * 0.18, (b + d) / 2 - (c - a) * 0.18), points[1]]
    (ax, ay), (bx, by), (cx, cy) = ((x, -y) for x, y in points)
    line = f"M{number(ax)} {number(ay)}Q{number(bx)} {number(by)} {number(cx)} {number(cy)}"
    heads = _head((bx, by), (cx, cy), pen * 4) + (_head((bx, by), (ax, ay), pen * 4) if arrow.both else "")
    return (
        f'<g class="f-arrow" fill="none" stroke="{MARK}" stroke-width="{number(pen * 1.9)}" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{line}"/><path d="{heads}"/></g>'
    )


def _followed(arrow: Arrow, path: Sequence[Seen], pen: float) -> list[Flat]:
    """The way of the point, long enough to be seen."""
    points = [seen.at[arrow.follow] for seen in path]
    first, middle, last = points[0], points[len(points) // 2], points[-1]
    size = hypot(last[0] - first[0], last[1] - first[1])
    grow = max(1.0, pen / LINE * SHORTEST / size) if size > 0.5 else 1.0
    x, y = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
    spread = [(x + (a - x) * grow + arrow.off[0], y + (b - y) * grow + arrow.off[1]) for a, b in (first, middle, last)]
    (ax, ay), (mx, my), (cx, cy) = spread
    return [(ax, ay), (2 * mx - (ax + cx) / 2, 2 * my - (ay + cy) / 2), (cx, cy)]


def _head(from_: Flat, to: Flat, size: float) -> str:
    turn = atan2(to[1] - from_[1], to[0] - from_[0])
    ends = [(to[0] - size * cos(turn + side), to[1] - size * sin(turn + side)) for side in (radians(32), radians(-32))]
    (ax, ay), (bx, by) = ends
    return f"M{number(ax)} {number(ay)}L{number(to[0])} {number(to[1])}L{number(bx)} {number(by)}"
