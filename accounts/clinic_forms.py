"""Forms of the clinic's pages and of invitations."""

from typing import Any, cast

from django import forms
from django.contrib.auth import password_validation
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import NO_CONTROL
from accounts.models import Clinic, User
from accounts.models.user import ADMIN, EDITOR, THERAPIST
from accounts.zones import zone_choices

ROLE_CHOICES = (
    (THERAPIST, _("Therapist: sees the clinic's patients, prescribes, answers alerts")),
    (EDITOR, _("Catalogue editor: writes and publishes exercises; sees no patients")),
    (ADMIN, _("Clinic admin: these pages; sees no patients")),
)
PHONE = RegexValidator(
    r"^\+?[0-9(][0-9 ()/.\-]{1,}$", _("Enter a phone number: digits, and spaces or dashes between them.")
)


class ClinicForm(forms.ModelForm):
    """The clinic, with the words and numbers that its patients are shown."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    class Meta:
        model = Clinic
        fields = (
            "name",
            "phone",
            "out_of_hours",
            "emergency_number",
            "alert_response",
            "not_watched",
            "time_zone",
        )
        widgets = {"not_watched": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "phone": _("Stands on every page of a patient, and on the card."),
            "out_of_hours": _("Shown when something needs an answer the same day. May stay empty."),
            "emergency_number": _("The number to call for an ambulance where your patients live."),
            "alert_response": _("How soon your therapists answer an alert. Staff see it here; patients do not."),
            "not_watched": _("Stands below every page of a patient (S31). Empty: “%(words)s”"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("phone", "out_of_hours", "emergency_number"):
            self.fields[name].validators.append(PHONE)
            self.fields[name].widget.attrs |= {"inputmode": "tel", "autocomplete": "off", "class": "input--middle"}
        for name in ("name", "alert_response"):
            self.fields[name].validators.append(NO_CONTROL)
        words = Clinic(not_watched="").not_watched_words
        self.fields["not_watched"].help_text = str(self.fields["not_watched"].help_text) % {"words": words}

    def differences(self, theirs: Clinic) -> list[tuple[str, str]]:
        """The label and value of each field that stands differently in ``theirs`` than it was typed here."""
        return [
            (str(self.fields[name].label), getattr(theirs, name))
            for name in self.fields
            if getattr(theirs, name) != self.cleaned_data[name]
        ]


class RolesForm(forms.Form):
    """Which roles a person holds."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one role or more.")},
    )

    def clean_roles(self) -> frozenset[str]:
        """The chosen roles as a set."""
        return frozenset(self.cleaned_data["roles"])


class InvitationForm(RolesForm):
    """Whom to invite, and as what."""

    field_order = ("name", "email", "roles")
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=[NO_CONTROL],
        error_messages={"required": _("Enter the person's name.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("They sign in with it."),
        error_messages={
            "required": _("Enter the person's email."),
            "invalid": _("Enter an email address like name@clinic.example."),
        },
    )


class AcceptForm(forms.Form):
    """A new staff member's own part: name and password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As patients and colleagues see it."),
        max_length=120,
        validators=[NO_CONTROL],
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("12 characters or more. Three or four words that do not belong together work well."),
        strip=False,
        max_length=256,
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        max_length=256,
        error_messages={"required": _("Type the password once more.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """A password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        typed = super().clean() or {}
        if typed.get("password") and typed.get("again") and typed["password"] != typed["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return typed


class HandOverForm(forms.Form):
    """To whom a therapist's patients go."""

    to = forms.ModelChoiceField(
        label=_("Hand over to"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose the therapist who takes over.")},
    )

    def __init__(self, *args: Any, clinic: Clinic, leaving: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = cast(forms.ModelChoiceField, self.fields["to"])
        to.queryset = User.objects.therapists_of(clinic).exclude(pk=leaving.pk).order_by("name")
