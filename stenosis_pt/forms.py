"""How forms turn into HTML (our own templates first, then Django's), and what a sent one is answered with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django.forms
from django.conf import settings
from django.forms import BaseForm
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property


class Renderer(DjangoTemplates):
    """Fields with their hint and error tied to the control; radios and checkboxes as large rows."""

    @cached_property
    def engine(self) -> Backend:
        """Our own templates first, and then Django's for what we have none of."""
        return Backend(
            {
                "NAME": "forms",
                "DIRS": [
                    settings.BASE_DIR / "templates",
                    Path(django.forms.__file__).parent / "templates",
                ],
                "APP_DIRS": True,
                "OPTIONS": {},
            }
        )


def status_of(*forms: BaseForm) -> int:
    """The status of a page with these forms: 400 where one was sent with errors, 200 otherwise."""
    return 400 if any(form.is_bound and form.errors for form in forms) else 200


def seen_of(sent: Mapping[str, Any]) -> int:
    """The edit count that a form was made with (``seen``); -1, which nothing has, where it is missing or nonsense."""
    typed = str(sent.get("seen", ""))
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
