"""The small forms of the draft, the search for exercises, and the approval."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.content import Dose, Exercise, Kind, Region
from exercises.words import KINDS, REGIONS
from programs.prescribing.draft import Draft
from programs.prescribing.limits import RANGES, Fault, faults, fields_of
from stenosis_pt.fields import WholeNumber

LABELS = {
    "sets": _("Sets"),
    "reps": _("Repetitions"),
    "hold_seconds": _("Hold, seconds"),
    "rest_seconds": _("Rest, seconds"),
    "minutes": _("Minutes"),
    "work_seconds": _("Work, seconds"),
}
DAYS = (("A", _("A · control and strength")), ("B", _("B · aerobic")), ("D", _("D · daily set")))
DAY_SHORT = {"A": _("Strength"), "B": _("Aerobic"), "D": _("Daily set")}
Week = tuple[tuple[str, ...], ...]
LONGEST_ALLOWANCE = timedelta(days=28)
LATEST_START = timedelta(days=60)


def fault_words(fault: Fault) -> str:
    """Why a dose cannot be, with the rule."""
    words = {
        "range": _("Give a whole number up to %(limit)d."),
        "plank": _("No plank is held longer than %(limit)d seconds (S29)."),
        "hold": _("No hold is longer than %(limit)d seconds, except relief positions and stretches (S29)."),
        "thermal": _("No more than %(limit)d minutes of heat or cold at a time (S27)."),
        "once": _("Only once a day (S32): one set of one."),
        "hard-stop": _("All holds together end after %(limit)d seconds, because this exercise is locked (S32)."),
        "aerobic": _("No more than %(limit)d minutes of aerobic work a day (R28)."),
        "longer-than-all": _("One stretch of work cannot be longer than the whole: %(limit)d seconds (R22)."),
        "cap": _("That is over the daily cap of %(limit)d for this exercise (R29). The cap counts the whole day."),
    }
    return words[fault.code] % {"limit": fault.limit}


class DraftForm(forms.Form):
    """Any change of the draft: it carries the version of the draft that the therapist saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DoseForm(DraftForm):
    """A dose, with the fields that its kind of dose has. Seconds and minutes as labelled."""

    def __init__(self, *args: Any, exercise: Exercise, before: Dose, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise, self.before = exercise, before
        for name in fields_of(before):
            low, high = RANGES[name]
            self.fields[name] = WholeNumber(
                label=LABELS[name],
                min_value=low,
                max_value=high,
                initial=getattr(before, name),
            )

    def clean(self) -> dict[str, Any]:
        """The dose as a whole keeps inside the limits (S29, R28, R29)."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in faults(self.exercise, self.dose):
                self.add_error(fault.field if fault.field in self.fields else None, fault_words(fault))
        return data

    @property
    def dose(self) -> Dose:
        """The dose as typed."""
        return replace(self.before, **{name: self.cleaned_data[name] for name in fields_of(self.before)})


class SwapForm(DraftForm):
    """Put another exercise in an entry's place."""

    to = forms.SlugField(max_length=60)


class MoveForm(DraftForm):
    """Move an entry: by the arrows, or to a place that the list names."""

    to = forms.IntegerField(min_value=0, max_value=200)


class NoteForm(DraftForm):
    """A note for the patient beside one exercise."""

    note = forms.CharField(label=_("Note for the patient"), max_length=300, required=False)
    was = forms.CharField(max_length=300, required=False)
    """What the note said when the therapist began to type: another window may have changed it since."""

    def is_overtaken(self, stored: str) -> bool:
        """Does the stored note say something that the therapist has neither seen nor typed?"""
        return "was" in self.data and stored not in (self.cleaned_data["was"], self.cleaned_data["note"])


class PartsForm(DraftForm):
    """X19: the parts of a core block; only those that pass this patient's rules can be chosen."""

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"] = forms.MultipleChoiceField(choices=[(slug, slug) for slug in allowed], required=False)


class WeekForm(DraftForm):
    """Which days of the program fall on which day of the week; ``reset`` goes back to the week of the rules."""

    reset = forms.BooleanField(required=False)

    def __init__(self, *args: Any, draft: Draft, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id-week-%s", **kwargs})
        offered = [(name, DAY_SHORT[name]) for name in draft.offered]
        for number, names in enumerate(week, start=1):
            self.fields[f"d{number}"] = forms.MultipleChoiceField(
                label=gettext("Day %(number)d") % {"number": number},
                choices=offered,
                required=False,
                initial=list(names),
                widget=forms.CheckboxSelectMultiple,
            )
        self.names = [f"d{number}" for number in range(1, len(week) + 1)]

    def clean(self) -> dict[str, Any]:
        """A week without anything is no program."""
        data = super().clean() or self.cleaned_data
        if not data.get("reset") and not self.errors and not any(data[name] for name in self.names):
            self.add_error("d1", _("Choose something for at least one day."))
        return data

    @property
    def days(self) -> list[forms.BoundField]:
        """The seven fields."""
        return [self[name] for name in self.names]

    @property
    def week(self) -> Week:
        """The week as chosen."""
        return tuple(tuple(self.cleaned_data[name]) for name in self.names)


class TickForm(DraftForm):
    """R12: the therapist's OK for one held exercise, or taking it back."""

    exercise = forms.SlugField(max_length=60)
    take_back = forms.BooleanField(required=False)


class AddForm(DraftForm):
    """Add an exercise by hand (X19)."""

    exercise = forms.SlugField(max_length=60)
    day = forms.ChoiceField(label=_("Day"), choices=DAYS)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class AssembleForm(DraftForm):
    """Assemble (again): keeping the therapist's own changes, or afresh."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)
    keep = forms.BooleanField(required=False)


class AllowanceForm(forms.Form):
    """S20, S23: what the therapist allows for one patient and one exercise."""

    rise_limit = forms.TypedChoiceField(
        label=_("Rise of back or neck pain that is allowed (S23)"),
        choices=((0, _("None: stop at the first rise")), (1, _("1 point")), (2, _("2 points"))),
        coerce=int,
        initial=0,
    )
    expires_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("28 days at most. Needed for an allowed rise."),
    )
    centralising_ok = forms.BooleanField(
        label=_("Go on when limb pain moves inward and spine pain rises by 1 (S20)"), required=False
    )

    def __init__(self, *args: Any, today: date, myelopathy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.myelopathy = today, myelopathy

    def clean(self) -> dict[str, Any]:
        """S23: never with a cord code, never without an end."""
        data = super().clean() or self.cleaned_data
        until = data.get("expires_on")
        if data.get("rise_limit"):
            if self.myelopathy:
                self.add_error("rise_limit", _("No rise is allowed while a cord compression code is on (S23)."))
            if not until and "expires_on" not in self.errors:
                self.add_error("expires_on", _("Say until when (S23)."))
        if until and not self.today < until <= self.today + LONGEST_ALLOWANCE:
            self.add_error("expires_on", _("Choose a day after today, at most 28 days on."))
        return data


class SearchForm(forms.Form):
    """Find an exercise to add."""

    q = forms.CharField(label=_("Name"), max_length=80, required=False, widget=forms.TextInput({"type": "search"}))
    region = forms.ChoiceField(label=_("Part of the spine"), choices=(("", _("All")), *REGIONS.items()), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=(("", _("All")), *KINDS.items()), required=False)

    def matches(self, exercise: Exercise) -> bool:
        """Does the exercise fit what was asked for?"""
        asked = self.cleaned_data if self.is_valid() else {}
        words = asked.get("q", "").casefold().split()
        text = " ".join((exercise.name, exercise.slug, *exercise.other_names)).casefold()
        return (
            all(word in text for word in words)
            and (not asked.get("region") or Region(asked["region"]) in exercise.regions)
            and (not asked.get("kind") or exercise.kind is Kind(asked["kind"]))
        )


class ApproveForm(DraftForm):
    """R1: a named therapist approves what the check page shows; ``seen`` says what it showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)
    starts_on = forms.DateField(
        label=_("First day of the program"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the first day.")},
    )
    reason = forms.CharField(
        label=_("Why this program, or this change"),
        help_text=_("For your colleagues; kept with the revision."),
        max_length=300,
        required=False,
    )
    restart = forms.BooleanField(label=_("Restart: end the pause with this approval (P14)"), required=False)
    confirm = forms.BooleanField(
        label=_("I have checked this program and approve it for this patient (R1)"),
        error_messages={"required": _("Tick this to approve. Nothing becomes active without it (R1).")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_starts_on(self) -> date:
        """The patient's today or later."""
        chosen: date = self.cleaned_data["starts_on"]
        if not self.today <= chosen <= self.today + LATEST_START:
            raise forms.ValidationError(gettext("Choose today or a later day, at most 60 days on."))
        return chosen
