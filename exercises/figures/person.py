"""The person of a figure as SVG: the body with its outline, and the ghost of where it began."""

from collections.abc import Iterable, Sequence
from math import hypot

from exercises.figures import drawing
from exercises.figures.camera import Camera, Seen
from exercises.figures.drawing import Shape, number, paths
from exercises.figures.figure import Figure
from exercises.figures.paint import ACCENT, EDGE, GHOST, GHOST_FILL, PAINTS, SEAM
from exercises.figures.things import props

MOVED = 3.0
"""A part leaves a ghost where one of its points moved further than this, in centimetres."""
UNLINED = frozenset({"ink", "ear"})


def person(figure: Figure, seen: Seen, order: Sequence[str], pen: float, *, moves: bool = False) -> str:
    """The body: one outline around it all, then its parts from the farthest to the nearest.

    Each piece names its point and its radii, so that a script can move it; if it ``moves``, what the head hides now is
    there too.
    """
    far = far_limbs(order, figure.camera)
    edge, fill = [], []
    for part in order:
        pieces = [(shape, _place(shape, *at)) for shape, *at in paths(drawing.shapes_of(part, seen, whole=moves), seen)]
        fill.append(props(figure, pen, before=part))
        edge += [f"<path {at}/>" for shape, at in pieces if shape.paint not in UNLINED]
        if part.endswith("arm"):
            lines = "".join(f"<path {at}/>" for _shape, at in pieces)
            fill.append(
                f'<g class="f-seam" fill="none" stroke="{SEAM}" stroke-width="{number(pen * 0.75)}">{lines}</g>'
            )
        for shape, at in pieces:
            colour = _colour(shape, figure.accent, far=part in far)
            hidden = shape.point in drawing.FEATURES and not drawing.is_shown(shape.point, seen)
            opacity = ' opacity="0"' if hidden else ""
            fill.append(f'<path class="f-{shape.paint}" {at} fill="{colour}"{opacity}/>')
    outline = f'<g class="f-edge" fill="{EDGE}" stroke="{EDGE}" stroke-width="{number(pen)}">{"".join(edge)}</g>'
    return outline + "".join(fill)


def ghost(start: Seen, now: Seen, order: Iterable[str], pen: float) -> str:
    """The start as a pale shape with a dashed outline, of the parts that moved; empty where none did."""
    shapes: list[Shape] = []
    for part in order:
        found = [shape for shape in drawing.shapes_of(part, start) if shape.paint not in UNLINED]
        if any(_moved(start, now, shape.point) for shape in found):
            shapes += found
    drawn = "".join(f'<path transform="{at}" d="{path}"/>' for _shape, at, path in paths(shapes, start))
    if not drawn:
        return ""
    dashes = f"{number(pen * 1.8)} {number(pen * 1.4)}"
    return (
        f'<g class="f-ghost-edge" fill="none" stroke="{GHOST}" stroke-width="{number(pen * 1.2)}" '
        f'stroke-dasharray="{dashes}">{drawn}</g><g class="f-ghost" fill="{GHOST_FILL}">{drawn}</g>'
    )


def far_limbs(order: Sequence[str], camera: Camera) -> frozenset[str]:
    """The limbs of the far side; from the front and from behind neither side is far."""
    if abs(abs(camera.yaw) % 180 - 90) < 30:
        return frozenset()
    pairs = ((f"right.{limb}", f"left.{limb}") for limb in ("leg", "arm"))
    return frozenset(min(pair, key=order.index) for pair in pairs)


def _place(shape: Shape, transform: str, path: str) -> str:
    size = f"{shape.kind[0]}{number(shape.first)},{number(shape.last)}"
    return f'data-p="{shape.point}" data-s="{size}" transform="{transform}" d="{path}"'


def _colour(shape: Shape, accent: Iterable[str], *, far: bool) -> str:
    table = ACCENT if shape.point in accent and shape.paint in ACCENT else PAINTS
    return table[shape.paint][1 if far else 0]


def _moved(one: Seen, other: Seen, point: str) -> bool:
    (a, b), (c, d) = one.at[point], other.at[point]
    return hypot(a - c, b - d) > MOVED
