"""X16, X17: the minimum plan, relief first."""

from exercises.content import Severity
from programs.rules.minimum import minimum_plan, relief_first
from tests.programs.rules.assembling import CATALOGUE, profile


def plan(*regions: str, relief: str | None = "side-lying-rest", walk: bool = False, **given: object) -> list[str]:
    items = minimum_plan(profile(*regions, **given), CATALOGUE, relief, walk=walk)  # type: ignore[arg-type]
    return [entry.exercise for entry in items]


def test_x16_minimum_plan() -> None:
    assert plan() == ["marching-seated", "pelvic-tilt-seated", "breathing", "side-lying-rest"]
    items = minimum_plan(profile(), CATALOGUE, "side-lying-rest")
    assert [entry.dose.minutes for entry in items] == [1, None, 2, 5]
    assert items[1].dose == CATALOGUE.by_slug["pelvic-tilt-seated"].doses[Severity.SEVERE]


def test_x16_other_regions_and_what_does_not_pass() -> None:
    assert plan("cervical") == ["marching-seated", "shoulder-roll", "breathing"]
    assert plan("lumbar", relief="forward-lean-rest", codes=("fall-risk",))[-1] == "breathing"
    assert plan("lumbar", relief=None)[-1] == "breathing"
    assert plan("lumbar", relief="bridge")[-1] == "breathing"
    flexion = plan(codes=("flexion-worsens", "hip-replacement-precautions"))
    assert flexion == ["breathing"]
    assert plan("thoracic", codes=("shoulder-injury",)) == ["marching-seated", "breathing"]
    assert "neck-rotation" in plan("cervical", codes=("shoulder-injury",))


def test_x16_a_walk_takes_the_march_s_place_for_five_minutes() -> None:
    walked = minimum_plan(profile(), CATALOGUE, None, walk=True)
    assert (walked[0].exercise, walked[0].dose.minutes) == ("walking-intervals", 5)
    assert plan(walk=True, codes=("fall-risk",))[0] == "marching-seated"


def test_x16_no_plan_behind_a_closed_gate() -> None:
    assert plan(codes=("recent-spine-surgery",)) == []


def test_r19_x17_relief_first_in_severe() -> None:
    assert relief_first(Severity.SEVERE, "marching-seated", "side-lying-rest") == "side-lying-rest"
    assert relief_first(Severity.SEVERE, "ninety-ninety-rest", "side-lying-rest") is None
    assert relief_first(Severity.MODERATE, "marching-seated", "side-lying-rest") is None
