"""A figure as it is written down for an exercise: its view, key poses, the way through them, what is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exercises.figures.camera import POINTS, Camera
from exercises.figures.drawing import PARTS
from exercises.figures.pose import FigureError, Pose, read_pose
from exercises.figures.props import Prop, Tie, read_prop, read_tie

VIEWS: Mapping[str, Camera] = {
    "side": Camera(0, 0),
    "front": Camera(90, 0),
    "back": Camera(-90, 0),
    "three-quarter": Camera(35, 10),
    "above": Camera(0, 90),
    "raised": Camera(0, 35),
}
KEYS = frozenset(
    {"view", "yaw", "pitch", "poses", "moves", "accent", "arrow", "props", "ties", "behind", "crop", "alt", "shows"}
)


@dataclass(frozen=True)
class Move:
    """The way to a pose: how long it takes and how long the pose is held then, in seconds."""

    to: str
    seconds: float
    hold: float = 0.0


@dataclass(frozen=True)
class Arrow:
    """The one curved arrow: along the way of a point of the body, moved aside by ``off``, or through given points."""

    follow: str = ""
    off: tuple[float, float] = (0.0, 0.0)
    through: tuple[tuple[float, float], ...] = ()
    both: bool = False
    """Does it point both ways?"""


@dataclass(frozen=True)
class Figure:
    """All that is drawn of an exercise. The first of ``poses`` is the start, to which the moves lead back."""

    camera: Camera
    poses: Mapping[str, Pose]
    moves: tuple[Move, ...]
    accent: tuple[str, ...] = ()
    """Points of the body whose pieces are marked as the ones that move."""
    arrows: tuple[Arrow, ...] = ()
    props: tuple[Prop, ...] = ()
    ties: tuple[Tie, ...] = ()
    behind: tuple[str, ...] = ()
    """Parts of the body that are painted first, where depth alone would paint them later."""
    crop: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top of what is shown, in centimetres of the picture; all of it where none is given."""
    alt: str = ""
    shows: str = ""
    """The pose of the still picture, where it is not the one that the first move leads to."""

    @property
    def start(self) -> Pose:
        """The first pose."""
        return next(iter(self.poses.values()))

    @property
    def end_name(self) -> str:
        """The pose of the still picture: the one it names, else where the first move leads, else the start."""
        return self.shows or (self.moves[0].to if self.moves else next(iter(self.poses)))


def read_figure(given: Mapping[str, Any]) -> Figure:
    """The figure of plain values. Raises FigureError naming the pose, the joint or the prop."""
    if not isinstance(given, Mapping):
        raise FigureError("A figure is an object.")
    unknown = set(given) - KEYS
    if unknown:
        raise FigureError(f"{sorted(unknown)[0]!r} is no part of a figure.")
    poses = _poses(given.get("poses"))
    moves = tuple(_move(one, poses) for one in _list(given, "moves"))
    arrows = given.get("arrow")
    return Figure(
        camera=_camera(given),
        poses=_start_first(poses, moves, given),
        moves=moves,
        accent=tuple(_one_of(POINTS, "accent", one) for one in _list(given, "accent")),
        arrows=tuple(_arrow(one) for one in ([arrows] if isinstance(arrows, Mapping) else _list(given, "arrow"))),
        props=tuple(_prop(one) for one in _list(given, "props")),
        ties=tuple(_tie(one) for one in _list(given, "ties")),
        behind=tuple(_one_of(PARTS, "behind", one) for one in _list(given, "behind")),
        crop=_crop(given.get("crop")),
        alt=str(given.get("alt") or ""),
        shows=_shows(given.get("shows"), poses),
    )


def _poses(given: Any) -> dict[str, Pose]:
    """The poses by name. Data from a database has lost the order in which it was written, so none is relied on."""
    if not isinstance(given, Mapping) or not given:
        raise FigureError("A figure needs poses.")
    poses: dict[str, Pose] = {}
    for name in given:
        _resolve(name, given, poses, ())
    return poses


def _resolve(name: str, given: Mapping[str, Any], poses: dict[str, Pose], above: tuple[str, ...]) -> Pose:
    """The pose, and those that it follows, into ``poses``."""
    if name in poses:
        return poses[name]
    values = given[name]
    if not isinstance(values, Mapping):
        raise FigureError(f"Pose {name} is no object.")
    base = values.get("from")
    if base is not None and (not isinstance(base, str) or base not in given or base in (*above, name)):
        raise FigureError(f"Pose {name} follows {base!r}, which is missing or follows it.")
    poses[name] = read_pose(name, values, _resolve(base, given, poses, (*above, name)) if base else None)
    return poses[name]


def _start_first(poses: Mapping[str, Pose], moves: tuple[Move, ...], given: Mapping[str, Any]) -> dict[str, Pose]:
    """The start is where the moves lead back to; without moves, the pose that follows none."""
    bare = (name for name in poses if "from" not in given["poses"][name])
    start = moves[-1].to if moves else next(bare)
    return {start: poses[start], **poses}


def _shows(given: Any, poses: Mapping[str, Pose]) -> str:
    if given is not None and (not isinstance(given, str) or given not in poses):
        raise FigureError(f"The still picture shows pose {given!r}, which is missing.")
    return given or ""


def _camera(given: Mapping[str, Any]) -> Camera:
    view = given.get("view", "side")
    if not isinstance(view, str) or view not in VIEWS:
        raise FigureError(f"{view!r} is no view; there are {', '.join(VIEWS)}.")
    base = VIEWS[view]
    return Camera(_number("yaw", given.get("yaw", base.yaw)), _number("pitch", given.get("pitch", base.pitch)))


def _move(given: Any, poses: Mapping[str, Pose]) -> Move:
    if not isinstance(given, Mapping) or not {"to", "seconds"} <= set(given) <= {"to", "seconds", "hold"}:
        raise FigureError("A move has to, seconds and, if it holds, hold.")
    if not isinstance(given["to"], str) or given["to"] not in poses:
        raise FigureError(f"A move leads to pose {given['to']!r}, which is missing.")
    seconds, hold = _number("seconds", given["seconds"]), _number("hold", given.get("hold", 0))
    if not 0.2 <= seconds <= 20 or not 0 <= hold <= 20:
        raise FigureError(f"The move to {given['to']} cannot take {seconds} and hold {hold} seconds.")
    return Move(given["to"], seconds, hold)


def _arrow(given: Any) -> Arrow:
    if not isinstance(given, Mapping) or not set(given) <= {"follow", "off", "through", "both"}:
        raise FigureError("An arrow has follow and off, or through, and may have both.")
    follow = str(given.get("follow") or "")
    if follow:
        _one_of(POINTS, "arrow", follow)
    through = tuple(_pair("arrow", point) for point in _list(given, "through"))
    if bool(follow) == bool(through) or (through and len(through) not in (2, 3)):
        raise FigureError("An arrow follows a point, or goes through two or three points.")
    return Arrow(follow, _pair("off", given.get("off") or [0, 0]), through, bool(given.get("both")))


def _pair(what: str, given: Any) -> tuple[float, float]:
    if not isinstance(given, list) or len(given) != 2:
        raise FigureError(f"{what} needs two numbers, and has {given!r}.")
    return _number(what, given[0]), _number(what, given[1])


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    found = given.get(name) or []
    if not isinstance(found, list):
        raise FigureError(f"{name} is a list, and not {found!r}.")
    return found


def _prop(given: Any) -> Prop:
    prop = read_prop(given)
    if prop.before:
        _one_of(PARTS, prop.kind, prop.before)
    return prop


def _tie(given: Any) -> Tie:
    tie = read_tie(given)
    for point in filter(None, (tie.one, tie.other)):
        _one_of(POINTS, tie.kind, point)
    if not tie.one:
        raise FigureError(f"A {tie.kind} is held by a point of the body.")
    return tie


def _crop(given: Any) -> tuple[float, float, float, float] | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) != 4:
        raise FigureError("A crop has four numbers: left, bottom, right, top.")
    left, bottom, right, top = (_number("crop", each) for each in given)
    if right - left < 20 or top - bottom < 20:
        raise FigureError("A crop is at least 20 cm wide and high.")
    return (left, bottom, right, top)


def _one_of(names: Any, what: str, given: Any) -> str:
    if not isinstance(given, str) or given not in names:
        raise FigureError(f"{what}: {given!r} is no part of the body.")
    return str(given)


def _number(what: str, given: Any) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not -1000 < given < 1000:
        raise FigureError(f"{what} cannot be {given!r}.")
    return float(given)
