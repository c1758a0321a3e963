"""The session cases of vectors.json: S15-S22 with X9-X13."""

import json
from pathlib import Path
from typing import Any

import pytest

from programs.rules.safety import decide

CASES = json.loads((Path(__file__).parents[2] / "vectors.json").read_text(encoding="utf-8"))["session"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_s15_s22_every_session_vector(case: dict[str, Any]) -> None:
    """S15-S22, S33, X1: row, outcome, rule and restrictions of each case are exactly those expected."""
    assert decide(case["table"], case["given"]).as_dict() == case["expect"]
