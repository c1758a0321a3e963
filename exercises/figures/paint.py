"""The colours of the figures on light paper, and the one that each of them becomes on dark paper."""

import re
from collections.abc import Mapping

PAINTS: Mapping[str, tuple[str, str]] = {
    "skin": ("#e4b391", "#c99473"),
    "ear": ("#d39c78", "#b98564"),
    "hair": ("#8b9198", "#8b9198"),
    "ink": ("#22303c", "#22303c"),
    "shirt": ("#2f9095", "#20696e"),
    "legs": ("#45567a", "#2b3752"),
    "shoe": ("#f6f1e7", "#cdc6b6"),
    "mat": ("#9ccbc1", ""),
    "cloth": ("#dfe6ea", ""),
    "pillow": ("#ffffff", ""),
    "wood": ("#c59a62", ""),
    "wall": ("#dcd7c8", ""),
    "wall-2": ("#cdc7b5", ""),
    "metal": ("#7d8790", ""),
    "water": ("#6fb1d6", ""),
    "band": ("#d1487a", ""),
    "warm": ("#d9534a", ""),
    "cold": ("#4a8fd9", ""),
}
"""The colour of the near side, and of the far one where there is one."""
PAPER, FLOOR, EDGE, SEAM = "#f8f6ef", "#b7b09d", "#1d2b38", "#16393f"
GHOST, GHOST_FILL, MARK = "#9aa3ab", "#e6e5df", "#d9601a"
ACCENT: Mapping[str, tuple[str, str]] = {
    "skin": ("#f0b78d", "#d69a70"),
    "shirt": ("#37b3a9", "#2a9a92"),
    "legs": ("#3f6fc4", "#2f58a3"),
    "shoe": ("#fffdf8", "#e2dccd"),
}
"""Colours of the pieces that move."""
NIGHT: Mapping[str, str] = {
    PAPER: "#1b282f", FLOOR: "#66757d", EDGE: "#eef2f0", SEAM: "#0c2f33", MARK: "#ff9d5e",
    GHOST: "#93a1a8", GHOST_FILL: "#2c3b43",
    "#e4b391": "#e4b391", "#c99473": "#bd8866", "#d39c78": "#cf9873", "#b98564": "#a87655",
    "#8b9198": "#9aa2a9", "#22303c": "#12191e",
    "#2f9095": "#4bb4b8", "#20696e": "#2c8085", "#45567a": "#8197c6", "#2b3752": "#566894",
    "#f6f1e7": "#f6f1e7", "#cdc6b6": "#b9b2a2",
    "#9ccbc1": "#3d7a73", "#dfe6ea": "#52636d", "#ffffff": "#dfe6ea", "#c59a62": "#a67c49",
    "#dcd7c8": "#3f5059", "#cdc7b5": "#33424a", "#7d8790": "#98a5ad", "#6fb1d6": "#3d82ad",
    "#d1487a": "#ff82b2", "#d9534a": "#ff8177", "#4a8fd9": "#7fb8fa",
    "#f0b78d": "#f3bd95", "#d69a70": "#d69a70", "#37b3a9": "#6ee6da", "#2a9a92": "#43b8ae",
    "#3f6fc4": "#7aa8ff", "#2f58a3": "#5280dd", "#fffdf8": "#fffdf8", "#e2dccd": "#d3ccbd",
}  # fmt: skip
"""What each colour of the light picture becomes in the dark one."""


def at_night(picture: str) -> str:
    """The same picture on dark paper."""
    return re.sub(r"#[0-9a-f]{6}\b", lambda found: NIGHT[found[0]], picture)
