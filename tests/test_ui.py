"""The small template pieces: forms, tags, pictures, doses, dates."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from exercises.content import StartPosition
from stenosis_pt.dose_words import dose_words
from stenosis_pt.pictures import position_url


def render(text: str, **context: object) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    sure = forms.BooleanField(label="I am sure")
    pain = forms.ChoiceField(label="Pain", choices=[("no", "No"), ("yes", "Yes")], widget=forms.RadioSelect)

    def clean(self) -> None:
        raise forms.ValidationError("These do not fit together.")


def test_a_fields_hint_and_error_are_tied_to_its_control() -> None:
    html = str(Sample({"name": ""}))
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_keeps_what_was_typed() -> None:
    assert 'value="Rosa &lt;b&gt;"' in str(Sample({"name": "Rosa <b>"}))


def test_radios_stand_in_a_fieldset_with_nothing_chosen() -> None:
    html = str(Sample())
    assert "<legend>Pain</legend>" in html
    assert html.count('class="choice"') == 3
    assert " checked" not in html


def test_the_error_summary_names_each_problem_and_leads_to_its_control() -> None:
    html = render('{% include "components/error_summary.html" %}', form=Sample({"name": ""}))
    assert "These do not fit together." in html
    for target in ("#id_name", "#id_sure", "#id_pain_0"):
        assert f'href="{target}"' in html
        assert f'id="{target[1:]}"' in str(Sample({"name": ""}))


def test_no_error_summary_without_errors() -> None:
    assert render('{% include "components/error_summary.html" %}', form=Sample()).strip() == ""


def test_the_pain_scale_has_eleven_radios_and_nothing_chosen_beforehand() -> None:
    html = render('{% include "components/pain_scale.html" with name="spine" legend="Back pain now" %}')
    assert html.count('type="radio"') == 11
    assert " checked" not in html
    assert "no pain" in html
    assert "worst pain you can imagine" in html


@pytest.mark.parametrize("value", [0, "0", 7, "7"])
def test_the_pain_scale_keeps_an_answer_and_zero_is_one(value: object) -> None:
    html = render('{% include "components/pain_scale.html" with name="spine" legend="?" %}', value=value)
    assert html.count(" checked") == 1
    assert f'value="{value}" id="spine_{value}" checked' in html


def test_a_wrong_answer_on_the_pain_scale_is_tied_to_the_group() -> None:
    html = render('{% include "components/pain_scale.html" with name="spine" legend="?" error="Choose one." %}')
    assert 'aria-describedby=" spine_error"' in html
    assert "Choose one." in html


def test_every_start_position_has_its_picture() -> None:
    for position in StartPosition:
        url = position_url(position)
        assert str(position) in url
        assert finders.find(url.split("static/", 1)[1])


def test_a_picture_is_decorative_unless_it_says_otherwise() -> None:
    assert 'alt=""' in render('{% exercise_picture "supine" %}')
    assert 'alt="Lying &quot;flat&quot;"' in render("{% exercise_picture p alt=a %}", p="x", a='Lying "flat"')


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        ({"sets": 1, "reps": 3, "hold_s": 20, "per_side": True}, "3 times, hold 20 seconds, each side"),
        ({"sets": 2, "reps": 6, "hold_s": 1}, "2 sets of 6, hold 1 second"),
        (SimpleNamespace(sets=2, reps=1, hold_seconds=None), "2 sets of 1"),
        ({"minutes": 10, "work_s": None, "rest_s": None}, "10 minutes"),
        ({"minutes": 1, "work_s": 60, "rest_s": 30}, "1 minute, 60 seconds on, 30 seconds rest"),
        ({"sets": 1, "hold_s": 0}, "1 set"),
        ({}, ""),
        (None, ""),
    ],
)
def test_a_dose_in_words(dose: object, words: str) -> None:
    assert dose_words(dose) == words


@pytest.mark.parametrize(
    ("number", "address"),
    [("+44 (0)1632 960-123", "+4401632960123"), ("01632 960 123", "01632960123"), ("", ""), (None, "")],
)
def test_a_phone_number_as_an_address(number: str | None, address: str) -> None:
    assert render("{{ number|tel }}", number=number) == address


def test_dates_are_told_in_the_named_zone() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert render('{{ t|local_date:"Europe/Lisbon" }} {{ t|local_time:"Europe/Lisbon" }}', t=late) == (
        "21 November 2026 23:30"
    )
    assert render('{{ t|local_date:"Pacific/Auckland" }}', t=late) == "22 November 2026"
    assert render("{{ t|local_date }}", t=date(2026, 1, 2)) == "2 January 2026"
    assert render("{{ t|local_date }}{{ t|local_time }}{{ t|local_moment }}", t=None) == ""
    assert 'datetime="2026-11-22T12:30:00+13:00"' in render('{{ t|local_moment:"Pacific/Auckland" }}', t=late)


def test_a_status_is_told_in_words() -> None:
    assert render('{% status_tag "call-now" %}') == '<span class="tag tag--call-now">Call now</span>'
    assert "No word from her" in render('{% status_tag "no-data" "No word from her" %}')
    assert "<b>" not in render("{% status_tag kind %}", kind="<b>")


def test_rule_ids_are_listed() -> None:
    assert render('{% rule_ids "R18" "" "X7" %}') == (
        '<span class="rule-id">R18</span>, <span class="rule-id">X7</span>'
    )


def test_an_icon_is_hidden_from_screen_readers() -> None:
    html = render('{% icon "back" %}')
    assert 'aria-hidden="true"' in html
    assert "#back" in html


def test_the_pager_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/patients/?q=knee&page=2")
    page = Paginator(range(50), 20).page(2)
    template = Template('{% include "components/pager.html" %}')
    html = template.render(RequestContext(request, {"page": page}))
    assert "Page 2 of 3" in html
    assert 'href="?q=knee&amp;page=1"' in html
    assert 'href="?q=knee&amp;page=3"' in html


def test_the_stepper_can_be_typed_into_without_javascript() -> None:
    html = render('{% include "components/stepper.html" with name="sets" label="Sets" value=3 min=1 max=6 %}')
    assert html.count(" hidden ") == 2
    assert 'type="number"' in html
    assert 'min="1" max="6"' in html
    assert 'aria-label="Less: Sets"' in html


def test_the_movers_keep_their_place_on_the_first_row() -> None:
    html = render(
        '{% include "components/mover.html" with name="Bridge" value_up="A1:up" value_down="A1:down" first=True %}'
    )
    assert html.count("<button") == 2
    assert 'aria-label="Move Bridge up"' in html
    assert html.count('aria-disabled="true"') == 1


def test_a_figure_s_still_comes_in_the_reader_s_colours_and_a_photograph_as_it_is() -> None:
    figure = render("{% still url alt=alt lazy=True %}", url="/exercises/figures/1/0a1b/end.svg", alt="A & B")
    assert 'srcset="/exercises/figures/1/0a1b/end-dark.svg"' in figure
    assert 'media="(prefers-color-scheme: dark)"' in figure
    assert 'alt="A &amp; B"' in figure and 'loading="lazy"' in figure
    photograph = render("{% still url %}", url="/exercises/pictures/0a1b/")
    assert "<picture>" not in photograph and "lazy" not in photograph
