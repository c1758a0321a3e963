"""How forms turn into HTML: our own templates first, then Django's."""

from pathlib import Path

import django.forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property


class Renderer(DjangoTemplates):
    """Fields with their hint and error tied to the control; radios and checkboxes as large rows."""

    @cached_property
    def engine(self) -> Backend:
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
