"""The figures of the starter catalogue, each held to the lint."""

from math import dist

import pytest

from exercises.figures import body
from exercises.figures.files import FIGURES, read_file
from exercises.figures.lint import problems
from exercises.figures.movement import frames
from exercises.starter import load_starter

BIAS = {exercise.slug: exercise.direction_bias.value for exercise in load_starter()}
DRAWN = sorted(path.stem for path in FIGURES.glob("*.json"))


@pytest.mark.parametrize("slug", DRAWN)
def test_a_figure_is_in_order(slug: str) -> None:
    """Joint limits, contacts, spine, words, size; and it belongs to an exercise."""
    assert problems(read_file(FIGURES / f"{slug}.json"), bias=BIAS[slug]) == ()


@pytest.mark.parametrize("slug", DRAWN)
def test_no_limb_changes_its_length(slug: str) -> None:
    """On the whole way, to a hundredth of a millimetre."""
    for found in frames(read_file(FIGURES / f"{slug}.json")):
        for side in body.SIDES:
            thigh = dist(found.points[f"{side}.hip"], found.points[f"{side}.knee"])
            upper_arm = dist(found.points[f"{side}.shoulder"], found.points[f"{side}.elbow"])
            assert (thigh, upper_arm) == pytest.approx((body.THIGH, body.UPPER_ARM), abs=0.001)


def test_every_exercise_has_a_figure() -> None:
    """All of the catalogue, and none besides."""
    assert set(DRAWN) == set(BIAS)
