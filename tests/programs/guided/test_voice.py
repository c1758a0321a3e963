"""Which recordings the page of one session is given."""

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override

from exercises.starter import load_starter
from programs.guided.document import rules_data
from programs.guided.voice import clips_of


def item(slug: str, **dose: Any) -> dict[str, Any]:
    """An item of a plan with the catalogue's words."""
    exercise = next(each for each in load_starter().exercises if each.slug == slug)
    return {
        "slug": slug,
        "kind": "ordinary",
        "name": exercise.name,
        "steps": list(exercise.steps),
        "cue": exercise.voice_cue,
        "dose": {"type": "reps", "sets": 1, "reps": 3, "hold_s": 20, "rest_s": 15, "per_side": True} | dose,
    }


def plan(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan of these items."""
    return {"items": list(items), "minimum": [], "relief_only": [], "relief": {}, "clinic": {"emergency": "112"}} | more


def clips(*items: dict[str, Any], **more: Any) -> dict[str, str]:
    return clips_of(plan(*items, **more))


def test_every_text_of_the_plan_s_exercises_has_a_clip() -> None:
    tuck, bridge, rest = item("knee-tuck-single"), item("bridge"), item("forward-lean-rest")
    found = clips(tuck, minimum=[bridge], relief={"name": rest["name"], "steps": rest["steps"]})
    for part in (tuck, bridge):
        assert {part["name"], *part["steps"], part["cue"]} <= set(found)
    assert {rest["name"], *rest["steps"]} <= set(found)


def test_exercises_of_other_plans_are_left_out() -> None:
    assert item("bridge")["cue"] not in clips(item("knee-tuck-single"))


def test_a_clinic_s_own_words_have_no_clip() -> None:
    own = item("bridge") | {"name": "Our own bridge", "steps": ["Do it our way."], "cue": "Up we go."}
    assert not {"Our own bridge", "Do it our way.", "Up we go."} & set(clips(own))


def test_every_question_of_the_check_in_and_of_table_a_has_a_clip() -> None:
    """S1-S15, and the three last questions."""
    found = set(clips())
    assert {question["text"] for question in rules_data()["screen"]["questions"].values()} <= found
    assert {"How is your back or neck pain now?", "Do not get up fast.", "How hard was it?"} <= found


def test_every_piece_of_a_hold_is_there() -> None:
    """The pieces of the player's words at the start of a part, and S29's word in the hold."""
    found = clips(item("knee-tuck-single"))
    assert {"Get ready", "10 seconds", "Left side", "Right side", "Hold", "20 seconds", "Keep breathing"} <= set(found)
    assert {"Let go and rest", "4 seconds", "Change sides", "15 seconds", "Half way", "1", "2", "3"} <= set(found)
    assert "14 seconds" in found, "P12: the 20 seconds of its hold, made easier"
    assert "17 seconds" not in found
    assert "7" not in found


def test_s19_a_walk_has_the_seconds_of_every_shorter_walk() -> None:
    dose = {"type": "minutes", "minutes": 15, "work_s": 120, "rest_s": 90}
    walk = item("walking-intervals") | {"kind": "walk", "dose": dose}
    found = clips(walk)
    assert {"Walk", "120 seconds", "90 seconds", "80 seconds", "55 seconds"} <= set(found)
    assert "100 seconds" not in found


@pytest.mark.parametrize(("minutes", "stretch"), [(1, 60), (2, 120)])
def test_minutes_are_spoken_in_seconds_up_to_two(minutes: int, stretch: int) -> None:
    dose = {"type": "minutes", "minutes": minutes, "work_s": None, "rest_s": None}
    assert f"{stretch} seconds" in clips(item("dls-block") | {"dose": dose})


def test_the_emergency_number_is_the_clinic_s_own() -> None:
    found = clips(item("bridge"), clinic={"emergency": "999"})
    assert "Please call 999 now." in found
    assert "Please call 112 now." not in found


def test_an_unusual_emergency_number_has_no_clip() -> None:
    assert not [text for text in clips(clinic={"emergency": "0800 12"}) if text.startswith("Please call")]


def test_other_languages_have_no_clips() -> None:
    with override("de"):
        assert clips_of(plan(item("bridge"))) == {}
    with override("en-gb"):
        assert clips_of(plan(item("bridge")))


def test_every_address_is_a_file() -> None:
    every = clips_of(plan(*(item(exercise.slug) for exercise in load_starter().exercises)))
    assert len(every) > 500
    for address in every.values():
        assert address.startswith("/static/audio/voice/")
        assert finders.find(address.removeprefix("/static/")), address


@pytest.mark.django_db
def test_a_clip_is_served_as_sound_to_be_kept_for_ever(client: Client) -> None:
    response = client.get(clips()["Hold"])
    response.close()
    assert response.status_code == 200
    assert response["Content-Type"] == "audio/mpeg"
    assert "immutable" in response["Cache-Control"]
    assert "Content-Encoding" not in response
