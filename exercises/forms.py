"""The filter of the catalogue list."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exercises.models.exercise import ExerciseQuerySet
from exercises.words import EQUIPMENT, KINDS, POSITIONS, REGIONS


def _choices(words: object) -> list[tuple[str, object]]:
    return [("", _("Any")), *((str(code), word) for code, word in words.items())]  # type: ignore[attr-defined]


class CatalogueFilter(forms.Form):
    """Region, kind, start position, equipment and text; unknown values are told, not ignored."""

    q = forms.CharField(label=_("Search"), required=False, max_length=60, strip=True)
    region = forms.ChoiceField(label=_("Part of the spine"), required=False, choices=_choices(REGIONS))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_choices(KINDS))
    position = forms.ChoiceField(label=_("Start position"), required=False, choices=_choices(POSITIONS))
    equipment = forms.ChoiceField(
        label=_("Equipment"),
        required=False,
        choices=[("", _("Any")), ("none", _("Nothing needed")), *EQUIPMENT.items()],
    )

    def apply(self, exercises: ExerciseQuerySet) -> ExerciseQuerySet:
        """``exercises`` narrowed to what was asked for; a field with an error narrows nothing."""
        self.full_clean()
        asked = self.cleaned_data
        if region := asked.get("region"):
            exercises = exercises.filter(**{f"current__{region}": True})
        if kind := asked.get("kind"):
            exercises = exercises.filter(current__kind=kind)
        if position := asked.get("position"):
            exercises = exercises.filter(current__start_position=position)
        if equipment := asked.get("equipment"):
            wanted = Q(current__equipment_words="")
            if equipment != "none":
                wanted = Q(current__equipment_words__contains=f"|{equipment}|")
            exercises = exercises.filter(wanted)
        for word in asked.get("q", "").lower().replace("\x00", "").split():
            exercises = exercises.filter(current__search_words__contains=word)
        return exercises
