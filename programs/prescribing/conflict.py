"""Two people saved one form: what differs between theirs and mine, and the form with a choice for each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

OWN_TO_THE_ASKING = ("version", "confirm_severity")
"""Fields that say something about this one sending of the form, so that they cannot differ."""


@dataclass(frozen=True)
class Difference:
    """One thing that the two saved differently; ``key`` names it in the form that asks which one to keep."""

    key: str
    label: str
    theirs: str
    mine: str


def differences(form: forms.Form, theirs: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between what is stored and the valid ``form``; lists are compared option by option."""
    return tuple(_differences(form, theirs))


def _differences(form: forms.Form, theirs: Mapping[str, Any]) -> Iterator[Difference]:
    for name, field in form.fields.items():
        if name in OWN_TO_THE_ASKING:
            continue
        stored, mine = theirs.get(name), form.cleaned_data.get(name)
        if isinstance(field, forms.MultipleChoiceField):
            for option in _options(field):
                there, here = option in (stored or ()), option in (mine or ())
                if there != here:
                    label = _("%(field)s: %(option)s") % {"field": field.label, "option": _label(field, option)}
                    yield Difference(f"{name}:{option}", label, _yes(there), _yes(here))
        elif (stored if stored is not None else "") != (mine if mine is not None else ""):
            yield Difference(name, str(field.label), _words(field, stored), _words(field, mine))


def resolve(data: QueryDict, form: forms.Form, theirs: Mapping[str, Any]) -> tuple[QueryDict, bool]:
    """``data`` with every "keep theirs" carried out; the flag says whether each difference was decided."""
    decided = True
    merged = data.copy()
    for difference in differences(form, theirs):
        choice = data.get(f"keep:{difference.key}")
        decided = decided and choice in ("theirs", "mine")
        if choice == "theirs":
            _take_theirs(merged, difference.key, theirs)
    return merged, decided


def _take_theirs(data: QueryDict, key: str, theirs: Mapping[str, Any]) -> None:
    name, __, option = key.partition(":")
    if option:
        kept = [value for value in data.getlist(name) if value != option]
        data.setlist(name, [*kept, option] if option in (theirs.get(name) or ()) else kept)
        return
    value = theirs.get(name)
    if value is False and name != "household_equipment":
        data.setlist(name, [])
    else:
        data[name] = "" if value is None else str(value)


def _options(field: forms.MultipleChoiceField) -> Iterator[str]:
    return (str(value) for value, __ in field.widget.choices)


def _label(field: forms.ChoiceField, option: str) -> str:
    return str({str(value): label for value, label in field.widget.choices}.get(option, option))


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _yes(value)
    if value is None or value == "":
        return _("nothing")
    return _label(field, str(value)) if isinstance(field, forms.ChoiceField) else str(value)
