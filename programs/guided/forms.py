"""The session's questions as plain forms, for devices without JavaScript. Nothing is chosen beforehand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from programs.guided.fields import YES_NO, choice, pressure_number, score, sign, tick
from programs.rules.limits_in_session import FALL_RISK_QUESTIONS
from programs.rules.screen import ANSWERS as SAID
from programs.rules.screen import question_ids
from programs.rules.tables import tables
from programs.wording.check_in import ANSWERS, CHANGE_TITLES, HINTS, LAST_ON_ONE_PAGE, QUESTIONS
from programs.wording.check_in import CHANGES as CHANGE_CHOICES
from programs.wording.safety import question_words


def _with_hint(value: str, words: Promise) -> Any:
    """The words of an answer and what stands below it, in one line."""
    return format_lazy("{}. {}", words, HINTS[value]) if value in HINTS else words


CHANGES = [
    (title, [(value, _with_hint(value, words)) for value, words in CHANGE_CHOICES[part]])
    for part, title in CHANGE_TITLES.items()
]
SIGNS: Mapping[str, Mapping[str, Any]] = {
    "worse": {"worse": True},
    "spread": {"spread": True},
    "brief": {"tingling": "brief"},
    "lasting": {"tingling": "lasting"},
    "unwell": {"alarm": "unwell"},
    "stop": {"alarm": "unwell", "reason": "stop"},
    "fall": {"alarm": "fall"},
    "weak": {"alarm": "red", "group": "S9"},
    "hands": {"alarm": "red", "group": "S8"},
    "saddle": {"alarm": "red", "group": "S5"},
    "chest": {"alarm": "red", "group": "S11"},
    "collapse": {"alarm": "red", "group": "S11"},
    "stroke": {"alarm": "red", "group": "S14"},
}
"""What each answer is to tables T and U; ``group``: the questions of Table A that a sign opens (X17)."""
NEEDS_SCORES = {"same", "worse", "brief"}
"""T1 to T5 need no number: nobody with chest pain is asked for one."""


def signs_of(change: str) -> dict[str, Any]:
    """Safety X17: what an answer says about signs, as the tables name it."""
    return {"worse": False, "spread": False, "tingling": "none", "alarm": "none", **SIGNS.get(change, {})}


class CheckInForm(forms.Form):
    """S15: the check-in."""

    q1 = choice(QUESTIONS["q1"], YES_NO, hint=HINTS["q1"])
    spine = score(QUESTIONS["spine"])
    limb = score(QUESTIONS["limb"], hint=HINTS["limb"])
    q3 = choice(QUESTIONS["q3"], ANSWERS["q3"])
    last = choice(QUESTIONS["last"], LAST_ON_ONE_PAGE)
    sleep_worse = choice(QUESTIONS["sleep"], YES_NO)
    q5 = choice(QUESTIONS["q5"], ANSWERS["q5"])
    sugar_ok = choice(QUESTIONS["sugar"], YES_NO, hint=HINTS["sugar"])

    upper = pressure_number(QUESTIONS["upper"])
    lower = pressure_number(QUESTIONS["lower"])
    not_measured = tick(QUESTIONS["not-measured"])

    def __init__(self, plan: Mapping[str, Any], data: Any = None) -> None:
        self.asks_pressure = bool(plan.get("ask_pressure"))
        self.signs = _signs_of_pressure(data or {})
        new = [name for name in self.signs if name not in data] if self.signs else []
        first_time = bool(new) and new[0] not in str(data.get("asked", "")).split()
        super().__init__(None if first_time else data, initial=dict(data.items()) if first_time else None)
        if not plan.get("last_session"):
            del self.fields["last"], self.fields["sleep_worse"]
        if not plan.get("ask_sugar"):
            del self.fields["sugar_ok"]
        if not self.asks_pressure:
            del self.fields["not_measured"]
        if plan.get("fall_questions_due"):
            for name in FALL_RISK_QUESTIONS:
                self.fields[name] = choice(QUESTIONS[name], YES_NO, side_by_side=True)
        for name in self.signs:
            self.fields[name] = sign(question_words(name), name, plan.get("known_signs") or ())
        self.order_fields(self.order)

    @property
    def order(self) -> list[str]:
        """S25 before Q5, S11 at the end."""
        first = ["q1", "spine", "limb", "q3", "last", "sleep_worse", *FALL_RISK_QUESTIONS, "q5", "sugar_ok"]
        return [*first, "upper", "lower", "not_measured", *self.signs]

    @property
    def questions(self) -> list[Any]:
        """The fields apart from those of the blood pressure, which stand together."""
        return [each for each in self if each.name not in {"upper", "lower", "not_measured", *self.signs}]

    @property
    def pressure(self) -> list[Any]:
        """The two numbers of S11."""
        return [self["upper"], self["lower"]]

    @property
    def further(self) -> list[Any]:
        """S11: the questions that a high pressure opens."""
        return [self[name] for name in self.signs]

    @property
    def asked(self) -> str:
        """The further questions of this page, so that a new one is not taken for one that was left out."""
        return " ".join(self.signs)

    def clean(self) -> dict[str, Any]:
        """S11, S33: both numbers or none, and the upper one larger."""
        said: dict[str, Any] = super().clean() or {}
        if {"upper", "lower"} & self.errors.keys():
            return said
        upper, lower = said.get("upper"), said.get("lower")
        measured = upper is not None and lower is not None
        if measured and said.get("not_measured"):
            self.add_error("not_measured", _("You wrote two numbers. Take them out, or leave this box empty."))
        elif upper is not None and lower is not None and upper <= lower:
            self.add_error("upper", _("The upper number is the larger one. Look at both again."))
        elif (upper is None) != (lower is None):
            self.add_error("upper" if upper is None else "lower", _("Write both numbers, or none."))
        elif self.asks_pressure and not measured and not said.get("not_measured"):
            self.add_error("upper", _("Write both numbers, or choose “I did not measure today”."))
        return said

    @property
    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """The answers as events; the signs of a high pressure come before it (S11)."""
        signs = {name: self.cleaned_data[name] for name in self.signs}
        screened = [("screen", {"scope": "S11", "answers": signs, "complete": True})] if signs else []
        return [*screened, ("check-in", self.payload)]

    @property
    def payload(self) -> dict[str, Any]:
        """The answers as the check-in carries them."""
        said = self.cleaned_data
        falls = {name: said[name] for name in FALL_RISK_QUESTIONS if name in said}
        return {
            **{name: said[name] for name in ("q1", "spine", "limb", "q3", "q5")},
            "last": said.get("last"),
            "sleep_worse": said.get("sleep_worse") in {"yes", "not-sure"},
            "sugar_ok": said["sugar_ok"] == "yes" if "sugar_ok" in said else None,
            "pressure": [said["upper"], said["lower"]] if said.get("upper") is not None else None,
            "fall_risk": falls or None,
        }


def _signs_of_pressure(data: Mapping[str, Any]) -> tuple[str, ...]:
    """S11: the questions of its group where the typed pressure is 180/110 or more."""
    limits = tables()["thresholds"]
    typed = [str(data.get(name, "")).strip() for name in ("upper", "lower")]
    upper, lower = (int(text) if text.isdecimal() and text.isascii() else 0 for text in typed)
    if not (upper > lower > 0 and (upper >= limits["systolic"] or lower >= limits["diastolic"])):
        return ()
    said = {name: data[name] for name in question_ids("S11", {}) if data.get(name) in SAID}
    return question_ids("S11", {**said, **{name: data[name] for name in question_ids("S11", said) if name in data}})


class PainForm(forms.Form):
    """X9: the question after an exercise, or while resting."""

    spine = score(QUESTIONS["spine-now"])
    limb = score(QUESTIONS["limb-now"], hint=HINTS["limb"])
    change = choice(QUESTIONS["change"], CHANGES)

    def full_clean(self) -> None:
        """T1 to T5: a grave sign is taken without a number."""
        for name in ("spine", "limb", "sets"):
            if name in self.fields:
                self.fields[name].required = self.data.get("change") not in SIGNS.keys() - NEEDS_SCORES
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """A number that was not given is none."""
        said = super().clean() or {}
        return {**said, **{name: said.get(name) if said.get(name) != "" else None for name in ("spine", "limb")}}


class FallForm(forms.Form):
    """S25: the list after a fall."""

    head = choice(QUESTIONS["fall-head"], YES_NO)
    pain = choice(QUESTIONS["fall-pain"], YES_NO)
    thinner = choice(QUESTIONS["fall-thinner"], YES_NO)
    cannot_get_up = choice(QUESTIONS["fall-up"], YES_NO)


class FinishForm(forms.Form):
    """The end: pain now, and effort."""

    spine = score(QUESTIONS["spine-now"])
    limb = score(QUESTIONS["limb-now"], hint=HINTS["limb"])
    effort = score(QUESTIONS["effort"], effort=True)
