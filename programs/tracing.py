"""Which code and which tests name each clinical rule (S1-S34 of safety.md, R1-R40 of routines.md)."""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RULES = tuple([f"S{number}" for number in range(1, 35)] + [f"R{number}" for number in range(1, 41)])
CODE_FOLDERS = ("accounts", "exercises", "programs", "static/js", "stenosis_pt", "templates")
CODE_KINDS = {".py", ".js", ".mjs", ".json", ".html"}
NOTES = Path("programs/rules/data/rule_notes.json")
NOT_CODE = {NOTES, Path("programs/tracing.py"), Path("programs/management/commands/rules.py")}

ONE = re.compile(r"(?<![A-Za-z0-9])([SRsr])(\d{1,2})(?![A-Za-z0-9])")
SPAN = re.compile(r"(?<![A-Za-z0-9])([SR])(\d{1,2})(?:-|–| to )\1(\d{1,2})(?![0-9])")
JS_TEST = re.compile(r"^\s*(?:test|it|describe)\(\s*([\"'`])(.+?)\1")


@dataclass(frozen=True)
class Trace:
    """One rule: the files that name it, the tests that name it, and the note that excuses a lack of either."""

    rule: str
    code: tuple[str, ...]
    tests: tuple[str, ...]
    note: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What is missing, in words; empty where nothing is."""
        if self.code and self.tests:
            stale = f"{self.rule}: it has code and tests, so its note in {NOTES} is out of date."
            return (stale,) if self.note else ()
        if self.note:
            return ()
        lacks = [name for name, places in (("code", self.code), ("test", self.tests)) if not places]
        return (f"{self.rule}: no {' and no '.join(lacks)} names it, and {NOTES} does not say why.",)


def trace_rules(root: Path) -> list[Trace]:
    """A trace for every rule. Raises ValueError for a note about an unknown rule."""
    notes = json.loads((root / NOTES).read_text(encoding="utf-8"))
    if unknown := sorted(notes.keys() - set(RULES)):
        raise ValueError(f"{NOTES} has notes for rules that there are not: {', '.join(unknown)}")
    code, tests = _code(root), _tests(root)
    return [Trace(rule, tuple(code[rule]), tuple(tests[rule]), notes.get(rule, "")) for rule in RULES]


def named_in(text: str) -> set[str]:
    """The rules that a text names, alone ("S17", "test_s17_...") or in a span ("S5-S14")."""
    found = {f"{letter.upper()}{int(number)}" for letter, number in ONE.findall(text.replace("_", " "))}
    for letter, first, last in SPAN.findall(text):
        found |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return found & set(RULES)


def _code(root: Path) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for folder in CODE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root)
            if file.suffix in CODE_KINDS and path not in NOT_CODE and "migrations" not in path.parts:
                for rule in named_in(file.read_text(encoding="utf-8")):
                    places[rule].append(path.as_posix())
    return places


def _tests(root: Path) -> dict[str, list[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for file in sorted((root / "tests").rglob("*")):
        if file.suffix == ".py":
            cases = _python_tests(file)
        elif file.suffix in {".mjs", ".js"}:
            cases = _javascript_tests(file)
        else:
            continue
        for name, text in cases:
            for rule in named_in(text):
                places[rule].append(f"{file.relative_to(root).as_posix()}::{name}")
    return places


def _python_tests(file: Path) -> Iterator[tuple[str, str]]:
    """Each test function with its decorators, name, docstring and body."""
    source = file.read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, "\n".join(lines[first - 1 : node.end_lineno])


def _javascript_tests(file: Path) -> Iterator[tuple[str, str]]:
    """Each test by the words of its title."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := JS_TEST.match(line):
            yield match.group(2), match.group(2)
