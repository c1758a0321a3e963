"""The body: its segments, their lengths and roundness in centimetres, and how far its joints go in degrees.

Proportions are those of an adult 168 cm tall. Limits are everyday ranges of an older adult, wide enough for every
exercise of the catalogue; the lint holds the figures to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exercises.figures.geometry import Vector

SIDES = ("right", "left")


@dataclass(frozen=True)
class Segment:
    """A rigid part: the joint that it hangs on, where that is in the parent's frame, and its far end in its own."""

    parent: str
    at: Vector
    tip: Vector
    rest: float = 0.0
    """The bend in neutral posture: the natural curves of the spine."""


SPINE: Mapping[str, Segment] = {
    "lumbar_low": Segment("pelvis", (0, 8, 0), (0, 8, 0), 5),
    "lumbar_high": Segment("lumbar_low", (0, 8, 0), (0, 8, 0), 4),
    "chest_low": Segment("lumbar_high", (0, 8, 0), (0, 14, 0), -8),
    "chest_high": Segment("chest_low", (0, 14, 0), (0, 13, 0), -10),
    "neck": Segment("chest_high", (0, 13, 0), (0, 9, 0), -8),
    "head": Segment("neck", (0, 9, 0), (1.5, 8.5, 0), 17),
}
"""From the pelvis up. A positive bend is backwards: z turns x, the front, to y, upwards."""
PELVIS_TIP: Vector = (0, 8, 0)

THIGH, SHANK, UPPER_ARM, FOREARM, HAND = 41.0, 40.0, 29.0, 25.0, 10.0
HIP_OUT, SHOULDER_OUT, SHOULDER_UP = 9.0, 16.5, 9.0
HEEL: Vector = (-5, -4.6, 0)
TOE: Vector = (15.5, -5.2, 0)
SOLE = 2.9
"""How far the sole lies under heel and toe points."""

SEAT: Vector = (-3.4, -3.0, 0)
SEAT_ROUND = 10.6
"""The middle and the radius of the bottom, in the pelvis's frame."""
SOFT = 2.0
"""How far the bottom gives way where it is sat on."""

ROUND: Mapping[str, tuple[float, float]] = {
    "pelvis": (16.5, 11.5),
    "hips": (16.0, 11.5),
    "waist": (14.2, 10.6),
    "ribs": (14.4, 11.0),
    "chest": (15.4, 11.8),
    "top": (10.5, 7.6),
}
"""Half the width and half the depth of the trunk at the pelvis and at the tips of its segments."""
TAPER: Mapping[str, tuple[float, float]] = {
    "thigh": (8.6, 6.1),
    "shank": (5.9, 3.9),
    "foot": (3.5, 2.9),
    "upper_arm": (5.3, 4.2),
    "forearm": (4.2, 3.1),
    "hand": (3.5, 2.9),
    "neck": (5.6, 5.2),
    "shoulder": (7.0, 5.6),
}
"""The radius of a limb's segment at its beginning and at its end."""
HEAD = 10.0

LIMITS: Mapping[str, tuple[float, float]] = {
    "lumbar": (-55, 25),
    "lumbar.side": (-25, 25),
    "lumbar.turn": (-15, 15),
    "thorax": (-45, 25),
    "thorax.side": (-25, 25),
    "thorax.turn": (-50, 50),
    "neck": (-55, 45),
    "neck.side": (-45, 45),
    "neck.turn": (-75, 75),
    "nod": (-25, 25),
    "chin": (-4, 4),
    "shrug": (-2, 6),
    "squeeze": (-5, 6),
    "belly": (-3, 5),
    "hip": (-20, 130),
    "hip.out": (-35, 60),
    "hip.turn": (-45, 70),
    "knee": (-2, 150),
    "ankle": (-55, 35),
    "shoulder": (-60, 180),
    "shoulder.out": (-60, 180),
    "shoulder.turn": (-180, 180),
    "elbow": (0, 150),
    "wrist": (-75, 80),
}
"""Joint to its least and greatest value. Of the spine positive is extension (``lumbar``, ``thorax``, ``neck``,
``nod``), to the right (``.side``, ``.turn``); of the limbs positive is flexion, away from the middle (``.out``) and
outward (``.turn``); ``ankle`` positive is toes up. ``chin``, ``shrug``, ``squeeze`` and ``belly`` are centimetres:
head back, shoulders up, shoulder blades together, belly out."""
MIDDLE = frozenset({"lumbar", "thorax", "neck", "nod", "chin", "belly"})
CENTRED = frozenset(name for name in LIMITS if name.partition(".")[0] in MIDDLE)
"""Joints that there is one of; all others have a right and a left."""
