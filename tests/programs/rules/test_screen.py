"""Table A, the red-flag screen, path by path (S3-S14, S34, X6-X8, X17)."""

from collections.abc import Mapping

import pytest

from programs.rules.screen import (
    Earned,
    counted_as_yes,
    has_danger_words,
    judge_screen,
    question_ids,
    questions,
    screen,
)

E, T, TH, NOTHING = "E", "T", "TH", ""
WALK = "walk"

PATHS: list[tuple[str, str, str]] = [
    # S5: bladder, bowel, saddle; both legs
    ("S5", "s5-numb=yes", E),
    ("S5", "s5-pee=yes", E),
    ("S5", "s5-bowel=yes", E),
    ("S5", "s5-sex=yes", E),
    ("S5", "s5-both=yes s5-both-fast=yes", E),
    ("S5", "s5-both=yes s5-both-fast=no", T),
    ("S5", "s5-both=not-sure s5-both-fast=no", T),
    ("S5", "s5-both=yes s5-both-fast=not-sure", E),
    ("S5", "s5-numb=not-sure", E),
    # S6: a fall; a small strain and thin bones
    ("S6", "s6-fall=yes s6-grave=yes", E),
    ("S6", "s6-fall=yes s6-grave=not-sure", E),
    ("S6", "s6-fall=yes s6-grave=no", TH),
    ("S6", "s6-fall=not-sure s6-grave=no", TH),
    ("S6", "s6-strain=yes s6-bones=yes", TH),
    ("S6", "s6-strain=yes s6-bones=not-sure", TH),
    ("S6", "s6-strain=yes s6-bones=no", NOTHING),
    ("S6", "s6-strain=not-sure s6-bones=no", T),
    # S7: fever, very unwell, a procedure
    ("S7", "s7-fever=yes s7-grave=yes", E),
    ("S7", "s7-fever=yes s7-grave=no", TH),
    ("S7", "s7-fever=not-sure s7-grave=no", TH),
    ("S7", "s7-recent=yes s7-grave=no", TH),
    ("S7", "s7-recent=yes s7-grave=not-sure", E),
    ("S7", "s7-unwell=yes", E),
    ("S7", "s7-unwell=not-sure", E),
    # S8: hands and walking
    *[(*("S8", f"{sign}=yes s8-grave=no"), TH) for sign in ("s8-hands", "s8-walk", "s8-numb", "s8-shock")],
    *[(*("S8", f"{sign}=yes s8-grave=yes"), E) for sign in ("s8-hands", "s8-walk", "s8-numb", "s8-shock")],
    ("S8", "s8-pee=yes s8-grave=no", E),
    ("S8", "s8-hands=not-sure s8-grave=no", TH),
    ("S8", "s8-hands=yes s8-grave=not-sure", E),
    # S9: weakness
    *[(*("S9", f"{sign}=yes s9-grave=no"), TH) for sign in ("s9-weak", "s9-foot", "s9-leg")],
    *[(*("S9", f"{sign}=yes s9-grave=yes"), E) for sign in ("s9-weak", "s9-foot", "s9-leg")],
    ("S9", "s9-leg=not-sure s9-grave=no", TH),
    ("S9", "s9-leg=yes s9-grave=not-sure", E),
    # S10
    *[(*("S10", f"{sign}=yes"), TH) for sign in ("s10-before", "s10-night", "s10-weight")],
    ("S10", "s10-weight=not-sure", TH),
    # S11: now against the last two weeks
    *[(*("S11", f"{sign}=yes s11-now=yes"), E) for sign in ("s11-chest", "s11-breath", "s11-faint", "s11-heart")],
    ("S11", "s11-chest=yes s11-now=not-sure", E),
    ("S11", "s11-chest=yes s11-now=no s11-checked=no", TH),
    ("S11", "s11-chest=yes s11-now=no s11-checked=not-sure", TH),
    ("S11", "s11-chest=yes s11-now=no s11-checked=yes", NOTHING),
    ("S11", "s11-heart=not-sure s11-now=no s11-checked=yes", T),
    # S12: one leg, with and without chest signs
    ("S12", "s12-leg=yes s12-chest=no", T),
    ("S12", "s12-leg=yes s12-chest=yes", E),
    ("S12", "s12-leg=yes s12-chest=not-sure", E),
    ("S12", "s12-leg=not-sure s12-chest=no", T),
    # S13: walking pain alone holds the walking entries only
    ("S13", "s13-walk=yes s13-rest=no", WALK),
    ("S13", "s13-walk=not-sure s13-rest=no", T + WALK),
    ("S13", "s13-walk=yes s13-rest=yes", TH + WALK),
    ("S13", "s13-walk=yes s13-rest=not-sure", TH + WALK),
    ("S13", "s13-sore=yes", TH),
    ("S13", "s13-foot=yes s13-rest=no s13-grave=no", TH),
    ("S13", "s13-foot=yes s13-rest=no s13-grave=yes", E),
    ("S13", "s13-foot=yes s13-rest=no s13-grave=not-sure", E),
    # S14
    *[(*("S14", f"{sign}=yes"), E) for sign in ("s14-tear", "s14-face", "s14-head")],
    ("S14", "s14-face=not-sure", E),
]


def calm(**answers: str) -> dict[str, str]:
    """The whole screen with nothing to report, except what is given (dashes as underscores)."""
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    while left := [each for each in question_ids("full", given) if each not in given]:
        given |= {each: "no" if screen()["questions"][each]["grave"] == "yes" else "yes" for each in left}
    return given


def said(path: str) -> dict[str, str]:
    return dict(part.split("=") for part in path.split())


def earned(answers: Mapping[str, str]) -> str:
    """The levels in one word: E, T, H in order; ``walk`` for a lock of walking entries."""
    found = judge_screen(answers).earned
    return "".join(level for level in "ETH" if any(lock.level == level and lock.scope == "all" for lock in found)) + (
        WALK if any(lock.level == "H" and lock.scope == "walking" for lock in found) else ""
    )


@pytest.mark.parametrize(("group", "path", "levels"), PATHS, ids=[f"{g}: {p}" for g, p, _ in PATHS])
def test_s5_s14_each_path(group: str, path: str, levels: str) -> None:
    """S3, S5-S14, X6, X7: what a group's answers earn, among a screen that is calm otherwise."""
    answers = calm(**{name.replace("-", "_"): answer for name, answer in said(path).items()})
    assert earned(answers) == levels
    found = judge_screen(answers, scope="full")
    assert {rule for _level, rule in found.locks} <= {group}
    assert found.unanswered == ()
    assert found.gravest == levels.removesuffix(WALK)[:1] or (levels == WALK and found.gravest == "H")


def test_s5_s14_every_question_has_paths_with_yes_no_and_not_sure() -> None:
    """S3, X6: each question's own yes and not sure are judged above or here, and are never without effect."""
    named = {name for _group, path, _levels in PATHS for name in said(path)}
    assert named == set(screen()["questions"])
    for name, question in screen()["questions"].items():
        if question["when"] is True:
            assert earned(calm(**{name.replace("-", "_"): "not-sure"}))[:1] in {"E", "T"}


def test_s1_a_calm_full_screen_earns_nothing() -> None:
    assert judge_screen(calm(), scope="full").earned == ()
    assert judge_screen(calm(), scope="full").unanswered == ()


@pytest.mark.parametrize("name", [question.id for question in questions() if not question.id.endswith("-grave")])
def test_s3_a_skipped_question_blocks_and_opens_no_lock(name: str) -> None:
    """S3, X6."""
    answers = {each: answer for each, answer in calm().items() if each != name}
    found = judge_screen(answers, scope="full")
    assert found.earned == ()
    assert found.unanswered == ((name,) if name in calm() else ())


def test_s3_a_grade_that_is_skipped_blocks_too() -> None:
    answers = {each: answer for each, answer in calm(s9_leg="yes").items() if each != "s9-grave"}
    found = judge_screen(answers, scope="full")
    assert found.unanswered == ("s9-grave",)
    assert found.locks == (("T", "S9"), ("H", "S9"))


@pytest.mark.parametrize("answer", ["", None, "maybe", "YES", True, 1, []])
def test_s33_what_is_no_answer_is_unanswered(answer: object) -> None:
    found = judge_screen({**calm(), "s5-numb": answer}, scope="full")
    assert (found.earned, found.unanswered) == ((), ("s5-numb",))


def test_x7_every_answer_opens_its_lock_and_the_gravest_is_shown() -> None:
    """S5, S10, S12, S13, X7."""
    found = judge_screen(calm(s5_pee="yes", s10_night="yes", s12_leg="yes", s13_walk="yes"))
    assert found.gravest == "E"
    assert found.locks == (("E", "S5"), ("T", "S10"), ("H", "S10"), ("T", "S12"), ("H", "S13"))
    assert Earned("H", "S13", "walking") in found.earned


def test_x8_a_known_sign_counts_only_when_it_is_worse() -> None:
    """S9, X8: "the same as when examined" opens no lock for the sign that was marked, and only for that one."""
    same = calm(s9_leg="same")
    assert judge_screen(same, known_signs=["s9-leg"], scope="full").earned == ()
    assert earned(same) == TH
    assert judge_screen(same, known_signs=["s9-foot"]).gravest == "T"
    assert judge_screen(calm(s9_leg="worse"), known_signs=["s9-leg"]).gravest == "T"
    assert judge_screen(calm(s9_leg="not-sure"), known_signs=["s9-leg"]).gravest == "T"


def test_s15_the_short_form_asks_what_question_1_names() -> None:
    """S15 Q1: bladder/bowel/saddle, weakness, hands/walking, chest, calf, fever, fall."""
    groups = {question.group for question in questions() if question.id in question_ids("short", {})}
    assert groups == {"S5", "S9", "S8", "S11", "S12", "S7", "S6"}


def test_s1_the_full_screen_asks_every_group_in_order() -> None:
    assert [group["id"] for group in screen()["groups"]] == [f"S{number}" for number in range(5, 15)]
    assert screen()["full"] == [f"S{number}" for number in range(5, 15)]


def test_s5_s14_a_grade_is_asked_once_its_sign_is_answered() -> None:
    """S5-S14: right after its signs, and only then."""
    assert "s9-grave" not in question_ids("S9", {"s9-leg": "no"})
    for answer in ("yes", "not-sure", "worse", "same"):
        assert question_ids("S9", {"s9-leg": answer})[-1] == "s9-grave"
    assert question_ids("S9", {"s9-leg": "same"}, ["s9-leg"])[-1] != "s9-grave"


@pytest.mark.parametrize("group", [group["id"] for group in screen()["groups"]])
def test_s18_x17_a_group_left_unanswered_counts_as_yes(group: str) -> None:
    """S18, X17: after five minutes without an answer to the signs in a session: never below T."""
    found = judge_screen(counted_as_yes({}, group), scope=group)
    assert found.gravest in {"E", "T"}
    assert found.unanswered == ()


def test_x17_what_was_answered_stays() -> None:
    assert counted_as_yes({"s12-leg": "no"}, "S12")["s12-leg"] == "no"


@pytest.mark.parametrize(
    "text",
    [
        "I can't pee",
        "I can\u2019t  PEE since noon",
        "numb down\nbelow",
        "a little chest pain",
        "he cannot move",
        "cant move",
    ],
)  # fmt: skip
def test_s34_danger_words_in_free_text(text: str) -> None:
    """S34: they show Table A; they decide nothing."""
    assert has_danger_words(text)


@pytest.mark.parametrize("text", ["", "My back is sore", "I moved the chest of drawers", "No peas today"])
def test_s34_other_text_shows_nothing(text: str) -> None:
    assert not has_danger_words(text)
