"""Words of the assembly rules for therapists: rule answers with keys and parameters in, sentences out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.utils.translation import pgettext as _p

from programs.rules.profile import ProfileError
from programs.rules.routine import Decision
from programs.rules.severity import Band, Mismatch

SENTENCES: Mapping[str, str] = {
    "blocked-surgery": gettext_noop("Spine surgery that is not yet cleared. No plan is made while {codes} is on."),
    "blocked-red-flag": gettext_noop("No plan is made while {codes} is on."),
    "blocked-mjoa-missing": gettext_noop("{codes} is on and the mJOA is not recorded."),
    "blocked-mjoa-low": gettext_noop(
        "{codes} is on with an mJOA of {mjoa}, and the specialist has not written down why not surgery."
    ),
    "blocked-no-agreement": gettext_noop("{codes} is on without written specialist agreement."),
    "blocked-nothing-left": gettext_noop("No day can be offered. Please build the plan by hand."),
    "not-at-home": gettext_noop("Never part of a home plan."),
    "locked": gettext_noop("Locked: only a therapist may add it by hand, with a reason."),
    "excluded": gettext_noop("Not with these precautions: {codes}."),
    "removed-neck-cord": gettext_noop("Removed for everybody with {codes}."),
    "no-dose": gettext_noop("No dose at this severity."),
    "no-region": gettext_noop("Made for other regions: {codes}."),
    "no-equipment": gettext_noop("Equipment is missing: {codes}."),
    "on-the-floor": gettext_noop("Done on the floor, and the patient cannot get down and up alone."),
    "extension-lumbar": gettext_noop("Bends the back backward; never chosen where the lower back is a region."),
    "flexion-worsens": gettext_noop("Bends forward, and bending forward makes the symptoms worse."),
    "held": gettext_noop("Waits for your OK because of: {codes}."),
    "needs-ok": gettext_noop("Would be placed with your OK; precautions: {codes}."),
    "ticked": gettext_noop("You gave your OK; precautions: {codes}."),
    "not-in-catalogue": gettext_noop("Not in the catalogue any more."),
    "placed": gettext_noop("Part of the template for this region and severity."),
    "swapped": gettext_noop("{to} takes its place."),
    "reordered": gettext_noop("Order changed, so that the risky or awkward entries come at a better time."),
    "over-active-limit": gettext_noop("More than {limit} active entries in one session."),
    "test-dose": gettext_noop("First session: a test dose."),
    "shortened": gettext_noop("Cut from {planned} to {minutes} minutes, so that the session fits {limit} minutes."),
    "over-time": gettext_noop("Left out so that the session fits {limit} minutes."),
    "still-over-time": gettext_noop("Still longer than {limit} minutes; nothing more may be left out."),
    "not-offered": gettext_noop("This day is not offered: too little is left of it."),
    "no-aerobic-entry": gettext_noop("No aerobic entry in this day."),
    "short": gettext_noop("Short: only one active entry."),
    "over-day-limit": gettext_noop("Left out so that the day stays inside its exercise minutes."),
}
"""Every key with which the assembly rules answer."""


def why(decision: Decision, name: Callable[[str], str] = str) -> str:
    """A decision in words. ``name`` turns slugs into names."""
    params: dict[str, Any] = dict(decision.params)
    if "to" in params:
        params["to"] = name(params["to"])
    return _sentence(decision.key, params)


def _sentence(key: str, params: Mapping[str, Any]) -> str:
    codes = ", ".join(params.get("codes", ()))
    return _(SENTENCES[key]).format(**{**params, "codes": codes})


def mark_words(mark: str) -> str:
    """A mark of X13 in words."""
    return _(SENTENCES[{"no aerobic entry": "no-aerobic-entry", "short": "short"}[mark]])


FIELD_NAMES: Mapping[str, str] = {
    "regions": gettext_noop("region"),
    "severity": gettext_noop("severity"),
    "precautions": gettext_noop("precaution"),
    "equipment": gettext_noop("equipment"),
    "minutes": gettext_noop("minutes"),
    "ok": gettext_noop("exercise with an OK"),
    "helps": gettext_noop("relief position that helps"),
    "mjoa": gettext_noop("mJOA"),
    "specialist_agreement": gettext_noop("specialist agreement"),
    "specialist_reason_against_surgery": gettext_noop("specialist's reason against surgery"),
    "first_session": gettext_noop("first session"),
    "direction_preference": gettext_noop("direction preference"),
    "profile": gettext_noop("field"),
}


def problems(error: ProfileError) -> list[str]:
    """X1: each thing that is wrong with a profile, with the words that would be valid."""
    return [
        _("Unknown {field}: {value}. Valid: {valid}.").format(
            field=_(FIELD_NAMES[field]), value=_shown(value), valid=", ".join(valid)
        )
        for field, value, valid in error.problems
    ]


def _shown(value: object) -> str:
    if value is None or value in ([], ""):
        return _p("no value given", "nothing")
    return str(value)


SIGNS: Mapping[str, str] = {
    "indoors-only": gettext_noop("walks only indoors"),
    "pain-at-rest-most-of-the-day": gettext_noop("pain at rest most of the day"),
    "sleeps": gettext_noop("sleeps"),
    "full-daily-tasks": gettext_noop("full daily tasks"),
    "some-tasks-limited": gettext_noop("some tasks limited"),
    "arm-pain-at-rest": gettext_noop("arm pain at rest"),
    "most-tasks-limited": gettext_noop("most tasks limited"),
}


def band_words(band: Band) -> tuple[str, ...]:
    """R4, R7: the parts of a severity's definition, shown beside the choice; any one of them is enough."""
    parts = [_("usual pain {low}-{high}").format(low=band.pain[0], high=band.pain[1])]
    if band.walking_minutes is not None:
        low, high = band.walking_minutes
        if high is None:
            parts.insert(0, _("walks {low} minutes or more without having to stop").format(low=low))
        elif low == 0:
            parts.insert(0, _("walks under {high} minutes").format(high=high))
        else:
            parts.insert(0, _("walks {low} to under {high} minutes").format(low=low, high=high))
    return (*parts, *(_(SIGNS[sign]) for sign in band.signs))


def mismatch_words(mismatches: Iterable[Mismatch]) -> list[str]:
    """R3: the recorded numbers suggest another severity than the one chosen."""
    severity = {"mild": _("mild"), "moderate": _("moderate"), "severe": _("severe")}
    region = {"lumbar": _("lumbar"), "thoracic": _("thoracic"), "cervical": _("cervical")}
    return [
        _("The recorded numbers fit “{suggested}” ({region}); “{chosen}” is chosen.").format(
            suggested=severity[row.suggested.value],
            chosen=severity[row.chosen.value],
            region=region[row.region.value],
        )
        for row in mismatches
    ]
