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
_EQUIPMENT = {
    "armless-chair": (_("chair without arms"), _("a chair without arms")),
    "balance-board": (_("balance board"), _("your balance board")),
    "band": (_("exercise band"), _("your exercise band")),
    "bar": (_("bar"), _("your bar")),
    "bed": (_("bed"), _("your bed")),
    "bike": (_("exercise bike"), _("your exercise bike")),
    "chair": (_("chair"), _("a firm chair")),
    "cold-pack": (_("cold pack"), _("a cold pack")),
    "corner": (_("corner of a room"), _("a corner of the room")),
    "counter": (_("kitchen counter"), _("a kitchen counter")),
    "elliptical": (_("elliptical trainer"), _("your elliptical trainer")),
    "heat-pack": (_("heat pack"), _("a heat pack")),
    "inversion-table": (_("inversion table"), _("your inversion table")),
    "mat": (_("mat"), _("a mat")),
    "pillow": (_("pillow"), _("a pillow")),
    "pool": (_("pool"), _("the pool")),
    "step": (_("step"), _("a step")),
    "stick": (_("stick"), _("a stick")),
    "towel": (_("towel"), _("a towel")),
    "treadmill": (_("treadmill"), _("your treadmill")),
    "walking-aid": (_("walking aid"), _("your walking aid")),
    "wall": (_("wall"), _("a wall")),
}
"""Each piece in a list of the catalogue, and as a patient's own thing in a sentence."""
EQUIPMENT = {word: name for word, (name, _at_hand) in _EQUIPMENT.items()}
EQUIPMENT_AT_HAND = {word: at_hand for word, (_name, at_hand) in _EQUIPMENT.items()}


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
