"""Every clinical rule stands in code and in a test, or a note says why not."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from programs.tracing import NOTES, RULES, named_in, trace_rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("def test_s17_stop", {"S17"}),
        ("S5-S14 and R12", {f"S{number}" for number in range(5, 15)} | {"R12"}),
        ("AS17 S170 S35 R41 X8", set()),
        ("(R6, R7)", {"R6", "R7"}),
    ],
)
def test_which_rules_a_text_names(text: str, rules: set[str]) -> None:
    assert named_in(text) == rules


def small_project(root: Path, notes: dict[str, str]) -> Path:
    """A project in which S1 has code and a test, R2 code alone, and the rest neither."""
    (root / NOTES).parent.mkdir(parents=True)
    (root / NOTES).write_text(json.dumps(notes))
    (root / "programs" / "thing.py").write_text('"""S1 and R2."""\n')
    (root / "tests").mkdir()
    (root / "tests" / "test_thing.py").write_text('def test_it():\n    """S1."""\n')
    return root


def test_a_rule_without_test_or_note_is_a_fault(tmp_path: Path) -> None:
    others = {rule: "policy" for rule in RULES if rule not in {"S1", "R2"}}
    faults = [fault for trace in trace_rules(small_project(tmp_path, others)) for fault in trace.faults]
    assert len(faults) == 1
    assert faults[0].startswith("R2: no test names it")


def test_a_note_for_a_rule_that_has_both_is_a_fault(tmp_path: Path) -> None:
    notes = dict.fromkeys(RULES, "policy")
    faults = [fault for trace in trace_rules(small_project(tmp_path, notes)) for fault in trace.faults]
    assert faults == [f"S1: it has code and tests, so its note in {NOTES} is out of date."]


def test_a_note_for_an_unknown_rule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="S99"):
        trace_rules(small_project(tmp_path, {"S99": "?"}))


def test_the_command_fails_in_words(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = small_project(tmp_path, {})
    with pytest.raises(CommandError, match="R40: no code and no test names it"):
        call_command("rules", "--quiet")


def test_the_project_s_own_rules_are_all_accounted_for() -> None:
    faults = [fault for trace in trace_rules(settings.BASE_DIR) for fault in trace.faults]
    assert faults == []
