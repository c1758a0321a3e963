"""The session without JavaScript: the same rules, one form after another."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Patient
from programs.guided import logbook
from programs.guided.intake import take_in
from programs.models import Alert, Lock, Session, SessionEvent
from programs.rules.screen import question_ids, screen
from tests.conftest import House
from tests.programs.guided.paper import CHECK_IN, FINE, Paper
from tests.strict import StrictClient

Clients = Callable[[Patient], StrictClient]
pytestmark = pytest.mark.usefixtures("catalogue")


def test_a_whole_session(paper: Paper, patient: Patient) -> None:
    """Check-in, each exercise with its steps, the finish; the same events as the player sends."""
    assert "How are you today?" in paper.look() and "checked" not in paper.page
    assert "You can start" in paper.send(**CHECK_IN)
    assert "Seated march" in paper.send(kind="ordinary")
    for name in ("Single knee tuck", "Pelvic tilt on back", "Brace with heel slide", "Bridge"):
        assert name in paper.send(**FINE)
    assert "Sit to stand" in paper.send(skip="1")
    for _ in range(3):
        paper.send(**FINE)
    assert "You have done it all" in paper.page
    assert "Well done" in paper.send(spine="3", limb="2", effort="4")
    session = Session.objects.get(pk=paper.session)
    assert (session.state, session.sets_done, session.effort, session.final_spine) == ("finished", 7, 4, 3)
    assert session.summary["items"]["A5"]["status"] == "skipped"
    assert not Alert.objects.filter(patient=patient).exists()


def test_s28_the_space_is_checked_once_before_the_first_standing_entry(paper: Paper) -> None:
    words = "Make your space safe"
    paper.send(**CHECK_IN)
    assert words not in paper.send(kind="ordinary")
    while "Sit to stand" not in paper.page:
        assert words not in paper.page
        paper.send(**FINE)
    assert words in paper.page and "Floor dry and clear." in paper.page
    while "You have done it all" not in paper.send(**FINE):
        assert words not in paper.page


def test_what_is_missing_is_asked_again(paper: Paper) -> None:
    """S33: an error summary, a message at the field, the given answers kept, nothing stored."""
    page = paper.send(status=400, q1="no", spine="3", q3="same", q5="no")
    assert "There is a problem" in page and "Choose a number from 0 to 10." in page
    assert 'href="#limb"' in page or 'href="#id_limb_0"' in page
    assert page.count("checked") == 4
    assert not SessionEvent.objects.exists() and paper.state == "minted"


@pytest.mark.parametrize("answer", ["11", "-1", "3.5", "NaN", "", "x"])
def test_s33_impossible_scores_are_asked_again(paper: Paper, answer: str) -> None:
    """S33, safety X1."""
    paper.send(status=400, **CHECK_IN | {"spine": answer})
    assert not SessionEvent.objects.exists()


def test_an_old_page_changes_nothing(paper: Paper) -> None:
    """A second press, or a page from the browser's memory: the session goes on where it is."""
    paper.send(**CHECK_IN)
    response = paper.client.post(paper.url, {"place": "0", **CHECK_IN})
    assert response.status_code == 302 and SessionEvent.objects.count() == 1


def test_two_presses_at_once_answer_once(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both requests read the session before either has written: the second stores nothing and goes on."""
    paper.look()
    place = paper.page.partition('name="place" value="')[2].partition('"')[0]
    first = {"place": place, **CHECK_IN}

    def raced(**values: Any) -> Any:
        monkeypatch.setattr(logbook, "take_in", take_in)
        assert paper.client.post(paper.url, first).status_code == 302
        return take_in(**values)

    monkeypatch.setattr(logbook, "take_in", raced)
    assert paper.client.post(paper.url, first).status_code == 302
    assert SessionEvent.objects.count() == 1
    assert "You can start" in paper.look()


def test_s17_a_rise_of_one_stops_the_exercise_and_rests(paper: Paper) -> None:
    """S17, S21: rest by the clock, asked again, then the next exercise; never the same one."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    page = paper.send(spine="4", limb="2", change="same")
    assert "You did the right thing" in page and "stop this one here" in page
    page = paper.send(spine="4", limb="2", change="same")
    assert "We will rest and check again" in page
    page = paper.send(spine="3", limb="2", change="same", minutes=0.5)
    assert "We will rest and check again" in page  # X10: first after two minutes
    page = paper.send(spine="3", limb="2", change="same", minutes=2)
    assert "Single knee tuck" in page and Alert.objects.get().rule == "S17"


def test_s18_a_rise_of_two_ends_the_session(paper: Paper) -> None:
    """S18: the outcome page, and no further form."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    page = paper.send(spine="5", limb="2", change="same")
    assert "We stop here for today" in page and "<form" not in page.partition("<main")[2].partition("</main")[0]
    assert paper.state == "ended"


def test_s18_spread_with_a_lower_number_ends_the_session(paper: Paper) -> None:
    """S18, T4."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    paper.send(spine="2", limb="1", change="spread")
    assert (paper.state, Session.objects.get(pk=paper.session).end_row) == ("ended", "T4")


def test_s15_a_worry_opens_the_short_screen_and_a_sign_locks(paper: Paper, patient: Patient) -> None:
    """S15 Q1, S5: emergency words, no session, locked everywhere."""
    assert "Some questions about your health" in paper.send(**CHECK_IN | {"q1": "yes"})
    answers = answers_to("short", **{"s5-numb": "yes"})
    page = paper.send(**answers)
    assert "Please call 999 now" in page
    for words in ("site-header", "site-footer", "Riverside", "Stenosis PT</a>"):
        assert words not in page, "E: nothing else on the screen"
    assert Lock.objects.get(patient=patient).level == "E"
    assert "Please call 999 now" in paper.client.get(reverse("guided:today")).content.decode()


def test_s1_the_full_screen_comes_first_when_it_is_due(paper: Paper, patient: Patient) -> None:
    """S1: before the check-in; a grading question follows its sign; answered without a sign it lets go on."""
    patient.screens.all().delete()
    first = paper.send(status=400, **dict(list(answers_to("full").items())[:3]))
    assert "There is a problem" in first
    assert "How are you today?" in paper.send(**answers_to("full"))
    assert "You can start" in paper.send(**CHECK_IN)


def test_s24_dizzy_now_means_no_session(paper: Paper) -> None:
    """S24, C7: with the signs that make an emergency of it, and the number."""
    page = paper.send(**CHECK_IN | {"q5": "dizzy-now"})
    assert "No exercise now" in page and "Sit or lie down and rest." in page
    assert "Do you see double?" in page and 'href="tel:999"' in page
    assert paper.state == "refused"


def test_s15_high_pain_leaves_rest_positions(paper: Paper) -> None:
    """S15, C9, safety X16."""
    assert "Your pain is high today" in paper.send(**CHECK_IN | {"spine": "8"})
    assert "Back rest with legs on a chair" in paper.send(kind="relief")
    assert Session.objects.get(pk=paper.session).kind == "relief"


def test_a_kind_that_was_not_offered_does_not_start(paper: Paper) -> None:
    """S15: the page decides nothing that the rules did not."""
    paper.send(**CHECK_IN | {"spine": "8"})
    paper.client.post(paper.url, {"place": "1", "kind": "full"})
    assert paper.state == "checked-in"


def test_s25_a_fall_asks_its_list(paper: Paper, patient: Patient) -> None:
    """S25: do not get up fast; then the outcome by level."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    assert "Do not get up fast" in paper.send(spine="3", limb="2", change="fall")
    page = paper.send(head="no", pain="no", thinner="no", cannot_get_up="no")
    assert "Please phone your clinic today" in page
    assert set(Lock.objects.values_list("level", flat=True)) == {"T", "H"}


def test_x18_new_medicine_leaves_seated_and_lying_entries(paper: Paper) -> None:
    """Safety X18."""
    paper.send(**CHECK_IN | {"q5": "medicine"})
    seen = [paper.send(kind="ordinary")]
    while "You have done it all" not in seen[-1]:
        seen.append(paper.send(**FINE))
    assert not any("Heel raise</h1>" in page or "Sit to stand</h1>" in page for page in seen)


def test_x5_too_long_is_closed(paper: Paper) -> None:
    """Safety X5: half an hour after the last answer the session is closed."""
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    paper.traveller.shift(timedelta(minutes=45))
    assert "This session is closed" in paper.look()


def test_sessions_of_others_are_not_found(paper: Paper, house: House, client_for: Clients) -> None:
    """404, as for a missing one."""
    assert client_for(house.second_patient).get(paper.url).status_code == 404


def answers_to(scope: str, **said: str) -> dict[str, Any]:
    """Harmless answers to a scope, except what is ``said``."""
    answers: dict[str, Any] = {}
    while left := [one for one in question_ids(scope, {**answers, **said}) if one not in answers]:
        for one in left:
            harmless = "no" if screen()["questions"][one]["grave"] == "yes" else "yes"
            answers[one] = said.get(one, harmless)
    return answers


def entry(plan: dict[str, Any], **dose: Any) -> dict[str, Any]:
    """The first entry of a plan, with another dose and nothing after it."""
    item = {**plan["items"][0], "dose": dose}
    return {**plan, "items": [item], "minutes": 30}


def test_x9_intervals_are_asked_about_at_each_rest(paper: Paper) -> None:
    """X9, R29: 15 minutes of 2 minutes and a rest of 90 seconds are four intervals, as in the player."""
    session = Session.objects.get(pk=paper.session)
    Session.objects.update(plan=entry(session.plan, type="minutes", minutes=15, work_s=120, rest_s=90))
    paper.send(**CHECK_IN)
    assert "Part 1 of 4: go on for 2 minutes." in paper.send(kind="ordinary")
    assert "Rest for" not in paper.page
    for part in (2, 3, 4):
        words = f"Rest for 1 minute 30 seconds first. Part {part} of 4: go on for 2 minutes."
        assert words in " ".join(paper.send(minutes=4, **FINE).split())
    assert "You have done it all" in paper.send(minutes=4, **FINE)
    done = Session.objects.get(pk=paper.session).summary["items"]["A1"]
    assert (done["status"], done["seconds"], done["checks"]) == ("done", 900, 4)


def test_r29_intervals_done_count_where_the_rest_is_left_out(paper: Paper) -> None:
    session = Session.objects.get(pk=paper.session)
    Session.objects.update(plan=entry(session.plan, type="minutes", minutes=15, work_s=120, rest_s=90))
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    paper.send(minutes=4, **FINE)
    assert "You have done it all" in paper.send(skip="1")
    assert Session.objects.get(pk=paper.session).summary["items"]["A1"]["seconds"] == 210


@pytest.mark.parametrize(
    ("kind", "limb", "words"),
    [
        ("ordinary", "2", "Your pain has gone up. We will rest and check again."),
        ("ordinary", "1", "Your arm or leg feels better, but your back or neck hurts more."),
        ("walk", "2", "Stopping here is part of the exercise."),
    ],
)
def test_s20_s19_the_words_of_a_rest_are_those_of_its_cause(paper: Paper, kind: str, limb: str, words: str) -> None:
    """S17, S19, S20: T16, T13, T14. Moving inward is told neutrally, an interval's end is none of pain."""
    session = Session.objects.get(pk=paper.session)
    items = [{**session.plan["items"][0], "kind": kind}, *session.plan["items"][1:]]
    Session.objects.update(plan={**session.plan, "items": items})
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    page = paper.send(spine="4", limb=limb, change="same")
    assert words in page and ("Your pain has gone up" in page) == (words.startswith("Your pain"))


@pytest.fixture
def long_ride(paper: Paper) -> Paper:
    """A session of nothing but 32 minutes, started."""
    session = Session.objects.get(pk=paper.session)
    Session.objects.filter(pk=session.pk).update(
        plan=entry(session.plan, type="minutes", minutes=32, work_s=None, rest_s=None)
    )
    paper.send(**CHECK_IN)
    paper.send(kind="ordinary")
    return paper


def test_x9_a_long_entry_asks_every_five_minutes(long_ride: Paper) -> None:
    """X9, X5: seven questions; half an hour on the bike is no half hour of silence."""
    for part in range(1, 8):
        minutes = "2 minutes" if part == 7 else "5 minutes"
        assert f"Part {part} of 7: go on for {minutes}." in long_ride.page
        long_ride.send(minutes=5, **FINE)
    assert "You have done it all" in long_ride.page
    done = Session.objects.get(pk=long_ride.session).summary["items"]["A1"]
    assert (done["status"], done["seconds"], done["checks"]) == ("done", 32 * 60, 7)


def test_r29_the_rest_of_a_long_entry_may_be_left_out(long_ride: Paper) -> None:
    """What was done counts towards the day's minutes."""
    long_ride.send(minutes=5, **FINE)
    long_ride.send(minutes=5, **FINE)
    assert "Skip the rest of it" in long_ride.page
    assert "You have done it all" in long_ride.send(skip="1")
    done = Session.objects.get(pk=long_ride.session).summary["items"]["A1"]
    assert (done["seconds"], done["skipped"]) == (600, True)


def test_x9_every_set_has_its_own_question(paper: Paper) -> None:
    """X9: and the second set can be left out."""
    session = Session.objects.get(pk=paper.session)
    dose = session.plan["items"][0]["dose"] | {"type": "reps", "sets": 3, "reps": 6, "hold_s": 0}
    Session.objects.filter(pk=session.pk).update(plan=entry(session.plan, **dose))
    paper.send(**CHECK_IN)
    assert "Set 1 of 3" in paper.send(kind="ordinary")
    assert "Set 2 of 3" in paper.send(**FINE)
    assert "You have done it all" in paper.send(skip="1")
    session.refresh_from_db()
    assert (session.sets_done, session.summary["items"]["A1"]["sets"]) == (1, 1)


def choices(page: str) -> list[str]:
    """What may be started, in the order of the page."""
    return re.findall(r'name="kind" value="([a-z]+)"', page)


@pytest.mark.parametrize(("q3", "first"), [("same", "ordinary"), ("better", "good")])
def test_c13_the_patient_says_what_kind_of_day_it_is(paper: Paper, q3: str, first: str) -> None:
    """The one that the check-in speaks for stands first; the words are the player's."""
    page = paper.send(**CHECK_IN | {"q3": q3})
    assert choices(page)[0] == first and sorted(choices(page)) == ["bad", "good", "ordinary"]
    assert "Start the usual session. Do your plan, and no more." in page
    paper.send(kind="good")
    assert SessionEvent.objects.get(kind="started").payload == {"kind": "full", "restrictions": [], "day": "good"}


def test_x16_a_bad_day_is_the_minimum_plan_and_its_sets_are_counted_against_it(paper: Paper) -> None:
    """And what was done is told as a short session: here, on the day's page and to the therapist."""
    paper.send(**CHECK_IN)
    paper.send(kind="bad")
    assert SessionEvent.objects.get(kind="started").payload["day"] == "bad"
    session = Session.objects.get(pk=paper.session)
    sets = sum(item["dose"].get("sets") or 1 for item in session.plan["minimum"])
    assert (session.kind, session.sets_planned) == ("minimum", sets)
    assert sets < sum(item["dose"].get("sets") or 1 for item in session.plan["items"])
    while "You have done it all" not in paper.page:
        paper.send(**FINE)
    said = f"You did the short session: {sets} of {sets} sets."
    assert said in paper.send(spine="3", limb="2", effort="2")
    assert said in paper.client.get(reverse("guided:today")).content.decode()
    assert not Alert.objects.exists()


def test_c12_worse_than_usual_offers_the_short_session_first(paper: Paper) -> None:
    page = paper.send(**CHECK_IN | {"q3": "worse"})
    assert "A shorter session today?" in page and choices(page) == ["minimum", "full"]
    paper.send(kind="full")
    assert SessionEvent.objects.get(kind="started").payload["day"] == "ordinary"


def test_c11_and_c9_more_than_table_c_allows_cannot_be_started(paper: Paper) -> None:
    """Whatever the day is called: the old answer is shown again."""
    page = paper.send(**CHECK_IN | {"spine": "8"})
    assert choices(page) == ["relief"]
    for kind in ("full", "minimum", "good", "ordinary", "bad", ""):
        assert choices(paper.send(status=200, kind=kind)) == ["relief"]
    assert not SessionEvent.objects.filter(kind="started").exists()


def test_x18_a_kind_of_day_without_anything_in_it_is_not_offered(paper: Paper) -> None:
    session = Session.objects.get(pk=paper.session)
    Session.objects.update(plan={**session.plan, "minimum": []})
    assert choices(paper.send(**CHECK_IN)) == ["ordinary", "good"]
    Session.objects.update(plan={**session.plan, "minimum": [], "items": []})
    assert "There is nothing on your plan to do today." in paper.look() and choices(paper.page) == []
