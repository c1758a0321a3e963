"""Two changes of one draft: what is stored now beside what the therapist wanted, so that neither is lost."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.prescribing.draft import Draft, Entry
from programs.prescribing.forms import LABELS
from programs.prescribing.pages import draft_page
from programs.prescribing.state import Prescription
from programs.prescribing.week import DAYS_IN_A_WEEK
from programs.prescribing.words import DAYS

OUR_OWN = ("csrfmiddlewaretoken", "version", "was")
"""Fields of the form, not of the therapist."""
WEEK_FIELDS = [f"d{number}" for number in range(1, DAYS_IN_A_WEEK + 1)]
WANTED = {
    "prescribing:item-dose": gettext_lazy("Set the dose"),
    "prescribing:item-swap": gettext_lazy("Swap the exercise"),
    "prescribing:item-move": gettext_lazy("Move the exercise"),
    "prescribing:item-note": gettext_lazy("Write the note"),
    "prescribing:item-parts": gettext_lazy("Choose the parts of the block"),
    "prescribing:item-remove": gettext_lazy("Take the exercise out"),
    "prescribing:item-restore": gettext_lazy("Put the exercise back"),
    "prescribing:week": gettext_lazy("Set the week"),
    "prescribing:add": gettext_lazy("Add the exercise"),
    "prescribing:ok": gettext_lazy("Give, or take back, your OK"),
    "prescribing:assemble": gettext_lazy("Assemble again"),
    "prescribing:discard": gettext_lazy("Throw the draft away"),
    "prescribing:check": gettext_lazy("Approve the program. Look at the draft again first."),
}


def conflict_page(request: HttpRequest, prescription: Prescription) -> dict[str, Any]:
    """What the page needs to show both changes, and to make the therapist's own one on top of the other."""
    match = request.resolver_match
    kwargs, view = (match.kwargs, match.view_name) if match else ({}, "")
    day, slug = kwargs.get("day", ""), kwargs.get("exercise", "") or request.POST.get("exercise", "")
    typed = _typed(request)
    name = prescription.names.exercise(slug) if slug else ""
    return {
        "page": draft_page(prescription),
        "patient": prescription.patient,
        "row": prescription.row,
        "own": prescription.row is not None and prescription.row.updated_by_id == request.user.pk,
        "where": " · ".join(filter(None, (name, str(DAYS.get(day, ""))))),
        "gone": bool(day and prescription.draft and prescription.draft.entry(day, slug) is None),
        "theirs": list(_stored(prescription.draft, day, slug, typed)) if prescription.draft else [],
        "wanted": str(WANTED.get(view, "")),
        "mine": [(_label(name), value) for name, value in typed.items()],
        "fields": [*_sent(request), *_now_seen(prescription.draft, day, slug, typed)],
        # An approval is never carried over to a draft that the therapist has not seen.
        "again": "" if view == "prescribing:check" else request.path,
    }


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: ", ".join(request.POST.getlist(name)) for name in request.POST if name not in (*OUR_OWN, "exercise")}


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.POST.lists() if name not in OUR_OWN for value in values]


def _now_seen(draft: Draft | None, day: str, exercise: str, typed: dict[str, str]) -> list[tuple[str, str]]:
    """The stored note, which this page shows: a third change on top of it is shown again."""
    entry = draft.entry(day, exercise) if draft else None
    return [("was", entry.note)] if entry and "note" in typed else []


def _stored(draft: Draft, day: str, exercise: str, typed: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The stored value of each field that was typed in."""
    entry = draft.entry(day, exercise)
    for name in typed:
        value = _value(draft, entry, day, name)
        if value is not None:
            yield _label(name), value


def _value(draft: Draft, entry: Entry | None, day: str, name: str) -> str | None:
    if name in WEEK_FIELDS:
        return ", ".join(draft.week[WEEK_FIELDS.index(name)]) if draft.week else None
    if entry is None:
        return None
    if name == "to":
        return str(draft.position(day, entry.exercise))
    dose = {field: str(value) for field, value in asdict(entry.dose).items() if value is not None}
    return {**dose, "note": entry.note, "parts": ", ".join(entry.parts)}.get(name)


def _label(name: str) -> str:
    own = {
        "to": _("To"),
        "note": _("Note"),
        "reason": _("Reason"),
        "parts": _("Parts"),
        "day": _("Day"),
        "take_back": _("Take the OK back"),
        "keep": _("Keep my changes"),
        "reset": _("The week of the rules"),
        **{field: _("Day %(number)d") % {"number": number} for number, field in enumerate(WEEK_FIELDS, start=1)},
    }
    return str(LABELS.get(name) or own.get(name, name))
