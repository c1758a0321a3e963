"""The starter figures as they stand in files."""

import json
from pathlib import Path
from typing import Any

from exercises.figures.figure import Figure, read_figure
from exercises.figures.pose import FigureError

FIGURES = Path(__file__).resolve().parents[2] / "fixtures" / "figures"


def read_file(path: Path) -> Figure:
    """The figure of one file. Raises FigureError, or JSONDecodeError for a file that is no JSON."""
    return read_figure(json.loads(path.read_text(encoding="utf-8")))


def load_figures(folder: Path = FIGURES) -> dict[str, Any]:
    """The data of every figure in the folder, by slug. Raises FigureError, naming the file that cannot be drawn."""
    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            found[path.stem] = json.loads(path.read_text(encoding="utf-8"))
            read_figure(found[path.stem])
        except ValueError as wrong:
            raise FigureError(f"{path.name}: {wrong}") from wrong
    return found
