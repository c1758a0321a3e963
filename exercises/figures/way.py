"""The way of a figure through its poses as numbers, for the script that turns the limbs of the picture.

A value that changes is a list of whole tenths: the first frame's, and then by how much each frame differs from the one
before it. That is a third smaller, compressed, than the values themselves.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from math import atan2, degrees, hypot

from exercises.figures.camera import PARENTS, POINTS, Seen
from exercises.figures.drawing import FEATURES, is_shown, shapes_of
from exercises.figures.figure import Figure
from exercises.figures.movement import stops


def way(figure: Figure, path: Sequence[Seen]) -> str:
    """Frames as angles and lengths of the lines between points, and the stops: what the script turns."""
    lines = []
    for name, parent in PARENTS.items():
        turns, sizes = [], []
        for seen in path:
            (x, y), (to_x, to_y) = seen.at[parent], seen.at[name]
            turns.append(degrees(atan2(y - to_y, to_x - x)))
            sizes.append(hypot(to_x - x, to_y - y))
        lines.append([name, POINTS.index(parent), _few(_unwrapped(turns)), _few(sizes)])
    root = [_few([seen.at["pelvis"][0] for seen in path]), _few([-seen.at["pelvis"][1] for seen in path])]
    times = [[stop.frame, round(stop.seconds * 1000), round(stop.hold * 1000)] for stop in stops(figure)]
    found = {"root": root, "lines": lines, "stops": times, "round": _round(path), "shown": _shown(path)}
    return json.dumps(found, separators=(",", ":"))


def _round(path: Sequence[Seen]) -> dict[str, list[list[int] | float]]:
    """The radii of the trunk's pieces, where turning changes them: at the beginning and at the end of each."""
    pieces = [[shape for shape in shapes_of("trunk", seen, whole=True) if shape.kind == "bar"] for seen in path]
    found = {}
    for same in zip(*pieces, strict=True):
        ends = [_few([shape.first for shape in same]), _few([shape.last for shape in same])]
        if any(isinstance(end, list) for end in ends):
            found[same[0].point] = ends
    return found


def _unwrapped(turns: Sequence[float]) -> list[float]:
    """Angles without a jump by a whole turn."""
    found = [turns[0]]
    for turn in turns[1:]:
        found.append(found[-1] + (turn - found[-1] + 180) % 360 - 180)
    return found


def _few(values: Sequence[float]) -> list[int] | float:
    """One number where they are all the same, else tenths: the first, and the steps from each to the next."""
    tenths = [round(value * 10) for value in values]
    if max(tenths) - min(tenths) <= 1:
        return tenths[0] / 10
    return [tenths[0], *(after - before for before, after in pairwise(tenths))]


def _shown(path: Sequence[Seen]) -> dict[str, list[int] | float]:
    """Pieces of the face that come into sight or out of it: 1 or 0 in each frame."""
    all_of_them = {name: _few([float(is_shown(name, seen)) for seen in path]) for name in FEATURES}
    return {name: shown for name, shown in all_of_them.items() if isinstance(shown, list)}
