"""The colours of the figures on light paper; a page's style sheet may change them by the class ``f-`` and the name."""

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
