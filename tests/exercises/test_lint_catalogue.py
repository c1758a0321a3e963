"""The starter catalogue is in order, and the lint finds what is not."""

import json
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exercises.content import Catalogue, Exercise, Severity
from exercises.lint import lint
from exercises.management.commands.lint_catalogue import SENTENCES, words
from exercises.reading import grade, syllables
from exercises.starter import FOLDER, StarterError, load_starter, read_catalogue, read_templates

STARTER = load_starter()
TEMPLATES = read_templates()
MILD = Severity.MILD


def findings(slug: str = "bridge", **changes: Any) -> set[tuple[str, str]]:
    """What the lint says when one exercise is changed."""
    exercises = tuple(replace(entry, **changes) if entry.slug == slug else entry for entry in STARTER)
    return {(found.check, found.found) for found in lint(Catalogue(exercises, STARTER.precautions), TEMPLATES)}


def dosed(slug: str = "bridge", **changes: Any) -> dict[Severity, Any]:
    """The doses of an exercise with the mild one changed."""
    doses = dict(STARTER.by_slug[slug].doses)
    return {**doses, MILD: replace(doses[MILD], **changes)}


def test_the_starter_catalogue_is_in_order() -> None:
    assert lint(STARTER, TEMPLATES) == ()
    assert (len(STARTER), len(STARTER.precautions), len(TEMPLATES)) == (85, 51, 12)


def test_no_entry_of_the_lumbar_templates_bends_backward() -> None:
    """R16: no extension-biased item in a template that serves the lower back."""
    found = findings(direction_bias=STARTER.by_slug["wall-angels"].direction_bias)
    assert ("extension-in-template", "bridge") in found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"easier": "nowhere"}, ("unknown-link", "easier: nowhere")),
        ({"easier": "bridge"}, ("link-to-itself", "easier")),
        ({"harder": "supine-march"}, ("link-loop", "harder")),
        ({"easier": "bridge-march"}, ("easier-and-harder", "bridge-march")),
        ({"exclude": frozenset({"gout"})}, ("unknown-code", "gout")),
        ({"clinician_ok": frozenset({"cannot-lie-supine"})}, ("excluded-and-held", "cannot-lie-supine")),
        ({"equipment": (("sofa",),)}, ("unknown-equipment", "sofa")),
        ({"regions": ()}, ("no-region", "")),
        ({"doses": {}}, ("no-dose", "")),
        ({"doses": {}}, ("no-dose-in-template", "bridge")),
        ({"feel": " "}, ("empty", "feel")),
        ({"steps": ("One.", "Two.")}, ("steps", "2")),
        ({"steps": ("Lie.",) * 7}, ("steps", "7")),
        ({"locks": STARTER.by_slug["bar-hang"].locks}, ("locked-in-template", "bridge")),
        ({"regions": STARTER.by_slug["neck-rotation"].regions}, ("region-in-template", "bridge")),
        ({"doses": dosed(reps=16)}, ("over-cap", "32 > 30")),
        ({"doses": dosed(hold_seconds=31)}, ("long-hold", "S29: 30")),
        ({"doses": dosed(minutes=5)}, ("sets-and-minutes", "")),
        ({"doses": dosed(cap_unit="minutes")}, ("cap-unit", "minutes")),
        ({"doses": dosed(rest_seconds=None)}, ("incomplete", "")),
        ({"doses": dosed(per_side=True)}, ("sides", "")),
        ({"doses": dosed(days_a_week=8)}, ("how-often", "1 x 8")),
    ],
)
def test_each_check_finds_its_fault(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in findings(**changes)


def test_s29_holds() -> None:
    """S29: 30 seconds, planks 20, stretches free; S32 shortens locked entries and lengthens none."""
    assert ("long-hold", "S29: 20") in findings("plank-knee", doses=dosed("plank-knee", hold_seconds=21))
    assert findings("calf-stretch-wall", doses=dosed("calf-stretch-wall", hold_seconds=45)) == set()
    assert ("long-hold", "S29: 30") in findings("bar-hang", doses=dosed("bar-hang", hold_seconds=31))


def test_s27_s32_heat_cold_and_locked_entries() -> None:
    """S27: 15 and 10 minutes; S32: 60 seconds for a locked entry as a whole, hanging and inversion once a day."""
    assert ("long-heat-or-cold", "S27: 15") in findings("heat-pack", doses=dosed("heat-pack", minutes=16))
    assert ("long-heat-or-cold", "S27: 10") in findings("cold-pack", doses=dosed("cold-pack", minutes=11))
    assert ("more-than-once", "S32: 1") in findings("inversion", doses=dosed("inversion", reps=2, daily_cap=2))
    assert ("over-hard-stop", "S32: 60") in findings("balance-board", doses=dosed("balance-board", sets=4))


def test_minutes_stay_inside_their_cap() -> None:
    assert ("over-cap", "41 > 40") in findings("stationary-bike", doses=dosed("stationary-bike", minutes=41))
    reps = dosed("stationary-bike", cap_unit="reps")
    assert ("cap-unit", "reps") in findings("stationary-bike", doses=reps)


def test_hard_words_are_found() -> None:
    hard = ("Approximate your scapulae during controlled unilateral dorsiflexion repetitions.",) * 3
    assert any(check == "hard-to-read" for check, _ in findings(steps=hard))
    assert grade("") == 0.0
    assert grade("Sit. Breathe. Rest.") < 4 < grade(hard[0])
    assert syllables("hipwidth") == 2


def test_doubles_and_unknown_exercises_of_templates_are_found() -> None:
    double = Catalogue((*STARTER, STARTER.exercises[0]), STARTER.precautions)
    assert [found.check for found in lint(double, {})] == ["twice"]
    odd = {"lumbar-mild": {"A": ("bridge", "bridge"), "B": ("nowhere",), "D": ()}}
    assert [found.check for found in lint(STARTER, odd)] == ["twice-in-a-day", "unknown-exercise"]


def test_every_finding_has_words() -> None:
    for finding in lint(Catalogue((replace(STARTER.by_slug["bridge"], doses={}),), ()), TEMPLATES):
        assert finding.where in words(finding)
    assert all(sentence[0].islower() for sentence in SENTENCES.values())


def run(**options: Any) -> str:
    out = StringIO()
    call_command("lint_catalogue", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the starter files."""
    return Path(shutil.copytree(FOLDER, tmp_path / "catalogue"))


def rewrite(folder: Path, **changes: Any) -> None:
    path = folder / "exercises" / "25-bridge.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_command_says_that_all_is_well() -> None:
    assert run() == "85 exercises, 51 precautions and 12 templates are in order.\n"


def test_command_names_each_fault(folder: Path) -> None:
    rewrite(folder, easier="nowhere", equipment=[["sofa"]])
    with pytest.raises(CommandError) as failure:
        run(folder=folder)
    assert "bridge links to an exercise that is not there (easier: nowhere)" in str(failure.value)
    assert "bridge needs equipment that has no word (sofa)" in str(failure.value)


@pytest.mark.parametrize("changes", [{"kind": "magic"}, {"surprise": 1}, {"doses": {"mild": {"sets": 1, "x": 2}}}])
def test_files_that_cannot_be_read_are_named(folder: Path, changes: dict[str, Any]) -> None:
    rewrite(folder, **changes)
    with pytest.raises(StarterError, match=r"25-bridge\.json"):
        read_catalogue(folder)
    with pytest.raises(CommandError, match=r"25-bridge\.json"):
        run(folder=folder)


def test_files_keep_the_catalogue_order() -> None:
    """X20: ties end with catalogue order, which the numbers of the file names give."""
    names = [path.stem.split("-", 1)[1] for path in sorted((FOLDER / "exercises").iterdir())]
    assert names == [exercise.slug for exercise in STARTER]
    first: Exercise = STARTER.exercises[0]
    assert first.slug == "knee-tuck-single"
