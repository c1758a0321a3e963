"""The words of the check-in for templates: the player's screens and the plain forms say the same."""

from collections.abc import Iterable
from typing import Any

from django import template

from programs.wording import check_in
from stenosis_pt.dose_words import duration_words

register = template.Library()


@register.filter
def asked(question: str) -> str:
    """The words of a question."""
    return str(check_in.QUESTIONS[question])


@register.filter
def hint_of(question: str) -> str:
    """What stands below a question."""
    return str(check_in.HINTS[question])


@register.filter
def changes_of(part: str) -> Iterable[tuple[str, Any]]:
    """X17: what may be new (``new``) or wrong (``other``): pairs of value and words."""
    return check_in.CHANGES[part]


@register.filter
def change_title(part: str) -> str:
    """X17: what the changes of a part are called together."""
    return str(check_in.CHANGE_TITLES[part])


@register.filter
def change_words(change: str) -> str:
    """X17: the words of a change of the pain."""
    return str(dict(check_in.CHANGES["pain"])[change])


@register.filter
def answers_of(question: str) -> Iterable[tuple[str, Any]]:
    """What may be answered to a question of the check-in: pairs of value and words."""
    return check_in.ANSWERS[question]


@register.filter
def no_session(why: str) -> str:
    """Why no session starts."""
    return str(check_in.NO_SESSION[why])


@register.filter
def start_words(kind: str) -> str:
    """What the button says that starts a session of this kind."""
    return str(check_in.STARTS[kind])


@register.filter
def relief_words(way: str) -> str:
    """R25: what leads out of the relief position."""
    return str(check_in.RELIEF[way])


@register.filter
def duration(seconds: int) -> str:
    """A length of time in words."""
    return duration_words(seconds)


@register.simple_tag
def kinds_of_day() -> Iterable[tuple[str, Any, Any]]:
    """What the patient may call the day: value, name, and what that starts."""
    return tuple((day, *said) for day, said in check_in.DAYS.items())


@register.simple_tag
def why_no_session(row: str, rule: str) -> str:
    """Why a session was refused; empty where there are no words of its own."""
    return check_in.why_no_session(row, rule)
