"""What stands around the body and what it holds: furniture and aids as simple solids of the room."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from exercises.figures.geometry import Vector
from exercises.figures.pose import FigureError


@dataclass(frozen=True)
class Solid:
    """A box between two corners, an upright panel between two of its own, or a rod of a radius between two points
    (a ball where they are one)."""

    kind: str
    one: Vector
    other: Vector
    paint: str
    radius: float = 0.0
    front: bool = False
    """Is it painted over the body?"""


@dataclass(frozen=True)
class Prop:
    """A thing of the room, as its solids."""

    kind: str
    solids: tuple[Solid, ...]
    before: str = ""
    """The part of the body that is painted over it; nothing leaves it behind, or in front of, the whole body."""


@dataclass(frozen=True)
class Tie:
    """Something that follows the body: a band, a strap, a stick or a pack, between two points or at one."""

    kind: str
    one: str
    other: str
    """A point of the body; empty where ``fixed`` is the other end."""
    fixed: Vector = (0.0, 0.0, 0.0)
    radius: float = 0.9
    front: bool = True


TIES: Mapping[str, tuple[str, float]] = {
    "band": ("band", 0.9),
    "strap": ("cloth", 1.1),
    "stick": ("wood", 1.3),
    "pack": ("warm", 4.5),
    "ice": ("cold", 4.5),
    "pillow": ("pillow", 6.0),
    "box": ("wood", 8.0),
}


def _box(x: float, y: float, z: float, to: Vector, paint: str, *, front: bool = False) -> Solid:
    return Solid("box", (x, y, z), to, paint, front=front)


def _rod(one: Vector, other: Vector, radius: float, paint: str, *, front: bool = False) -> Solid:
    return Solid("rod", one, other, paint, radius, front=front)


def _mat(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_box(x, y, -32, (x + size, y + 3, 32), "mat")]


def _bed(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    legs = [_box(left, 0, -40, (left + 6, 28, 40), "wood") for left in (x + 6, x + size - 12)]
    return [*legs, _box(x, 26, -45, (x + size, 34, 45), "wood"), _box(x + 1, 34, -44, (x + size - 1, 50, 44), "cloth")]


def _pillow(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    thick = float(given.get("thick", 5))
    return [_rod((x + thick, y + thick, 0), (x + size - thick, y + thick, 0), thick, "pillow")]


def _chair(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """Facing +x, or -x where ``back`` is at the right; ``size`` is the height of the seat."""
    right = bool(given.get("turned"))
    deep, wide = 44.0, 22.0

    def at(a: float, b: float) -> tuple[float, float]:
        return (x + deep - b, x + deep - a) if right else (x + a, x + b)

    def slab(a: float, b: float, low: float, high: float, z: tuple[float, float], *, front: bool = False) -> Solid:
        left, far = at(a, b)
        return _box(left, y + low, z[0], (far, y + high, z[1]), "wood", front=front)

    legs = [
        slab(a, a + 3.5, 0, size - 3, z) for a in (1.0, deep - 4.5) for z in ((-wide, -wide + 3.5), (wide - 3.5, wide))
    ]
    parts = [*legs, slab(0, deep, size - 4, size, (-wide, wide)), slab(0, 4, size, size + 46, (-wide, wide))]
    if given.get("arms"):
        parts += [
            slab(2, deep - 6, size + 20, size + 23, (wide - 1, wide + 2)),
            slab(deep - 10, deep - 7, size, size + 22, (wide - 1, wide + 2)),
        ]
    return parts


def _stool(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    legs = [_box(left, y, -16, (left + 3.5, y + size, 16), "wood") for left in (x + 2, x + 34.5)]
    return [*legs, _box(x, y + size - 4, -20, (x + 40, y + size, 20), "wood")]


def _wall(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_box(x, y, -60, (x + 6, y + size, 60), "wall")]


def _backdrop(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """A wall behind the body, as the front view sees it."""
    return [_box(-24, y, -size / 2, (-22, y + 195, size / 2), "wall")]


def _doorway(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """Across the way that the body faces, ``size`` wide."""
    half = size / 2
    return [
        _box(x, y, half, (x + 8, y + 200, half + 12), "wood"),
        _box(x, y, -half - 12, (x + 8, y + 200, -half), "wood"),
        _box(x, y + 196, -half - 12, (x + 8, y + 208, half + 12), "wood"),
    ]


def _corner(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """Two walls that meet at x, in front of the body, and come towards it on both sides."""
    return [
        Solid("panel", (x, y, 0), (x - size, y + 200, -size), "wall"),
        Solid("panel", (x, y, 0), (x - size, y + 200, size), "wall-2"),
    ]


def _counter(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [
        _box(x + 3, y, -40, (x + 47, y + size - 4, 40), "wall"),
        _box(x, y + size - 4, -42, (x + 50, y + size, 42), "wood"),
    ]


def _step(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_box(x, y, -25, (x + float(given.get("deep", 34)), y + size, 25), "wood")]


def _bar(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """Overhead, across the view."""
    return [
        _rod((x, y, -size / 2), (x, y, size / 2), 1.8, "metal"),
        *(_rod((x, 0, z), (x, y + 4, z), 2.2, "metal") for z in (-size / 2, size / 2)),
    ]


def _rail(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_rod((x, y, 22), (x + size, y, 22), 1.8, "metal", front=bool(given.get("front")))]


def _water(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_box(x, 0, 60, (x + size, y, 61), "water", front=True)]


def _board(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [
        _rod((x, y + 1, 0), (x, y + 1, 0), 9, "metal"),
        _box(x - size / 2, y + 9, -22, (x + size / 2, y + 12, 22), "wood"),
    ]


def _frame(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """Rods through the points of ``through``: bikes, trainers, trolleys."""
    points = [_vector(one) for one in given.get("through") or ()]
    if len(points) < 2:
        raise FigureError("A frame goes through two points or more.")
    paint, radius = str(given.get("paint", "metal")), float(given.get("radius", 2.2))
    front = bool(given.get("front"))
    return [_rod(one, other, radius, paint, front=front) for one, other in itertools.pairwise(points)]


def _wheel(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    return [_rod((x, y, 0), (x, y, 0), size, str(given.get("paint", "metal")), front=bool(given.get("front")))]


def _block(x: float, y: float, size: float, given: Mapping[str, Any]) -> list[Solid]:
    """A plain box: ``size`` wide, ``high`` high."""
    high = float(given.get("high", size))
    paint = str(given.get("paint", "wood"))
    return [
        _box(
            x,
            y,
            -float(given.get("half", 25)),
            (x + size, y + high, float(given.get("half", 25))),
            paint,
            front=bool(given.get("front")),
        )
    ]


Maker = Callable[[float, float, float, Mapping[str, Any]], list[Solid]]
PROPS: Mapping[str, tuple[Maker, float]] = {
    "mat": (_mat, 190),
    "bed": (_bed, 200),
    "pillow": (_pillow, 34),
    "chair": (_chair, 46),
    "stool": (_stool, 46),
    "wall": (_wall, 195),
    "backdrop": (_backdrop, 150),
    "corner": (_corner, 80),
    "doorway": (_doorway, 90),
    "counter": (_counter, 90),
    "step": (_step, 18),
    "bar": (_bar, 90),
    "rail": (_rail, 100),
    "water": (_water, 240),
    "board": (_board, 50),
    "frame": (_frame, 0),
    "wheel": (_wheel, 20),
    "block": (_block, 30),
}
"""Kind of prop to what makes it and its usual size, in centimetres."""
PAINTS = frozenset(
    {"mat", "cloth", "pillow", "wood", "wall", "wall-2", "metal", "water", "band", "warm", "cold", "skin", "ink"}
)


def read_prop(given: Any) -> Prop:
    """A prop of plain values. Raises FigureError for an unknown one."""
    if not isinstance(given, Mapping) or not isinstance(given.get("kind"), str) or given["kind"] not in PROPS:
        name = given.get("kind") if isinstance(given, Mapping) else given
        raise FigureError(f"{name!r} is no prop; there are {', '.join(PROPS)}.")
    make, usual = PROPS[given["kind"]]
    try:
        x, y, _z = _vector(given.get("at", [0, 0]))
        solids = make(x, y, float(given.get("size", usual)), given)
    except (TypeError, ValueError) as wrong:
        raise FigureError(f"{given['kind']}: {wrong}") from wrong
    wrong_paint = next((solid.paint for solid in solids if solid.paint not in PAINTS), None)
    if wrong_paint:
        raise FigureError(f"{given['kind']}: {wrong_paint!r} is no paint.")
    return Prop(given["kind"], tuple(solids), str(given.get("before", "")))


def read_tie(given: Any) -> Tie:
    """A tie of plain values. Raises FigureError for an unknown one."""
    if not isinstance(given, Mapping) or not isinstance(given.get("kind"), str) or given["kind"] not in TIES:
        name = given.get("kind") if isinstance(given, Mapping) else given
        raise FigureError(f"{name!r} is nothing that the body holds; there are {', '.join(TIES)}.")
    other = given.get("to", given.get("of"))
    try:
        fixed = (0.0, 0.0, 0.0) if isinstance(other, str) or other is None else _vector(other)
        radius = float(given.get("radius", TIES[given["kind"]][1]))
    except (TypeError, ValueError) as wrong:
        raise FigureError(f"{given['kind']}: {wrong}") from wrong
    return Tie(
        kind=given["kind"],
        one=str(given.get("of", "")),
        other=other if isinstance(other, str) else "",
        fixed=fixed,
        radius=radius,
        front=bool(given.get("front", True)),
    )


def _vector(given: Any) -> Vector:
    if not isinstance(given, list) or len(given) not in (2, 3):
        raise FigureError(f"{given!r} is no point.")
    x, y, z = (float(each) for each in [*given, 0.0][:3])
    return (x, y, z)
