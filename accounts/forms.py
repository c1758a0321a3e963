"""Forms of cards and patients."""

from datetime import UTC, datetime
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.cards import is_code, normal_code
from accounts.models import Clinic, Patient, User
from accounts.zones import zone_choices

OLDEST, YOUNGEST = 115, 16
"""Years of age within which a year of birth is believed."""
NO_CONTROL = RegexValidator(r"^[^\x00-\x1f\x7f]*$", _("Please use letters, numbers and signs only."))


def year_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A year of birth: four digits, of somebody who may be a patient here."""
    this_year = datetime.now(UTC).year
    low, high = this_year - OLDEST, this_year - YOUNGEST
    out_of_range = _("Enter a year between %(low)s and %(high)s, such as 1951.") % {"low": low, "high": high}
    field = forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=low,
        max_value=high,
        error_messages={
            "required": _("Enter the year of birth, four digits."),
            "invalid": _("Enter the year as four digits, such as 1951."),
            "min_value": out_of_range,
            "max_value": out_of_range,
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--short"}),
    )
    return field


class CodeForm(forms.Form):
    """The code on a card, as typed."""

    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("12 letters and numbers. Capital or small letters, with or without the dashes: all are fine."),
        max_length=60,
        error_messages={"required": _("Type the code that is printed on your card.")},
        widget=forms.TextInput(
            attrs={
                "class": "input--code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autocorrect": "off",
            }
        ),
    )

    def clean_code(self) -> str:
        """The code in its own form."""
        code = normal_code(self.cleaned_data["code"])
        if not is_code(code):
            raise forms.ValidationError(
                _("A code has 12 letters and numbers, like 4F7K-9M2Q-TX3C. Please look at your card again.")
            )
        return code


class YearForm(forms.Form):
    """The second half of opening a card."""

    year_of_birth = forms.IntegerField(
        label=_("The year you were born"),
        help_text=_("Four digits, such as 1951."),
        min_value=1850,
        max_value=2100,
        error_messages={
            "required": _("Type the year you were born, four digits."),
            "invalid": _("Type the year as four digits, such as 1951."),
            "min_value": _("Type the year as four digits, such as 1951."),
            "max_value": _("Type the year as four digits, such as 1951."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "bday-year", "class": "input--short", "maxlength": 6}
        ),
    )


class PatientForm(forms.ModelForm):
    """Who the patient is to the clinic."""

    class Meta:
        model = Patient
        fields = ("display_name", "year_of_birth", "language", "time_zone", "therapist")
        help_texts = {
            "display_name": _("Initials or a short name are enough. The patient sees it on their own screen."),
            "time_zone": _("Where the patient lives: it decides when their day begins."),
        }
        error_messages = {
            "display_name": {"required": _("Enter a name, initials or a short handle.")},
            "therapist": {"required": _("Choose the therapist who treats this patient.")},
        }

    language = forms.ChoiceField(label=_("Language"), choices=lambda: list(settings.LANGUAGES))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    def __init__(self, *args: Any, clinic: Clinic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic = clinic
        self.fields["display_name"].validators.append(NO_CONTROL)
        self.fields["year_of_birth"] = year_field(
            _("Year of birth"), _("Asked for when a card is opened. Four digits, such as 1951.")
        )
        treating = User.objects.therapists_of(clinic)
        therapist = cast(forms.ModelChoiceField, self.fields["therapist"])
        therapist.queryset = treating.order_by("name")
        kept = self.instance.therapist_id
        if kept is None or treating.filter(pk=kept).exists():
            therapist.empty_label = None
        else:  # the one who treated them has left: nobody is chosen by being the first of the list
            therapist.empty_label = str(_("Choose a therapist"))

    @property
    def changed_fields(self) -> list[str]:
        """The fields of the patient that were changed."""
        return [name for name in self.changed_data if name in self.Meta.fields]

    def clean(self) -> dict[str, Any]:
        """Is there another patient of this name and year? Then ask once whether it is a second person."""
        typed = super().clean() or {}
        name, year = typed.get("display_name"), typed.get("year_of_birth")
        if not name or not year or not {"display_name", "year_of_birth"} & set(self.changed_data):
            return typed
        same = Patient.objects.filter(clinic=self.clinic, display_name__iexact=name, year_of_birth=year)
        if same.exclude(pk=self.instance.pk).exists():
            self.fields["another"] = forms.BooleanField(
                label=_("This is another person with the same name and year"), required=False
            )
            if not self.data.get("another"):
                self.add_error(
                    "another",
                    _(
                        "Your clinic has a patient with this name and year of birth already. "
                        "Tick the box if this is another person."
                    ),
                )
        return typed
