"""``manage.py draw_figures FOLDER``: every figure as SVG, and a page with all of them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.html import escape

from exercises.figures.files import FIGURES, read_file
from exercises.figures.pose import FigureError
from exercises.figures.svg import still

PAGE = (
    '<!doctype html><meta charset="utf-8"><title>Figures</title><style>body{{margin:0;font:14px sans-serif}}'
    "figure{{display:inline-block;margin:4px;width:644px}}img{{width:320px}}</style>{}\n"
)


class Command(BaseCommand):
    """Writes ``<slug>-start.svg`` and ``<slug>.svg`` (the end, with ghost and arrow), and ``index.html``."""

    requires_system_checks = ()
    help = "Draw the figures of the exercises to look at."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and which; all where none is named."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("exercise", nargs="*")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw what can be drawn, and say what cannot."""
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        paths = [FIGURES / f"{slug}.json" for slug in options["exercise"]] or sorted(FIGURES.glob("*.json"))
        parts = []
        for path in paths:
            try:
                figure = read_file(path)
                start = still(figure, start=True)
                (folder / f"{path.stem}-start.svg").write_text(start, encoding="utf-8")
                (folder / f"{path.stem}.svg").write_text(still(figure), encoding="utf-8")
            except (FigureError, ValueError, OSError) as wrong:
                self.stderr.write(f"{path.stem}: {wrong}")
                continue
            pictures = "".join(f'<img alt="" src="{path.stem}{end}.svg">' for end in ("-start", ""))
            parts.append(f"<figure><figcaption>{escape(path.stem)}</figcaption>{pictures}</figure>")
        (folder / "index.html").write_text(PAGE.format("".join(parts)), encoding="utf-8")
        self.stdout.write(f"{len(parts)} figures drawn.")
