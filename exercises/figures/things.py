"""Furniture and aids as SVG: solids of the room as the camera sees them, and what the body holds."""

from collections.abc import Iterable
from math import atan2, degrees, hypot

from exercises.figures.camera import Camera, Flat, Seen
from exercises.figures.drawing import Shape, number, outline
from exercises.figures.figure import Figure
from exercises.figures.geometry import Vector
from exercises.figures.paint import EDGE, PAINTS
from exercises.figures.props import TIES, Solid, Tie


def props(figure: Figure, pen: float, *, front: bool = False, before: str = "") -> str:
    """The things behind the body, in front of it, or ``before`` one of its parts, from the farthest to the nearest."""
    camera = figure.camera
    here = [prop for prop in figure.props if prop.before == before]
    solids = [solid for prop in here for solid in prop.solids if before or solid.front == front]
    solids.sort(key=lambda solid: min(camera.depth(solid.one), camera.depth(solid.other)))
    return "".join(_solid(solid, camera, pen) for solid in solids)


def _paint(name: str, pen: float) -> str:
    return f'class="f-prop f-{name}" fill="{PAINTS[name][0]}" stroke="{EDGE}" stroke-width="{number(pen * 0.4)}"'


def _solid(solid: Solid, camera: Camera, pen: float) -> str:
    opacity = ' fill-opacity=".45"' if solid.paint == "water" else ""
    paint = f"{_paint(solid.paint, pen)}{opacity}"
    if solid.kind == "rod":
        (x, y), (to_x, to_y) = camera.flat(solid.one), camera.flat(solid.other)
        distance, turn = hypot(to_x - x, to_y - y), degrees(atan2(y - to_y, to_x - x))
        shape = Shape("", "bar" if distance > 0.1 else "disc", solid.paint, solid.radius, solid.radius)
        transform = f"translate({number(x)} {number(-y)})rotate({number(turn)})"
        return f'<path {paint} transform="{transform}" d="{outline(shape, distance)}"/>'
    outer = _hull([camera.flat(corner) for corner in corners(solid)])
    points = " ".join(f"{number(x)},{number(-y)}" for x, y in outer)
    return f'<polygon {paint} stroke-linejoin="round" points="{points}"/>'


def corners(solid: Solid) -> list[Vector]:
    """The four corners of a panel, or the eight of a box, or of the box whose ends a rod has."""
    one, other = solid.one, solid.other
    if solid.kind == "panel":
        return [(x, y, z) for x, z in ((one[0], one[2]), (other[0], other[2])) for y in (one[1], other[1])]
    return [(x, y, z) for x in (one[0], other[0]) for y in (one[1], other[1]) for z in (one[2], other[2])]


def _hull(points: Iterable[Flat]) -> list[Flat]:
    """The convex outline of some points."""
    ordered = sorted({(round(x, 2), round(y, 2)) for x, y in points})
    if len(ordered) < 3:
        return ordered

    def half(sequence: Iterable[Flat]) -> list[Flat]:
        line: list[Flat] = []
        for point in sequence:
            while len(line) > 1 and _turn(line[-2], line[-1], point) <= 0:
                line.pop()
            line.append(point)
        return line[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(a: Flat, b: Flat, c: Flat) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def tie_of(tie: Tie, camera: Camera, seen: Seen, pen: float) -> str:
    """What the body holds; it names its ends, so that a script can move it."""
    paint = TIES[tie.kind][0]
    x, y = seen.at[tie.one]
    end = seen.at[tie.other] if tie.other else (camera.flat(tie.fixed) if any(tie.fixed) else (x, y))
    distance, turn = hypot(end[0] - x, end[1] - y), degrees(atan2(y - end[1], end[0] - x))
    shape = Shape("", "bar" if distance > 0.1 else "disc", paint, tie.radius, tie.radius)
    other = tie.other or (f"{number(end[0])},{number(-end[1])}" if any(tie.fixed) else "")
    ends = f'data-t="{tie.one}" data-o="{other}" data-s="b{number(tie.radius)},{number(tie.radius)}"'
    return (
        f"<path {_paint(paint, pen)} {ends} "
        f'transform="translate({number(x)} {number(-y)})rotate({number(turn)})" d="{outline(shape, distance)}"/>'
    )
