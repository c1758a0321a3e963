"""The week set by hand: the rules' week is where it begins, and what speaks against it is said."""

from typing import Any

import pytest

from accounts.models import Patient
from programs.changes import week_raises
from programs.guided.words import day_name
from programs.models import ProgramDraft
from programs.prescribing import edits
from programs.rules.week import R26_WEEK
from tests.conftest import House
from tests.programs.prescribing.helpers import ClientFor, approve, in_force, record, send, stored, url, version
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("catalogue")
GENTLE: dict[str, Any] = {"d1": ["D"], "d2": ["A"], "d4": ["B", "D"], "d6": ["A"]}
GENTLE_WEEK = (("D",), ("A",), (), ("B", "D"), (), ("A",), ())


@pytest.fixture
def client(client_for: ClientFor) -> StrictClient:
    """The treating therapist's browser."""
    return client_for("therapist")


@pytest.fixture
def patient(house: House, client: StrictClient) -> Patient:
    """A patient with an assembled draft."""
    record(client, house.patient)
    return house.patient


def text(client: StrictClient, patient: Patient, name: str = "draft") -> str:
    """A page's HTML."""
    return client.get(url(patient, name)).content.decode()


def test_r26_the_week_of_the_rules_stands_until_a_therapist_sets_another(
    house: House, client: StrictClient, patient: Patient
) -> None:
    """R26, R38: the default without a name; a week set by hand with one, in draft, check and revision."""
    page = client.get(url(patient))
    assert [field.value() for field in page.context["page"].week_form.days] == [list(names) for names in R26_WEEK]
    assert "set by" not in page.content.decode()
    assert send(client, patient, "week", **GENTLE).status_code == 302
    assert stored(patient).week == GENTLE_WEEK
    assert f"set by {house.therapist}" in text(client, patient) and f"set by {house.therapist}" in text(
        client, patient, "check"
    )
    approve(client, patient)
    revision = in_force(patient)
    assert revision.week == [list(names) for names in GENTLE_WEEK]
    assert revision.week_origin == {"by": str(house.therapist)}


def test_r26_the_patients_day_follows_the_week(
    house: House, client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """R26, X14: day 1 is the daily set alone, as set by hand; the rules would have had a strength day."""
    send(client, patient, "week", **GENTLE)
    approve(client, patient)
    page = client_for(patient).get("/today/")
    days = page.context["page"].week
    assert [day.state for day in days] == ["planned", "planned", "rest", "planned", "rest", "planned", "rest"]
    names = {str(day_name(name, "moderate")): name for name in "ABD"}
    assert [[names[words] for words in day.words.split(", ") if words] for day in days[:4]] == [
        ["D"], ["A"], [], ["B", "D"],
    ]  # fmt: skip


def test_r26_back_to_the_week_of_the_rules(client: StrictClient, patient: Patient) -> None:
    """The way back is one press."""
    before = client.get(url(patient)).context["page"].week
    send(client, patient, "week", **GENTLE)
    assert client.get(url(patient)).context["page"].week != before
    send(client, patient, "week", reset="1")
    assert client.get(url(patient)).context["page"].week == before and not stored(patient).week_by


def test_a_week_set_by_hand_survives_a_copy_and_another_assembly(
    house: House, client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """R38: the name stays that of the therapist who set it."""
    send(client, patient, "week", **GENTLE)
    approve(client, patient)
    second = client_for(house.second_therapist)
    second.post(url(patient, "change"))
    assert (stored(patient).week, stored(patient).week_by) == (GENTLE_WEEK, str(house.therapist))
    send(second, patient, "assemble", keep="1")
    assert stored(patient).week == GENTLE_WEEK
    record(client, patient, version=1, severity="severe")
    assert stored(patient).week == () and "The week is that of the rules again" in text(client, patient)


@pytest.mark.parametrize(
    ("week", "rule", "words"),
    [
        ({"d1": ["A"], "d2": ["A"]}, "R28", "two days running"),
        ({"d1": ["A"], "d7": ["A"]}, "R28", "two days running"),
        ({f"d{number}": ["B"] for number in range(1, 7)}, "R28", "More than 5 aerobic days"),
        ({f"d{number}": ["A"] for number in range(1, 6)}, "R28", "More than 4 strength days"),
        ({f"d{number}": ["AB"[number % 2]] for number in range(1, 8)}, "R26", "No day without"),
        ({"d1": ["A", "B"]}, "R26", "alternate days"),
        ({"d1": ["A"], "d3": ["B"]}, "R26", "On no day of the week: Daily set"),
    ],
)
def test_r26_r28_a_week_against_the_rules_is_warned_of_and_may_stand(
    client: StrictClient, patient: Patient, week: dict[str, Any], rule: str, words: str
) -> None:
    """R26, R28: the warning stands on the draft and on the check page, and stops nothing."""
    send(client, patient, "week", **week)
    for name in ("draft", "check"):
        page = text(client, patient, name)
        assert words in page and rule in page
    approve(client, patient)
    assert in_force(patient).week_origin


def test_r27_a_third_strength_day_in_severe_is_warned_of(client: StrictClient, house: House) -> None:
    """R27: two to begin with."""
    record(client, house.patient, severity="severe")
    send(client, house.patient, "week", d1=["A"], d3=["A"], d5=["A"], d2=["B", "D"])
    assert "3 times a week" in text(client, house.patient)


def test_an_empty_or_impossible_week_is_refused_in_words(client: StrictClient, patient: Patient) -> None:
    """Nothing chosen, a letter that is no day, a version that is none: said, and nothing changes."""
    answer = send(client, patient, "week")
    assert answer.status_code == 422 and "at least one day" in answer.content.decode()
    assert send(client, patient, "week", d1=["Z"]).status_code == 422
    assert client.post(url(patient, "week"), {"version": "x", "d1": ["A"]}).status_code == 422
    assert stored(patient).week == ()


def test_x14_a_day_that_lost_its_exercises_becomes_the_daily_set(client: StrictClient, patient: Patient) -> None:
    """X14: in a week set by hand as well."""
    send(client, patient, "week", **GENTLE)
    row = ProgramDraft.objects.get(patient=patient)
    row.content["days"]["A"] = []
    row.save()
    approve(client, patient)
    assert in_force(patient).week == [["D"], ["D"], [], ["B", "D"], [], ["D"], []]


def test_two_therapists_setting_the_week_at_once_see_both(
    house: House, client: StrictClient, client_for: ClientFor, patient: Patient
) -> None:
    """The second sees what is saved and what they wanted, day by day, and can make it on top."""
    seen = version(patient)
    send(client, patient, "week", **GENTLE)
    second = client_for(house.second_therapist)
    answer = second.post(url(patient, "week"), {"version": seen, "d1": ["A", "D"], "d2": ["B"]})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Set the week" in page and "A, D" in page
    assert page.count('name="d1"') == 2 and stored(patient).week == GENTLE_WEEK


def test_r39_a_day_that_comes_more_often_asks_more() -> None:
    """R39, X18: test doses then; fewer or other days of the same number ask nothing more."""
    assert week_raises([["A"], ["B"]], [["A"], ["A", "B"]]) and week_raises([], [["D"]])
    assert not week_raises([["A"], ["B"]], [["B"], ["A"]]) and not week_raises([["A"], ["A"]], [["A"]])


def test_the_same_week_again_keeps_its_name(client: StrictClient, patient: Patient) -> None:
    """Who presses save without a change has set nothing."""
    first = edits.set_week(stored(patient), GENTLE_WEEK, by="First")
    assert edits.set_week(first, GENTLE_WEEK, by="Second").week_by == "First"
