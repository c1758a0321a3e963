"""The catalogue's codes in words, for pages and forms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exercises.content import Bias, Dose, Kind, Lock, Region, Severity, StartPosition

REGIONS = {
    Region.LUMBAR: _("Low back"),
    Region.THORACIC: _("Upper back"),
    Region.CERVICAL: _("Neck"),
}
SEVERITIES = {
    Severity.MILD: _("Mild"),
    Severity.MODERATE: _("Moderate"),
    Severity.SEVERE: _("Severe"),
}
KINDS = {
    Kind.STRETCH: _("Stretch"),
    Kind.MOBILITY: _("Mobility"),
    Kind.STRENGTH: _("Strength"),
    Kind.STABILISATION: _("Stabilisation"),
    Kind.AEROBIC: _("Aerobic"),
    Kind.BALANCE: _("Balance"),
    Kind.POSTURE: _("Posture and rest"),
    Kind.PASSIVE: _("Breathing, heat and cold"),
}
POSITIONS = {
    StartPosition.SITTING: _("Sitting"),
    StartPosition.STANDING: _("Standing"),
    StartPosition.SUPINE: _("Lying on the back"),
    StartPosition.SIDE: _("Lying on the side"),
    StartPosition.PRONE: _("Lying on the front"),
    StartPosition.FOUR_POINT: _("On hands and knees"),
    StartPosition.FLOOR_SITTING: _("Sitting on the floor"),
    StartPosition.WATER: _("In water"),
    StartPosition.HANGING: _("Hanging"),
    StartPosition.INVERTED: _("Head down"),
    StartPosition.ANY: _("Any position"),
}
BIASES = {
    Bias.FLEXION: _("Bends the spine forward"),
    Bias.NEUTRAL: _("Keeps the spine in the middle"),
    Bias.EXTENSION: _("Bends the spine backward"),
}
LOCKS = {
    Lock.CLINICIAN_ONLY: _("Only when a therapist adds it by hand, with a reason"),
    Lock.CLINICIAN_ONLY_START: _("Off until a therapist switches it on"),
    Lock.NOT_AT_HOME: _("Never at home"),
}
EQUIPMENT = {
    "armless-chair": _("chair without arms"),
    "balance-board": _("balance board"),
    "band": _("exercise band"),
    "bar": _("bar"),
    "bed": _("bed"),
    "bike": _("exercise bike"),
    "chair": _("chair"),
    "cold-pack": _("cold pack"),
    "corner": _("corner of a room"),
    "counter": _("kitchen counter"),
    "elliptical": _("elliptical trainer"),
    "heat-pack": _("heat pack"),
    "inversion-table": _("inversion table"),
    "mat": _("mat"),
    "pillow": _("pillow"),
    "pool": _("pool"),
    "step": _("step"),
    "stick": _("stick"),
    "towel": _("towel"),
    "treadmill": _("treadmill"),
    "walking-aid": _("walking aid"),
    "wall": _("wall"),
}


def equipment_in_words(groups: tuple[tuple[str, ...], ...]) -> str:
    """What is needed: the words of a group with "or", the groups with commas."""
    joined = str(_(" or "))
    return ", ".join(joined.join(str(EQUIPMENT.get(word, word)) for word in group) for group in groups)


def cap_in_words(dose: Dose) -> str:
    """The daily cap of a dose (R29)."""
    if dose.cap_unit == "minutes":
        return ngettext("%(count)d minute a day", "%(count)d minutes a day", dose.daily_cap) % {"count": dose.daily_cap}
    words = ngettext("%(count)d time a day", "%(count)d times a day", dose.daily_cap) % {"count": dose.daily_cap}
    return str(_("%(times)s on each side")) % {"times": words} if dose.per_side else words
