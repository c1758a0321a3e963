"""What leaves an exercise on paper: relief, an easier version, stopping, leaving it out; and signs told beside it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Patient
from programs.models import Alert, Session, SessionEvent
from programs.rules.easing import easier_dose
from tests.programs.guided.paper import CHECK_IN, FINE, Paper
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


def relieve(paper: Paper, **answers: Any) -> str:
    """Press "Relief" in an exercise and answer there."""
    paper.look()
    place = paper.page.partition('name="place" value="')[2].partition('"')[0]
    assert 'href="?relief=1"' in paper.page
    paper.traveller.shift(timedelta(minutes=3))
    response = paper.client.post(f"{paper.url}?relief=1", {"place": place, **answers})
    assert response.status_code in {302, 400}
    return paper.look() if response.status_code == 302 else response.content.decode()


def test_p12_r25_the_easier_version_is_less_of_the_same_once_and_the_therapist_is_told(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    first = paper.send(kind="ordinary")
    item = Session.objects.get(pk=paper.session).plan["items"][0]
    page = paper.client.get(f"{paper.url}?relief=1").content.decode()
    for words in ("Carry on", "Easier version", "Stop for today"):
        assert words in page
    assert "There is a problem" in relieve(paper, easier="1"), "pain is asked before going on (X5)"
    page = relieve(paper, easier="1", **FINE)
    made = SessionEvent.objects.get(kind="eased").payload
    assert made == {"item": item["id"], **(easier_dose(item) or {})}
    assert item["name"] in first and item["name"] in page and "Easier version" in page
    assert item["dose_words"] not in page
    note = Alert.objects.get()
    assert (note.level, note.rule) == ("note", "P12")
    page = paper.client.get(f"{paper.url}?relief=1").content.decode()
    assert "Carry on" in page and "Easier version</button>" not in page
    relieve(paper, easier="1", **FINE)
    assert SessionEvent.objects.filter(kind="eased").count() == 1
    page = paper.send(**FINE)
    assert Session.objects.get(pk=paper.session).summary["items"][item["id"]]["eased"] is True
    assert item["name"] not in page, "the answers in the relief position are those of no set"


def test_s17_pain_that_rose_in_the_relief_position_ends_the_exercise(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    assert "stop this one here" in relieve(paper, spine="4", limb="2", change="worse")


def test_x14_stop_for_today_in_the_relief_position_is_a_plain_wish(paper: Paper) -> None:
    """R25."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    assert "We stop here for today" in relieve(paper, stop="1")
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.counted_end) == ("ended", False)


CHOSEN_SIGNS = [
    ("chest", {"alarm": "red", "group": "S11"}, "T1"),
    ("saddle", {"alarm": "red", "group": "S5"}, "T1"),
    ("fall", {"alarm": "fall"}, "T2"),
    ("unwell", {"alarm": "unwell"}, "T3"),
    ("spread", {"spread": True}, "T4"),
    ("lasting", {"tingling": "lasting"}, "T5"),
]


@pytest.mark.parametrize(("chosen", "signs", "row"), CHOSEN_SIGNS)
@pytest.mark.parametrize("pressed", ["stop", "skip"])
def test_x17_a_sign_that_was_chosen_is_heard_beside_a_button_that_leaves_the_question(
    paper: Paper, pressed: str, chosen: str, signs: dict[str, Any], row: str
) -> None:
    """S18, X17: "Stop for today" and "I skipped this one" set no sign aside."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    if pressed == "stop":
        relieve(paper, stop="1", change=chosen)
    else:
        paper.send(skip="1", change=chosen)
    told = SessionEvent.objects.get(kind="pain").payload
    assert {name: told.get(name) for name in signs} == signs and "reason" not in told
    assert not SessionEvent.objects.filter(kind="skipped").exists()
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.end_row, session.counted_end) == ("ended", row, True)
    asked = {"T1": "Some questions about your health", "T2": "Do not get up fast"}
    assert asked.get(row, "We stop here for today") in paper.look()


def test_s18_high_pain_told_beside_stop_for_today_leads(paper: Paper) -> None:
    """T7."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    relieve(paper, stop="1", spine="9", limb="2", change="worse")
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.end_row, session.counted_end) == ("ended", "T7", True)


@pytest.mark.parametrize(
    "told",
    [
        {"spine": "9", "limb": "2", "change": "stop"},
        {"spine": "4", "limb": "2", "change": "same"},
        {"spine": "4", "limb": "2", "change": "worse"},
        {"spine": "9"},
        {"change": "worse"},
        {"change": "brief"},
    ],
)
def test_x14_a_wish_to_stop_with_something_worse_is_no_plain_one(paper: Paper, told: dict[str, Any]) -> None:
    """S18: it ends the session, counts, and the exercise is off for the day."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    relieve(paper, stop="1", **told)
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.end_row, session.counted_end) == ("ended", "T3", True)
    assert session.summary["items"]["A1"]["off_today"] is True
    given = SessionEvent.objects.get(kind="pain").payload
    assert given["spine"] == (int(told["spine"]) if "spine" in told else None)


@pytest.mark.parametrize("told", [{"change": "stop"}, {"change": "same"}, {**FINE}, {"spine": "2"}])
def test_x14_a_wish_to_stop_with_nothing_worse_stays_plain(paper: Paper, told: dict[str, Any]) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    relieve(paper, stop="1", **told)
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.end_row, session.counted_end) == ("ended", "T3", False)


def test_s17_worse_pain_told_beside_i_left_this_one_out_stops_the_exercise(paper: Paper) -> None:
    """S17, S21, S33: a missing score is asked for; then the rest, not the next exercise."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    assert "There is a problem" in paper.send(status=400, skip="1", change="worse")
    assert not SessionEvent.objects.filter(kind="skipped").exists()
    assert "We will rest and check again" in paper.send(skip="1", spine="4", limb="2", change="worse")
    assert Session.objects.get(pk=paper.session).summary["items"]["A1"]["status"] == "stopped-pain"


def test_x14_a_wish_to_stop_told_beside_i_left_this_one_out_is_followed(paper: Paper) -> None:
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    assert "We stop here for today" in paper.send(skip="1", change="stop")
    assert Session.objects.get(pk=paper.session).counted_end is False


def test_x16_a_rise_told_beside_i_left_this_one_out_reaches_the_therapist_in_a_relief_session(paper: Paper) -> None:
    """X16: with a baseline of 8 an entry can be left out without an answer, and a rise of 2 is told."""
    paper.send(**CHECK_IN | {"spine": "8"})
    paper.send(kind="relief")
    paper.send(skip="1")
    paper.send(skip="1", spine="10", limb="2", change="same")
    assert [one.payload["item"] for one in SessionEvent.objects.filter(kind="skipped").order_by("seq")] == ["R1", "R2"]
    assert Alert.objects.filter(rule="X16").exists()
    assert paper.state == "started"
