"""The prescriber's words: notices, verdicts, changes. Ids and parameters in, words out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.content import Catalogue
from programs.changes import Change
from programs.prescribing.draft import Entry
from programs.prescribing.forms import DAY_SHORT, LABELS
from programs.prescribing.notices import Notice
from programs.rules.routine import Decision
from programs.wording.assembly import why

DAYS: dict[str, Promise] = {
    "A": gettext_lazy("Control and strength day"),
    "B": gettext_lazy("Aerobic day"),
    "D": gettext_lazy("Daily set"),
}
CANNOT: dict[str, Promise] = {
    "changed-since": gettext_lazy(
        "The profile or an exercise was changed after you opened the check. Nothing was approved: check again."
    ),
    "not-read": gettext_lazy("What was sent could not be read. Nothing was changed."),
    "not-in-draft": gettext_lazy("That exercise is no longer in the draft."),
    "already-there": gettext_lazy("That exercise is in this day already."),
    "not-removed": gettext_lazy("That exercise was not taken out, or was put back already."),
    "no-such-day": gettext_lazy("There is no such day."),
    "no-profile": gettext_lazy("Record the clinical profile first."),
    "no-program": gettext_lazy("No draft is open, so there is nothing to change or to approve."),
    "blocked": gettext_lazy("The rules do not allow a program for this patient at present."),
    "unknown-exercise": gettext_lazy("The catalogue has no such exercise."),
    "not-held": gettext_lazy("That exercise needs no OK at present."),
    "not-ticked": gettext_lazy("That OK was taken back already."),
    "no-rise-limit": gettext_lazy("A rise cannot be allowed here (S23)."),
    "no-usual-pain": gettext_lazy(
        "Record the usual pain in the profile first. A program cannot be approved without it."
    ),
    "discharged": gettext_lazy("This patient is discharged."),
    "empty": gettext_lazy("There is nothing in the program."),
    "not-a-therapist": gettext_lazy("Only a therapist of this clinic can do that."),
    "problems": gettext_lazy("Settle what is listed below first."),
    "needs-reason": gettext_lazy("Write the reason first: this exercise is marked for this patient."),
    "not-at-home": gettext_lazy("This exercise can never be in a home program (X19)."),
    "no-such-part": gettext_lazy("Only parts that pass this patient's rules can be in the core block (X19)."),
    "does-not-pass": gettext_lazy("That exercise does not pass this patient's rules. Add it by hand, with a reason."),
}


class Names:
    """Names of exercises and statements of precautions, from the catalogue that a page has anyway."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.statements = {item.code: item.statement for item in catalogue.precautions}

    def exercise(self, slug: str) -> str:
        """The exercise's name; its slug when it has left the catalogue."""
        found = self.catalogue.get(slug)
        return found.name if found else slug

    def code(self, code: str) -> str:
        """The statement that turns a code on."""
        return self.statements.get(code, code)


def sentence(rule: str, key: str, params: Mapping[str, Any], names: Names) -> str:
    """A rule's answer in words, with statements for codes and names for slugs."""
    told = dict(params)
    if "codes" in told:
        told["codes"] = ["; ".join(_("“%(statement)s”") % {"statement": names.code(code)} for code in told["codes"])]
    return why(Decision("", "", rule, key, told), names.exercise)


def why_not(key: str, codes: Iterable[str], names: Names) -> str:
    """What speaks against an exercise: the key and codes of a verdict."""
    return sentence("", key, {"codes": tuple(codes)}, names)


def notice_words(notice: Notice, names: Names) -> str:
    """A warning, or what must be settled, as one sentence or two."""
    params: Mapping[str, Any] = notice.params
    if notice.key in ("held", "needs-reason", "not-at-home"):
        return why_not(params["why"], params["codes"], names) + (
            " " + _("Write a reason, or take it out.") if notice.key == "needs-reason" else ""
        )
    if notice.key == "daily-minutes":
        days = _(" and ").join(str(DAY_SHORT[day]) for day in params["days"])
        return _("%(minutes)d exercise minutes on a day with %(days)s; the daily most is %(limit)d.") % {
            **params,
            "days": days,
        }
    if notice.key == "part-does-not-pass":
        return _("As a part of the core block: %(why)s") % {"why": why_not(params["why"], params["codes"], names)}
    if "day" in params:
        params = {**params, "day": DAYS[params["day"]]}
    words = {
        "a-two-days-running": _(
            "Strength days on two days running. On the second the app offers the daily set instead."
        ),
        "a-too-often": _("More than 4 strength days in 7 days. Beyond them the app offers the daily set instead."),
        "aerobic-too-often": _("More than 5 aerobic days in 7 days. Beyond them the app offers the daily set instead."),
        "no-rest-day": _("No day without strength or aerobic work: one day of the week is for rest or the daily set."),
        "a-with-b": _("Strength and aerobic work on one day (%(days)s). They belong on alternate days."),
        "third-in-severe": _("%(count)d times a week: %(day)s. In severe there are %(limit)d to begin with."),
        "never-falls": _("On no day of the week: %(day)s. The patient would never be offered its exercises."),
        "too-many": _("%(count)d active exercises; the most for this severity is %(limit)d."),
        "too-long": _("%(minutes)d minutes; the target ends at %(limit)d."),
        "over-patients-time": _("%(minutes)d minutes; the patient has %(limit)d."),
        "aerobic-minutes": _("%(minutes)d aerobic minutes; the most for a day is %(limit)d."),
        "position-changes": _("%(count)d changes of position; more than %(limit)d tire people."),
        "no-relief-first": _("Severe: begin with a relief position, breathing or something seated."),
        "no-aerobic-entry": _("No aerobic exercise on the aerobic day."),
        "short": _("Only one active exercise on this day."),
        "no-parts": _("Choose the parts of the core block first."),
        "part-beside-block": _(
            "It is a part of the core block and in the day as well. The block uses up its daily cap: keep one of them."
        ),
        "many-new": _("%(count)d new exercises at once; one week may bring %(limit)d."),
        "many-new-with-before": _(
            "%(count)d new exercises with those that were added in the last 7 days; one week may bring %(limit)d."
        ),
        "no-profile": _("Record the clinical profile first."),
        "no-usual-pain": _("Record the usual pain in the profile: no program is approved without it."),
        "discharged": _("This patient is discharged."),
        "other-severity": _("The severity was changed after this draft. Assemble again, so that the doses fit."),
        "retired": _("This exercise is no longer in the catalogue. Take it out."),
        "empty": _("No day has an exercise."),
        "dose": _("The dose is outside its limits (%(limit)d)."),
    }
    return words[notice.key] % params


def week_words(week: Iterable[Iterable[str]]) -> str:
    """A week in one line: "1 A + D · 2 B"."""
    return " · ".join(f"{number} {' + '.join(names) or '–'}" for number, names in enumerate(week, start=1))


def origin_words(entry: Entry) -> str:
    """Who set an entry's dose, or which rule changed it; empty for what the rules assembled."""
    if entry.origin.dose_by:
        return _("set by %(name)s") % {"name": entry.origin.dose_by}
    if entry.origin.dose_rule:
        return _("changed by rule %(rule)s") % {"rule": entry.origin.dose_rule}
    return ""


def change_words(change: Change) -> str:
    """What changed in an entry: "Hold, seconds 5 → 10"."""
    label = {
        **LABELS,
        "per_side": _("Each side"),
        "times_a_day": _("Times a day"),
        "daily_cap": _("Daily cap"),
        "note": _("Note"),
        "position": _("Place in the day"),
        "version": _("Version of the exercise"),
    }[change.field]
    return _("%(field)s: %(before)s → %(after)s") % {
        "field": label,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("none") if value in (None, "") else str(value)
