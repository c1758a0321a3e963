"""A seen body as shapes: which parts there are, in what order they are painted, and their outlines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, sin

from exercises.figures import body
from exercises.figures.camera import PARENTS, Seen

PARTS = ("trunk", "head", *(f"{side}.{limb}" for side in body.SIDES for limb in ("leg", "arm")))


@dataclass(frozen=True)
class Shape:
    """A tapered, rounded piece from a point's parent to the point (``bar``), or a disc at the point."""

    point: str
    kind: str
    paint: str
    first: float
    last: float = 0.0


def shapes_of(part: str, seen: Seen, *, whole: bool = False) -> tuple[Shape, ...]:
    """The shapes of one part of the body, from back to front; ``whole`` has those that the body hides as well."""
    if part == "trunk":
        return _trunk(seen, whole=whole)
    if part == "head":
        return _head(seen, whole=whole)
    side, _, limb = part.partition(".")
    if limb == "leg":
        return (
            Shape(f"{side}.toe", "bar", "shoe", *body.TAPER["foot"]),
            Shape(f"{side}.ankle", "bar", "legs", *body.TAPER["shank"]),
            Shape(f"{side}.calf", "bar", "legs", 5.6, 5.4),
            Shape(f"{side}.knee", "bar", "legs", *body.TAPER["thigh"]),
        )
    return (
        Shape(f"{side}.thumb", "bar", "skin", 2.2, 1.6),
        Shape(f"{side}.hand", "bar", "skin", *body.TAPER["hand"]),
        Shape(f"{side}.wrist", "bar", "skin", *body.TAPER["forearm"]),
        Shape(f"{side}.elbow", "bar", "shirt", *body.TAPER["upper_arm"]),
    )


def _trunk(seen: Seen, *, whole: bool) -> tuple[Shape, ...]:
    half = seen.round
    return (
        Shape("skull", "bar", "skin", *body.TAPER["neck"]),
        Shape("seat", "disc", "legs", body.SEAT_ROUND),
        Shape("hips", "bar", "legs", half["pelvis"], half["hips"]),
        Shape("waist", "bar", "shirt", half["hips"] * 0.97, half["waist"]),
        Shape("ribs", "bar", "shirt", half["waist"], half["ribs"]),
        Shape("chest", "bar", "shirt", half["ribs"], half["chest"]),
        Shape("top", "bar", "shirt", half["chest"], half["top"]),
        *(Shape(f"{side}.shoulder", "bar", "shirt", *body.TAPER["shoulder"]) for side in body.SIDES),
        *(shape for name, shape in BLADES.items() if whole or is_shown(name, seen)),
    )


BLADES: Mapping[str, Shape] = {
    f"{side}.blade tip": Shape(f"{side}.blade tip", "bar", "ink", 0.6, 0.6) for side in body.SIDES
}
FACE: Mapping[str, tuple[str, Shape]] = {
    **{f"{side}.ear": (f"{side}.ear", Shape(f"{side}.ear", "disc", "ear", 2.1)) for side in body.SIDES},
    **{f"{side}.eye": (f"{side}.eye", Shape(f"{side}.eye", "disc", "ink", 1.05)) for side in body.SIDES},
    "lips": ("mouth", Shape("lips", "bar", "ink", 0.5, 0.5)),
    "smile": ("smile", Shape("smile", "bar", "ink", 0.5, 0.5)),
}
"""Pieces of the face that the head may hide, and the point that tells."""
FEATURES = (*FACE, *BLADES)
"""What may come into sight, or out of it, while the body moves."""


def is_shown(name: str, seen: Seen) -> bool:
    """Can this be seen? An ear may lie on the outline of the head, eyes and mouth may not; shoulder blades together."""
    if name in BLADES:
        return min(seen.depth["right.blade"], seen.depth["left.blade"]) > seen.depth["top"] + 5
    return seen.depth[FACE[name][0]] > seen.depth["head"] + (-1 if name.endswith("ear") else 1)


def _head(seen: Seen, *, whole: bool) -> tuple[Shape, ...]:
    hair, face = Shape("hair", "disc", "hair", body.HEAD), Shape("face", "disc", "skin", 8.7)
    looks_away = seen.depth["face"] < seen.depth["head"] - 1
    return (
        *((face, hair) if looks_away else (Shape("nose", "bar", "skin", 3.2, 1.2), hair, face)),
        *(shape for name, (_point, shape) in FACE.items() if whole or is_shown(name, seen)),
    )


def order_of(seen: Iterable[Seen], first: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts from the farthest to the nearest over all that was seen; ``first`` are painted before all others."""
    ends: Mapping[str, tuple[str, ...]] = {
        "trunk": ("waist", "chest"),
        "head": ("head",),
        **{f"{side}.leg": (f"{side}.hip", f"{side}.knee", f"{side}.ankle") for side in body.SIDES},
        **{f"{side}.arm": (f"{side}.shoulder", f"{side}.elbow", f"{side}.wrist") for side in body.SIDES},
    }
    looks = list(seen)

    def nearness(part: str) -> float:
        points = ends[part]
        return sum(one.depth[point] for one in looks for point in points) / (len(looks) * len(points))

    early = tuple(part for part in first if part in PARTS)
    rest = sorted((part for part in PARTS if part not in early), key=nearness)
    return (*early, *rest)


def outline(shape: Shape, distance: float) -> str:
    """The path of a shape that lies along x from 0 to ``distance``; a disc lies around 0."""
    first, last = shape.first, shape.last
    if shape.kind == "disc" or distance <= abs(first - last) + 0.05:
        at, radius = (distance, last) if shape.kind != "disc" and last > first else (0.0, first)
        r, wide = number(radius), number(2 * radius)
        return f"M{number(at - radius)} 0a{r} {r} 0 1 1 {wide} 0a{r} {r} 0 1 1 -{wide} 0z"
    tilt = asin((first - last) / distance)
    s, c = sin(tilt), cos(tilt)
    far, near = (0, 1) if tilt > 0 else (1, 0)
    x1, y1, x2, y2 = (number(value) for value in (first * s, first * c, distance + last * s, last * c))
    r1, r2, y1m, y2m = number(first), number(last), number(-first * c), number(-last * c)
    return f"M{x1} {y1m}L{x2} {y2m}A{r2} {r2} 0 {far} 1 {x2} {y2}L{x1} {y1}A{r1} {r1} 0 {near} 1 {x1} {y1m}z"


def place(shape: Shape, seen: Seen) -> tuple[float, float, float, float]:
    """x, y (down), turn in degrees and length of a shape in the picture."""
    x, y = seen.at[shape.point]
    if shape.kind == "disc":
        return x, -y, 0.0, 0.0
    from_x, from_y = seen.at[PARENTS[shape.point]]
    return from_x, -from_y, degrees(atan2(from_y - y, x - from_x)), hypot(x - from_x, y - from_y)


def paths(shapes: Iterable[Shape], seen: Seen) -> Iterator[tuple[Shape, str, str]]:
    """Each shape with its transform and its path."""
    for shape in shapes:
        x, y, turn, distance = place(shape, seen)
        yield shape, f"translate({number(x)} {number(y)})rotate({number(turn)})", outline(shape, distance)


def number(value: float) -> str:
    """A number as SVG writes it: one decimal, no needless sign or zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
