"""A session speaks with one voice: the player's screens and the plain forms read from one source."""

from html import unescape

import pytest
from django.template.loader import render_to_string

from programs.guided.forms import CHANGES, CheckInForm, FallForm, FinishForm, PainForm
from programs.wording.check_in import ANSWERS, DAYS, NO_SESSION, QUESTIONS, why_no_session

PLAN = {
    "kind": "full",
    "last_session": {"id": "x"},
    "clinic": {"emergency": "112"},
    "items": [],
    "minimum": [],
    "relief_only": [],
    "relief": {"name": "", "steps": [], "picture": None},
    "ask_pressure": True,
    "ask_sugar": True,
    "fall_questions_due": True,
}
FORMS = {"check-in": CheckInForm(PLAN), "pain": PainForm(), "fall": FallForm(), "finish": FinishForm()}
SCREEN_OF = {
    "sleep_worse": "question:sleep",
    "sugar_ok": "question:sugar",
    "upper": "question:pressure",
    "lower": "question:pressure",
    "not_measured": "question:pressure",
    "head": "question:fall-head",
    "pain": "question:fall-pain",
    "thinner": "question:fall-thinner",
    "cannot_get_up": "question:fall-up",
}
"""The player's screen of a field where it is not named like it."""
FIELDS = [(form, field) for form, each in FORMS.items() for field in each.fields]
ON_ONE_PAGE = ("last",)
"""What is one answer in the player and two here, where the next question cannot follow it."""


@pytest.fixture(scope="module")
def screens() -> str:
    """The player's page."""
    context = {"plan": PLAN, "status": {"events_url": "/"}, "today_url": "/today/", "log_url": "/log/"}
    return render_to_string("programs/guided/session.html", context)


def screen(screens: str, form: str, field: str) -> str:
    """The player's screen that asks what a field of a form asks."""
    same = {"check-in": f"question:{field}", "pain": "pain", "finish": "finish"}
    name = SCREEN_OF.get(field) or same[form]
    found = screens.partition(f'data-screen="{name}"')[2].partition('data-screen="')[0]
    assert found, f"the player has no screen {name}"
    return unescape(found)


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_every_field_of_the_forms_asks_in_the_words_of_the_player(screens: str, form: str, field: str) -> None:
    """Only the numbers of a pain after an exercise are named more shortly there, below their heading."""
    asked = FORMS[form].fields[field]
    there = screen(screens, "finish" if form == "pain" and field != "change" else form, field)
    assert f">{asked.label}<" in there
    assert not asked.help_text or f">{asked.help_text}<" in there


@pytest.mark.parametrize(("form", "field"), [(form, field) for form, field in FIELDS if field not in ON_ONE_PAGE])
def test_every_answer_of_the_forms_is_one_of_the_player(screens: str, form: str, field: str) -> None:
    choices = getattr(FORMS[form].fields[field], "choices", ())
    there = screen(screens, form, field)
    for value, words in choices if field != "change" else ():
        assert f'value="{value}"' in there and f">{words}<" in there


def test_x17_what_changed_is_said_in_the_same_words(screens: str) -> None:
    """What the player says in a line of its own follows in the form after a full stop."""
    there = screen(screens, "pain", "change")
    for title, choices in CHANGES:
        assert str(title) == "Your pain" or f'<span class="choice__text">{title}' in there
        for value, words in choices:
            first, _stop, hint = str(words).partition(". ")
            assert f'value="{value}"><span class="choice__text">{first}' in there
            assert not hint or f">{hint}<" in there


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
