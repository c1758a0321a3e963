"""The clinical profile as a form. Words here are the therapist's; nothing is chosen for them (R3)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exercises.content import EQUIPMENT, RELIEF_POSITIONS, Catalogue, Region
from exercises.words import EQUIPMENT as EQUIPMENT_WORDS
from exercises.words import REGIONS, SEVERITIES
from programs.models import ClinicalProfile
from stenosis_pt.fields import WholeNumber

DIRECTIONS = (
    ("", _("None recorded")),
    ("flexion", _("Bending forward")),
    ("extension", _("Bending backward")),
)
YES_NO = ((True, _("Yes")), (False, _("No")))
PLAIN = (
    "severity",
    "usual_spine",
    "usual_limb",
    "walking_minutes",
    "walking_pattern",
    "odi_percent",
    "ndi_points",
    "six_minute_walk_metres",
    "mjoa",
    "specialist_agreement",
    "specialist_reason_against_surgery",
    "specialist_note",
    "surgeon_cleared_on",
    "direction_preference",
    "household_equipment",
    "equipment",
    "minutes",
    "helps",
    "relief_position",
)
"""Fields that are stored as they are, under the same name."""
A_DAY_AHEAD = timedelta(days=1)
"""The therapist's calendar may be a day ahead of the server's."""
SCORES = (("", "–"), *((number, str(number)) for number in range(11)))


class ProfileForm(forms.Form):
    """What assembly needs to know of a patient (R2–R8, R12–R16, X1–X4)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    regions = forms.MultipleChoiceField(
        label=_("Which parts of the spine?"),
        help_text=_("One to three. The app never works this out from symptoms (R2)."),
        choices=tuple(REGIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part of the spine.")},
    )
    severity = forms.ChoiceField(
        label=_("How severe?"),
        help_text=_("Pick the worst line that fits. With two or more parts of the spine, the worse one counts (R8)."),
        choices=tuple(SEVERITIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how severe it is.")},
    )
    confirm_severity = forms.BooleanField(
        label=_("I have confirmed the severity today"), required=False, help_text=_("Due every 4 weeks (R9).")
    )
    usual_spine = forms.TypedChoiceField(
        label=_("Usual back or neck pain"), choices=SCORES, coerce=int, empty_value=None, required=False
    )
    usual_limb = forms.TypedChoiceField(
        label=_("Usual arm or leg pain"), choices=SCORES, coerce=int, empty_value=None, required=False
    )
    walking_minutes = WholeNumber(
        label=_("Minutes of walking before a stop"), min_value=0, max_value=240, required=False
    )
    walking_pattern = forms.CharField(
        label=_("Usual leg symptoms on walking"),
        help_text=_("What the patient always feels, and how far down. Symptoms beyond it count as spread."),
        max_length=200,
        required=False,
    )
    odi_percent = WholeNumber(
        label=_("ODI, percent"), help_text=_("0 to 100. Low back."), min_value=0, max_value=100, required=False
    )
    ndi_points = WholeNumber(
        label=_("NDI, points"), help_text=_("0 to 50. Neck, upper back."), min_value=0, max_value=50, required=False
    )
    six_minute_walk_metres = WholeNumber(
        label=_("6-minute walk, metres"),
        help_text=_("0 to 1000. Low back."),
        min_value=0,
        max_value=1000,
        required=False,
    )
    precautions = forms.MultipleChoiceField(label=_("Precautions"), required=False, widget=forms.CheckboxSelectMultiple)
    mjoa = WholeNumber(label=_("mJOA score, 0–18"), min_value=0, max_value=18, required=False)
    specialist_agreement = forms.BooleanField(
        label=_("A specialist has agreed in writing, with structured rehabilitation as the goal"), required=False
    )
    specialist_reason_against_surgery = forms.BooleanField(
        label=_("The specialist has documented why there is no surgery"), required=False
    )
    specialist_note = forms.CharField(
        label=_("Who agreed, when, and to what"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    surgeon_cleared_on = forms.DateField(
        label=_("Date of the surgeon's written clearance"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    therapist_clearance = forms.BooleanField(
        label=_("I clear this patient for exercise after the operation"), required=False
    )
    direction_preference = forms.ChoiceField(
        label=_("Direction that eases symptoms"),
        choices=DIRECTIONS,
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "A recorded direction lets forward-bending items back in that “bending forward worsens” drops (R16)."
        ),
    )
    household_equipment = forms.TypedChoiceField(
        label=_("Are the usual household things there?"),
        choices=YES_NO,
        coerce=lambda value: value in (True, "True"),
        widget=forms.RadioSelect,
        help_text=_(
            "Mat, bed, chair with and without arms, wall, corner, counter, towel, pillow, step. "
            "“No” leaves bed, chair and wall."
        ),
        error_messages={"required": _("Say whether the household things are there.")},
    )
    equipment = forms.MultipleChoiceField(
        label=_("What else is there?"),
        choices=tuple((word, EQUIPMENT_WORDS.get(word, word)) for word in EQUIPMENT),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    minutes = WholeNumber(
        label=_("Minutes that the patient has for one session"),
        help_text=_("10 to 60. Leave empty for no limit."),
        min_value=10,
        max_value=60,
        required=False,
    )
    helps = forms.MultipleChoiceField(
        label=_("Which relief positions does the patient say help?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    relief_position = forms.ChoiceField(
        label=_("Relief position to show on every screen"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relief = [(slug, exercise.name) for slug in RELIEF_POSITIONS if (exercise := catalogue.get(slug))]
        self._choose("precautions", [(item.code, item.statement) for item in catalogue.precautions])
        self._choose("helps", relief)
        self._choose("relief_position", [("", _("None chosen yet")), *relief])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]

    def clean_regions(self) -> list[str]:
        """The regions in the order of the spine's list."""
        chosen = self.cleaned_data["regions"]
        return [region.value for region in Region if region.value in chosen]

    def clean(self) -> dict[str, Any]:
        """What belongs together is given together."""
        data = super().clean() or self.cleaned_data
        spine, limb = data.get("usual_spine"), data.get("usual_limb")
        if (spine is None) != (limb is None) and not {"usual_spine", "usual_limb"} & set(self.errors):
            missing = "usual_spine" if spine is None else "usual_limb"
            self.add_error(missing, _("Give both numbers, or neither. No arm or leg pain is 0."))
        cleared = data.get("surgeon_cleared_on")
        if cleared and cleared > timezone.localdate() + A_DAY_AHEAD:
            self.add_error("surgeon_cleared_on", _("This day has not come yet. Give the date on the clearance (R37)."))
        if data.get("therapist_clearance") and not data.get("surgeon_cleared_on"):
            self.add_error("surgeon_cleared_on", _("Give the date of the surgeon's clearance as well (R37)."))
        return data


def initial_of(row: ClinicalProfile | None, codes: frozenset[str]) -> dict[str, Any]:
    """The form's first values: what is stored, or the least assuming ones."""
    if row is None:
        return {"version": 0, "household_equipment": True, "direction_preference": "", "relief_position": ""}
    return {
        "version": row.version,
        **{name: getattr(row, name) for name in PLAIN},
        "regions": row.regions,
        "precautions": sorted(codes),
        "therapist_clearance": row.therapist_cleared_at is not None,
    }
