"""A dose as one sentence: how many sets, repetitions, seconds and minutes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _get(dose: Any, *names: str) -> Any:
    """The first value found under one of the names, in a mapping or on an object."""
    for name in names:
        value = dose.get(name) if isinstance(dose, dict) else getattr(dose, name, None)
        if value is not None:
            return value
    return None


def _seconds(number: int) -> str:
    return ngettext("%(n)d second", "%(n)d seconds", number) % {"n": number}


def _minutes(number: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}


def duration_words(seconds: int) -> str:
    """A length of time in whole minutes and seconds: "3 minutes 30 seconds"."""
    minutes, rest = divmod(seconds, 60)
    return " ".join([*([_minutes(minutes)] if minutes else []), *([_seconds(rest)] if rest or not minutes else [])])


def dose_words(dose: Any) -> str:
    """The dose in words, for a ``Dose`` or the mapping of a plan's item; empty for none.

    Units: hold and rest in seconds, minutes in minutes.
    """
    if dose is None:
        return ""
    parts = _minute_parts(dose) if _get(dose, "minutes") else _rep_parts(dose)
    if _get(dose, "per_side"):
        parts.append(_("each side"))
    return _(", ").join(parts)


def _rep_parts(dose: Any) -> list[str]:
    sets, reps, hold = (
        _get(dose, "sets"),
        _get(dose, "reps"),
        _get(dose, "hold_seconds", "hold_s"),
    )
    parts = []
    if reps and sets and sets > 1:
        parts.append(ngettext("%(n)d set of %(reps)d", "%(n)d sets of %(reps)d", sets) % {"n": sets, "reps": reps})
    elif reps:
        parts.append(ngettext("%(n)d time", "%(n)d times", reps) % {"n": reps})
    elif sets:
        parts.append(ngettext("%(n)d set", "%(n)d sets", sets) % {"n": sets})
    if hold:
        parts.append(_("hold %(time)s") % {"time": _seconds(hold)})
    return parts


def _minute_parts(dose: Any) -> list[str]:
    work = _get(dose, "work_seconds", "work_s")
    rest = _get(dose, "rest_seconds", "rest_s")
    parts = [_minutes(_get(dose, "minutes"))]
    if work and rest:
        parts.append(_("%(work)s on, %(rest)s rest") % {"work": _seconds(work), "rest": _seconds(rest)})
    return parts
