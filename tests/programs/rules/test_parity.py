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
ANSWERS: tuple[Any, ...] = ("no", "no", "no", "yes", "not-sure", "same", "worse", "", None, True, 3, [])


def table_cases() -> list[dict[str, Any]]:
    """Every vector; of each table 2000 inputs, and 800 with garbage; and tables that there are not."""
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["session"]
    cases = [{"table": case["table"], "given": case["given"]} for case in vectors]
    for table in MAKERS:
        cases += [{"table": table, "given": given} for given in many(table, 2000, seed=2)]
        cases += [{"table": table, "given": given} for given in spoilt(table, 800, seed=3)]
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


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, Any, Any]]]:
    """Each case with both answers: tables and screens."""
    cases = {"tables": table_cases(), "screens": screen_cases()}
    file = tmp_path_factory.mktemp("parity") / "cases.json"
    file.write_text(json.dumps({"data": player_data(), **cases}), encoding="utf-8")
    done = subprocess.run([node(), str(SCRIPT), str(file)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    browser = json.loads(done.stdout)
    sent = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: [(case, act(case), said) for case, said in zip(sent[name], browser[name], strict=True)]
        for name, act in (("tables", decided), ("screens", judged))
    }


def test_s15_s26_both_decide_every_table_alike(both: dict[str, list[tuple[Any, Any, Any]]]) -> None:
    """S15-S26, S33, X1-X18."""
    assert [each for each in both["tables"] if each[1] != each[2]] == []


def test_the_cases_reach_every_row_and_every_refusal(both: dict[str, list[tuple[Any, Any, Any]]]) -> None:
    answers = [answer for _case, answer, _browser in both["tables"]]
    rows = {answer["row"] for answer in answers if answer != "refused"}
    assert rows >= {row[0] for table in player_data()["tables"].values() for row in table["rows"]}
    assert "refused" in answers


def test_s5_s14_both_judge_table_a_alike(both: dict[str, list[tuple[Any, Any, Any]]]) -> None:
    """S3, S5-S14, X6-X8: locks, what is unanswered, and what is asked."""
    assert [each for each in both["screens"] if each[1] != each[2]] == []
    assert {answer["gravest"] for _case, answer, _browser in both["screens"]} == {"", "E", "T", "H"}
