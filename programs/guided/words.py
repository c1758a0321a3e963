"""The plain words of the patient's day."""

from django.utils.translation import gettext_lazy as _

DAY_NAMES = {
    "A": _("strength and control"),
    "B": _("fitness"),
    "D": _("gentle stretching"),
}
SHORT_NAMES = {"A": _("core"), "B": _("fit"), "D": _("easy"), "": _("rest")}
"""At most four letters: they stand in a seventh of a phone's width."""
RELIEF_DAY = _("rest and ease")
SHORT_RELIEF_DAY = _("ease")
KIND_NAMES = {"minimum": _("short and easy session"), "relief": _("rest positions")}


def day_name(letter: str, severity: str) -> str:
    """The kind of day in plain words."""
    return str(RELIEF_DAY if letter == "D" and severity == "severe" else DAY_NAMES.get(letter, ""))


def short_day_name(letter: str, severity: str) -> str:
    """The kind of day in one short word, for the week's strip."""
    return str(SHORT_RELIEF_DAY if letter == "D" and severity == "severe" else SHORT_NAMES.get(letter, ""))
