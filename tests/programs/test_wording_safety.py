"""The words of the safety rules: Table A for patients (S4), why an alert was opened for therapists."""

import ast
import inspect
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

import programs
from exercises.content import Exercise, Region
from exercises.reading import grade
from exercises.starter import load_starter
from programs.guided.document import rules_data
from programs.models import Alert
from programs.rules.screen import question_ids, screen
from programs.rules.session_course import Course
from programs.rules.tables import tables
from programs.wording.alerts import AGAINST, ROWS, alert_words
from programs.wording.safety import GROUPS, QUESTIONS, data_in_words, question_words

DISEASES = (
    "cauda", "equina", "myelopath", "stenosis", "fracture", "stroke", "thromb", "clot", "embol", "aneurysm",
    "dissection", "tumour", "tumor", "metasta", "meningit", "angina", "heart attack", "infarct", "ischaem", "ischem",
    "claudication", "sepsis", "radiculopathy", "compression", "diagnos",
)  # fmt: skip
NOTHING = "Please look at this patient's answers."
TELLING = {"end-session", "end-and-screen", "end-and-fall-check", "stop-exercise"}


@pytest.mark.parametrize("name", screen()["questions"])
def test_s5_s14_the_words_of_a_question_are_those_of_the_data(name: str) -> None:
    """S5-S14: one English text, in the data and for translation."""
    with translation.override("en"):
        assert question_words(name) == screen()["questions"][name]["text"]


def test_s5_s14_nothing_has_words_that_is_not_asked() -> None:
    assert list(QUESTIONS) == list(screen()["questions"])
    assert {key: str(words) for key, words in GROUPS.items()} == {g["id"]: g["title"] for g in screen()["groups"]}


@pytest.mark.parametrize("name", screen()["questions"])
def test_s4_a_question_is_plain_and_names_no_disease(name: str) -> None:
    """S4, safety section 5: reading age 9-11 (school grade 6 at most), one or two short sentences that ask."""
    words = question_words(name)
    assert grade(words) <= 6
    assert not [disease for disease in DISEASES if disease in words.lower()]
    assert len(words) <= 160
    assert "?" in words


def test_s4_no_title_names_a_disease() -> None:
    text = " ".join(map(str, GROUPS.values())).lower()
    assert not [disease for disease in DISEASES if disease in text]


def test_s5_s14_the_page_gets_the_rules_in_the_readers_language() -> None:
    """S5-S14: the data block is the server's data with the words of the language; the data itself stays English."""
    assert rules_data() == data_in_words()
    with translation.override("en"):
        assert json.loads(json.dumps(data_in_words())) == {**tables(), "screen": screen()}


def test_s3_every_question_asked_anywhere_has_words() -> None:
    asked = question_ids("full", dict.fromkeys(screen()["questions"], "yes"))
    assert set(asked) <= set(QUESTIONS)


TABLE_ROWS = [row for table in tables()["tables"].values() for row in table["rows"]]


@pytest.mark.parametrize(
    ("row", "rule", "level"),
    [(row[0], row[3], "stop" if row[2] == "stop-exercise" else "end") for row in TABLE_ROWS if row[2] in TELLING]
    + [(row[0], row[3], "note") for row in TABLE_ROWS if row[2] in {"no-session", "relief-only", "minimum-plan"}]
    + [(row[0], row[3], "stop") for row in TABLE_ROWS if row[2] in {"reaction", "lock-H-and-T"}],
)
def test_s17_s26_every_row_that_tells_the_therapist_has_words(row: str, rule: str, level: str) -> None:
    """S17-S26: the alert of each row says what happened."""
    words = alert_words(rule=rule, row=row, params={"name": "Bridge", "spine": 5, "baseline_spine": 3}, level=level)
    assert words != NOTHING
    assert row in ROWS or rule == "S26"
    assert "%" not in words


DONE_AGAINST = ("S2", "S13", "S15", "R12", "S17", "S18", "S19", "S21", "X5", "X16")
"""The rules against which a device may report an exercise as done."""
FINDINGS: list[tuple[str, str, dict[str, Any]]] = [
    *[(level, f"S{number}", {"scope": "all"}) for level in "ETH" for number in range(5, 15)],
    *[(level, rule, {"scope": "all"}) for level in "ETH" for rule in ("S18", "S22", "S25")],
    *[("end", rule, {"kind": "full"}) for rule in ("S1", "S2", "S7", "S11", "S15", "S22", "S24", "S26", "S33", "X5")],
    *[("note", rule, {"exercise": "bridge", "item": "1"}) for rule in (*DONE_AGAINST, "P12")],
    *[
        ("note", rule, {"exercise": "bridge", "names": ["Bridge"]})
        for rule in ("R6", "R11", "R12", "R15", "R16", "S13")
    ],
    ("H", "S2", {"kind": "full"}),
    ("note", "S2", {}),
    ("note", "S18", {"spine": 5}),
    ("note", "S25", {}),
    ("note", "S26", {}),
    ("note", "S33", {"event": "1"}),
    ("note", "X5", {}),
    ("note", "X5", {"why": "midnight"}),
    ("note", "X9", {"item": "1", "entries": 2}),
    ("no-data", "X5", {}),
    ("no-data", "X9", {}),
    ("no-data", "X9", {"why": "no-answer"}),
    ("no-data", "P23", {}),
    ("end", "P14", {"to": "relief"}),
    ("end", "S21", {"to": "minimum"}),
    ("end", "S18", {"why": "stop"}),
    ("stop", "X16", {"spine": 5, "usual_spine": 3}),
]
"""What a session's replay, what follows from it and the opening of a day tell: level, rule and parameters."""
OF_A_ROW = {("stop", "S17"), ("stop", "S22"), ("end", "S18")}
"""Their words are those of the row of a table."""
COMPUTED = {
    ("'note'", "found.rule"),  # C7, C8, S26
    ("'stop'", "found.rule"),  # C9, C10
    ("'H' if why == 'S2' else 'end'", "why"),  # a start that was none
    ("'note'", "rule"),  # DONE_AGAINST
    ("'stop'", "outcome.rule"),  # rows of table T
    ("'end'", "outcome.rule"),  # rows of tables T and U
    ("'no-data' if rule == 'X9' else 'note'", "rule"),  # closed by a device
    ("'end'", "self.facts['end_rule']"),  # ended by a device
    ("Alert.Level.NOTE", "one.rule"),  # left out of the day
    ("Alert.Level.END", "rule"),  # the program is paused
    ("notice.level", "notice.rule"),  # what the replay told
    ("level", "rule"),  # a lock
}
"""Level and rule of the calls that name neither outright, as they stand in the code; FINDINGS has what they come to."""


@pytest.mark.parametrize(("level", "rule", "params"), FINDINGS)
def test_s18_s33_every_finding_of_a_session_has_words(level: str, rule: str, params: dict[str, Any]) -> None:
    """S2, S5-S18, S21-S26, S33: what a session's replay and the intake open alerts for."""
    words = alert_words(rule=rule, row="", params=params, level=level)
    assert words != NOTHING
    assert "%" not in words


def calls_that_tell() -> list[tuple[ast.expr, ast.expr]]:
    """The level and the rule of each call in the application that tells the therapist."""
    found = []
    for path in Path(programs.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = {each.arg: each.value for each in node.keywords}
            if name == "open_alert":
                found.append((named["level"], named["rule"]))
            elif name == "notice" and ast.unparse(node.func) != "self.ledger.notice":
                found.append((node.args[0], node.args[1]))
    return found


def test_every_alert_that_the_code_can_open_is_among_the_findings() -> None:
    """A new call brings its words, or is looked at here."""
    known = {(level, rule) for level, rule, _params in FINDINGS} | OF_A_ROW
    levels = {f"Alert.Level.{level.name}": level.value for level in Alert.Level}
    for level, rule in calls_that_tell():
        at = level.value if isinstance(level, ast.Constant) else levels.get(ast.unparse(level))
        if at and isinstance(rule, ast.Constant):
            assert (at, rule.value) in known
        else:
            assert (ast.unparse(level), ast.unparse(rule)) in COMPUTED


def test_every_rule_that_an_exercise_can_be_done_against_has_its_own_words() -> None:
    source = textwrap.dedent(inspect.getsource(Course._flag))
    rules = next(node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Dict))
    assert {key.value for key in rules.keys if isinstance(key, ast.Constant)} == set(DONE_AGAINST)
    assert set(DONE_AGAINST) <= set(AGAINST)


@pytest.mark.parametrize(
    ("level", "rule", "params", "says", "never"),
    [
        ("note", "X9", {"item": "1", "entries": 2, "name": "Bridge"}, "finished", "closed|minutes"),
        ("no-data", "X9", {}, "left without an answer, and was closed", "minutes"),
        ("note", "X5", {"why": "midnight"}, "closed", "without a new pain"),
        ("note", "X5", {"why": "too-late"}, "closed", "without a new pain"),
        ("note", "X5", {}, "without a new pain question", "closed"),
        ("note", "S2", {}, "was ended", "not counted"),
        ("note", "R12", {"exercise": "bridge", "names": ["Bridge"]}, "^Left out .* precaution: Bridge", "done"),
        ("note", "S13", {"exercise": "walking", "names": ["Walk"]}, "^Left out .* on hold: Walk", "done"),
        ("note", "R15", {"exercise": "bridge", "names": ["Bridge"]}, r"^Left out .*: Bridge \(R15\)", "done"),
        ("note", "R12", {"exercise": "bridge", "name": "Bridge"}, "“Bridge” was done", "Left out"),
    ],
)
def test_x5_x9_an_alert_says_what_happened(
    level: str, rule: str, params: dict[str, Any], says: str, never: str
) -> None:
    """X5, X9, S2, R12: one rule opens alerts for several things; each has the words of its own."""
    words = alert_words(rule=rule, row="", params=params, level=level)
    assert re.search(says, words)
    assert not re.search(never, words)


def test_x7_different_findings_have_different_words() -> None:
    """S18, S33: a lock, an exercise done after the end, a start and a note are told apart."""
    found = [
        alert_words(rule="S18", row="", params=params, level=level)
        for level, params in (
            ("T", {}),
            ("end", {}),
            ("note", {"exercise": "x"}),
            ("note", {"spine": 5}),
            ("end", {"kind": "full"}),
        )
    ]
    assert len(set(found)) == len(found)


def test_s15_the_change_is_told_in_numbers() -> None:
    words = alert_words(rule="S15", row="C10", params={"spine": 6, "usual_spine": 3, "limb": 2}, level="stop")
    assert "3 → 6" in words
    assert "arm or leg 2" in words


def test_an_unknown_rule_still_gets_a_sentence() -> None:
    assert alert_words(rule="Z9", row="Z1", params={}, level="note") == NOTHING


def exercise(slug: str) -> Exercise:
    found = load_starter().get(slug)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("slug", "minutes", "codes"),
    [
        ("heat-pack", 15, {"skin-open-wound", "reduced-sensation"}),
        ("cold-pack", 10, {"skin-open-wound", "reduced-sensation", "cold-sensitivity"}),
    ],
)
def test_s27_heat_and_cold_are_short_wrapped_and_looked_at(slug: str, minutes: int, codes: set[str]) -> None:
    """S27: warm 15 min, cold 10 min, cloth between, the skin at 5 min, blocked by its codes."""
    pack = exercise(slug)
    steps = " ".join(pack.steps).lower()
    assert {dose.minutes for dose in pack.doses.values()} == {minutes}
    assert "towel" in steps
    assert "skin after five minutes" in steps
    assert codes <= pack.exclude


def test_s27_nobody_sleeps_on_a_heat_pack() -> None:
    assert "never sleep" in exercise("heat-pack").stop.lower()


def test_s30_neck_entries_are_small_slow_and_supported() -> None:
    """S30: seated or lying; never to the end, fast, hanging, pulled or turned by hand."""
    neck = [each for each in load_starter() if re.match(r"neck-|chin-tuck", each.slug)]
    assert len(neck) >= 5
    for each in neck:
        text = " ".join((*each.steps, each.feel)).lower()
        assert Region.CERVICAL in each.regions
        assert each.start_position in {"sitting", "supine"}
        assert re.search(r"little|slow|light|easy|soft", text), each.slug
        assert not re.search(r"as far as|quick|fast|\bhang|pull your head|crack|close your eyes", text), each.slug
