"""What is wrong with a figure: joints beyond their limits, parts under the floor, reaches that fall short, no words."""

import gzip
from collections.abc import Iterator, Mapping

from exercises.figures import body
from exercises.figures.body import CENTRED, LIMITS, SIDES
from exercises.figures.figure import Figure
from exercises.figures.kinematics import TRUNK_POINTS, Body, trunk_bottom
from exercises.figures.movement import STEPS, frames, stops
from exercises.figures.svg import moving, still

SLACK_DEGREES = 1.0
SLACK_CM = 1.0
"""Contacts hold within this."""
MOST_BYTES = 6 * 1024
"""Of one picture, compressed."""
FLATTEST_ALT = 25
"""Fewer letters cannot say what moves where."""
MAY_ARCH = "extension"
"""The direction bias whose exercises may pass into lumbar extension."""
RADII: Mapping[str, float] = {"knee": 6.0, "elbow": 4.2, "hand": 2.9}


def problems(figure: Figure, *, bias: str) -> tuple[str, ...]:
    """What must be mended, each once, naming the pose and the joint; ``bias`` is the exercise's direction bias."""
    found: dict[str, None] = {}
    for words in (*_of_the_data(figure), *_of_the_way(figure, bias), *_of_the_size(figure)):
        found.setdefault(words)
    return tuple(found)


def _of_the_data(figure: Figure) -> Iterator[str]:
    if len(figure.alt) < FLATTEST_ALT:
        yield "The text alternative is missing or too short to say what moves where."
    if figure.moves:
        if not figure.accent:
            yield "Nothing is marked as the part that moves."
        if not figure.arrows:
            yield "There is no arrow."
    for name in figure.poses.keys() - {move.to for move in figure.moves} - {next(iter(figure.poses))}:
        yield f"Pose {name} is never reached."
    chairs = [prop for prop in figure.props if prop.kind in {"chair", "stool"}]
    for name, pose in figure.poses.items():
        if pose.support == "seat" and chairs:
            seats = [max(solid.other[1] for solid in chair.solids if solid.other[1] <= 70) for chair in chairs]
            if min(abs(seat - pose.height) for seat in seats) > SLACK_CM:
                yield f"Pose {name}: the seat is at {seats[0]:g} cm, and the body sits at {pose.height:g} cm."


def _of_the_way(figure: Figure, bias: str) -> Iterator[str]:
    names = {stop.frame: stop.pose for stop in stops(figure)}
    for number, found in enumerate(frames(figure)):
        pose = names.get(number) or f"{names[number - number % STEPS]} on its way"
        for joint, value in _angles(found):
            least, most = LIMITS[joint.partition(".")[2] if joint.startswith(SIDES) else joint]
            if joint == "lumbar" and bias != MAY_ARCH:
                most = 2.0
            if not least - SLACK_DEGREES <= value <= most + SLACK_DEGREES:
                yield f"Pose {pose}: {joint} is at {value:.0f}, and goes from {least:g} to {most:g}."
        for end, short in found.short.items():
            if short > SLACK_CM:
                yield f"Pose {pose}: the {end.replace('.', ' ')} falls {short:.0f} cm short of what it reaches for."
        for part, height in _heights(found):
            if height < -SLACK_CM:
                yield f"Pose {pose}: the {part} is {-height:.0f} cm under the floor."


def _angles(found: Body) -> Iterator[tuple[str, float]]:
    """Each joint that matters: those that were written down, and those that reaching came to.

    A limb's twist has no meaning while the limb is bent out to the pole of its frame, so solved twists are left out.
    """
    pose = found.pose
    for joint in pose.angles:
        if joint in CENTRED:
            yield joint, pose.of(joint)
    for name, value in found.solved.items():
        side, _, joint = name.partition(".")
        limb = "foot" if joint.partition(".")[0] in {"hip", "knee", "ankle"} else "hand"
        reached = f"{side}.{limb}" in pose.reaches
        if not reached or joint in {"knee", "elbow", "ankle"}:
            yield name, value


def _heights(found: Body) -> Iterator[tuple[str, float]]:
    """How high the underside of each part is."""
    for side in SIDES:
        for end in ("heel", "toe"):
            yield f"{side} {end}", found.points[f"{side}.{end}"][1] - body.SOLE
        for joint, radius in RADII.items():
            yield f"{side} {joint}", found.points[f"{side}.{joint}"][1] - radius
    for name in TRUNK_POINTS:
        yield name, trunk_bottom(found, name)
    yield "head", found.points["head"][1] - body.HEAD


def _of_the_size(figure: Figure) -> Iterator[str]:
    for what, picture in (("still", still(figure)), ("moving picture", moving(figure))):
        size = len(gzip.compress(picture.encode()))
        if size > MOST_BYTES:
            yield f"The {what} has {size} bytes compressed, and may have {MOST_BYTES}."
