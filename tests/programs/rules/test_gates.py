"""X4: the gates under which no plan is made, and their order."""

from typing import Any

import pytest

from programs.rules.gates import block
from tests.programs.rules.assembling import profile, routine

NECK = ("cervical-myelopathy",)


def blocked(*codes: str, region: str = "lumbar", **given: Any) -> str | None:
    found = block(profile(region, codes=codes, **given))
    return found.rule if found else None


def test_r37_surgery_comes_first() -> None:
    assert blocked("recent-spine-surgery") == "R37"
    assert blocked("recent-spine-surgery", "dvt-suspected", *NECK, "thoracic-myelopathy") == "R37"


@pytest.mark.parametrize("code", ["progressive-weakness", "dvt-suspected", "heart-disease-unstable"])
def test_r10_codes_with_a_lock_of_their_own(code: str) -> None:
    assert blocked(code) == "R10"
    assert blocked(code, *NECK) == "R10"


@pytest.mark.parametrize("code", ["uncontrolled-hypertension", "peripheral-arterial-rest-pain"])
def test_x4_two_locks_do_not_block_the_draft(code: str) -> None:
    assert blocked(code) is None


@pytest.mark.parametrize("region", ["lumbar", "thoracic", "cervical"])
def test_r6_neck_cord_gate_for_every_region(region: str) -> None:
    agreed = {"specialist_agreement": True}
    assert blocked(*NECK, region=region, **agreed) == "R6"
    for mjoa in (15, 17, 18):
        assert blocked(*NECK, region=region, mjoa=mjoa) == "R6"
        assert blocked(*NECK, region=region, mjoa=mjoa, **agreed) is None
    for mjoa in (0, 14):
        assert blocked(*NECK, region=region, mjoa=mjoa, **agreed) == "R6"
        reason = {"specialist_reason_against_surgery": True}
        assert blocked(*NECK, region=region, mjoa=mjoa, **reason) == "R6"
        assert blocked(*NECK, region=region, mjoa=mjoa, **agreed, **reason) is None


def test_r7_upper_back_cord_gate() -> None:
    assert blocked("thoracic-myelopathy") == "R7"
    assert blocked("thoracic-myelopathy", specialist_agreement=True) is None
    assert blocked("thoracic-myelopathy", *NECK) == "R6"


def test_x4_a_blocked_routine_is_empty_and_says_why() -> None:
    found = routine(codes=("recent-spine-surgery",))
    assert found.blocked is not None
    assert found.blocked in found.explanation
    assert all(not day.items for day in found.days.values())
    assert found.week == ((),) * 7
    assert not found.left_out and not found.swaps and not found.needs_ok
