"""R1, R3-R5, R7-R9, R38 and the numbers of R24, R32-R35."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from exercises.content import Region, Severity, StartPosition
from programs.rules import RULES_VERSION
from programs.rules.guidance import (
    R32_WEEK_TARGETS,
    R33_EFFORT,
    R34_REMINDER_MINUTES,
    r24_sitting_pause,
    r34_is_valid,
    r35_rest_after,
)
from programs.rules.severity import (
    R5_SUPPORT,
    Mismatch,
    bands,
    r3_mismatches,
    r3_suggested,
    r8_worse,
    r9_reconfirm_due,
)
from programs.rules.templates import template_area
from programs.wording.assembly import band_words, mismatch_words
from tests.programs.rules.assembling import routine


def test_r1_a_routine_is_a_draft() -> None:
    """R1: nothing that assembly answers can be active; approval is not part of it."""
    assert not {"active", "approved", "approved_by"} & routine().as_dict().keys()


@pytest.mark.parametrize(
    ("pain", "walking", "severity"),
    [
        (3, 15, "mild"),
        (0, None, "mild"),
        (None, 14, "moderate"),
        (4, 30, "moderate"),
        (6, None, "moderate"),
        (0, 4, "severe"),
        (None, 5, "moderate"),
        (7, 60, "severe"),
    ],
)
def test_r4_worst_line_that_fits(pain: int | None, walking: int | None, severity: str) -> None:
    assert r3_suggested(Region.LUMBAR, pain=pain, walking_minutes=walking) is Severity(severity)


def test_r7_neck_has_no_walking_line() -> None:
    assert r3_suggested(Region.CERVICAL, pain=2, walking_minutes=3) is Severity.MILD
    assert r3_suggested(Region.THORACIC, pain=None, walking_minutes=3) is None


def test_r3_warns_and_does_not_choose() -> None:
    """R3, R8: the worse of the regions counts; no numbers, no warning."""
    both = (Region.LUMBAR, Region.CERVICAL)
    assert r3_mismatches(both, Severity.SEVERE, pain=2, walking_minutes=3) == ()
    found = r3_mismatches(both, Severity.MILD, pain=2, walking_minutes=3)
    assert found == (Mismatch(Region.LUMBAR, Severity.MILD, Severity.SEVERE),)
    assert r3_mismatches(both, Severity.MILD, pain=None, walking_minutes=None) == ()
    assert mismatch_words(found) == ["The recorded numbers fit “severe” (lumbar); “mild” is chosen."]


def test_r4_r7_definitions_in_words() -> None:
    lumbar = [band_words(band) for band in bands(Region.LUMBAR)]
    assert lumbar[0] == ("walks 15 minutes or more without having to stop", "usual pain 0-3")
    assert lumbar[1] == ("walks 5 to under 15 minutes", "usual pain 4-6")
    assert lumbar[2][:2] == ("walks under 5 minutes", "usual pain 7-10")
    assert band_words(bands(Region.CERVICAL)[1]) == ("usual pain 4-6", "some tasks limited")


def test_r5_supporting_measures_do_not_overlap() -> None:
    odi = [row for row in R5_SUPPORT if row.measure == "ODI"]
    assert all(low.high + 1 == high.low for low, high in pairwise(odi))


def test_r8_worse_severity_and_shared_template() -> None:
    """R8, X5."""
    assert r8_worse([Severity.MILD, Severity.SEVERE, Severity.MODERATE]) is Severity.SEVERE
    assert template_area((Region.LUMBAR, Region.CERVICAL)) == "multi-region"
    assert template_area((Region.THORACIC, Region.CERVICAL)) == "cervical"
    assert template_area(tuple(Region)) == "multi-region"
    assert template_area((Region.THORACIC,)) == "thoracic"


def test_r9_confirm_again_after_four_weeks_or_an_event() -> None:
    confirmed = date(2026, 3, 1)
    assert not r9_reconfirm_due(confirmed, confirmed + timedelta(days=27))
    assert r9_reconfirm_due(confirmed, confirmed + timedelta(days=28))
    for event in ("red-flag", "fall", "regressed-to-floor"):
        assert r9_reconfirm_due(confirmed, confirmed, [event])
    assert not r9_reconfirm_due(confirmed, confirmed, ["stop"])


def test_r38_record_of_an_assembled_routine() -> None:
    found = routine(equipment=None)
    record = found.record(frozenset({"knee-pain"}), "Tess")
    assert record["rules_version"] == RULES_VERSION
    assert record["template"] == "lumbar-mild"
    assert ["B", "stationary-bike", "walking-intervals", "R17"] in record["swaps"]
    assert (record["codes"], record["severity"], record["approved_by"]) == (["knee-pain"], "mild", "Tess")


def test_r32_r33_r34_r35_numbers() -> None:
    """R32, R33, R34, R35."""
    assert R32_WEEK_TARGETS["moderate-minutes"] == 150
    assert list(R33_EFFORT.values()) == [(5, 6), (3, 5), (2, 4)]
    assert R34_REMINDER_MINUTES == 30
    assert [r34_is_valid(minutes) for minutes in (None, 14, 15, 60, 61)] == [True, False, True, True, False]
    assert r35_rest_after(9 * 60) == 6 * 60
    assert r35_rest_after(100) == 65


def test_r24_sitting_pause_before_standing() -> None:
    dizzy = frozenset({"dizziness-vertigo"})
    assert r24_sitting_pause(StartPosition.SUPINE, StartPosition.STANDING, dizzy) == 2
    assert r24_sitting_pause(StartPosition.SUPINE, StartPosition.STANDING, frozenset()) == 0
    assert r24_sitting_pause(StartPosition.SITTING, StartPosition.STANDING, dizzy) == 0
