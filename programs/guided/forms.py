"""The session's questions as plain forms, for devices without JavaScript. Nothing is chosen beforehand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.rules.screen import question_ids, screen
from programs.wording.safety import question_words

SCORES = [(str(number), str(number)) for number in range(11)]
YES_NO = [("no", _("No")), ("yes", _("Yes")), ("not-sure", _("Not sure"))]
CHANGES = [
    ("same", _("No, it is the same or less")),
    ("worse", _("It is worse")),
    ("spread", _("It moved further down my arm or leg")),
    ("brief", _("New pins and needles, gone within a minute")),
    ("lasting", _("New numbness, or pins and needles that stay")),
    ("unwell", _("I feel dizzy, faint, out of breath, or want to stop")),
    ("fall", _("I fell")),
    ("weak", _("New weakness in an arm or leg")),
    ("saddle", _("Numb between the legs, or trouble with pee or bowels")),
    ("chest", _("Chest pain or tightness")),
    ("stroke", _("Face droop, slurred speech, or the worst headache")),
]
SIGNS: Mapping[str, Mapping[str, Any]] = {
    "worse": {"worse": True},
    "spread": {"spread": True},
    "brief": {"tingling": "brief"},
    "lasting": {"tingling": "lasting"},
    "unwell": {"alarm": "unwell"},
    "fall": {"alarm": "fall"},
    **{word: {"alarm": "red"} for word in ("weak", "saddle", "chest", "stroke")},
}
SPINE, LIMB = _("Pain now in your back or neck"), _("Pain now in your arm or leg")


def signs_of(change: str) -> dict[str, Any]:
    """Safety X17: what an answer says about signs, as the tables name it."""
    return {"worse": False, "spread": False, "tingling": "none", "alarm": "none", **SIGNS.get(change, {})}


def choice(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    """A question with radio buttons; the error says what to do."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        required=required,
        error_messages={"required": _("Choose an answer.")},
    )


class ScoreField(forms.TypedChoiceField):
    """A pain score 0-10 (safety X1); the template shows it as the pain scale."""

    is_score = True


def score(label: Any) -> ScoreField:
    """A score from 0 to 10 with nothing chosen."""
    return ScoreField(
        label=label,
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a number from 0 to 10.")},
    )


class ScreenForm(forms.Form):
    """Table A, whole or in part. A grading question comes once its sign was answered yes."""

    def __init__(self, scope: str, data: Any = None) -> None:
        super().__init__(data)
        self.scope = scope
        given = {key: data[key] for key in screen()["questions"] if key in data} if data else {}
        for each in question_ids(scope, given):
            self.fields[each] = choice(question_words(each), YES_NO)

    @property
    def answers(self) -> dict[str, str]:
        """The answers by question."""
        return {key: str(value) for key, value in self.cleaned_data.items()}


class CheckInForm(forms.Form):
    """S15: the check-in."""

    q1 = choice(_("Is anything new or worrying since last time?"), YES_NO)
    spine = score(SPINE)
    limb = score(LIMB)
    q3 = choice(
        _("How is that for you?"),
        [("better", _("Better than usual")), ("same", _("As usual")), ("worse", _("Worse than usual"))],
    )
    last = choice(
        _("How was it the day after your last session?"),
        [
            ("same", _("The same or better")),
            ("bit-worse-back", _("A bit worse, but back to usual by the morning")),
            ("bit-worse-not-back", _("A bit worse, and not back to usual")),
            ("clearly-worse", _("Clearly worse")),
            ("spread", _("The pain spread further")),
        ],
    )
    sleep_worse = choice(_("Did pain make your sleep clearly worse?"), [("no", _("No")), ("yes", _("Yes"))])
    q5 = choice(
        _("How do you feel today?"),
        [
            ("no", _("Well, and no change of medicine")),
            ("dizzy-now", _("Dizzy right now")),
            ("dizzy-or-unwell", _("Dizzy earlier, or unwell")),
            ("medicine", _("My medicine was changed")),
            ("fever", _("Feverish")),
            ("vomiting", _("I am being sick")),
        ],
    )
    sugar_ok = choice(_("Have you eaten, and is your sugar in your safe range?"), [("yes", _("Yes")), ("no", _("No"))])

    def __init__(self, plan: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        if not plan.get("last_session"):
            del self.fields["last"], self.fields["sleep_worse"]
        if not plan.get("ask_sugar"):
            del self.fields["sugar_ok"]

    @property
    def payload(self) -> dict[str, Any]:
        """The answers as the event carries them."""
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("q1", "spine", "limb", "q3", "q5")},
            "last": said.get("last"),
            "sleep_worse": said.get("sleep_worse") == "yes",
            "sugar_ok": said["sugar_ok"] == "yes" if "sugar_ok" in said else None,
            "pressure": None,
        }


class PainForm(forms.Form):
    """X9: the question after an exercise, or while resting."""

    spine = score(SPINE)
    limb = score(LIMB)
    change = choice(_("Did anything change?"), CHANGES)


class ItemForm(PainForm):
    """How many sets were done, where there is more than one, and how it feels."""

    def __init__(self, item: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        dose = item["dose"]
        most = dose["sets"] if dose["type"] == "reps" else 1
        if most > 1:
            words = [(str(number), str(number)) for number in range(1, most + 1)]
            self.fields["sets"] = choice(_("How many sets did you do?"), words)
            self.order_fields(["sets", "spine", "limb", "change"])


class FallForm(forms.Form):
    """S25: the list after a fall."""

    head = choice(_("Did you hit your head?"), YES_NO)
    pain = choice(_("Do you have new pain?"), YES_NO)
    thinner = choice(_("Do you take a blood thinner?"), YES_NO)
    cannot_get_up = choice(_("Is it hard to get up?"), YES_NO)


class FinishForm(forms.Form):
    """The end: pain now, and effort."""

    spine = score(SPINE)
    limb = score(LIMB)
    effort = score(_("How hard was it?"))
