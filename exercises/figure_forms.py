"""Forms about figures: an editor's data, a clinician's mark."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exercises.figures.figure import read_figure
from exercises.figures.lint import problems
from exercises.figures.pose import FigureError
from exercises.models import FigureReview

MOST_CHARACTERS = 40_000


class FigureForm(forms.Form):
    """A figure's data as text. Only a figure without a problem is taken: the last good one stays."""

    figure = forms.CharField(
        label=_("Data of the figure"),
        required=False,
        max_length=MOST_CHARACTERS,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
        help_text=_("Poses of joint angles, as the guide to figures describes them. Empty for no figure."),
    )

    def __init__(self, *args: Any, bias: str = "", exercise: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bias, self.exercise = bias, exercise

    def clean_figure(self) -> dict[str, Any] | None:
        """The data; ``None`` for no figure."""
        typed = self.cleaned_data["figure"]
        if not typed:
            return None
        found = read_json(typed)
        try:
            wrong = problems(read_figure(found), bias=self.bias)
        except FigureError as error:
            wrong = (str(error),)
        if wrong:
            raise ValidationError([f"{self.exercise}: {words}" for words in wrong[:20]])
        return found


class ReviewForm(forms.Form):
    """A clinician's mark."""

    verdict = forms.ChoiceField(label=_("How is it?"), choices=FigureReview.Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """What is to be changed has to be said."""
        data = super().clean() or {}
        if data.get("verdict") == FigureReview.Verdict.CHANGE and not data.get("note"):
            self.add_error("note", _("Say what should be changed."))
        return data


def read_json(text: str) -> dict[str, Any]:
    """The object that the text holds. Raises ValidationError with the line where it breaks."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ValidationError(_("Line %(line)s is not written as it should be (JSON).") % {"line": line}) from error
    if not isinstance(found, dict):
        raise ValidationError(_("A figure begins with { and ends with }."))
    return found


def as_text(figure: dict[str, Any] | None) -> str:
    """The data as an editor reads it: one pose, prop or move a line."""
    if figure is None:
        return ""
    return json.dumps(figure, indent=1, ensure_ascii=False)
