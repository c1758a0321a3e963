"""The list of what a browser suite for the player must hold: each of its 35 items has a test of its number."""

import re
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
ITEMS = range(1, 36)
REASONS: Mapping[tuple[int, str], str] = {
    (34, "no long task >50 ms at segment change under 4× CPU slow-down"): (
        "`python -m benchmarks player` counts them, beside those of a bare page: on a shared machine other work makes"
        " tasks long by chance, and a test that goes by the time would fail by it. What a change of part and a press"
        " make the page do is counted without a clock (test_ux_work.py)."
    ),
}
"""Items, or parts of one in its own words, that cannot be automated here, with the reason; "" is a whole item."""
TEST = re.compile(r"^def test_ux_(\d\d)_\w+\(", re.MULTILINE)


def numbers() -> set[int]:
    """The numbers that tests carry."""
    return {int(number) for file in HERE.parent.rglob("test_*.py") for number in TEST.findall(file.read_text())}


def excused(whole: bool) -> set[int]:
    """The numbers of items that have a reason: as a whole, or in a part."""
    return {number for number, part in REASONS if whole == (not part)}


def test_each_item_has_a_test_or_a_reason() -> None:
    missing = set(ITEMS) - numbers() - excused(whole=True)
    assert not missing, f"no test_ux_NN_ for {sorted(missing)}"


def test_no_item_is_excused_that_has_a_test_and_none_is_made_up() -> None:
    assert numbers() | excused(whole=False) <= set(ITEMS)
    assert not numbers() & excused(whole=True)
    assert excused(whole=False) <= numbers(), "the rest of an item that is excused in a part has its tests"
    assert all(len(reason.split()) >= 5 for reason in REASONS.values())


def test_what_a_reason_points_to_is_there() -> None:
    root = HERE.parents[1]
    for reason in REASONS.values():
        for package, word in re.findall(r"`python -m (\w+) (\w+)`", reason):
            assert f'"{word}"' in (root / package / "__main__.py").read_text()
        for name in re.findall(r"\w+\.py", reason):
            assert (HERE / name).is_file()
