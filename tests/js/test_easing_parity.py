"""P12, R25: the easier version is the same in the player and where there is no JavaScript."""

import itertools
import json
import subprocess
from pathlib import Path
from typing import Any

from programs.rules.easing import eased_item, easier_dose, stretch_seconds
from tests.js.test_units import node

EASING = (Path(__file__).resolve().parents[2] / "static" / "js" / "player" / "easing.js").as_uri()
SETS = (Path(__file__).resolve().parents[2] / "static" / "js" / "player" / "sets.js").as_uri()
SCRIPT = f"""
import {{ easierDose }} from "{EASING}";
import {{ stretchSeconds }} from "{SETS}";
import {{ readFileSync }} from "node:fs";
const items = JSON.parse(readFileSync(0, "utf8"));
const stretch = (item) => (item.dose.type === "minutes" ? stretchSeconds(item) : null);
console.log(JSON.stringify(items.map((item) => [easierDose(item), stretch(item)])));
"""


def cases() -> list[dict[str, Any]]:
    """Doses of every kind, with the edges."""
    sets = itertools.product(("strength", "stretch"), (1, 2, 3, 4, 5, 8, 10, 12, 20, 30), (0, 1, 2, 5, 10, 20, 30, 60))
    found: list[dict[str, Any]] = [
        {"category": category, "dose": {"type": "reps", "sets": 2, "reps": reps, "hold_s": hold}}
        for category, reps, hold in sets
    ]
    timed = itertools.product(range(1, 31), ((None, None), (30, 30), (35, 0), (60, 60), (120, 90), (300, 60)))
    for minutes, (work, rest) in timed:
        dose = {"type": "minutes", "minutes": minutes, "work_s": work, "rest_s": rest}
        found.append({"category": "aerobic", "dose": dose})
    return found


def test_p12_both_make_the_same_dose_easier_by_the_same() -> None:
    items = cases()
    command = [node(), "--input-type=module", "-e", SCRIPT]
    told = subprocess.run(command, input=json.dumps(items), capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    for item, (eased, stretch) in zip(items, json.loads(told.stdout), strict=True):
        assert easier_dose(item) == eased, item
        assert stretch is None or stretch_seconds(item["dose"]) == stretch, item
        if eased is not None:
            ((name, value),) = eased.items()
            now = item["dose"].get(name) or stretch_seconds(item["dose"])
            assert 1 <= value < now and eased_item(item, eased)["dose"][name] == value
