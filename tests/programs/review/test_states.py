"""A patient's state today, from plain facts; and the geometry of the pain chart."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.review.chart import Reading, pain_chart
from programs.review.states import Facts, Today, silence_of, state_of
from programs.wording.review import STATES

TODAY = date(2026, 11, 20)


def facts(**changes: object) -> Facts:
    """A patient under treatment with nothing special, on a planned day."""
    usual: dict[str, object] = {
        "today": TODAY,
        "discharged": False,
        "locked": False,
        "restriction": "",
        "starts_on": TODAY - timedelta(days=20),
        "last_session_on": TODAY - timedelta(days=1),
        "states_today": (),
        "planned_today": True,
    }
    return Facts(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, Today.PLANNED),
        ({"planned_today": False}, Today.REST),
        ({"discharged": True, "locked": True}, Today.DISCHARGED),
        ({"locked": True, "states_today": ("ended",)}, Today.LOCKED),
        ({"restriction": "relief"}, Today.RELIEF_ONLY),
        ({"restriction": "minimum"}, Today.MINIMUM_ONLY),
        ({"starts_on": None}, Today.NO_PROGRAM),
        ({"last_session_on": None, "starts_on": TODAY}, Today.NEW),
        ({"states_today": ("started",)}, Today.UNDER_WAY),
        ({"states_today": ("ended",)}, Today.ENDED),
        ({"states_today": ("finished",)}, Today.DONE),
        ({"last_session_on": TODAY - timedelta(days=7)}, Today.AWAY),
        ({"last_session_on": TODAY - timedelta(days=6)}, Today.PLANNED),
        ({"last_session_on": None, "starts_on": TODAY - timedelta(days=7)}, Today.AWAY),
    ],
)
def test_s2_a_lock_beats_the_day_and_the_first_that_holds_is_shown(changes: dict[str, object], state: Today) -> None:
    assert state_of(facts(**changes)) is state


def test_every_state_has_words() -> None:
    assert set(STATES) == {state.value for state in Today}


def test_a_locked_patient_is_not_silent() -> None:
    assert silence_of(facts(locked=True, last_session_on=TODAY - timedelta(days=30))) is None


def test_p23_silence_is_counted_in_days_and_noted_by_the_week() -> None:
    since = TODAY - timedelta(days=30)
    silences = [
        silence_of(facts(today=since + timedelta(days=days), starts_on=since, last_session_on=None))
        for days in range(22)
    ]
    assert [silence.days if silence else None for silence in silences] == [None] * 7 + list(range(7, 22))
    keys = [silence.key for silence in silences if silence]
    assert [len(set(keys[week : week + 7])) for week in (0, 7)] == [1, 1]
    assert len(set(keys)) == 3


def test_a_new_program_starts_the_count_anew() -> None:
    long_ago = TODAY - timedelta(days=60)
    assert silence_of(facts(last_session_on=long_ago, starts_on=TODAY - timedelta(days=2))) is None


readings = st.lists(
    st.builds(
        Reading,
        on=st.dates(date(2026, 9, 1), date(2026, 11, 20)),
        spine=st.none() | st.integers(0, 10),
        limb=st.none() | st.integers(0, 10),
    ),
    max_size=60,
    unique_by=lambda reading: reading.on,
).map(lambda rows: sorted(rows, key=lambda reading: reading.on))


@given(readings)
def test_every_point_of_the_chart_lies_inside_the_picture(rows: list[Reading]) -> None:
    chart = pain_chart(rows, [(TODAY, "revision 2")])
    if chart is None:
        assert not rows
        return
    for line in (chart.spine, chart.limb):
        assert all(0 <= dot.x <= chart.width and 0 <= dot.y <= chart.height for dot in line.dots)
    assert len(chart.spine.dots) == sum(row.spine is not None for row in rows)


def test_a_gap_of_more_than_a_week_stays_a_gap() -> None:
    days = [TODAY - timedelta(days=20), TODAY - timedelta(days=19), TODAY]
    chart = pain_chart([Reading(day, 3, None) for day in days], [])
    assert chart is not None
    assert chart.spine.path.count("M") == 2
    assert chart.limb.path == ""


def test_a_higher_score_stands_higher() -> None:
    chart = pain_chart([Reading(TODAY, 8, 2)], [])
    assert chart is not None
    assert chart.spine.dots[0].y < chart.limb.dots[0].y
