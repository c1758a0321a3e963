"""The pictures of a version's figure: their addresses, and drawing them once."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exercises.figures.figure import read_figure
from exercises.figures.paint import at_night
from exercises.figures.pose import FigureError
from exercises.figures.svg import moving, still
from exercises.models import ExerciseVersion

DRAWING = 2
"""Part of every address: it goes up when the same data is drawn in another way, so that no old picture is kept."""
KINDS = ("start", "end", "moving", "start-dark", "end-dark")
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class FigureShown:
    """A figure as a page shows it: the addresses of its stills, its words, and the picture that moves."""

    end: str
    alt: str
    start: str | None = None
    moving: SafeString | str = ""


def shown(version: ExerciseVersion) -> FigureShown | None:
    """The version's figure for a page of its own; ``None`` where it has none that can be drawn."""
    end = url_of(version)
    if end is None or version.figure is None:
        return None
    alt = str(version.figure.get("alt", ""))
    if not version.figure.get("moves"):
        return FigureShown(end, alt)
    try:
        picture = drawn(version, "moving", version.name)
    except FigureError:
        return None
    return FigureShown(end, alt, url_of(version, "start"), mark_safe(picture))  # noqa: S308 - drawn by us, escaped


def url_of(version: ExerciseVersion, kind: str = "end") -> str | None:
    """The address of a picture of the version's figure; ``None`` where it has none. ``kind`` is one of ``KINDS``."""
    if not version.figure_hash:
        return None
    return reverse("exercises:figure", args=[DRAWING, version.figure_hash, kind])


@dataclass(frozen=True)
class Pictured:
    """The pictures of a version: the still one, its words, and the figure that moves; ``None`` where there is none."""

    url: str | None = None
    alt: str = ""
    moving: str | None = None


NO_PICTURE = Pictured()


def pictured(version: ExerciseVersion) -> Pictured:
    """The picture that a clinic uploaded, else the figure. Uses ``picture_id``."""
    if version.picture_id:
        return Pictured(reverse("exercises:picture", args=[version.picture_id]), version.picture_alt)
    if version.figure is None:
        return NO_PICTURE
    moves = url_of(version, "moving") if version.figure.get("moves") else None
    return Pictured(url_of(version), str(version.figure.get("alt", "")), moves)


def drawn(version: ExerciseVersion, kind: str, title: str = "") -> str:
    """The picture as SVG. Raises FigureError for data that cannot be drawn (any more)."""
    key = ":".join(("figure", str(DRAWING), version.figure_hash, kind, sha256(title.encode()).hexdigest()[:16]))
    found: str | None = cache.get(key)
    if found is None:
        found = draw(version.figure or {}, kind, title)
        cache.set(key, found, KEPT_SECONDS)
    return found


def draw(data: Mapping[str, Any], kind: str, title: str = "") -> str:
    """A figure's data as SVG; ``kind`` is one of ``KINDS``. Raises FigureError."""
    figure = read_figure(data)
    what, _, dark = kind.partition("-")
    picture = moving(figure, title=title) if what == "moving" else still(figure, start=what == "start", title=title)
    return at_night(picture) if dark else picture
