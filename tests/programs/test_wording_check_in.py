"""The check-in speaks with one voice: the player's screens and the plain forms read from one source."""

import pytest
from django.template.loader import render_to_string

from programs.guided.forms import CheckInForm
from programs.wording.check_in import ANSWERS, DAYS, NO_SESSION, QUESTIONS, why_no_session

PLAN = {
    "kind": "full",
    "last_session": {"id": "x"},
    "clinic": {"emergency": "112"},
    "items": [],
    "minimum": [],
    "relief_only": [],
}


@pytest.fixture(scope="module")
def screens() -> str:
    """The player's page."""
    context = {"plan": PLAN, "status": {"events_url": "/"}, "today_url": "/today/", "log_url": "/log/"}
    return render_to_string("programs/guided/session.html", context)


@pytest.mark.parametrize("question", ["q3", "last", "q5"])
def test_s15_the_questions_and_answers_are_the_same_in_both_ways(screens: str, question: str) -> None:
    """Only "a bit worse" is one answer there and two here, where the next question cannot follow it."""
    field = CheckInForm(PLAN).fields[question]
    assert str(field.label) == str(QUESTIONS[question]) and f">{QUESTIONS[question]}<" in screens
    offered = {value: str(words) for value, words in field.choices}  # type: ignore[attr-defined]
    for value, words in ANSWERS[question]:
        assert f'value="{value}"><span class="choice__text">{words}</span>' in screens
        assert value == "bit-worse" or offered[value] == str(words)


def test_why_no_session_starts_is_said_in_the_same_words(screens: str) -> None:
    for why, words in NO_SESSION.items():
        assert f'data-{why}="{words}"' in screens
    assert why_no_session("C8", "S15") == "You feel sick. Your body needs rest today."
    assert why_no_session("S26", "S26") == str(NO_SESSION["sugar"])
    assert why_no_session("", "X5") == str(NO_SESSION["check-in-old"])
    assert why_no_session("", "S15") == "", "a start that table C did not allow is not being sick"


def test_the_kinds_of_day_are_in_the_player_s_offer(screens: str) -> None:
    for day, (name, leads_to) in DAYS.items():
        assert (
            f'data-day="{day}" data-primary><span>{name}</span> <span class="days__plan">{leads_to}</span>' in screens
        )


@pytest.mark.parametrize("name", ["over", "no-session", "too-old"])
def test_s18_s24_who_may_not_exercise_has_the_emergency_number_too(screens: str, name: str) -> None:
    """Dizziness may be more than that: nobody who was sent to rest has to look for the number."""
    screen = screens.partition(f'data-screen="{name}"')[2].partition('data-screen="')[0]
    assert 'href="tel:112"' in screen
    assert "Do you see double?" in screen


def test_s24_a_sign_that_ends_the_session_is_told_to_sit_or_lie_down_first(screens: str) -> None:
    ended = screens.partition('data-screen="ended"')[2].partition('data-screen="')[0]
    assert '<p data-when="sign">Sit or lie down and rest.' in ended
