"""The forms for devices without JavaScript: what they ask, what they keep, and what they say to the rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from django.http import QueryDict

from programs.guided.forms import CHANGES, SIGNS, CheckInForm, PainForm, signs_of
from programs.guided.screen_form import ScreenForm
from programs.rules.events import validate_event
from programs.rules.screen import question_ids, screen

SAID: dict[str, Any] = {"q1": "no", "spine": "3", "limb": "2", "q3": "same", "q5": "no"}
FALLS = ("fallen-past-year", "unsteady", "worried-about-falling")


def data(**answers: Any) -> QueryDict:
    """As a browser sends it."""
    posted = QueryDict(mutable=True)
    posted.update(answers)
    return posted


def check_in(plan: Mapping[str, Any] = MappingProxyType({}), **answers: Any) -> CheckInForm:
    """A check-in form with answers."""
    return CheckInForm(plan, data(**SAID | answers))


# S11


def test_s11_pressure_is_asked_where_it_matters_and_nothing_is_chosen() -> None:
    form = CheckInForm({"ask_pressure": True})
    assert {"upper", "lower", "not_measured"} <= form.fields.keys()
    assert not any(field.value() for field in form)
    asked = check_in({"ask_pressure": True})
    assert not asked.is_valid()
    assert list(asked.errors) == ["upper"]


def test_s11_not_measured_is_an_answer() -> None:
    form = check_in({"ask_pressure": True}, not_measured="on")
    assert form.is_valid()
    assert form.payload["pressure"] is None


def test_s11_where_it_is_not_asked_a_reading_may_be_given() -> None:
    assert "not_measured" not in CheckInForm({}).fields
    assert check_in().is_valid()
    form = check_in(upper=" 135", lower="80 ")
    assert form.is_valid()
    assert form.payload["pressure"] == [135, 80]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("135", ""), ("", "80"), ("80", "135"), ("80", "80"), ("13a", "80"), ("120", "5"), ("999", "80"), ("120.5", "80"),
     ("-120", "80"), ("NaN", "80"), ("²00", "80")],
)  # fmt: skip
def test_s11_s33_bad_numbers_are_named_and_kept(upper: str, lower: str) -> None:
    form = check_in(upper=upper, lower=lower)
    assert not form.is_valid()
    assert set(form.errors) <= {"upper", "lower"}
    assert (form["upper"].value(), form["lower"].value()) == (upper, lower)


def test_s11_two_numbers_and_not_measured_is_asked_again() -> None:
    form = check_in({"ask_pressure": True}, upper="135", lower="80", not_measured="on")
    assert not form.is_valid()
    assert list(form.errors) == ["not_measured"]


def test_s11_a_high_reading_asks_about_signs_first_and_calls_that_no_error() -> None:
    form = check_in(upper="182", lower="100")
    assert not form.is_valid()
    assert not form.errors
    assert [field.name for field in form.further] == list(question_ids("S11", {}))
    assert form["upper"].value() == "182"
    again = check_in(upper="182", lower="100", asked=form.asked)
    assert not again.is_valid()
    assert set(again.errors) == set(question_ids("S11", {}))


def test_s11_the_signs_go_before_the_reading() -> None:
    signs: dict[str, Any] = {"s11-chest": "no", "s11-breath": "no", "s11-faint": "yes", "s11-heart": "no"}
    form = check_in(upper="182", lower="100", **signs | {"s11-now": "no", "s11-checked": "no"})
    assert form.is_valid(), form.errors
    (first, screened), (second, payload) = form.events
    assert (first, screened["scope"], second) == ("screen", "S11", "check-in")
    assert screened["answers"]["s11-faint"] == "yes"
    assert payload["pressure"] == [182, 100]


@pytest.mark.parametrize("reading", [("179", "109"), ("130", "80")])
def test_s11_a_reading_below_180_110_asks_nothing_more(reading: tuple[str, str]) -> None:
    form = check_in(upper=reading[0], lower=reading[1])
    assert form.is_valid()
    assert [kind for kind, _payload in form.events] == ["check-in"]


# S25


def test_s25_three_questions_before_the_fifth_when_due() -> None:
    form = CheckInForm({"fall_questions_due": True})
    names = [field.name for field in form.questions]
    assert names[names.index("q5") - 3 : names.index("q5")] == list(FALLS)
    assert not {*FALLS} & CheckInForm({}).fields.keys()


def test_s25_the_answers_go_with_the_check_in() -> None:
    plan = {"fall_questions_due": True}
    assert set(check_in(plan).errors) == {*FALLS}
    form = CheckInForm(plan, data(**SAID, **dict(zip(FALLS, ("no", "not-sure", "yes"), strict=True))))
    assert form.is_valid()
    assert form.payload["fall_risk"] == dict(zip(FALLS, ("no", "not-sure", "yes"), strict=True))
    validate_event({}, "check-in", form.payload)


# X8, S1, HZ24


def test_x8_a_known_sign_has_its_own_answers() -> None:
    form = ScreenForm("S9", None, ("s9-weak",))
    assert [value for value, _words in form["s9-weak"].field.widget.choices] == ["no", "same", "worse", "not-sure"]
    assert [value for value, _words in form["s9-foot"].field.widget.choices] == ["no", "yes", "not-sure"]


def test_x8_the_same_asks_no_grade_and_worse_does() -> None:
    rest = {"s9-foot": "no", "s9-leg": "no"}
    assert ScreenForm("S9", data(**rest, **{"s9-weak": "same"}), ("s9-weak",)).is_valid()
    worse = ScreenForm(
        "S9", data(part="1", asked="s9-weak s9-foot s9-leg", **rest, **{"s9-weak": "worse"}), ("s9-weak",)
    )
    assert not worse.is_valid()
    assert "s9-grave" in worse.fields


def test_x8_an_answer_of_a_known_sign_is_none_where_the_sign_is_not_known() -> None:
    assert not ScreenForm("S9", data(**{"s9-weak": "same", "s9-foot": "no", "s9-leg": "no"})).is_valid()


class Screening:
    """A patient who goes through Table A page by page."""

    def __init__(self, scope: str = "full") -> None:
        self.scope = scope
        self.form = ScreenForm(scope)

    def send(self, said: Mapping[str, str] = MappingProxyType({}), *, back: bool = False) -> ScreenForm:
        """Answer this page with no, apart from what is said; press Go on, or Back."""
        harmless = {name: "no" if screen()["questions"][name]["grave"] == "yes" else "yes" for name in self.form.fields}
        given = {name: value for name, value in {**harmless, **said}.items() if value}
        posted = data(part=str(self.form.part), asked=self.form.asked, **dict(self.form.carried), **given)
        if back:
            posted["back"] = "1"
        self.form = ScreenForm(self.scope, posted)
        return self.form


def test_s1_one_group_a_page_and_valid_at_the_end_alone() -> None:
    going = Screening()
    seen = []
    while not going.form.is_valid():
        assert not going.form.errors
        assert len({name.split("-")[0] for name in going.form.fields}) == 1
        seen.append(going.form.part)
        going.send()
    assert seen == list(range(1, 11)) and going.form.parts == 10
    assert going.form.complete
    assert set(going.form.answers) == set(question_ids("full", {}))


def test_what_is_left_out_is_asked_again_and_the_rest_is_kept() -> None:
    going = Screening()
    going.send()
    form = going.send({"s6-fall": ""})
    assert form.part == 2
    assert list(form.errors) == ["s6-fall"]
    assert form["s6-strain"].value() == "no"
    assert dict(form.carried)["s5-numb"] == "no"


def test_x6_a_grade_comes_after_its_sign_and_is_no_error_at_first() -> None:
    going = Screening()
    going.send()
    form = going.send({"s6-fall": "yes"})
    assert (form.part, form.errors) == (2, {})
    assert "s6-grave" in form.fields
    assert form["s6-fall"].value() == "yes"
    assert list(going.send({"s6-fall": "yes", "s6-grave": ""}).errors) == ["s6-grave"]
    assert going.send({"s6-fall": "yes"}).part == 3


def test_back_shows_the_group_before_with_its_answers() -> None:
    going = Screening()
    going.send({"s5-both": "yes", "s5-both-fast": "no"})
    assert going.form.part == 2
    form = going.send(back=True)
    assert (form.part, form.errors) == (1, {})
    assert form["s5-both"].value() == "yes"


def test_s5_an_emergency_is_taken_at_once_and_is_not_called_complete() -> None:
    form = Screening().send({"s5-numb": "yes", "s5-bowel": ""})
    assert form.is_valid()
    assert not form.complete
    assert form.answers["s5-numb"] == "yes" and "s6-fall" not in form.answers


@pytest.mark.parametrize("part", ["0", "-1", "99", "x", "", "1e3", "²"])
def test_a_page_number_that_there_is_not_breaks_nothing(part: str) -> None:
    assert not ScreenForm("full", data(part=part)).is_valid()


# X17, X14


def test_x17_each_red_sign_has_a_group_and_each_choice_is_an_event() -> None:
    for _title, choices in CHANGES:
        for change, _words in choices:
            payload = {"item": "A1", "set": 1, "spine": 3, "limb": 2, "source": "after-set", **signs_of(change)}
            plan = {"items": [{"id": "A1", "dose": {"type": "minutes"}}]}
            validate_event(plan, "pain", payload)
            assert ("group" in payload) == (payload["alarm"] == "red")


def test_x14_a_plain_wish_is_told_apart_from_being_unwell() -> None:
    assert signs_of("stop")["reason"] == "stop"
    assert signs_of("stop")["alarm"] == signs_of("unwell")["alarm"] == "unwell"
    assert "reason" not in signs_of("unwell")


@pytest.mark.parametrize("change", sorted({*SIGNS} - {"worse", "brief"}))
def test_t1_to_t5_a_grave_sign_needs_no_number(change: str) -> None:
    form = PainForm(data(change=change))
    assert form.is_valid()
    assert form.cleaned_data["spine"] is None


@pytest.mark.parametrize("change", ["same", "worse", "brief", ""])
def test_s33_without_a_sign_the_numbers_are_asked_for(change: str) -> None:
    assert {"spine", "limb"} <= PainForm(data(change=change)).errors.keys()


def test_s22_s3_not_sure_about_the_sleep_counts_as_worse() -> None:
    form = CheckInForm({"last_session": {"id": "x"}}, data(**SAID, last="same", sleep_worse="not-sure"))
    assert form.is_valid()
    assert form.payload["sleep_worse"] is True
