"""R17: what takes the place of a dropped template entry (X7, X8, X9)."""

from dataclasses import replace

from exercises.content import Bias, Dose, Kind, Region, Severity, StartPosition
from programs.rules.assembly import assemble
from tests.programs.rules.assembling import (
    CATALOGUE,
    changed,
    exercise_of,
    gaps,
    profile,
    routine,
    slugs,
    swaps,
)

NONE = ("none",)


def test_x7_relief_opener_falls_back_along_its_chain_of_relief() -> None:
    found = routine(severity="severe", codes=("cannot-lie-supine",))
    assert ("A", "ninety-ninety-rest", "side-lying-rest") in swaps(found)
    assert ("D", "ninety-ninety-rest", "side-lying-rest") in swaps(found)


def test_x7_opener_takes_the_first_of_three_that_is_not_in_the_day() -> None:
    found = routine(codes=("hip-replacement-precautions",))
    assert ("A", "marching-seated", "pelvic-tilt-seated") in swaps(found)
    neck = routine("cervical", codes=("hip-replacement-precautions",), severity="moderate")
    assert ("B", "marching-seated", "shoulder-roll") in swaps(neck)


def test_x7_a_held_opener_gets_a_stand_in_and_is_listed() -> None:
    found = routine(codes=("hip-replacement-precautions",))
    assert ("marching-seated", "hip-replacement-precautions") in found.needs_ok


def test_x7_relief_closer_and_relief_in_a_daily_set_take_breathing_if_it_is_free() -> None:
    found = routine(severity="severe", codes=("flexion-worsens",))
    assert ("B", "forward-lean-rest", "breathing") in swaps(found)
    assert gaps(found)["D", "ninety-ninety-rest"] == "R16"


def test_x7_held_closer_gets_a_stand_in() -> None:
    found = routine(severity="severe", codes=("fall-risk",))
    assert ("B", "forward-lean-rest", "breathing") in swaps(found)
    assert ("forward-lean-rest", "fall-risk") in found.needs_ok


def test_x8_a_held_entry_leaves_its_place_empty() -> None:
    """R12, X8: no stand-in for what waits for a tick."""
    found = routine(severity="moderate", codes=("knee-pain",))
    assert gaps(found)["A", "bridge"] == "R12"
    assert ("bridge", "knee-pain") in found.needs_ok
    assert not any(origin == "bridge" for _, origin, _ in swaps(found))


def test_x8_region_and_lock_have_no_stand_in() -> None:
    found = routine("lumbar", "thoracic")
    assert gaps(found)["B", "neck-rotation"] == "R13"
    locked = changed(pelvic_tilt=replace(exercise_of("pelvic-tilt"), locks=exercise_of("bar-hang").locks))
    assert gaps(routine(catalogue=locked))["A", "pelvic-tilt"] == "R11"


def test_x8_a_missing_dose_has_a_stand_in() -> None:
    bridge = exercise_of("bridge")
    undosed = replace(bridge, doses={Severity.MODERATE: bridge.doses[Severity.MODERATE]})
    assert ("A", "bridge", "supine-march") in swaps(routine(catalogue=changed(bridge=undosed)))


def test_x8_aerobic_list_in_order() -> None:
    assert ("B", "stationary-bike", "walking-intervals") in swaps(routine(equipment=None))
    no_walking = ("peripheral-arterial-rest-pain",)
    pool = routine("cervical", severity="mild", codes=no_walking, equipment=["pool"])
    assert ("B", "walking-steady", "water-walking") in swaps(pool)
    nothing = routine("cervical", severity="mild", codes=no_walking, equipment=None)
    assert gaps(nothing)["B", "walking-steady"] == "R12"


def test_x8_held_stand_ins_met_on_the_way_need_ok() -> None:
    """X8: ticking a held walk would place it before the stand-in that is used instead."""
    found = routine("cervical", severity="mild", codes=("fall-risk",), equipment=["none", "bike"])
    assert {("walking-steady", "fall-risk")} <= set(found.needs_ok)
    missing_bike = routine(severity="mild", codes=("fall-risk",), equipment=None)
    assert ("walking-intervals", "fall-risk") in missing_bike.needs_ok


def test_x8_easier_chain_skips_posture_passive_and_what_is_in_the_day() -> None:
    found = routine(severity="severe", codes=("cannot-lie-supine",))
    assert ("A", "knee-tuck-single", "hamstring-stretch-seated") in swaps(found)
    assert gaps(found)["A", "abdominal-brace"] == "R12"


def test_x8_easier_chain_skips_foreign_regions() -> None:
    """X8 (a): an easier version that shares no region with the dropped entry and the patient is passed over."""
    foreign = replace(exercise_of("supine-march"), regions=(Region.THORACIC,))
    found = routine("lumbar", "thoracic", catalogue=changed(supine_march=foreign), codes=("vertebral-fracture",))
    assert ("A", "bridge", "brace-heel-slide") in swaps(found)


def test_x8_posture_and_passive_in_the_main_part_are_left_out() -> None:
    passive = replace(exercise_of("pelvic-tilt"), kind=Kind.PASSIVE, equipment=(("pool",),))
    assert gaps(routine(catalogue=changed(pelvic_tilt=passive)))["A", "pelvic-tilt"] == "R14"


def test_r17_no_equipment_version_of_the_rules() -> None:
    """R14, R17: section E, "No-equipment version"."""
    found = routine(equipment=NONE)
    assert {
        ("A", "bird-dog", "abdominal-brace"),
        ("A", "heel-raise", "heel-raise-seated"),
        ("B", "marching-standing", "marching-seated"),
        ("B", "stationary-bike", "walking-intervals"),
        ("D", "hamstring-stretch-supine", "hamstring-stretch-seated"),
    } == swaps(found) - {("B", "calf-stretch-wall", "toe-raise")}
    assert gaps(found)["A", "single-leg-stand"] == "R14"
    corner = routine("cervical", severity="mild", equipment=NONE)
    assert ("A", "corner-stretch", "doorway-stretch") in swaps(corner)
    assert gaps(corner)["A", "seated-row-band"] == "R14"


def new(slug: str, **values: object) -> object:
    base = replace(exercise_of("clamshell"), slug=slug, easier=None, harder=None, equipment=())
    return replace(base, **values)  # type: ignore[arg-type]


def knee_extension_day(*entries: object) -> list[str]:
    """A strength entry without easier version and without equipment; the entries may stand in for it."""
    dropped = replace(
        exercise_of("sit-to-stand"),
        easier=None,
        harder="upward",
        equipment=(("pool",),),
        start_position=StartPosition.SIDE,
    )
    more = {f"new_{number}": entry for number, entry in enumerate(entries)}
    others = {
        exercise.slug.replace("-", "_"): replace(exercise, regions=(Region.CERVICAL,))
        for exercise in CATALOGUE
        if exercise.kind is Kind.STRENGTH and exercise.slug not in ("sit-to-stand", "heel-raise", "marching-seated")
    }
    catalogue = changed(**others, sit_to_stand=dropped, **more)  # type: ignore[arg-type]
    day = slugs(assemble(profile(equipment=["bike"]), catalogue), "A")
    return [slug for slug in day if slug.startswith("s-")]


def test_x9_same_start_first_then_sitting_supine_side() -> None:
    sitting = new("s-sitting", start_position=StartPosition.SITTING)
    supine = new("s-supine", start_position=StartPosition.SUPINE)
    side = new("s-side", start_position=StartPosition.SIDE)
    standing = new("s-standing", start_position=StartPosition.STANDING)
    assert knee_extension_day(standing, supine, sitting, side) == ["s-side"]
    assert knee_extension_day(standing, supine, sitting) == ["s-sitting"]
    assert knee_extension_day(standing, supine) == ["s-supine"]
    assert knee_extension_day(standing) == []


def test_x9_never_upward_longer_extension_or_other_region() -> None:
    side = {"start_position": StartPosition.SIDE}
    assert knee_extension_day(new("upward", **side)) == []
    assert knee_extension_day(new("s-longer", easier="clamshell", **side)) == []
    assert knee_extension_day(new("s-neck", regions=(Region.CERVICAL,), **side)) == []
    assert knee_extension_day(new("s-extension", direction_bias=Bias.EXTENSION, **side)) == []
    assert knee_extension_day(new("s-first", **side), new("s-second", **side)) == ["s-first"]


def test_x9_held_candidates_are_passed_over_in_silence() -> None:
    """X8: `needs_ok` does not list what the same-kind search met."""
    catalogue_day = routine(codes=("knee-pain", "cannot-kneel"))
    listed = {slug for slug, _ in catalogue_day.needs_ok}
    assert "knee-extension-seated" not in listed


def test_r17_entries_gone_from_the_catalogue_are_left_out() -> None:
    """R17: a retired template entry is missed, not invented."""
    kept = tuple(entry for entry in CATALOGUE if entry.slug not in ("bridge", "marching-seated"))
    found = assemble(profile(equipment=["bike"]), type(CATALOGUE)(kept, CATALOGUE.precautions))
    assert gaps(found)["A", "bridge"] == "R17"
    assert ("A", "marching-seated", "pelvic-tilt-seated") in swaps(found)


def test_x8_chains_end_at_loops_and_gaps() -> None:
    loop = changed(
        bridge=replace(exercise_of("bridge"), easier="bridge-march"),
        bridge_march=replace(exercise_of("bridge-march"), easier="bridge"),
        plank_full=replace(exercise_of("plank-full"), easier="nowhere"),
    )
    assert loop.easier_chain("bridge") == ("bridge-march",)
    assert loop.easier_chain("plank-full") == loop.easier_chain("nowhere") == ()
    assert Dose(sets=1, reps=1).is_minutes is False
