"""The gates before any routine: with one of these open no plan is made (X4)."""

from dataclasses import dataclass

from programs.rules.profile import Profile

NO_PLAN_CODES: tuple[str, ...] = ("progressive-weakness", "dvt-suspected", "heart-disease-unstable")
"""R10: codes that come with a session lock of their own."""

MJOA_MILD = 15
"""R6: from here up the cord compression is mild; 18 is read as 15-17 (X4)."""


@dataclass(frozen=True)
class Block:
    """Why no plan is made: the rule, a key for the words, and the code behind it."""

    rule: str
    key: str
    code: str = ""


def r37_surgery(profile: Profile) -> Block | None:
    """R37: surgery on the spine, not yet cleared; assembly stays off while the code is on."""
    if "recent-spine-surgery" in profile.codes:
        return Block("R37", "blocked-surgery", "recent-spine-surgery")
    return None


def r10_red_flag(profile: Profile) -> Block | None:
    """R10: codes under which nothing is offered."""
    for code in NO_PLAN_CODES:
        if code in profile.codes:
            return Block("R10", "blocked-red-flag", code)
    return None


def r6_neck_cord(profile: Profile) -> Block | None:
    """R6: cord compression in the neck, for every region choice (X4)."""
    code = "cervical-myelopathy"
    if code not in profile.codes:
        return None
    if profile.mjoa is None:
        return Block("R6", "blocked-mjoa-missing", code)
    if profile.mjoa < MJOA_MILD and not profile.specialist_reason_against_surgery:
        return Block("R6", "blocked-mjoa-low", code)
    if not profile.specialist_agreement:
        return Block("R6", "blocked-no-agreement", code)
    return None


def r7_upper_back_cord(profile: Profile) -> Block | None:
    """R7: cord compression in the upper back, for every region choice (X4)."""
    code = "thoracic-myelopathy"
    if code in profile.codes and not profile.specialist_agreement:
        return Block("R7", "blocked-no-agreement", code)
    return None


def block(profile: Profile) -> Block | None:
    """X4: the first gate that is closed, in the order R37, R10, R6, R7; ``None`` when all are open."""
    return r37_surgery(profile) or r10_red_flag(profile) or r6_neck_cord(profile) or r7_upper_back_cord(profile)
