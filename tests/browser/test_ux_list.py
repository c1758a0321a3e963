"""The list of what a browser suite for the player must hold: each of its 35 items has a test of its number."""

import re
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
ITEMS = range(1, 36)
REASONS: Mapping[int, str] = {}
"""Items that cannot be automated here, with the reason."""
TEST = re.compile(r"^def test_ux_(\d\d)_\w+\(", re.MULTILINE)


def numbers() -> set[int]:
    """The numbers that tests carry."""
    return {int(number) for file in HERE.parent.rglob("test_*.py") for number in TEST.findall(file.read_text())}


def test_each_item_has_a_test_or_a_reason() -> None:
    missing = set(ITEMS) - numbers() - REASONS.keys()
    assert not missing, f"no test_ux_NN_ for {sorted(missing)}"


def test_no_item_is_excused_that_has_a_test_and_none_is_made_up() -> None:
    assert numbers() <= set(ITEMS)
    assert not numbers() & REASONS.keys()
    assert all(len(reason.split()) >= 5 for reason in REASONS.values())
