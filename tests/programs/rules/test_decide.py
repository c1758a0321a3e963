"""``manage.py decide``: many cases in, one outcome each out; refusals in words with exit code 2."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from programs.rules.safety import player_data

VECTORS = json.loads((Path(__file__).parents[2] / "vectors.json").read_text(encoding="utf-8"))["session"]
NO_REST = {"table": "N", "given": {"last": "same"}}


def decide(file: Path) -> Any:
    out = StringIO()
    call_command("decide", str(file), stdout=out)
    return json.loads(out.getvalue())


def written(folder: Path, cases: Any) -> Path:
    file = folder / "cases.json"
    file.write_text(cases if isinstance(cases, str) else json.dumps(cases), encoding="utf-8")
    return file


def test_s15_s22_every_vector_in_one_file(tmp_path: Path) -> None:
    """S15-S22: the file holds the cases as vectors.json has them; other keys of a case are passed over."""
    assert decide(written(tmp_path, VECTORS)) == [case["expect"] for case in VECTORS]


def test_an_empty_list_has_no_outcomes(tmp_path: Path) -> None:
    assert decide(written(tmp_path, [])) == []


def test_it_runs_without_settings_and_prints_json_alone(tmp_path: Path) -> None:
    file = written(tmp_path, VECTORS[:3])
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "decide", str(file)],
        capture_output=True, text=True, timeout=60, check=False, cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [case["expect"] for case in VECTORS[:3]]


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ("{", "no JSON"),
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ({"table": "N", "given": {}}, "a list of cases is needed"),
        ("3", "a list of cases is needed"),
        ([NO_REST, {"table": "N"}], "Case 2: an object with table and given"),
        ([{"given": {}}], "Case 1: an object with table and given"),
        (["N"], "Case 1: an object with table and given"),
        ([{"table": "X", "given": {}}], "Case 1: 'X' is no table. Tables: T, U, C, N, interval."),
        ([{"table": ["N"], "given": {}}], "Case 1: .* is no table"),
        ([{"table": "N", "given": None}], "Case 1: given: an object"),
        ([NO_REST, {"table": "T", "given": {"now_spine": 3}}], "Case 2: alarm: None"),
        ([{"table": "interval", "given": {}}], "Case 1: planned_s or time_to_first_symptom_s"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_words(cases: Any, words: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=words) as refused:
        decide(written(tmp_path, cases))
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for name in ("nowhere.json", "bytes.json", ""):
        with pytest.raises(CommandError, match="cannot be read") as refused:
            decide(tmp_path / name)
        assert refused.value.returncode == 2


def test_s33_scores_that_cannot_be_are_missing_and_no_error(tmp_path: Path) -> None:
    """S33: NaN, a very long number and text are answered with "ask again"."""
    given = {
        "baseline_spine": 3, "baseline_limb": 2, "now_spine": 3, "now_limb": 2, "alarm": "none", "tingling": "none",
        "spread": False, "worse": False, "kind": "ordinary", "rise_limit": 0, "centralising_ok": False, "stops": 0,
    }  # fmt: skip
    strange = [float("nan"), float("inf"), int("9" * 400), "3", 3.5]
    found = decide(written(tmp_path, [{"table": "T", "given": {**given, "now_limb": each}} for each in strange]))
    assert {each["row"] for each in found} == {"T6"}


def test_the_answers_name_rows_of_the_tables(tmp_path: Path) -> None:
    rows = {row[0] for table in player_data()["tables"].values() for row in table["rows"]}
    assert {each["row"] for each in decide(written(tmp_path, VECTORS)) if "row" in each} <= rows
