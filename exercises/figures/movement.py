"""The way of a figure through its poses, in small steps that keep every limb's length."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exercises.figures.figure import Figure
from exercises.figures.geometry import add, sub
from exercises.figures.kinematics import Body, solve
from exercises.figures.pose import FigureError, Pose, between

STEPS = 6
"""Steps from one key pose to the next; in between the picture turns the limbs evenly."""


LIMB_JOINTS = {
    "foot": ("hip", "hip.out", "hip.turn", "knee", "ankle"),
    "hand": ("shoulder", "shoulder.out", "shoulder.turn", "elbow", "wrist"),
}


@dataclass(frozen=True)
class Stop:
    """A key pose on the way: its name, its frame, how long the way to it takes and how long it is held, in seconds."""

    pose: str
    frame: int
    seconds: float
    hold: float


def key_bodies(figure: Figure) -> dict[str, Body]:
    """Each pose by name, solved."""
    start = _solved("start", figure.start, None)
    return {name: _solved(name, pose, start) for name, pose in figure.poses.items()}


def frames(figure: Figure) -> tuple[Body, ...]:
    """The start, and then every move in ``STEPS`` steps; one frame for a figure that does not move."""
    return tuple(_frames(figure))


def stops(figure: Figure) -> tuple[Stop, ...]:
    """Where the key poses are among the frames; the first is the start."""
    found = [Stop(next(iter(figure.poses)), 0, 0.0, 0.0)]
    for number, move in enumerate(figure.moves, start=1):
        found.append(Stop(move.to, number * STEPS, move.seconds, move.hold))
    return tuple(found)


def _frames(figure: Figure) -> Iterator[Body]:
    bodies = key_bodies(figure)
    name = next(iter(figure.poses))
    start = bodies[name]
    yield start
    for move in figure.moves:
        one, other = bodies[name], bodies[move.to]
        before, after = _free(one, other.pose), _free(other, one.pose)
        for step in range(1, STEPS):
            yield _solved(f"{name} to {move.to}", between(before, after, step / STEPS), start)
        yield other
        name = move.to


def _solved(name: str, pose: Pose, start: Body | None) -> Body:
    """The posed body, at its anchor. Raises FigureError with the pose's name."""
    try:
        found = solve(pose)
        if start is None or not pose.anchor:
            return found
        if pose.anchor not in found.points:
            raise FigureError(f"{pose.anchor!r} is no point of the body to be anchored at.")
        x, y, z = sub(start.points[pose.anchor], found.points[pose.anchor])
        return solve(replace(found.pose, at=add(found.pose.at, (x, y if pose.support == "none" else 0.0, z))))
    except FigureError as wrong:
        raise FigureError(f"Pose {name}: {wrong}") from wrong


def _free(found: Body, other: Pose) -> Pose:
    """The pose with the angles of those hands and feet that reach in it, but not in the other: they turn freely."""
    pose = found.pose
    loose = [end for end in pose.reaches if end not in other.reaches or pose.reaches[end].of != other.reaches[end].of]
    angles = dict(pose.angles)
    for end in loose:
        side, _, kind = end.partition(".")
        for joint in LIMB_JOINTS[kind]:
            right, left = angles.get(joint, (0.0, 0.0))
            value = found.solved[f"{side}.{joint}"]
            angles[joint] = (value, left) if side == "right" else (right, value)
    reaches = {end: reach for end, reach in pose.reaches.items() if end not in loose}
    return replace(pose, angles=angles, reaches=reaches)
