"""X1-X3: what a profile may hold, and what follows from it."""

from typing import Any

import pytest

from exercises.content import HOUSEHOLD, Bias, Region
from programs.rules.assembly import assemble
from programs.rules.profile import Profile, ProfileError
from tests.programs.rules.assembling import CATALOGUE, profile

GOOD: dict[str, Any] = {"regions": ["cervical", "lumbar"], "severity": "mild"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("regions", []),
        ("regions", ["neck"]),
        ("regions", "lumbar"),
        ("regions", [3]),
        ("severity", "bad"),
        ("severity", None),
        ("severity", ["mild"]),
        ("precautions", ["gout"]),
        ("precautions", None),
        ("equipment", ["sofa"]),
        ("equipment", "bike"),
        ("minutes", 9),
        ("minutes", 61),
        ("minutes", 20.0),
        ("minutes", True),
        ("minutes", "20"),
        ("ok", ["handstand"]),
        ("helps", ["bridge"]),
        ("mjoa", 19),
        ("mjoa", -1),
        ("specialist_agreement", "yes"),
        ("first_session", 1),
        ("direction_preference", "up"),
        ("precaution", ["knee-pain"]),
    ],
)
def test_x1_the_unknown_is_refused(field: str, value: object) -> None:
    with pytest.raises(ProfileError) as refusal:
        Profile.from_given({**GOOD, field: value}, CATALOGUE)
    problem = refusal.value.problems[0]
    assert problem[0] == (field if field in GOOD or hasattr(profile(), field) else "profile")
    assert problem[2]


def test_x1_every_problem_is_named_at_once() -> None:
    with pytest.raises(ProfileError) as refusal:
        Profile.from_given({"regions": ["x"], "severity": "y", "precautions": ["z"]}, CATALOGUE)
    assert [problem[0] for problem in refusal.value.problems] == ["regions", "severity", "precautions"]


def test_x1_assembly_refuses_codes_and_slugs_of_no_catalogue() -> None:
    for given in ({"precautions": ["gout"]}, {"ok": ["handstand"]}):
        with pytest.raises(ProfileError):
            assemble(Profile.from_given({**GOOD, **given}), CATALOGUE)


def test_x1_what_is_not_an_object_is_refused() -> None:
    with pytest.raises(ProfileError):
        Profile.from_given(["lumbar"])  # type: ignore[arg-type]


def test_r2_regions_keep_their_order_and_come_once() -> None:
    """R2: the therapist's regions, as given."""
    given = Profile.from_given({**GOOD, "regions": ["cervical", "lumbar", "cervical"]})
    assert given.regions == (Region.CERVICAL, Region.LUMBAR)
    assert Profile.from_given({**GOOD, "direction_preference": "flexion"}).direction_preference is Bias.FLEXION


@pytest.mark.parametrize(
    ("code", "implied"),
    [
        ("heart-failure", "heart-disease"),
        ("heart-disease-unstable", "heart-disease"),
        ("uncontrolled-hypertension", "hypertension-any"),
        ("peripheral-arterial-rest-pain", "peripheral-artery-disease"),
        ("vertebral-fracture", "osteoporosis"),
    ],
)
def test_x2_codes_imply_codes(code: str, implied: str) -> None:
    assert profile(codes=(code,)).codes == {code, implied}
    assert profile(codes=(implied,)).codes == {implied}


def test_x3_household_equipment() -> None:
    assert profile().present == set(HOUSEHOLD)
    assert profile(equipment=["bike"]).present == {*HOUSEHOLD, "bike"}
    assert profile(equipment=["none"]).present == {"bed", "chair", "wall", "pillow"}
    assert profile(equipment=["none", "armless-chair"]).present == {
        "bed", "chair", "wall", "pillow", "armless-chair",
    }  # fmt: skip


def test_x3_no_floor_takes_the_mat_away() -> None:
    given = profile(codes=("cannot-get-to-floor",), equipment=["mat", "none"])
    assert "mat" in given.present
    assert "mat" not in given.reachable
