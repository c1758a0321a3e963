"""The patient's words of what a session asks, of what the check-in leads to (S15, X12) and of relief (R25).

The player's screens and the plain forms read them here. Where a session does not start, the words are those that were
recorded (``make voice``).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choices = tuple[tuple[str, Promise], ...]

QUESTIONS: Mapping[str, Promise] = {
    "q1": _("Anything new or worrying since last time?"),
    "spine": _("How is your back or neck pain now?"),
    "limb": _("How is your arm or leg pain now?"),
    "q3": _("How is today compared with your usual?"),
    "last": _("How were you the day after your last session?"),
    "last-back": _("Were you back to your usual by the next morning?"),
    "sleep": _("Was your sleep clearly worse because of pain?"),
    "q5": _("Are any of these true for you today?"),
    "sugar": _("Have you eaten, and is your blood sugar in your safe range?"),
    "pressure": _("What is your blood pressure today?"),
    "measured": _("I measured my blood pressure today"),
    "not-measured": _("I did not measure today"),
    "upper": _("Upper (SYS)"),
    "lower": _("Lower (DIA)"),
    "fallen-past-year": _("Have you had a fall in the past year?"),
    "unsteady": _("Do you feel unsteady when you stand or walk?"),
    "worried-about-falling": _("Are you worried about falling?"),
    "change": _("How is your pain now?"),
    "fall-head": _("Stay where you are. Did you hit your head?"),
    "fall-pain": _("Do you have a new pain?"),
    "fall-thinner": _("Do you take a blood thinner?"),
    "fall-up": _("Is it hard or impossible to get up?"),
    "spine-now": _("Back or neck pain now"),
    "limb-now": _("Arm or leg pain now"),
    "effort": _("How hard was it?"),
}
"""By the names of the player's screens."""
HINTS: Mapping[str, Promise] = {
    "q1": _("A new sign, a fall, a hospital visit, a fever. Anything that is not as usual."),
    "limb": _("No arm or leg pain? Choose 0."),
    "sugar": _("Your clinic told you your safe range."),
    "pressure": _("Measure it sitting, after a few minutes of rest."),
    "spread": _("Or it is in a new place."),
    "fall-head": _("Do not get up fast."),
}
CHANGE_TITLES: Mapping[str, Promise] = {
    "pain": _("Your pain"),
    "new": _("New numbness or weakness"),
    "other": _("Something else is wrong"),
}
CHANGES: Mapping[str, Choices] = {
    "pain": (
        ("same", _("The same or less")),
        ("worse", _("Worse")),
        ("spread", _("It moved further down my leg or arm")),
    ),
    "new": (
        ("brief", _("Tingling or numbness that went within 1 minute")),
        ("lasting", _("Tingling or numbness that is still there")),
        ("weak", _("An arm, leg or foot is weak")),
        ("hands", _("My hands are clumsy, or I walk unsteadily")),
        ("saddle", _("Numb between the legs, or trouble with pee or poo")),
    ),
    "other": (
        ("unwell", _("Dizzy, faint or very short of breath")),
        ("chest", _("Chest pain or tightness")),
        ("stroke", _("Face, arm or speech is not right, or a sudden bad headache")),
        ("collapse", _("I passed out")),
        ("fall", _("I had a fall")),
        ("stop", _("I just want to stop for today")),
    ),
}
"""X17: what may have changed during an exercise or a rest."""
LAST_SAME, LAST_BIT_WORSE = _("The same or better"), _("A bit worse")
LAST_WORSE: Choices = (
    ("clearly-worse", _("Clearly worse")),
    ("spread", _("The pain moved further down my arm or leg")),
)
ANSWERS: Mapping[str, Choices] = {
    "q3": (("better", _("Better")), ("same", _("The same")), ("worse", _("Worse"))),
    "last": (("same", LAST_SAME), ("bit-worse", LAST_BIT_WORSE), *LAST_WORSE),
    "q5": (
        ("no", _("No, none of these")),
        ("dizzy-now", _("I feel dizzy now")),
        ("dizzy-or-unwell", _("I was dizzy earlier, or I feel unwell")),
        ("medicine", _("My medicine has changed")),
        ("fever", _("I have a fever, chills or shivers")),
        ("vomiting", _("I am being sick")),
    ),
}
"""What may be answered, in order. The player asks whether it was back to usual on a screen of its own."""
LAST_ON_ONE_PAGE: Choices = (
    ("same", LAST_SAME),
    ("bit-worse-back", _("A bit worse, but back to usual by the next morning")),
    ("bit-worse-not-back", _("A bit worse, and not back to usual by the next morning")),
    *LAST_WORSE,
)
NO_SESSION: Mapping[str, Promise] = {
    "dizzy": _("You feel dizzy. Sit or lie down. Keep your head still."),
    "vomiting": _("You feel sick. Your body needs rest today."),
    "sugar": _("Eat first and check your blood sugar. You can exercise when it is in your safe range."),
    "unclear": _("We do not know enough to start safely. Please phone your clinic."),
    "nothing-left": _("There is nothing on your plan to do today. Please rest."),
    "check-in-old": _("You answered too long ago. Please answer the questions again."),
}
"""Why no session starts."""
WHY_OF_ROW: Mapping[str, str] = {"C7": "dizzy", "C8": "vomiting", "S26": "sugar"}
"""The rows of table C that let nothing start, as far as they have words of their own."""
WHY_OF_RULE: Mapping[str, str] = {"X5": "check-in-old", "S33": "check-in-old"}
DAYS: Mapping[str, tuple[Promise, Promise]] = {
    "ordinary": (_("An ordinary day"), _("Start the usual session.")),
    "good": (_("A good day"), _("Start the usual session. Do your plan, and no more.")),
    "bad": (_("A bad day"), _("Start the short session.")),
}
"""What the patient may call the day, and what that starts."""

STARTS: Mapping[str, Promise] = {
    "full": _("Start the usual session"),
    "minimum": _("Start the short session"),
    "relief": _("Start resting"),
}
RELIEF: Mapping[str, Promise] = {
    "carry-on": _("Carry on"),
    "easier": _("Easier version"),
    "stop": _("Stop for today"),
}
"""R25: what leads out of the relief position."""


def why_no_session(row: str, rule: str) -> str:
    """Why a session was refused, by the row of table C or the rule; empty where there are no words of its own."""
    why = WHY_OF_ROW.get(row) or ("" if row else WHY_OF_RULE.get(rule))
    return str(NO_SESSION[why]) if why else ""
