"""Fields and widgets of the editor's form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LinesField(forms.CharField):
    """A text of one entry a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines without blanks; one space between words."""
        text = super().to_python(value) or ""
        return [" ".join(line.split()) for line in str(text).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Lines as text."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    longest = 160
    """Characters of a line."""
    most = 40
    """Lines."""

    def run_validators(self, value: list[str]) -> None:
        """Every line by itself: its characters and its length."""
        super().run_validators("\n".join(value))
        if len(value) > self.most:
            raise ValidationError(_("Write at most %(most)d lines."), params={"most": self.most})
        for number, line in enumerate(value, 1):
            if len(line) > self.longest:
                raise ValidationError(
                    _("Line %(number)d is too long: %(longest)d characters at most. Make two of it."),
                    params={"number": number, "longest": self.longest},
                )


class Columns(forms.CheckboxSelectMultiple):
    """Many checkboxes, in columns where there is room."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "choices--columns"})
