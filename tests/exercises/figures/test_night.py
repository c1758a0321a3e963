"""The figures on dark paper: every colour has its counterpart, in the files and in the page."""

import re
from pathlib import Path

import pytest

from exercises.figures import paint
from exercises.figures.figure import read_figure
from exercises.figures.files import load_figures
from exercises.figures.paint import NIGHT, at_night
from exercises.figures.svg import moving, still

CSS = Path(__file__).resolve().parents[3] / "static" / "css" / "figures-dark.css"
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b")
STROKED = {paint.EDGE, paint.SEAM, paint.FLOOR, paint.MARK, paint.GHOST}


def bright(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2), 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2), 1 to 21."""
    dark, light = sorted((bright(one), bright(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The colours of all figures."""
    figures = [read_figure(data) for data in load_figures().values()]
    return {found for figure in figures for found in COLOUR.findall(still(figure) + moving(figure))}


def test_every_colour_has_its_own_for_dark_paper(used: set[str]) -> None:
    assert used
    assert used <= set(NIGHT)
    assert at_night(f'fill="{paint.PAPER}" stroke="{paint.EDGE}"').count("#") == 2
    assert paint.PAPER not in at_night(f'fill="{paint.PAPER}"')


def test_the_style_sheet_gives_a_figure_in_the_page_the_colours_of_the_dark_file() -> None:
    rules = re.findall(r'\.figure \[(fill|stroke)="(#[0-9a-f]{6})"\] \{ (\w+): (#[0-9a-f]{6}); \}', CSS.read_text())
    assert len(rules) == CSS.read_text().count("{") - 1
    assert all(what == changed for what, _light, changed, _dark in rules)
    assert {light: dark for what, light, _what, dark in rules if what == "fill"} == {
        light: dark for light, dark in NIGHT.items() if light != dark
    }
    assert {light: dark for what, light, _what, dark in rules if what == "stroke"} == {
        light: NIGHT[light] for light in STROKED
    }


@pytest.mark.parametrize("night", [False, True])
def test_outline_arrow_and_what_moves_stand_out_from_the_paper(night: bool) -> None:
    def seen(colour: str) -> str:
        return NIGHT[colour] if night else colour

    for colour in (paint.EDGE, paint.MARK, paint.ACCENT["legs"][0]):
        assert contrast(seen(colour), seen(paint.PAPER)) >= 3
    assert contrast(seen(paint.EDGE), seen(paint.PAPER)) >= 7
    near, far = paint.PAINTS["legs"]
    assert contrast(seen(near), seen(far)) >= 1.4
