"""The plain picture of a start position, until an exercise has its own."""

from django.templatetags.static import static

POSITIONS = (
    "any",
    "floor-sitting",
    "four-point",
    "hanging",
    "inverted",
    "prone",
    "side",
    "sitting",
    "standing",
    "supine",
    "water",
)
WIDTH, HEIGHT = 160, 100
"""The pictures' proportions (and size in CSS pixels where nothing else sets it)."""


def position_url(start_position: str) -> str:
    """The address of the picture; a start position that has none gets the one for any."""
    name = start_position if start_position in POSITIONS else "any"
    return static(f"img/positions/{name}.svg")
