"""Why an alert was opened, in a sentence for the therapist: rule, row and parameters in, words out."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIGNS = {
    "S5": gettext_lazy("Signs of bladder, bowel, saddle or both legs, new or getting worse."),
    "S6": gettext_lazy("A fall or knock, or sudden strong spine pain."),
    "S7": gettext_lazy("Fever, chills, feeling very unwell, or a recent procedure with new pain."),
    "S8": gettext_lazy("New or worse clumsy hands, unsteady walking or electric shocks."),
    "S9": gettext_lazy("An arm or leg is getting weaker."),
    "S10": gettext_lazy("Pain that never eases at night, weight loss, or cancer before and new pain."),
    "S11": gettext_lazy("Chest, breath, fainting or heartbeat signs, or high blood pressure."),
    "S12": gettext_lazy("A calf or leg newly swollen, warm, red or sore."),
    "S13": gettext_lazy(
        "Leg pain on walking that eases when standing still, a cold foot, or a sore that does not heal."
    ),
    "S14": gettext_lazy("Sudden severe signs: tearing pain, face, arm or speech, or the worst headache or neck pain."),
}
"""The groups of Table A: what was answered yes or not sure."""

ROWS = {
    "T1": gettext_lazy("Session ended: an alarm sign during “%(name)s”."),
    "T2": gettext_lazy("Session ended: a fall during “%(name)s”."),
    "T3": gettext_lazy(
        "Session ended: dizzy, unwell, or wanted to stop, during “%(name)s”. "
        "If dizzy only on standing up, add that precaution to the profile (S24)."
    ),
    "T4": gettext_lazy("Session ended: pain moved further down during “%(name)s”."),
    "T5": gettext_lazy("Session ended: numbness or tingling that stayed, during “%(name)s”."),
    "T7": gettext_lazy("Session ended: pain of 7 or more during “%(name)s”%(change)s."),
    "T8": gettext_lazy("Session ended: arm or leg pain up by 2 or more during “%(name)s”%(change)s."),
    "T9": gettext_lazy("Session ended: back or neck pain up by 2 or more during “%(name)s”%(change)s."),
    "T12": gettext_lazy("Session ended: a second exercise had to stop, “%(name)s”%(change)s."),
    "T13": gettext_lazy("“%(name)s” stopped: pain moved inward%(change)s. Decide whether it may go on."),
    "T15": gettext_lazy("Session ended: a second exercise had to stop, “%(name)s”%(change)s."),
    "T16": gettext_lazy("“%(name)s” stopped: pain went up%(change)s. It is off for the day."),
    "U1": gettext_lazy("Session ended: an alarm sign while resting."),
    "U2": gettext_lazy("Session ended: a fall while resting."),
    "U3": gettext_lazy("Session ended: it got worse while resting%(change)s."),
    "U9": gettext_lazy("Session ended: pain had not settled after 5 minutes of rest%(change)s."),
    "C6": gettext_lazy("Pain has spread further since the last session."),
    "C7": gettext_lazy(
        "No session: dizzy at the check-in. If it comes only on standing up, add that precaution to the profile (S24)."
    ),
    "C8": gettext_lazy("No session: vomiting at the check-in."),
    "C9": gettext_lazy("Relief only: pain of 7 or more at the check-in%(change)s."),
    "C10": gettext_lazy("Relief only: pain 2 or more above usual at the check-in%(change)s."),
    "C11": gettext_lazy("Minimum plan: worse after the last session."),
    "N1": gettext_lazy("Pain has spread further since the last session."),
    "N2": gettext_lazy("Clearly worse the day after a session."),
    "N3": gettext_lazy("Worse for more than a day after a session."),
}
"""Rows of the tables of safety.md section 9."""

WISH = gettext_lazy("Session ended: the patient wanted to stop, without a symptom.")
"""X14: a plain wish."""

RULES = {
    "S2": gettext_lazy("An exercise was started on a device while a lock was open. It is not counted."),
    "S15": gettext_lazy("Pain at the check-in needs a look%(change)s."),
    "S18": gettext_lazy("A session ended early."),
    "S21": gettext_lazy("Two sessions ended early within 7 days. Only the minimum plan is offered until you restart."),
    "S22": gettext_lazy("The day after a session was worse."),
    "S24": gettext_lazy("Dizziness was reported."),
    "S25": gettext_lazy("A fall was reported."),
    "S26": gettext_lazy("No session: not eaten, or sugar not in the safe range."),
    "S33": gettext_lazy("Something that a device sent was missing or impossible."),
    "R12": gettext_lazy("Left out of today's session because of a precaution: %(names)s."),
    "P14": gettext_lazy("The program is paused until you restart it."),
    "P23": gettext_lazy("Nothing has been heard for a week or more."),
    "X5": gettext_lazy("A session was left off, or gone on with too late."),
    "X9": gettext_lazy("A session was left without an answer, and was closed."),
    "X14": gettext_lazy("The program is paused until you restart it."),
    "X16": gettext_lazy("Pain went up by 2 or more during a relief-only session."),
}


LOCKS = {
    "S18": gettext_lazy("An alarm sign ended a session. Ask what it was."),
    "S22": gettext_lazy("Pain has spread further since the last session."),
}
"""Why a lock was opened, where that is more than the rule's own words."""

AGAINST = {
    "P12": gettext_lazy("“%(name)s” was made easier by the patient for today. Think of one step down."),
    "S2": gettext_lazy("“%(name)s” was done while a lock was open. It is not counted."),
    "S13": gettext_lazy("“%(name)s” was done while walking entries were locked."),
    "R12": gettext_lazy("“%(name)s” was done although a precaution of today leaves it out."),
    "S15": gettext_lazy("“%(name)s” was done on a day for sitting and lying only."),
    "S17": gettext_lazy("“%(name)s” was done again on the day it was stopped."),
    "S18": gettext_lazy("“%(name)s” was done after the session had ended."),
    "S19": gettext_lazy("“%(name)s” was walked again after its last interval of the session."),
    "S21": gettext_lazy("“%(name)s” was done before the pain had settled."),
    "X5": gettext_lazy("“%(name)s” was done after the session was over."),
    "X16": gettext_lazy("“%(name)s” was done in a session of relief only."),
}
"""An exercise was done against a rule, as a device may report that was offline."""

NOTES = {
    "S2": gettext_lazy("A session under way was ended: a lock had been opened."),
    "S25": gettext_lazy("The fall questions were answered with yes or not sure: the precaution fall-risk is on."),
    "S33": gettext_lazy("An answer was corrected after the next step had begun. The first answer stands."),
    "S18": gettext_lazy("A session was finished with pain up by 2 or more%(change)s."),
    "X5": gettext_lazy("A session went on after a break without a new pain question."),
    "X9": gettext_lazy("A session was finished, but pain was not asked to the end for every exercise."),
}

CLOSED = gettext_lazy("A session was closed: the break was too long, or a new day had begun.")
"""X5: a device closed it, and says why."""

LEFT_OUT = gettext_lazy("Left out of today's session: %(names)s (%(rule)s).")
LEFT_OUT_BY = {
    "R12": RULES["R12"],
    "S13": gettext_lazy("Left out of today's session while walking is on hold: %(names)s."),
}
"""An entry of the program that the day could not offer (HZ05): no exercise was done."""

NOT_STARTED = {
    "S1": gettext_lazy("A session was started on a device while the full screen was due. It is not counted."),
    "S2": RULES["S2"],
    "S33": gettext_lazy("A session was started on a device without a whole check-in. It is not counted."),
    "X5": gettext_lazy("A session was started on a device too long after its check-in. It is not counted."),
}
OTHER_START = gettext_lazy("A session was started on a device that the check-in did not allow. It is not counted.")
"""A start that was none (S2, S33, table C)."""


UNKNOWN = gettext_lazy("Please look at this patient's answers.")


def alert_words(*, rule: str, row: str, params: dict[str, Any], level: str) -> str:
    """Why an alert was opened. An unknown rule still gets a sentence: nothing is ever shown empty."""
    words = (WISH if params.get("reason") == "stop" else ROWS.get(row)) or _of_rule(rule, level, params) or UNKNOWN
    return str(words) % {
        "rule": rule,
        "name": params.get("name") or params.get("exercise") or _("an exercise"),
        "names": ", ".join(map(str, params.get("names") or params.get("exercises") or [])) or _("an exercise"),
        "change": _change(params),
    }


def _of_rule(rule: str, level: str, params: Mapping[str, Any]) -> Promise | None:
    if "kind" in params:
        return NOT_STARTED.get(rule, OTHER_START)
    if level in {"E", "T", "H"}:
        return {**RULES, **SIGNS, **LOCKS}.get(rule)
    if level == "note" and "names" in params:
        return LEFT_OUT_BY.get(rule, LEFT_OUT)
    if level == "note" and rule == "X5" and "why" in params:
        return CLOSED
    if level == "note":
        own = AGAINST if params.get("exercise") else NOTES
        return {**SIGNS, **RULES, **own}.get(rule)
    return {**SIGNS, **RULES}.get(rule)


def _change(params: dict[str, Any]) -> str:
    """The scores before and now, as far as they are known: " (back or neck 3 → 4)"."""
    parts = []
    for place, label in (("spine", _("back or neck")), ("limb", _("arm or leg"))):
        before = params.get(f"baseline_{place}", params.get(f"usual_{place}"))
        now = params.get(place, params.get(f"now_{place}"))
        if before is not None and now is not None:
            parts.append(_("%(label)s %(before)s → %(now)s") % {"label": label, "before": before, "now": now})
        elif now is not None:
            parts.append(_("%(label)s %(now)s") % {"label": label, "now": now})
    return f" ({', '.join(parts)})" if parts else ""
