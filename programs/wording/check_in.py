"""The patient's words of the check-in, of what it leads to (S15, X12) and of relief (R25).

The player's screens and the plain forms read them here. Where a session does not start, the words are those that were
recorded (``make voice``).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choices = tuple[tuple[str, Promise], ...]

QUESTIONS: Mapping[str, Promise] = {
    "q3": _("How is today compared with your usual?"),
    "last": _("How were you the day after your last session?"),
    "q5": _("Are any of these true for you today?"),
}
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
