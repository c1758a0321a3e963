"""The therapist's words: states, alerts, sessions, charts. Ids and parameters in, words out."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

STATES = {
    "discharged": gettext_lazy("Discharged"),
    "locked": gettext_lazy("Exercise is locked"),
    "relief-only": gettext_lazy("Relief only until you restart"),
    "minimum-only": gettext_lazy("Minimum plan until you restart"),
    "no-program": gettext_lazy("No program yet"),
    "new": gettext_lazy("New, no session yet"),
    "under-way": gettext_lazy("Session under way"),
    "ended": gettext_lazy("Session ended early today"),
    "done": gettext_lazy("Done today"),
    "away": gettext_lazy("No data for a week or more"),
    "planned": gettext_lazy("Session planned today"),
    "rest": gettext_lazy("Rest day"),
}
LOCK_LEVELS = {
    "E": gettext_lazy("Emergency signs. The patient was told to call emergency services."),
    "T": gettext_lazy("The patient was told to phone a clinician today."),
    "H": gettext_lazy("Exercise is paused until you have checked."),
}
SESSION_STATES = {
    "checked-in": gettext_lazy("Checked in, not started"),
    "started": gettext_lazy("Under way"),
    "finished": gettext_lazy("Finished"),
    "ended": gettext_lazy("Ended by a safety rule"),
    "closed": gettext_lazy("Closed without an end"),
    "refused": gettext_lazy("Not started"),
    "minted": gettext_lazy("Not begun"),
}
KINDS = {"minimum": gettext_lazy("short session (minimum plan)"), "relief": gettext_lazy("relief only")}
"""The kinds of session that are not the usual one."""
ENTRY_STATES = {
    "done": gettext_lazy("Done"),
    "part": gettext_lazy("Done in part"),
    "stopped-pain": gettext_lazy("Stopped: pain went up"),
    "centralising": gettext_lazy("Stopped: pain moved inward"),
    "interval-limit": gettext_lazy("Interval ended at first symptoms"),
    "skipped": gettext_lazy("Skipped"),
}
EVENTS = {
    "screen": gettext_lazy("Safety questions"),
    "check-in": gettext_lazy("Check-in"),
    "started": gettext_lazy("Session started"),
    "interval": gettext_lazy("Walking interval"),
    "relief": gettext_lazy("Relief position"),
    "fall-check": gettext_lazy("Questions after a fall"),
    "finished": gettext_lazy("Session finished"),
    "ended": gettext_lazy("Session ended"),
}
DAYS = {
    "good": gettext_lazy("a good day, the usual session"),
    "ordinary": gettext_lazy("an ordinary day, the usual session"),
    "bad": gettext_lazy("a bad day, the short session"),
}
"""The kind of day that the patient chose at the start."""
FLAGS = {
    ("worse", True): gettext_lazy("said “worse”"),
    ("spread", True): gettext_lazy("moved further down"),
    ("tingling", "brief"): gettext_lazy("tingling, under a minute"),
    ("tingling", "lasting"): gettext_lazy("tingling that stayed"),
    ("alarm", "red"): gettext_lazy("alarm sign"),
    ("alarm", "fall"): gettext_lazy("fall"),
    ("alarm", "unwell"): gettext_lazy("dizzy, unwell or wanted to stop"),
    ("quick", True): gettext_lazy("same or less than at the start"),
    ("asked", True): gettext_lazy("hold ended unseen; patient said it was done"),
}


def about(profile: Any) -> str:
    """A patient's regions and severity: "lumbar, moderate"."""
    if profile is None:
        return _("no profile yet")
    regions = {"lumbar": _("lumbar"), "thoracic": _("thoracic"), "cervical": _("cervical")}
    return ", ".join([*(regions[region] for region in profile.regions), profile.get_severity_display()])


def state_words(state: str) -> str:
    """A patient's state today."""
    return str(STATES[state])


def session_words(session: Any) -> str:
    """How a session went, in a few words."""
    words = str(SESSION_STATES.get(session.state, session.state))
    if session.stops:
        stops = ngettext("%(count)d exercise stopped", "%(count)d exercises stopped", session.stops)
        words = f"{words} · {stops % {'count': session.stops}}"
    return words


def kind_words(kind: str) -> str:
    """What kind of session it was; empty for the usual one."""
    return str(KINDS.get(kind, ""))


def entry_status(status: str) -> str:
    """How an entry of a session went."""
    return str(ENTRY_STATES.get(status, status))


def event_words(kind: str, payload: dict[str, Any]) -> str:
    """One event of a session."""
    match kind:
        case "set-done":
            return _("Set %(set)s done") % {"set": payload.get("set", "?")}
        case "pain" if payload.get("source") == "stop-button":
            return _("Pressed “Stop – this hurts”")
        case "pain" if payload.get("source") == "resume":
            return _("Asked on coming back")
        case "pain":
            return _("After set %(set)s") % {"set": payload.get("set", "?")}
        case "rest-check":
            minutes = round((payload.get("seconds_resting") or 0) / 60, 1)
            return _("While resting, after %(minutes)s min") % {"minutes": minutes}
        case "started" if payload.get("day") in DAYS:
            return f"{EVENTS['started']}: {DAYS[payload['day']]}"
        case "eased":
            return _eased(payload)
        case "skipped":
            return _("Skipped: %(reason)s") % {"reason": payload.get("reason") or _("no reason given")}
        case _:
            return str(EVENTS.get(kind, kind))


def _eased(payload: dict[str, Any]) -> str:
    """R25, P12: what was made smaller."""
    if (reps := payload.get("reps")) is not None:
        return ngettext("Made easier by the patient: %(n)d time", "Made easier by the patient: %(n)d times", reps) % {
            "n": reps
        }
    if (hold := payload.get("hold_s")) is not None:
        return _("Made easier by the patient: hold %(n)d s") % {"n": hold}
    return _("Made easier by the patient: %(n)d s at a time") % {"n": payload.get("stretch_s") or 0}


def walk_words(number: int, walk: dict[str, Any]) -> str:
    """S19: one walking interval: how long, until when without signs, and how long it took to settle."""
    words = [_("Walk %(n)d: %(time)s walked") % {"n": number, "time": clock(walk["walked_s"])}]
    if walk.get("first_symptom_s") is not None:
        words.append(_("first leg signs after %(time)s") % {"time": clock(walk["first_symptom_s"])})
    if walk.get("recovery_s") is not None:
        words.append(_("settled after %(time)s of rest") % {"time": clock(walk["recovery_s"])})
    return ", ".join(words)


def clock(seconds: float) -> str:
    """Minutes and seconds: "1:20 min"."""
    minutes, rest = divmod(round(seconds), 60)
    return _("%(minutes)d:%(seconds)02d min") % {"minutes": minutes, "seconds": rest}


def event_flags(payload: dict[str, Any]) -> tuple[str, ...]:
    """What else was said with an answer."""
    return tuple(
        str(words)
        for (name, value), words in FLAGS.items()
        if type(payload.get(name)) is type(value) and payload.get(name) == value
    )


def lock_words(level: str, rule: str, scope: str) -> str:
    """What a lock means."""
    if scope == "walking":
        return _("Walking entries are on hold until you have checked.")
    return str(LOCK_LEVELS[level])


def silence_words(days: int) -> str:
    """P23, P17: nothing has come for some time."""
    return ngettext("No session for %(count)d day.", "No session for %(count)d days.", days) % {"count": days}


def restriction_words(program: Any) -> str:
    """X14, P14: what is still offered, and by which rule."""
    if not program.restricted_to:
        return ""
    offered = {
        "minimum": _("Only the minimum plan is offered"),
        "relief": _("Only relief positions are offered"),
    }
    return _("%(offered)s until you restart the program (%(rule)s).") % {
        "offered": offered[program.restricted_to],
        "rule": program.restricted_rule,
    }


def revision_label(number: int) -> str:
    """The label of a revision in the chart."""
    return _("revision %(number)d") % {"number": number}


def done_words(done: int) -> str:
    """Days with a session this week."""
    return ngettext("A session on %(count)d day this week.", "Sessions on %(count)d days this week.", done) % {
        "count": done
    }


def chart_words(chart: Any) -> str:
    """The finding of the pain chart in a sentence."""
    if chart is None:
        return ""
    parts = []
    for line, label in ((chart.spine, _("Back or neck pain")), (chart.limb, _("Arm or leg pain"))):
        if line.first is not None:
            parts.append(
                _("%(what)s: about %(first)g at the start, about %(last)g now.")
                % {"what": label, "first": line.first, "last": line.last}
            )
    return " ".join(parts)
