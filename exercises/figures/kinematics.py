"""From a pose to where every part of the body is: forward kinematics, and two-bone reaching for hands and feet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import acos, atan2, degrees, hypot, radians, tan

from exercises.figures import body
from exercises.figures.geometry import (
    UP,
    Matrix,
    Vector,
    about_y,
    about_z,
    add,
    angles_of,
    cross,
    dot,
    length,
    product,
    rotation,
    scale,
    sub,
    turned,
    unit,
    within,
)
from exercises.figures.pose import FigureError, Pose, Reach

Joint = tuple[Vector, Matrix]
"""Where a segment begins, and how it is turned."""
LYING_FOREARM = 0.7
"""From this share of its length in the level on, a flat hand goes on as the forearm goes; else towards the head."""
TRUNK_POINTS = ("pelvis", "hips", "waist", "ribs", "chest", "top")


@dataclass
class Body:
    """A posed body: each segment's joint, named points, and the angles that reaching came to."""

    pose: Pose
    joints: dict[str, Joint] = field(default_factory=dict)
    points: dict[str, Vector] = field(default_factory=dict)
    solved: dict[str, float] = field(default_factory=dict)
    """``right.knee`` and so on to its angle, for every joint."""
    short: dict[str, float] = field(default_factory=dict)
    """A hand or foot to how many centimetres it falls short of what it reaches for."""

    def end(self, segment: str, tip: Vector) -> Vector:
        """A point of a segment's frame, in the room."""
        origin, frame = self.joints[segment]
        return add(origin, turned(frame, tip))


def solve(pose: Pose) -> Body:
    """The body in this pose, resting on its support."""
    if pose.support == "back":
        pose = _level(pose)
    found = _assembled(pose)
    if pose.support != "none":
        drop = lowest(found, pose.support) - pose.height
        x, y, z = pose.at
        found = _assembled(replace(pose, at=(x, y - drop, z)))
    return found


def lowest(found: Body, support: str) -> float:
    """The height of the lowest part that a support of this name bears."""
    if support == "feet":
        return min(found.points[f"{side}.{end}"][1] for side in body.SIDES for end in ("heel", "toe")) - body.SOLE
    if support == "seat":
        return trunk_bottom(found, "pelvis") + body.SOFT
    if support == "knees":
        return min(found.points[f"{side}.knee"][1] for side in body.SIDES) - body.TAPER["thigh"][1]
    names = ("pelvis", "chest") if support == "back" else TRUNK_POINTS
    return min(trunk_bottom(found, name) for name in names)


def trunk_bottom(found: Body, name: str) -> float:
    """The height of the underside of the trunk at one of its points."""
    wide, deep = body.ROUND[name]
    frame = found.joints[TRUNK_FRAMES[name]][1]
    bottom = found.points[name][1] - hypot(deep * frame[0][1], wide * frame[2][1])
    return min(bottom, found.end("pelvis", body.SEAT)[1] - body.SEAT_ROUND) if name == "pelvis" else bottom


TRUNK_FRAMES: Mapping[str, str] = {
    "pelvis": "pelvis",
    "hips": "pelvis",
    "waist": "lumbar_low",
    "ribs": "lumbar_high",
    "chest": "chest_low",
    "top": "chest_high",
}


def _level(pose: Pose) -> Pose:
    """The lean at which pelvis and upper back touch the same surface."""
    low, high = pose.lean - 40, pose.lean + 40

    def slope(lean: float) -> float:
        found = _assembled(replace(pose, lean=lean))
        return trunk_bottom(found, "chest") - trunk_bottom(found, "pelvis")

    rising = slope(low) < slope(high)
    for _ in range(40):
        middle = (low + high) / 2
        if (slope(middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return replace(pose, lean=(low + high) / 2)


def _assembled(pose: Pose) -> Body:
    found = Body(pose)
    root = product(about_y(-pose.heading), product(about_z(pose.lean - 90), about_y(pose.roll)))
    found.joints["pelvis"] = (pose.at, root)
    _spine(found)
    for limb, end in ((_leg, "foot"), (_arm, "hand")):
        for side, name in sorted(enumerate(body.SIDES), key=lambda one: _leans_on(pose, f"{one[1]}.{end}")):
            limb(found, side, name)
    return found


def _leans_on(pose: Pose, end: str) -> bool:
    """Does it reach for a part of the body? Then it comes after the one that does not."""
    return end in pose.reaches and bool(pose.reaches[end].of)


def _spine(found: Body) -> None:
    pose = found.pose
    share = {"lumbar_low": 0.5, "lumbar_high": 0.5, "chest_low": 0.5, "chest_high": 0.5, "neck": 0.55, "head": 0.45}
    names = {"lumbar": "lumbar", "chest": "thorax", "neck": "neck", "head": "neck"}
    for name, segment in body.SPINE.items():
        joint, part = names[name.partition("_")[0]], share[name]
        bend = segment.rest + pose.of(joint) * part
        slide = pose.of("chin") * 4.5
        if name == "neck":
            bend += slide
        if name == "head":
            bend += pose.of("nod") - slide
        local = rotation(bend, pose.of(f"{joint}.side") * part, -pose.of(f"{joint}.turn") * part)
        origin = found.end(segment.parent, segment.at)
        found.joints[name] = (origin, product(found.joints[segment.parent][1], local))
    found.points |= {
        "pelvis": found.joints["pelvis"][0],
        "hips": found.end("pelvis", body.PELVIS_TIP),
        "waist": found.end("lumbar_low", body.SPINE["lumbar_low"].tip),
        "ribs": found.end("lumbar_high", body.SPINE["lumbar_high"].tip),
        "chest": found.end("chest_low", body.SPINE["chest_low"].tip),
        "top": found.end("chest_high", (0, 9, 0)),
        "nape": found.end("chest_high", body.SPINE["chest_high"].tip),
        "skull": found.end("neck", body.SPINE["neck"].tip),
        "head": found.end("head", body.SPINE["head"].tip),
        "nose": found.end("head", (14, 7, 0)),
        "crown": found.end("head", (1, 19, 0)),
        "belly": found.end("lumbar_high", (11, 0, 0)),
        "breast": found.end("chest_low", (12, 8, 0)),
        **{f"{name}.shoulder": _shoulder(found, side) for side, name in enumerate(body.SIDES)},
        "small of back": found.end("lumbar_low", (-10, 6, 0)),
    }


def _shoulder(found: Body, side: int) -> Vector:
    """Where a shoulder joint is: squeezed back and in, or shrugged up."""
    pose, out = found.pose, 1 if side == 0 else -1
    squeeze = pose.of("squeeze", side)
    up, aside = body.SHOULDER_UP + pose.of("shrug", side), (body.SHOULDER_OUT - 0.35 * squeeze) * out
    return found.end("chest_high", (-0.8 * squeeze, up, aside))


def _leg(found: Body, side: int, name: str) -> None:
    pose, out = found.pose, 1 if side == 0 else -1
    pelvis = found.joints["pelvis"][1]
    hip = found.end("pelvis", (0, 0, body.HIP_OUT * out))
    bend, away, turn = pose.of("hip", side), pose.of("hip.out", side), pose.of("hip.turn", side)
    knee = pose.of("knee", side)
    reach = pose.reaches.get(f"{name}.foot")
    if reach is not None:
        target = _target(found, reach)
        pole = reach.pole if any(reach.pole) else turned(pelvis, (1, 0.35, 0))
        frame, knee, short = _two_bones(hip, target, body.THIGH, body.SHANK, pole, forward=True)
        found.short[f"{name}.foot"] = short
        bend, raw_side, raw_turn = angles_of(_relative(pelvis, frame))
        away, turn = -raw_side * out, -raw_turn * out
    else:
        frame = product(pelvis, rotation(bend, -away * out, -turn * out))
    found.joints[f"{name}.thigh"] = (hip, frame)
    shank = product(frame, about_z(-knee))
    found.joints[f"{name}.shank"] = (found.end(f"{name}.thigh", (0, -body.THIGH, 0)), shank)
    ankle = pose.of("ankle", side)
    if reach is not None and reach.flat is not None:
        local = within(shank, _sloping(shank[0], reach.flat))
        ankle = degrees(atan2(local[1], local[0]))
    found.joints[f"{name}.foot"] = (found.end(f"{name}.shank", (0, -body.SHANK, 0)), product(shank, about_z(ankle)))
    found.points |= {
        f"{name}.hip": hip,
        f"{name}.knee": found.joints[f"{name}.shank"][0],
        f"{name}.ankle": found.joints[f"{name}.foot"][0],
        f"{name}.heel": found.end(f"{name}.foot", body.HEEL),
        f"{name}.toe": found.end(f"{name}.foot", body.TOE),
    }
    values = {"hip": bend, "hip.out": away, "hip.turn": turn, "knee": knee, "ankle": ankle}
    found.solved |= {f"{name}.{joint}": value for joint, value in values.items()}


def _arm(found: Body, side: int, name: str) -> None:
    pose, out = found.pose, 1 if side == 0 else -1
    chest, shoulder = found.joints["chest_high"][1], found.points[f"{name}.shoulder"]
    bend, away, turn = pose.of("shoulder", side), pose.of("shoulder.out", side), pose.of("shoulder.turn", side)
    elbow, wrist = pose.of("elbow", side), pose.of("wrist", side)
    reach = pose.reaches.get(f"{name}.hand")
    if reach is not None:
        pole = reach.pole if any(reach.pole) else turned(chest, (-0.5, -1, 0.3 * out))
        frame, elbow, short = _two_bones(
            shoulder, _target(found, reach), body.UPPER_ARM, body.FOREARM, pole, forward=False
        )
        found.short[f"{name}.hand"] = short
        bend, raw_side, raw_turn = angles_of(_relative(chest, frame))
        away, turn = -raw_side * out, -raw_turn * out
    else:
        frame = product(chest, rotation(bend, -away * out, -turn * out))
    found.joints[f"{name}.upper_arm"] = (shoulder, frame)
    fore = product(frame, about_z(elbow))
    found.joints[f"{name}.forearm"] = (found.end(f"{name}.upper_arm", (0, -body.UPPER_ARM, 0)), fore)
    if reach is not None and reach.flat is not None:
        ahead = scale(fore[1], -1)
        ahead = ahead if hypot(ahead[0], ahead[2]) > LYING_FOREARM else found.joints["pelvis"][1][1]
        local = within(fore, _sloping(ahead, reach.flat))
        wrist = degrees(atan2(local[0], -local[1]))
    origin = found.end(f"{name}.forearm", (0, -body.FOREARM, 0))
    found.joints[f"{name}.hand"] = (origin, product(fore, about_z(wrist)))
    found.points |= {
        f"{name}.elbow": found.joints[f"{name}.forearm"][0],
        f"{name}.wrist": origin,
        f"{name}.hand": found.end(f"{name}.hand", (0, -body.HAND, 0)),
    }
    values = {"shoulder": bend, "shoulder.out": away, "shoulder.turn": turn, "elbow": elbow, "wrist": wrist}
    found.solved |= {f"{name}.{joint}": value for joint, value in values.items()}


def _sloping(towards: Vector, slope: float) -> Vector:
    """A direction in the room that goes towards another one, but rises by ``slope`` degrees."""
    level = unit((towards[0], 0, towards[2]), (1, 0, 0))
    return add(level, scale(UP, tan(radians(slope))))


def _target(found: Body, reach: Reach) -> Vector:
    if not reach.of:
        return reach.to
    if reach.of not in found.points:
        raise FigureError(f"{reach.of!r} is no point of the body that can be reached for.")
    return add(found.points[reach.of], reach.to)


def _two_bones(
    root: Vector, target: Vector, first: float, second: float, pole: Vector, *, forward: bool
) -> tuple[Matrix, float, float]:
    """The first bone's frame, the hinge's bend, and how far the reach falls short.

    ``forward``: the hinge points to the front of its bone, as a knee does, and not to its back, as an elbow does.
    """
    way = sub(target, root)
    wanted = length(way)
    reach = min(max(wanted, abs(first - second) + 0.01), first + second - 0.01)
    straight = unit(way, (0, -1, 0))
    aside = _across(straight, pole)
    near = (first**2 + reach**2 - second**2) / (2 * first * reach)
    lift = max(0.0, 1 - near**2) ** 0.5
    bone = unit(add(scale(straight, near), scale(aside, lift)))
    y = scale(bone, -1)
    front = aside if forward else scale(aside, -1)
    x = unit(sub(front, scale(y, dot(front, y))), (1, 0, 0))
    hinge = degrees(acos(max(-1.0, min(1.0, (first**2 + second**2 - reach**2) / (2 * first * second)))))
    return (x, y, cross(x, y)), 180 - hinge, abs(wanted - reach)


def _across(straight: Vector, pole: Vector) -> Vector:
    """The direction at a right angle to ``straight`` that comes closest to the pole; any where the pole says none."""
    for wanted in (pole, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)):
        aside = sub(wanted, scale(straight, dot(wanted, straight)))
        if length(aside) > 1e-6:
            return unit(aside)
    return (0.0, 0.0, 1.0)


def _relative(outer: Matrix, frame: Matrix) -> Matrix:
    return (within(outer, frame[0]), within(outer, frame[1]), within(outer, frame[2]))
