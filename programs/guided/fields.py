"""The fields of the patient's forms: nothing is chosen beforehand, and each error says what to do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SCORES = [(str(number), str(number)) for number in range(11)]
YES_NO = [("no", _("No")), ("yes", _("Yes")), ("not-sure", _("Not sure"))]
EXAMINED = [
    ("no", _("No")),
    ("same", _("The same as when it was examined")),
    ("worse", _("Worse than when it was examined")),
    ("not-sure", _("Not sure")),
]
"""Safety X8: the answers about a sign that the therapist has marked as known."""


def choice(
    label: Any, choices: Any, *, hint: Any = "", required: bool = True, side_by_side: bool = False
) -> forms.ChoiceField:
    """A question with radio buttons; the error says what to do."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect(attrs={"class": "choices--short"} if side_by_side else {}),
        required=required,
        error_messages={"required": _("Choose an answer.")},
    )


def sign(label: Any, question: str, known_signs: Iterable[str]) -> forms.ChoiceField:
    """A question of Table A; a known sign has answers of its own (X8)."""
    known = question in known_signs
    return choice(label, EXAMINED if known else YES_NO, side_by_side=not known)


class ScoreField(forms.TypedChoiceField):
    """A pain score 0-10 (safety X1); the template shows it as the pain scale."""

    is_score = True
    is_effort = False


def score(label: Any, *, hint: Any = "", effort: bool = False) -> ScoreField:
    """A score from 0 to 10 with nothing chosen: of pain, or of effort."""
    field = ScoreField(
        label=label,
        help_text=hint,
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 0 to 10.")},
    )
    field.is_effort = effort
    return field


def tick(label: Any) -> forms.BooleanField:
    """A box that may stay empty."""
    return forms.BooleanField(label=label, required=False)


def pressure_number(label: Any) -> forms.IntegerField:
    """One number of a blood pressure (S11); what was typed stays."""
    words = _("Write a whole number, like 135 or 80.")
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=20,
        max_value=300,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"}),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )
