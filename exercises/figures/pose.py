"""A pose as it is written down: joint angles, where the body rests, and what hands and feet reach for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exercises.figures.body import CENTRED, LIMITS, SIDES
from exercises.figures.geometry import Vector, mix, mixed

SUPPORTS = ("none", "feet", "seat", "knees", "back", "lying")
"""What the body rests on: its own ``at``; the lowest foot; the seat; the lowest knee; pelvis and upper back both; the
lowest of the trunk."""
ENDS = ("hand", "foot")
PLACEMENT = ("lean", "roll", "heading")


class FigureError(ValueError):
    """What is wrong with a figure's data, naming the pose and the joint."""


@dataclass(frozen=True)
class Reach:
    """Where a hand's or a foot's joint goes: a point of the room, or one of the body with an offset from it."""

    to: Vector
    of: str = ""
    pole: Vector = (0.0, 0.0, 0.0)
    """Where elbow or knee points; nothing leaves it to its habit (elbows down, knees forward)."""
    flat: float | None = None
    """The slope of the sole or of the palm in the room, 0 for flat; ``None`` keeps the ankle's or the wrist's angle."""


@dataclass(frozen=True)
class Pose:
    """One position of the body. ``angles`` maps a joint to its values, one, or right and left."""

    lean: float = 90.0
    """The direction from pelvis to head in the side view: 90 upright, 180 on the back, 0 face down."""
    roll: float = 0.0
    heading: float = 0.0
    at: Vector = (0.0, 95.0, 0.0)
    support: str = "feet"
    height: float = 0.0
    angles: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    anchor: str = ""
    """A point of the body that stays in the room where the first pose has it."""
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    """Of ``right.hand``, ``left.foot`` and so on."""

    def of(self, joint: str, side: int = 0) -> float:
        """A joint's value; ``side`` 0 is right."""
        return self.angles.get(joint, (0.0, 0.0))[side]


def read_pose(name: str, given: Mapping[str, Any], base: Pose | None = None) -> Pose:
    """The pose of plain values, on top of ``base``. Raises FigureError for anything unknown."""
    pose = base or Pose()
    angles, reaches, other = dict(pose.angles), dict(pose.reaches), dict[str, Any]()
    for key, value in given.items():
        if key in LIMITS:
            angles[key] = _both(name, key, value)
        elif key in PLACEMENT or key == "height":
            other[key] = _number(name, key, value)
        elif key == "at":
            other[key] = _vector(name, key, value)
        elif key == "support":
            if not isinstance(value, str) or value not in SUPPORTS:
                raise FigureError(f"Pose {name}: {value!r} is no support; there are {', '.join(SUPPORTS)}.")
            other[key] = value
        elif key.rpartition(".")[2] in ENDS:
            _reaches(name, key, value, reaches)
        elif key == "anchor":
            other[key] = str(value)
        elif key != "from":
            raise FigureError(f"Pose {name}: {key!r} is no joint and no other part of a pose.")
    return replace(pose, angles=angles, reaches=reaches, **other)


def between(one: Pose, other: Pose, share: float) -> Pose:
    """A pose on the way: angles, places and what is reached for, each ``share`` of its way."""
    names = {**one.angles, **other.angles}
    reaches = {
        end: _reach_between(one.reaches[end], other.reaches[end], share)
        for end in one.reaches.keys() & other.reaches.keys()
    }
    return Pose(
        lean=mix(one.lean, other.lean, share),
        roll=mix(one.roll, other.roll, share),
        heading=mix(one.heading, other.heading, share),
        at=mixed(one.at, other.at, share),
        support=one.support if share < 1 else other.support,
        height=mix(one.height, other.height, share),
        anchor=other.anchor or one.anchor,
        angles={
            name: (mix(one.of(name), other.of(name), share), mix(one.of(name, 1), other.of(name, 1), share))
            for name in names
        },
        reaches=reaches,
    )


def _reach_between(one: Reach, other: Reach, share: float) -> Reach:
    return Reach(
        to=mixed(one.to, other.to, share),
        of=one.of if share < 1 else other.of,
        pole=mixed(one.pole, other.pole, share),
        flat=None if one.flat is None or other.flat is None else mix(one.flat, other.flat, share),
    )


def _reaches(pose: str, key: str, value: Any, into: dict[str, Reach]) -> None:
    side, _, end = key.rpartition(".")
    if side and side not in SIDES:
        raise FigureError(f"Pose {pose}: {key!r} is no hand or foot.")
    for one in (side,) if side else SIDES:
        if value is None:
            into.pop(f"{one}.{end}", None)
        else:
            into[f"{one}.{end}"] = _reach(pose, key, value, mirrored=not side and one == "left")


def _reach(pose: str, key: str, value: Any, *, mirrored: bool) -> Reach:
    if not isinstance(value, Mapping) or not set(value) <= {"to", "of", "pole", "flat"}:
        raise FigureError(f"Pose {pose}: {key} needs to, and may have of, pole and flat.")
    to = _vector(pose, key, value.get("to", [0, 0, 0]))
    pole = _vector(pose, key, value.get("pole", [0, 0, 0]))
    of = str(value.get("of", ""))
    if mirrored:
        to, pole, of = _other_side(to), _other_side(pole), of.replace("right.", "left.")
    flat = value.get("flat")
    return Reach(to, of, pole, None if flat is None else _number(pose, key, flat))


def _other_side(v: Vector) -> Vector:
    return (v[0], v[1], -v[2])


def _both(pose: str, key: str, value: Any) -> tuple[float, float]:
    if isinstance(value, list) and len(value) == 2 and key not in CENTRED:
        return (_number(pose, key, value[0]), _number(pose, key, value[1]))
    single = _number(pose, key, value)
    return (single, single)


def _number(pose: str, key: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1000 < value < 1000:
        raise FigureError(f"Pose {pose}: {key} cannot be {value!r}.")
    return float(value)


def _vector(pose: str, key: str, value: Any) -> Vector:
    if not isinstance(value, list) or len(value) not in (2, 3):
        raise FigureError(f"Pose {pose}: {key} needs two or three numbers, and has {value!r}.")
    x, y, z = (_number(pose, key, each) for each in [*value, 0.0][:3])
    return (x, y, z)
