"""Every assembly case of the test vectors gives what it expects (section G, 7)."""

import json
from pathlib import Path
from typing import Any

import pytest

from programs.rules.assembly import assemble
from programs.rules.profile import Profile
from tests.programs.rules.assembling import CATALOGUE

FILE = Path(__file__).parents[2] / "vectors.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["assembly"]


def answer(case: dict[str, Any]) -> dict[str, Any]:
    return assemble(Profile.from_given(case["given"], CATALOGUE), CATALOGUE).as_dict()


def test_there_are_43_cases() -> None:
    assert len(CASES) == 43


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    expect, found = case["expect"], answer(case)
    assert (found["blocked"] and found["blocked"]["rule"]) == expect["blocked"], case["why"]
    if expect["blocked"]:
        assert not any(day["items"] for day in found["days"].values())
        return
    days = {name: [item["exercise"] for item in day["items"]] for name, day in found["days"].items()}
    days["any"] = [slug for day in days.values() for slug in day]
    for day, wanted in expect["must_include"].items():
        assert set(wanted) <= set(days[day]), case["why"]
    for day, unwanted in expect["must_not_include"].items():
        assert not set(unwanted) & set(days[day]), case["why"]
    for day, order in expect["order"].items():
        assert days[day] == order, case["why"]
    gaps = [{key: gap[key] for key in ("day", "exercise", "rule")} for gap in found["left_out"]]
    for key, rows in (("left_out", gaps), *((key, found[key]) for key in ("swaps", "needs_ok", "marks"))):
        for fact in expect[key]:
            assert fact in rows, case["why"]
    for dose in expect["doses"]:
        item = next(row for row in found["days"][dose["day"]]["items"] if row["exercise"] == dose["exercise"])
        for key in dose.keys() - {"day", "exercise"}:
            assert item["dose_minutes" if key == "minutes" else key] == dose[key], case["why"]
    if "week" in expect:
        assert found["week"] == expect["week"], case["why"]
