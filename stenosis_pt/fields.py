"""Fields that say in one plain sentence what is wrong."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class WholeNumber(forms.IntegerField):
    """A whole number between two bounds; whatever else is typed gets the sentence that names both."""

    def __init__(self, *, min_value: int, max_value: int, **kwargs: Any) -> None:
        said = format_lazy(_("Give a whole number from {least} to {most}."), least=min_value, most=max_value)
        words = dict.fromkeys(("invalid", "min_value", "max_value"), said) | {"required": _("Give a number.")}
        own = kwargs.pop("error_messages", {})
        super().__init__(min_value=min_value, max_value=max_value, error_messages={**words, **own}, **kwargs)
