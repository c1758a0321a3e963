"""The starter figures as they stand in files."""

import json
from pathlib import Path

from exercises.figures.figure import Figure, read_figure

FIGURES = Path(__file__).resolve().parents[2] / "fixtures" / "figures"


def read_file(path: Path) -> Figure:
    """The figure of one file. Raises FigureError, or JSONDecodeError for a file that is no JSON."""
    return read_figure(json.loads(path.read_text(encoding="utf-8")))
