"""``manage.py assemble``: its options, its text, its JSON and its refusals."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from programs.rules import RULES_VERSION

LUMBAR = ("--region", "lumbar", "--severity", "mild")
ITEM_KEYS = {
    "exercise", "sets", "reps", "hold_seconds", "rest_seconds", "per_side", "dose_minutes", "work_seconds",
    "times_a_day", "daily_cap", "minutes", "reasons",
}  # fmt: skip


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("assemble", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


def order(routine: dict[str, Any], day: str) -> list[str]:
    return [item["exercise"] for item in routine["days"][day]["items"]]


def test_json_has_the_promised_shape() -> None:
    found = as_json(*LUMBAR, "--precaution", "knee-pain", "--equipment", "none")
    assert list(found) == [
        "rules_version",
        "severity",
        "regions",
        "days",
        "week",
        "left_out",
        "swaps",
        "needs_ok",
        "marks",
        "blocked",
    ]
    assert (found["rules_version"], found["severity"], found["regions"]) == (RULES_VERSION, "mild", ["lumbar"])
    assert list(found["days"]) == ["A", "B", "D"]
    for day in found["days"].values():
        assert day.keys() == {"items", "minutes"}
        assert all(item.keys() == ITEM_KEYS for item in day["items"])
    assert len(found["week"]) == 7 and found["week"][0] == ["A", "D"]
    assert {
        "day": "A",
        "exercise": "bridge",
        "rule": "R12",
        "why": "Waits for your OK because of: knee-pain.",
    } in found["left_out"]
    assert {"day": "A", "from": "bird-dog", "to": "abdominal-brace", "rule": "R17"} in found["swaps"]
    assert {"exercise": "bridge", "precaution": "knee-pain"} in found["needs_ok"]
    assert found["blocked"] is None


def test_null_where_a_field_does_not_apply() -> None:
    march, tucks = as_json(*LUMBAR)["days"]["A"]["items"][:2]
    assert (march["sets"], march["reps"], march["hold_seconds"], march["dose_minutes"]) == (None, None, None, 2)
    assert (tucks["sets"], tucks["reps"], tucks["dose_minutes"], tucks["work_seconds"]) == (1, 10, None, None)
    assert tucks["per_side"] is True
    assert (march["minutes"], march["reasons"]) == (2.3, ["R2", "R3"])


def test_every_option() -> None:
    floor = as_json(*LUMBAR, "--no-floor", "--minutes", "20", "--first-session")
    assert "bird-dog" not in order(floor, "A")
    assert floor["days"]["A"]["minutes"] <= 20.5
    ticked = as_json(*LUMBAR, "--precaution", "knee-pain", "--ok", "bridge", "--ok", "sit-to-stand")
    assert {"bridge", "sit-to-stand"} <= set(order(ticked, "A"))
    assert "stationary-bike" in order(as_json(*LUMBAR, "--equipment", "bike", "--equipment", "band"), "B")
    both = as_json("--region", "cervical", "--region", "lumbar", "--severity", "severe", "--helps", "side-lying-rest")
    assert both["regions"] == ["cervical", "lumbar"]
    gate = ("--precaution", "cervical-myelopathy")
    assert as_json(*LUMBAR, *gate)["blocked"]["rule"] == "R6"
    agreed = (*gate, "--mjoa", "13", "--specialist-agreement", "--specialist-reason-against-surgery")
    assert as_json(*LUMBAR, *agreed)["blocked"] is None


def test_text_explains_itself() -> None:
    text = run(*LUMBAR, "--precaution", "knee-pain", "--minutes", "30", "--first-session")
    for words in (
        "Day A:",
        "Seated march (marching-seated), 2 min",
        "Week: A+D | B | A+D | B | A+D | B | D",
        "A bridge: Waits for your OK because of: knee-pain. [R12]",
        "B stationary-bike -> walking-intervals [R17]",
        "bridge: knee-pain [R12]",
        "First session: a test dose.",
    ):
        assert words in text


def test_a_blocked_profile_is_an_answer() -> None:
    text = run(*LUMBAR, "--precaution", "recent-spine-surgery")
    assert "No plan is made: Spine surgery that is not yet cleared." in text
    assert "[R37]" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--severity", "mild"), "Unknown region: nothing. Valid: lumbar, thoracic, cervical."),
        (("--region", "neck", "--severity", "mild"), "Unknown region: neck. Valid: lumbar, thoracic, cervical."),
        (("--region", "lumbar"), "Unknown severity: nothing. Valid: mild, moderate, severe."),
        ((*LUMBAR, "--precaution", "gout"), "Unknown precaution: gout. Valid: anticoagulant, aortic-aneurysm,"),
        ((*LUMBAR, "--equipment", "sofa"), "Unknown equipment: sofa. Valid: mat, bed, chair,"),
        ((*LUMBAR, "--ok", "handstand"), "Unknown exercise with an OK: handstand. Valid: knee-tuck-single,"),
        ((*LUMBAR, "--helps", "bridge"), "Valid: ninety-ninety-rest, side-lying-rest, forward-lean-rest."),
        ((*LUMBAR, "--minutes", "9"), "Unknown minutes: 9. Valid: 10-60."),
        ((*LUMBAR, "--minutes", "ten"), "Unknown minutes: ten. Valid: 10-60."),
        ((*LUMBAR, "--minutes", "9" * 5000), "Valid: 10-60."),
        ((*LUMBAR, "--mjoa", "19"), "Unknown mJOA: 19. Valid: 0-18."),
    ],
)
def test_x1_refusals_list_what_is_valid(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert words in str(refusal.value)
    assert refusal.value.returncode == 2


def test_profiles_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "profiles.json"
    profiles = [
        {"regions": ["lumbar"], "severity": "mild", "equipment": ["bike"]},
        {"regions": ["thoracic"], "severity": "severe", "precautions": ["dvt-suspected"]},
    ]
    file.write_text(json.dumps(profiles), encoding="utf-8")
    found = json.loads(run("--profiles", str(file)))
    assert order(found[0], "B")[1] == "stationary-bike"
    assert found[1]["blocked"]["rule"] == "R10"
    file.write_text("[]", encoding="utf-8")
    assert json.loads(run("--profiles", str(file))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('"\\ud800', "cannot be read as JSON"),
        ("{}", "must hold a list of profiles"),
        ("[3]", "Profile 1: "),
        ('[{"regions": ["lumbar"], "severity": "mild"}, {"regions": ["x"]}]', "Profile 2: Unknown region: x."),
        ('[{"regions": ["lumbar"], "severity": "mild", "precaution": []}]', "Unknown field: precaution."),
        ('[{"regions": ["lumbar"], "severity": "mild", "minutes": NaN}]', "Unknown minutes: nan."),
    ],
)
def test_x1_profiles_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "profiles.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError) as refusal:
        run("--profiles", str(file))
    assert words in str(refusal.value)
    assert refusal.value.returncode == 2


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        run("--profiles", str(tmp_path / "nowhere.json"))
    assert refusal.value.returncode == 2


def test_exit_codes_of_the_process() -> None:
    """0 for a blocked profile, 2 for a refused one, without any database."""

    def exit_code(*arguments: str) -> int:
        command = [sys.executable, "manage.py", "assemble", *arguments]
        return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=False).returncode

    assert exit_code(*LUMBAR, "--precaution", "recent-spine-surgery") == 0
    assert exit_code("--region", "neck", "--severity", "mild") == 2
