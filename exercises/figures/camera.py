"""The body as a viewer sees it: points of the room in the picture's plane, and how round the trunk looks from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from exercises.figures import body
from exercises.figures.geometry import Matrix, Vector, about_x, about_y, dot, product, turned, within
from exercises.figures.kinematics import TRUNK_FRAMES, Body

Flat = tuple[float, float]

PARENTS: Mapping[str, str] = {
    "hips": "pelvis",
    "waist": "hips",
    "ribs": "waist",
    "chest": "ribs",
    "top": "chest",
    "nape": "top",
    "skull": "nape",
    "head": "skull",
    "seat": "pelvis",
    **dict.fromkeys(("face", "hair", "right.eye", "left.eye", "right.ear", "left.ear", "mouth"), "head"),
    "nose": "face",
    "lips": "mouth",
    "smile": "lips",
    **{f"{side}.hip": "pelvis" for side in body.SIDES},
    **{f"{side}.knee": f"{side}.hip" for side in body.SIDES},
    **{f"{side}.calf": f"{side}.knee" for side in body.SIDES},
    **{f"{side}.ankle": f"{side}.knee" for side in body.SIDES},
    **{f"{side}.heel": f"{side}.ankle" for side in body.SIDES},
    **{f"{side}.toe": f"{side}.heel" for side in body.SIDES},
    **{f"{side}.shoulder": "top" for side in body.SIDES},
    **{f"{side}.blade": "top" for side in body.SIDES},
    **{f"{side}.blade tip": f"{side}.blade" for side in body.SIDES},
    **{f"{side}.elbow": f"{side}.shoulder" for side in body.SIDES},
    **{f"{side}.wrist": f"{side}.elbow" for side in body.SIDES},
    **{f"{side}.hand": f"{side}.wrist" for side in body.SIDES},
    **{f"{side}.thumb": f"{side}.wrist" for side in body.SIDES},
}
"""Each point that is drawn, and the point that it hangs on; parents come first."""
POINTS = ("pelvis", *PARENTS)

FACE: Mapping[str, Vector] = {
    "face": (2.0, -1.4, 0),
    "hair": (-1.1, 1.3, 0),
    "right.eye": (9.0, 0.6, 3.6),
    "left.eye": (9.0, 0.6, -3.6),
    "right.ear": (-0.6, -1.6, 9.3),
    "left.ear": (-0.6, -1.6, -9.3),
    "nose": (11.3, -2.4, 0),
    "mouth": (8.4, -5.2, 2.6),
    "lips": (9.4, -6.3, 0),
    "smile": (8.4, -5.2, -2.6),
}
"""Points of the face from the middle of the head."""


@dataclass(frozen=True)
class Camera:
    """An orthographic view. ``yaw`` 0 sees the right side of a figure that faces right, 90 its face; ``pitch`` looks
    down from above."""

    yaw: float = 0.0
    pitch: float = 0.0

    @property
    def axes(self) -> Matrix:
        """The picture's right, the picture's up, and towards the viewer."""
        frame = product(about_y(self.yaw), about_x(-self.pitch))
        return (turned(frame, (1, 0, 0)), turned(frame, (0, 1, 0)), turned(frame, (0, 0, 1)))

    def flat(self, point: Vector) -> Flat:
        """Where a point of the room is in the picture; y is up."""
        right, up, _ = self.axes
        return (dot(right, point), dot(up, point))

    def depth(self, point: Vector) -> float:
        """How near a point is; greater is nearer."""
        return dot(self.axes[2], point)


@dataclass(frozen=True)
class Seen:
    """A posed body in the picture: its points, their depth, and the trunk's half widths at its points."""

    at: Mapping[str, Flat]
    depth: Mapping[str, float]
    round: Mapping[str, float]


def look(found: Body, camera: Camera) -> Seen:
    """The body through the camera."""
    room = _points(found)
    return Seen(
        {name: camera.flat(room[name]) for name in POINTS},
        {name: camera.depth(room[name]) for name in POINTS},
        {name: _half(found, name, camera) for name in body.ROUND},
    )


def _points(found: Body) -> dict[str, Vector]:
    tip = body.SPINE["head"].tip
    room = dict(found.points)
    for name, offset in FACE.items():
        room[name] = found.end("head", (tip[0] + offset[0], tip[1] + offset[1], tip[2] + offset[2]))
    room["head"] = found.end("head", tip)
    room["seat"] = found.end("pelvis", body.SEAT)
    for side in body.SIDES:
        out = 1 if side == "right" else -1
        inward = found.pose.of("squeeze", 0 if side == "right" else 1) * 0.8
        room[f"{side}.blade"] = found.end("chest_high", (-9, 5, out * (7.5 - inward)))
        room[f"{side}.blade tip"] = found.end("chest_high", (-10, -6, out * (9.5 - inward)))
        room[f"{side}.calf"] = found.end(f"{side}.shank", (-1.4, -13, 0))
        room[f"{side}.thumb"] = found.end(f"{side}.hand", (3.6, -5.2, 0))
    return room


def _half(found: Body, name: str, camera: Camera) -> float:
    """Half the width of the trunk at a point, across the picture's direction of its segment."""
    wide, deep = body.ROUND[name]
    deep += found.pose.of("belly") if name in {"waist", "ribs"} else 0.0
    frame = found.joints[TRUNK_FRAMES[name]][1]
    x, y, z = (within(camera.axes, axis) for axis in frame)
    along = hypot(y[0], y[1])
    across = (-y[1] / along, y[0] / along) if along > 0.05 else (1.0, 0.0)
    return hypot(deep * (x[0] * across[0] + x[1] * across[1]), wide * (z[0] * across[0] + z[1] * across[1]))
