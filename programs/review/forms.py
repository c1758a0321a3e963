"""The therapist's small forms: acknowledge, release."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Lock
from programs.review.policies import KNOWN_SIGN_DAYS
from stenosis_pt.fields import WholeNumber


class NoteForm(forms.Form):
    """A note with an acknowledgement; it may be empty."""

    note = forms.CharField(label=_("Note"), required=False, max_length=500, strip=True)


class ReleaseForm(forms.Form):
    """X8: why a lock ends; for an E lock who examined the patient, and when."""

    reason = forms.CharField(
        label=_("Why exercise can go on"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why exercise can go on.")},
    )
    examined_by = forms.CharField(
        label=_("Clinician who examined the patient"),
        max_length=120,
        required=False,
        error_messages={"required": _("Write the name of the clinician who examined the patient.")},
    )
    examined_on = forms.DateField(
        label=_("Date of the examination"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Give the date of the examination."),
            "invalid": _("Give the date as day, month and year."),
        },
    )
    known = forms.MultipleChoiceField(
        label=_("Signs that are known and examined"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If the patient says “the same as when examined”, these open no lock. “Worse” always does."),
    )
    days = WholeNumber(
        label=_("For how many days"),
        min_value=1,
        max_value=KNOWN_SIGN_DAYS,
        initial=KNOWN_SIGN_DAYS,
        required=False,
    )

    def __init__(self, *args: Any, lock: Lock, signs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lock.level == Lock.Level.E:
            self.fields["examined_by"].required = self.fields["examined_on"].required = True
        if signs:
            self.fields["known"].choices = signs  # type: ignore[attr-defined]
        else:
            del self.fields["known"], self.fields["days"]

    def clean_days(self) -> int:
        """Days for the known signs; the most that X8 allows when left empty."""
        return int(self.cleaned_data.get("days") or KNOWN_SIGN_DAYS)
