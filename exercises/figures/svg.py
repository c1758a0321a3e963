"""A figure as SVG: stills with the ghost of the start and an arrow, and the picture that a script moves.

Colours stand as presentation attributes, so that a file is whole by itself, and as classes, so that a page's style
sheet may change them for dark, forced-colours and print. No inline style, no script.
"""

from collections.abc import Sequence
from html import escape

from exercises.figures import drawing
from exercises.figures.arrows import arrow_of
from exercises.figures.camera import Seen, look
from exercises.figures.drawing import number
from exercises.figures.figure import Figure
from exercises.figures.frame import Frame, frame_of
from exercises.figures.movement import frames, stops
from exercises.figures.paint import FLOOR, PAPER
from exercises.figures.person import ghost, person
from exercises.figures.things import props, tie_of
from exercises.figures.way import way

START_TITLE, END_TITLE = "Start position", "How it moves"
"""Of a picture that is given no other title."""
LEVEL = 1.0
"""Up to this pitch the floor is a line."""


def still(figure: Figure, *, start: bool = False, title: str = "") -> str:
    """The start alone, or the pose that the figure shows with the ghost of the start and the arrow."""
    path = [look(found, figure.camera) for found in frames(figure)]
    return _document(figure, path, 0 if start else _told(figure), title=title, story=not start)


def moving(figure: Figure, *, title: str = "") -> str:
    """The picture at its start, with the way through its poses as data for the script that moves it."""
    path = [look(found, figure.camera) for found in frames(figure)]
    return _document(figure, path, 0, title=title, story=False, data=way(figure, path))


def _document(figure: Figure, path: Sequence[Seen], now: int, *, title: str, story: bool, data: str = "") -> str:
    frame = frame_of(figure, path)
    order = drawing.order_of(path, figure.behind)
    inner = [
        props(figure, frame.pen, front=False),
        ghost(path[0], path[now], order, frame.pen) if story else "",
        person(figure, path[now], order, frame.pen, moves=bool(data)),
        *(tie_of(tie, figure.camera, path[now], frame.pen) for tie in figure.ties),
        props(figure, frame.pen, front=True),
        *(arrow_of(arrow, path[: _told(figure) + 1], frame.pen) for arrow in figure.arrows if story or data),
    ]
    title = title or (END_TITLE if story or data else START_TITLE)
    words = f"<title>{escape(title)}</title><desc>{escape(figure.alt)}</desc>"
    box = " ".join(number(value) for value in (frame.left, frame.top, frame.wide, frame.high))
    moves = f' data-figure="{escape(data)}"' if data else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" viewBox="{box}"{moves}>{words}'
        f'{_paper(frame)}<g data-all="">{_floor(figure, frame)}{"".join(inner)}</g></svg>'
    )


def _told(figure: Figure) -> int:
    """The frame of the pose that the still picture shows."""
    return next((stop.frame for stop in stops(figure) if stop.pose == figure.end_name), 0)


def _paper(frame: Frame) -> str:
    size = f'width="{number(frame.wide)}" height="{number(frame.high)}"'
    return f'<rect class="f-paper" x="{number(frame.left)}" y="{number(frame.top)}" {size} fill="{PAPER}"/>'


def _floor(figure: Figure, frame: Frame) -> str:
    if abs(figure.camera.pitch) > LEVEL:
        return ""
    line = f'd="M{number(frame.left)} 0h{number(frame.wide)}"'
    return f'<path class="f-floor" {line} stroke="{FLOOR}" stroke-width="{number(frame.pen)}"/>'
