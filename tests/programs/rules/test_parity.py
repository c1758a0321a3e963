"""Python and JavaScript decide alike: the same cases through both, garbage among them (S2-S34)."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from programs.rules.safety import decide, player_data
from programs.rules.screen import judge_screen, question_ids, screen
from programs.rules.tables import DecisionError
from tests.js.test_units import node
from tests.programs.rules.cases import MAKERS, many, spoilt

SCRIPT = Path(__file__).parents[2] / "js" / "rules-parity.mjs"
VECTORS = Path(__file__).parents[2] / "vectors.json"
INPUTS, SPOILT = 100_000, 10_000
ANSWERS: tuple[Any, ...] = ("no", "no", "no", "yes", "not-sure", "same", "worse", "", None, True, 3, [])


def table_cases() -> list[dict[str, Any]]:
    """Every vector, and tables that there are not."""
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["session"]
    cases = [{"table": case["table"], "given": case["given"]} for case in vectors]
    return cases + [{"table": table, "given": {}} for table in ("X", "", None, 3, ["T"], "constructor")]


def screen_cases() -> list[dict[str, Any]]:
    """Random answers to random parts of Table A, with signs marked as known."""
    at = random.Random("screens")
    names = [*screen()["questions"], "not-a-question"]
    scopes = ["full", "short", *screen()["full"], "unknown"]
    found = []
    for _ in range(2000):
        asked = at.sample(names, k=at.choice([0, 1, 2, 5, 20, len(names)]))
        answers = {name: at.choice(ANSWERS) for name in asked}
        found.append(
            {"answers": answers, "known": at.sample(names, k=at.choice([0, 0, 1, 3])), "scope": at.choice(scopes)}
        )
    return found


def decided(case: dict[str, Any]) -> Any:
    try:
        found = decide(case["table"], case["given"])
    except DecisionError:
        return "refused"
    return {
        "row": found.row, "outcome": found.outcome, "rule": found.rule, "label": found.label,
        "extras": dict(found.extras),
    }  # fmt: skip


def judged(case: dict[str, Any]) -> dict[str, Any]:
    found = judge_screen(case["answers"], known_signs=case["known"])
    return {
        "gravest": found.gravest,
        "locks": [list(lock) for lock in found.locks],
        "earned": [{"level": each.level, "rule": each.rule, "scope": each.scope} for each in found.earned],
        "unanswered": list(found.unanswered),
        "asked": list(question_ids(case["scope"], case["answers"], case["known"])),
    }


def said_in_the_browser(folder: Path, cases: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The cases as they were sent, and what the browser's rules say to each; one process for all."""
    file = folder / "cases.json"
    file.write_text(json.dumps({"data": player_data(), "tables": [], "screens": [], **cases}), encoding="utf-8")
    done = subprocess.run([node(), str(SCRIPT), str(file)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(file.read_text(encoding="utf-8")), json.loads(done.stdout)


@pytest.mark.parametrize("table", MAKERS)
def test_s15_s26_both_decide_a_table_alike(table: str, tmp_path: Path) -> None:
    """S15-S26, S33, X1-X18: a hundred thousand inputs, a tenth of them with garbage; every row is reached."""
    inputs = [*many(table, INPUTS - SPOILT, seed=2), *spoilt(table, SPOILT, seed=3)]
    sent, said = said_in_the_browser(tmp_path, {"tables": [{"table": table, "given": given} for given in inputs]})
    answers = [decided(case) for case in sent["tables"]]
    unlike = [each for each in zip(sent["tables"], answers, said["tables"], strict=True) if each[1] != each[2]]
    assert unlike == [], f"{len(unlike)} of {INPUTS}, the first: {unlike[0]}"
    rows = {answer["row"] for answer in answers if answer != "refused"} - {None}
    assert rows == {row[0] for row in player_data()["tables"].get(table, {"rows": []})["rows"]}
    assert "refused" in answers


def test_s15_s26_both_decide_the_vectors_alike(tmp_path: Path) -> None:
    """S15-S26: the cases of the specification, and tables that there are not."""
    sent, said = said_in_the_browser(tmp_path, {"tables": table_cases()})
    answers = [decided(case) for case in sent["tables"]]
    assert answers == said["tables"] and answers[-1] == "refused"


def test_s5_s14_both_judge_table_a_alike(tmp_path: Path) -> None:
    """S3, S5-S14, X6-X8: locks, what is unanswered, and what is asked."""
    sent, said = said_in_the_browser(tmp_path, {"screens": screen_cases()})
    judgements = [judged(case) for case in sent["screens"]]
    assert judgements == said["screens"]
    assert {each["gravest"] for each in judgements} == {"", "E", "T", "H"}
