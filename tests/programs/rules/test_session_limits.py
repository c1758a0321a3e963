"""The limits in a session as data (S25, S27-S29, S32), counted ends (X14), usual pain (X2) and the screen due (S1)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exercises import limits as dose_limits
from exercises.content import RELIEF_POSITIONS
from exercises.starter import load_starter
from programs.rules import limits_in_session as limits
from programs.rules.counting import two_ended_in_seven_days
from programs.rules.usual import Score, Screened, full_screen_due, usual_score
from tests.programs.rules.session_log import item

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize("question", limits.FALL_QUESTIONS)
@pytest.mark.parametrize("said", ["yes", "not-sure", None])
def test_s25_any_yes_after_a_fall_is_grave(question: str, said: str | None) -> None:
    """S25, X6: not sure and no answer as well."""
    calm = dict.fromkeys(limits.FALL_QUESTIONS, "no")
    assert not limits.grave_fall(calm)
    assert limits.grave_fall({**calm, question: said})


def test_s25_the_regular_questions_set_fall_risk() -> None:
    """S25: at set-up and every four weeks; any yes."""
    calm = dict.fromkeys(limits.FALL_RISK_QUESTIONS, "no")
    assert not limits.sets_fall_risk(calm)
    assert all(limits.sets_fall_risk({**calm, each: "yes"}) for each in limits.FALL_RISK_QUESTIONS)
    assert [limits.fall_questions_due(days) for days in (None, 27, 28)] == [True, False, True]


def test_s27_heat_and_cold_have_their_minutes() -> None:
    """S27: 15 and 10 minutes, the skin at 5; every such entry of the catalogue is known."""
    thermal = {each.slug for each in load_starter() if each.slug.endswith("-pack")}
    assert {slug: dose_limits.thermal_minutes(slug) for slug in thermal} == {"heat-pack": 15, "cold-pack": 10}
    assert (dose_limits.thermal_minutes("bridge"), dose_limits.SKIN_CHECK_MINUTES) == (None, 5)


def test_s28_the_space_is_checked_before_the_first_standing_entry() -> None:
    """S28: once, before the first."""
    items = [item("A1"), item("A2", standing=True), item("A3", standing=True)]
    assert limits.space_check_before(items) == "A2"
    assert limits.space_check_before(items[:1]) is None


@pytest.mark.parametrize(
    ("slug", "category", "relief", "held"),
    [
        ("bridge", "strength", False, 30),
        ("plank-full", "stabilisation", False, 20),
        ("piriformis-stretch-seated", "stretch", False, None),
        ("side-lying-rest", "passive", True, None),
    ],
)
def test_s29_no_hold_runs_longer(slug: str, category: str, relief: bool, held: int | None) -> None:
    """S29: 30 s, a plank 20 s, whatever the dose says; stretches and relief apart."""
    assert dose_limits.longest_hold_s(slug, category, relief_position=relief) == held


def test_s29_s32_the_catalogue_keeps_to_the_guard() -> None:
    """S29, S32: no dose is cut by the guard, and the locked entries are those of the catalogue."""
    starter = list(load_starter())
    for each in starter:
        most = dose_limits.longest_hold_s(each.slug, each.kind.value, relief_position=each.slug in RELIEF_POSITIONS)
        holds = [dose.hold_seconds or 0 for dose in each.doses.values()]
        assert most is None or each.locks or max(holds) <= most, each.slug
    assert {each.slug for each in starter if each.locks} == dose_limits.LOCKED_ENTRIES


def test_s32_locked_entries_stop_after_a_minute_and_are_not_repeated() -> None:
    """S32: hard stop at 60 s; hanging and inversion once a day; inversion never at home."""
    assert {dose_limits.hard_stop_s(slug) for slug in dose_limits.LOCKED_ENTRIES} == {60}
    assert dose_limits.hard_stop_s("bridge") is None
    assert frozenset({"bar-hang", "inversion"}) == dose_limits.ONCE_A_DAY
    assert frozenset({"inversion"}) == dose_limits.NEVER_AT_HOME


@pytest.mark.parametrize(
    ("ago", "found"), [([0], 0), ([0, 6], 1), ([0, 7], 0), ([0, 0], 1), ([0, -6], 1), ([-7, 0], 0)]
)
def test_x14_s21_two_ends_in_seven_days(ago: list[int], found: int) -> None:
    """X14, S21, X3: this date and six more; two on one date are two; the later end may be told first."""
    assert two_ended_in_seven_days([TODAY - days * DAY for days in ago], TODAY) is bool(found)


@pytest.mark.parametrize(
    ("scores", "usual"),
    [
        ([(1, 4), (2, 6)], 2),
        ([(1, 4), (2, 6), (3, 7)], 6),
        ([(1, 4), (2, 5), (3, 6), (7, 7)], 5.5),
        ([(1, 4), (2, 6), (8, 7)], 2),
        ([(0, 9), (1, 4), (2, 6)], 2),
        ([(1, 4), (2, 6), (3, None)], 2),
    ],
)
def test_x2_usual_pain(scores: list[tuple[int, int | None]], usual: float) -> None:
    """X2: the median of 3 dates or more of the 7 before today, else the recorded one; x.5 is kept."""
    given = [Score(TODAY - ago * DAY, NOON - ago * DAY, value) for ago, value in scores]
    assert usual_score(given, 2, today=TODAY) == usual


def test_x2_the_last_check_in_of_a_date_counts() -> None:
    """X2."""
    given = [
        Score(TODAY - ago * DAY, NOON - ago * DAY + timedelta(hours=h), 4 + h) for ago in (1, 2, 3) for h in (1, 0)
    ]
    assert usual_score(given, None, today=TODAY) == 5


def screened(ago: int, *, complete: bool = True, event: bool = False, hours: int = 0) -> Screened:
    """A screen ``ago`` days before today."""
    return Screened(TODAY - ago * DAY, NOON - ago * DAY + timedelta(hours=hours), complete, event)


@pytest.mark.parametrize(
    ("screens", "due"),
    [
        ([], True),
        ([screened(6)], False),
        ([screened(7)], True),
        ([screened(0, complete=False), screened(6)], False),
        ([screened(0, complete=False)], True),
        ([screened(6), screened(5, complete=False, event=True)], True),
        ([screened(6), screened(6, complete=False, event=True, hours=-1)], False),
    ],
)
def test_s1_x4_when_the_full_screen_is_due(screens: list[Screened], due: bool) -> None:
    """S1, X4: after 7 dates, after an event since it; half-answered is not complete."""
    found = full_screen_due(screens, today=TODAY, last_release_at=None, last_started_on=TODAY - DAY)
    assert found is due


def test_s1_x8_a_release_or_fourteen_days_away_ask_for_it() -> None:
    """S1, X8: since the last complete screen; a screen of today stands."""

    def due(screen: Screened, released: datetime | None = None, started_ago: int = 1) -> bool:
        started = TODAY - started_ago * DAY
        return full_screen_due([screen], today=TODAY, last_release_at=released, last_started_on=started)

    assert due(screened(1), NOON - timedelta(hours=3))
    assert not due(screened(1), NOON - 2 * DAY)
    assert [due(screened(1), started_ago=days) for days in (13, 14)] == [False, True]
    assert not due(screened(0), started_ago=20)
