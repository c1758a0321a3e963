"""Pictures of exercises on a page: the plain one of a start position, and the dark one of a figure."""

import re

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
"""The plain pictures' proportions (and size in CSS pixels where nothing else sets it)."""
FIGURE_WIDTH, FIGURE_HEIGHT = 320, 240
"""The same of the figures."""


def position_url(start_position: str) -> str:
    """The address of the picture; a start position that has none gets the one for any."""
    name = start_position if start_position in POSITIONS else "any"
    return static(f"img/positions/{name}.svg")


def dark_url(url: str) -> str:
    """The address of the same still on dark paper; empty for a photograph and for what has no dark one."""
    found = re.fullmatch(r"(.*/figures/\d+/[0-9a-f]+/(?:start|end))(\.svg)", url)
    return f"{found[1]}-dark{found[2]}" if found else ""
