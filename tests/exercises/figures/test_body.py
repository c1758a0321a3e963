"""The posed body: limb lengths, supports, reaches, and what the data must hold."""

import json
from math import dist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.figures import body
from exercises.figures.figure import read_figure
from exercises.figures.geometry import Matrix, angles_of, dot, rotation
from exercises.figures.kinematics import Body, lowest, solve, trunk_bottom
from exercises.figures.lint import problems
from exercises.figures.movement import frames, stops
from exercises.figures.pose import FigureError, Pose, read_pose
from exercises.figures.svg import moving, still

ALT = "Sitting on a chair, one knee straightens and bends again."
LIMBS = {
    ("hip", "knee"): body.THIGH,
    ("knee", "ankle"): body.SHANK,
    ("shoulder", "elbow"): body.UPPER_ARM,
    ("elbow", "wrist"): body.FOREARM,
    ("wrist", "hand"): body.HAND,
}
KEYS = ("alt", "view", "poses", "moves", "accent", "arrow", "props", "ties", "behind", "crop", "pitch")
angle = st.floats(-170, 170)
room = st.tuples(st.floats(-80, 80), st.floats(0, 160), st.floats(-60, 60)).map(list)


def seated(**more: Any) -> dict[str, Any]:
    """A figure that straightens its right knee on a chair."""
    return {
        "alt": ALT,
        "poses": {
            "sitting": {"support": "seat", "height": 46, "hip": 90, "foot": {"to": [42, 7.5, 9], "flat": 0}},
            "straight": {"from": "sitting", "right.foot": None, "hip": [95, 0], "knee": [10, 0]},
        },
        "moves": [{"to": "straight", "seconds": 2, "hold": 2}, {"to": "sitting", "seconds": 2}],
        "accent": ["right.ankle"],
        "arrow": {"follow": "right.ankle"},
        "props": [{"kind": "chair", "at": [-26, 0]}],
        **more,
    }


def limbs_of(found: Body) -> dict[str, float]:
    """The length of each limb's segments."""
    return {
        f"{side}.{second}": dist(found.points[f"{side}.{first}"], found.points[f"{side}.{second}"])
        for side in body.SIDES
        for first, second in LIMBS
    }


def is_frame(frame: Matrix) -> bool:
    """Are its axes of length 1 and at right angles?"""
    pairs = [(0, 0, 1), (1, 1, 1), (2, 2, 1), (0, 1, 0), (0, 2, 0), (1, 2, 0)]
    return all(abs(dot(frame[a], frame[b]) - size) < 1e-6 for a, b, size in pairs)


@given(angle, st.floats(-85, 85), angle)
def test_a_rotation_gives_its_angles_back(bend: float, side: float, turn: float) -> None:
    """Reaching answers in the angles that poses are written in."""
    assert angles_of(rotation(bend, side, turn)) == pytest.approx((bend, side, turn), abs=1e-6)


@given(room, room, room, st.floats(0, 180), st.floats(-45, 45))
def test_limbs_keep_their_length_whatever_they_reach_for(
    hand: list[float], foot: list[float], pole: list[float], lean: float, lumbar: float
) -> None:
    """Also out of reach: the limb is stretched, never lengthened, and says how far it falls short."""
    found = solve(
        read_pose("p", {
            "support": "none", "at": [0, 60, 0], "lean": lean, "lumbar": lumbar,
            "hand": {"to": hand, "pole": pole}, "right.foot": {"to": foot, "flat": 0},
        })
    )  # fmt: skip
    for name, size in limbs_of(found).items():
        joint = name.partition(".")[2]
        assert size == pytest.approx(next(long for (_a, b), long in LIMBS.items() if b == joint), abs=1e-6)
    assert all(is_frame(frame) for _origin, frame in found.joints.values())
    reached = dist(found.points["right.wrist"], hand)
    assert reached == pytest.approx(found.short["right.hand"], abs=0.1)


@pytest.mark.parametrize("support", ["feet", "seat", "knees", "back", "lying"])
@given(height=st.floats(0, 60), knee=st.floats(0, 100))
def test_a_body_rests_on_its_support(support: str, height: float, knee: float) -> None:
    """The lowest part that the support bears is at its height."""
    given_ = {"support": support, "height": height, "knee": knee, "lean": 180 if support in {"back", "lying"} else 90}
    assert lowest(solve(read_pose("p", given_)), support) == pytest.approx(height, abs=0.1)


def test_on_the_back_pelvis_and_upper_back_both_lie() -> None:
    """Without it a body on its back would touch the mat with one of them."""
    found = solve(Pose(lean=180, support="back", height=3))
    assert trunk_bottom(found, "pelvis") == pytest.approx(3, abs=0.1)
    assert trunk_bottom(found, "chest") == pytest.approx(3, abs=0.1)


def test_a_planted_foot_stays_where_it_is_on_the_way() -> None:
    """Its place is interpolated, not its angles."""
    way = frames(read_figure(seated()))
    assert all(found.points["left.ankle"] == pytest.approx((42, 7.5, -9), abs=0.05) for found in way)
    assert len({round(found.points["right.ankle"][0], 2) for found in way}) > 4
    assert [stop.frame for stop in stops(read_figure(seated()))] == [0, 6, 12]


def test_the_order_of_the_data_means_nothing() -> None:
    """PostgreSQL keeps objects in an order of its own."""
    figure = seated()
    other = {key: figure[key] for key in reversed(figure)}
    other["poses"] = {key: figure["poses"][key] for key in reversed(figure["poses"])}
    assert still(read_figure(other)) == still(read_figure(figure))
    assert moving(read_figure(other)) == moving(read_figure(figure))


def test_an_anchored_point_stays() -> None:
    """A bridge turns about the shoulders."""
    figure = read_figure(seated(poses={
        "sitting": {"support": "back", "height": 3, "lean": 180},
        "straight": {"from": "sitting", "support": "none", "anchor": "top", "lean": 205},
    }))  # fmt: skip
    tops = [found.points["top"] for found in frames(figure)]
    assert all(top == pytest.approx(tops[0], abs=0.05) for top in tops)


def test_a_good_figure_has_no_problem() -> None:
    """The one that the other tests spoil."""
    assert problems(read_figure(seated()), bias="neutral") == ()


def spoiled(**pose: Any) -> dict[str, Any]:
    """The seated figure with another second pose."""
    figure = seated()
    return {**figure, "poses": {**figure["poses"], "straight": {**figure["poses"]["straight"], **pose}}}


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (spoiled(knee=[-30, 0]), "Pose straight: right.knee is at -30"),
        (spoiled(lumbar=15), "Pose straight: lumbar is at 15, and goes from -55 to 2."),
        (spoiled(**{"left.hand": {"to": [200, 0, 0]}}), "the left hand falls"),
        (spoiled(height=30), "the seat is at 46 cm, and the body sits at 30 cm"),
        (spoiled(**{"right.foot": {"to": [42, 2, 9], "flat": 0}}), "the right heel is 5 cm under the floor"),
        (seated(alt=""), "text alternative"),
        (seated(moves=[{"to": "straight", "seconds": 2}]), "Pose sitting is never reached"),
        (seated(arrow=None), "no arrow"),
        (seated(accent=[]), "marked"),
    ],
)
def test_the_lint_names_pose_and_joint(figure: dict[str, Any], words: str) -> None:
    """Limits, spine, reaches, seats, the floor, words."""
    assert any(words in found for found in problems(read_figure(figure), bias="neutral"))


def test_an_extension_exercise_may_arch() -> None:
    """The spine limit follows the direction bias."""
    assert not any("lumbar" in one for one in problems(read_figure(spoiled(lumbar=15)), bias="extension"))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (spoiled(kneee=3), "Pose straight: 'kneee' is no joint"),
        (spoiled(knee="bent"), "Pose straight: knee cannot be 'bent'"),
        (spoiled(knee=float("nan")), "Pose straight: knee"),
        (spoiled(support="sofa"), "'sofa' is no support"),
        (spoiled(**{"right.hand": {"of": "tail"}}), "Pose straight: 'tail' is no point of the body"),
        (spoiled(anchor="tail"), "Pose straight: 'tail' is no point of the body"),
        (spoiled(**{"from": "nothing"}), "Pose straight follows 'nothing'"),
        (spoiled(**{"from": "straight"}), "Pose straight follows 'straight', which is missing or follows it"),
        (seated(moves=[{"to": "up", "seconds": 2}]), "pose 'up', which is missing"),
        (seated(moves=[{"to": "straight", "seconds": 0}]), "cannot take 0"),
        (seated(props=[{"kind": "sofa"}]), "'sofa' is no prop"),
        (seated(props=[{"kind": "chair", "size": "big"}]), "chair:"),
        (seated(ties=[{"kind": "rope"}]), "'rope' is nothing that the body holds"),
        (seated(ties=[{"kind": "band", "of": "tail"}]), "'tail'"),
        (seated(view="inside"), "'inside' is no view"),
        (seated(accent=["tail"]), "accent: 'tail'"),
        (seated(arrow={"follow": "tail"}), "arrow: 'tail'"),
        (seated(crop=[0, 0, 1, 1]), "crop"),
        (seated(colour="red"), "'colour' is no part of a figure"),
        (seated(poses={}), "needs poses"),
    ],
)
def test_what_is_wrong_is_said(figure: dict[str, Any], words: str) -> None:
    """Unknown joints, poses, props and points; never anything but a FigureError."""
    with pytest.raises(FigureError) as wrong:
        still(read_figure(figure))
    assert words in str(wrong.value)


nonsense = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(KEYS), nonsense)
def test_nonsense_is_refused_in_words(key: str, data: Any) -> None:
    """Whatever a part of the data is, reading it answers or raises FigureError."""
    try:
        read_figure({**seated(), key: data})
    except FigureError as wrong:
        assert str(wrong)


@given(st.sampled_from(["knee", "at", "lean", "support", "anchor", "from", "hand", "right.foot"]), nonsense)
def test_nonsense_in_a_pose_is_refused_in_words(key: str, data: Any) -> None:
    """And drawing it as well."""
    try:
        still(read_figure(spoiled(**{key: data})))
    except FigureError as wrong:
        assert str(wrong)


def test_the_picture_is_whole_and_strict() -> None:
    """One title, one description, no style, no script; the moving one carries its way."""
    picture = moving(read_figure(seated(alt='Legs & "knees" <b>')), title="Seated <knee>")
    assert picture.count("<title>") == picture.count("<desc>") == 1
    assert "&lt;knee&gt;" in picture and "<b>" not in picture
    assert "style" not in picture and "<script" not in picture
    way = json.loads(picture.partition('data-figure="')[2].partition('"')[0].replace("&quot;", '"'))
    assert way["stops"] == [[0, 0, 0], [6, 2000, 2000], [12, 2000, 0]]
    for picture, title in (
        (still(read_figure(seated()), start=True), "Start position"),
        (still(read_figure(seated())), "How it moves"),
    ):
        assert "data-figure" not in picture
        assert picture.count(f"<title>{title}</title><desc>") == 1
