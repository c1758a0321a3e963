"""R10-R16 one by one, and their order (X6)."""

from dataclasses import replace

import pytest

from exercises.content import Bias, Lock, Region, StartPosition
from programs.rules.filters import Effect, first_verdict, judge
from tests.programs.rules.assembling import exercise_of, gaps, item, profile, routine


def rule_of(slug: str, *regions: str, **given: object) -> str | None:
    found = first_verdict(exercise_of(slug), profile(*regions, **given))  # type: ignore[arg-type]
    return found.rule if found else None


def test_r11_locked_entries_never_come_by_themselves() -> None:
    for slug in ("bar-hang", "inversion", "balance-board", "nerve-glide-leg"):
        assert rule_of(slug, ok=[slug], equipment=["bar", "balance-board", "inversion-table"]) == "R11"


def test_r12_exclude_and_hold() -> None:
    assert rule_of("bridge", codes=("cannot-lie-supine",), ok=["bridge"]) == "R12"
    held = first_verdict(exercise_of("bridge"), profile(codes=("knee-pain", "glaucoma")))
    assert held is not None
    assert (held.effect, held.codes) == (Effect.HELD, ("glaucoma", "knee-pain"))
    assert rule_of("bridge", codes=("knee-pain",), ok=["bridge"]) is None


def test_x6_a_tick_covers_the_codes_of_its_day() -> None:
    given = profile(codes=("knee-pain", "glaucoma"), ok=["bridge"])
    later = replace(given, ok_codes={"bridge": frozenset({"knee-pain"})})
    found = first_verdict(exercise_of("bridge"), later)
    assert found is not None
    assert found.codes == ("glaucoma",)
    covered = replace(given, ok_codes={"bridge": frozenset({"knee-pain", "glaucoma"})})
    assert first_verdict(exercise_of("bridge"), covered) is None


def test_x6_a_tick_covers_implied_codes_too() -> None:
    """X2, X6: heart failure brings heart disease, then and now."""
    given = profile(codes=("heart-failure",), ok=["stationary-bike"], equipment=["bike"])
    covered = replace(given, ok_codes={"stationary-bike": frozenset({"heart-failure"})})
    assert first_verdict(exercise_of("stationary-bike"), covered) is None


def test_r6_removed_and_held_with_neck_cord_code() -> None:
    gate = {"codes": ("cervical-myelopathy",), "mjoa": 16, "specialist_agreement": True}
    neck_only = replace(exercise_of("shoulder-roll"), slug="new", regions=(Region.CERVICAL,))
    allowed = profile("cervical", **gate)  # type: ignore[arg-type]
    assert rule_of("neck-isometric", "cervical", ok=["neck-isometric"], **gate) in {"R6", "R12"}
    listed = replace(exercise_of("neck-isometric"), exclude=frozenset())
    assert (found := first_verdict(listed, allowed)) and found.rule == "R6"
    hanging = replace(neck_only, start_position=StartPosition.HANGING)
    assert (found := first_verdict(hanging, allowed)) and found.rule == "R6"
    assert (found := first_verdict(neck_only, allowed)) and found.effect is Effect.HELD
    assert rule_of("shoulder-roll", "cervical", **gate) is None


def test_r13_dose_and_region() -> None:
    assert rule_of("bird-dog", severity="severe") == "R13"
    assert rule_of("neck-rotation") == "R13"
    assert rule_of("neck-rotation", "lumbar", "cervical") is None


def test_r14_every_group_needs_one_word() -> None:
    assert rule_of("step-up", equipment=["none", "step"]) == "R14"
    assert rule_of("step-up", equipment=["none", "step", "counter"]) is None
    assert rule_of("plank-wall", equipment=["none"]) is None


def test_r15_floor() -> None:
    no_floor = {"codes": ("cannot-get-to-floor",)}
    assert rule_of("bridge-march", **no_floor) == "R15"
    assert rule_of("cat-cow", **no_floor) == "R12"
    on_bed = replace(exercise_of("bridge"), start_position=StartPosition.PRONE)
    assert (found := first_verdict(on_bed, profile(**no_floor))) and found.rule == "R15"  # type: ignore[arg-type]
    assert rule_of("bridge", **no_floor) is None
    assert rule_of("bridge-march", codes=("cannot-get-to-floor",), equipment=["none"]) == "R14"


def test_r16_extension_never_with_lumbar() -> None:
    assert rule_of("wall-angels", "thoracic") is None
    assert rule_of("wall-angels", "thoracic", "lumbar", direction_preference="extension") == "R16"


def test_r16_flexion_worsens() -> None:
    worse = {"codes": ("flexion-worsens",)}
    assert rule_of("pelvic-tilt", **worse) == "R16"
    assert rule_of("side-lying-rest", **worse) == "R16"
    assert rule_of("side-lying-rest", helps=["side-lying-rest"], **worse) is None
    assert rule_of("side-lying-rest", helps=["ninety-ninety-rest"], **worse) == "R16"
    assert rule_of("pelvic-tilt", direction_preference="flexion", **worse) is None
    assert rule_of("pelvic-tilt", direction_preference="extension", **worse) == "R16"
    assert rule_of("knee-tuck-single", direction_preference="flexion", **worse) == "R12"


def test_x6_order_of_the_filters() -> None:
    """X6: each filter hides the ones after it."""
    bad = replace(
        exercise_of("bridge"),
        slug="neck-isometric",
        locks=(Lock.NOT_AT_HOME,),
        exclude=frozenset({"glaucoma"}),
        clinician_ok=frozenset({"knee-pain"}),
        doses={},
        regions=(Region.THORACIC,),
        equipment=(("pool",),),
        start_position=StartPosition.PRONE,
        direction_bias=Bias.EXTENSION,
    )
    codes = ("cervical-myelopathy", "glaucoma", "knee-pain", "cannot-get-to-floor")
    rules = [verdict.key for verdict in judge(bad, profile(codes=codes))]
    assert rules == [
        "not-at-home",
        "excluded",
        "removed-neck-cord",
        "no-dose",
        "no-region",
        "no-equipment",
        "on-the-floor",
        "extension-lumbar",
        "held",
    ]
    assert first_verdict(bad, profile(codes=codes)) == judge(bad, profile(codes=codes))[0]


def test_x19_by_hand_additions_are_judged() -> None:
    """X19: nothing against a fitting entry; `not-at-home` told apart from the other locks."""
    assert judge(exercise_of("bridge"), profile()) == ()
    effects = {slug: judge(exercise_of(slug), profile())[0].effect for slug in ("inversion", "bar-hang")}
    assert effects == {"inversion": Effect.NOT_AT_HOME, "bar-hang": Effect.LOCKED}


@pytest.mark.parametrize(
    ("codes", "entry", "rule"),
    [(("cannot-lie-supine",), "bridge", "R12"), (("flexion-worsens",), "pelvic-tilt", "R16")],
)
def test_x20_a_missing_template_entry_carries_its_rule(codes: tuple[str, ...], entry: str, rule: str) -> None:
    found = routine(severity="moderate", codes=codes)
    assert gaps(found)["A", entry] == rule


def test_x15_items_know_their_seconds() -> None:
    assert item("breathing").seconds == 140
