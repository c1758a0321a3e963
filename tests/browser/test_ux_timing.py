"""The player's clock: never wrong by throttling, by a hidden page, by sleep, by a changed clock or by pauses."""

import pytest

from tests.browser.playing import TIMED, Playing
from tests.browser.segments import (
    begin,
    digits,
    dose,
    entered,
    events,
    hide,
    jump,
    next_set,
    parts,
    reach,
    track,
)
from tests.browser.test_ux_sound import END, TICK, now, sounds, with_audio

SAID = """() => {
    window.said = [];
    new MutationObserver(() => said.push(document.getElementById("say").textContent))
        .observe(document.getElementById("say"), { childList: true });
}"""
HOUR = 3600


def in_hold(playing: Playing, seconds: int = 30, sets: int = 1) -> Playing:
    """At the beginning of a hold; each set is one hold."""
    return reach(begin(playing, dose(reps=1, hold=seconds, sets=sets)), "hold")


def sets_done(playing: Playing) -> list[dict[str, object]]:
    """The sets that the clinic was told of."""
    return [each.payload for each in events(playing) if each.kind == "set-done"]


def end_of_set(playing: Playing) -> float:
    """The second at which the one set was over."""
    return next(each.seconds for each in events(playing) if each.kind == "set-done")


def test_ux_01_a_hold_of_30_seconds_ends_after_30_seconds(new_playing: Playing) -> None:
    playing = begin(new_playing, dose(reps=1, hold=30))
    track(playing.page)
    reach(playing, "pain")
    begun = dict(entered(playing.page))["hold"]
    assert end_of_set(playing) - begun == pytest.approx(30, abs=0.1)
    assert sets_done(playing)[0]["seconds"] == 30


def test_ux_01_forty_parts_do_not_drift(new_playing: Playing) -> None:
    """20 holds of 2 s with 4 s after each, without a press: each on its own second, the last as the first."""
    playing = begin(new_playing, dose(reps=21, hold=2))
    track(playing.page)
    reach(playing, "pain")
    at = [t for name, t in entered(playing.page) if name in {"hold", "relax"}]
    run = [part for part in parts(playing.page) if part.state in {"hold", "relax"}][:40]
    assert [part.state for part in run] == ["hold", "relax"] * 20
    for part in run:
        assert part.seconds == pytest.approx({"hold": 2, "relax": 4}[part.state], abs=0.1)
    assert at[40] - at[0] == pytest.approx(20 * (2 + 4), abs=0.1)
    assert end_of_set(playing) - at[0] == pytest.approx(20 * (2 + 4) + 2, abs=0.1)


def test_ux_02_a_throttled_hold_shows_what_is_left_and_gives_one_cue(new_playing: Playing) -> None:
    """Twenty seconds of a hold go by in one look, once while the audio clock goes on, as behind another page, and once
    while it stands too: what was missed is not made up for, and what is to come is laid out once."""
    page = with_audio(new_playing)  # beeps: with the voice on the region is silent
    playing = begin(new_playing, dose(reps=1, hold=30, sets=2))
    page.evaluate(SAID)
    for stands in (False, True):
        reach(playing, "hold")
        laid = sounds(page)
        left = digits(playing)
        page.evaluate("said.length = 0")
        if stands:
            page.evaluate("contexts[0].begun += 20000")
        before = now(page)
        page.clock.fast_forward(20_000)
        playing.wait(0.1)
        after = now(page)
        assert playing.state == "hold"
        assert left - 21 <= digits(playing) <= left - 20
        assert 8 <= digits(playing) <= 10
        assert page.evaluate("said") == ["10 seconds left"]
        again = sounds(page, since=before)
        if not stands:
            assert again == [], "all that was laid out has sounded, or will, at its time"
            assert len(sounds(page)) == len(laid)
        else:
            assert [sound["what"] for sound in again] == [TICK, TICK, TICK, *END]
            assert all(sound["at"] > after for sound in again)
        ahead = [sound["at"] for sound in sounds(page) if sound["at"] > after]
        assert len(ahead) == 6, "three, two, one and the end"
        assert (ahead[3] - after) / 1000 == pytest.approx(digits(playing), abs=1.1)
        reach(playing, "pain")
        if not stands:
            next_set(playing)


def test_ux_03_out_of_sight(new_playing: Playing) -> None:
    """Two seconds change nothing. A hold that ended is asked about: nothing is credited before the answer, and each
    answer is logged as it was given."""
    playing = in_hold(new_playing, sets=4)
    left = digits(playing)
    hide(playing, seconds=2)
    assert playing.state == "hold"
    assert left - 3 <= digits(playing) <= left - 2
    reach(playing, "pain")
    for answer, states in (("yes", ["pain"]), ("again", ["get-ready", "hold", "pain"]), ("skip", ["finish"])):
        reach(next_set(playing), "hold")
        done = len(sets_done(playing))
        hide(playing, seconds=40)
        assert playing.state == "unseen"
        playing.wait(30)
        assert playing.state == "unseen"
        assert len(sets_done(playing)) == done, "nothing is credited before the answer"
        playing.press(answer)
        for state in states:
            reach(playing, state)
    assert [(each["seconds"], each["reps"], each["asked"]) for each in sets_done(playing)] == [
        (30, 1, False), (30, 1, True), (30, 1, False),
    ]  # fmt: skip
    assert [each.kind for each in events(playing)].count("skipped") == 1


def test_ux_04_sleep_and_clocks_that_are_set(new_playing: Playing) -> None:
    """A clock that is set back by an hour, on by a day and back again changes nothing; ten minutes that the wall
    clock alone has seen are sleep, and the hold that ended in it is asked about."""
    playing = in_hold(new_playing, 60, sets=2)
    left = digits(playing)
    for seconds in (-HOUR, HOUR * 25, -HOUR * 24):
        jump(playing, seconds)
        assert playing.state == "hold"
        assert left - 2 <= digits(playing) < left
        left = digits(playing)
    reach(playing, "pain")
    assert sets_done(playing)[0]["seconds"] == 60
    reach(next_set(playing), "hold")
    before = playing.page.evaluate("performance.now()")
    jump(playing, 600)
    assert playing.page.evaluate("performance.now()") - before < 60_000
    assert playing.state == "unseen"


def test_ux_05_ten_pauses_take_nothing_from_a_hold_and_give_nothing_to_it(new_playing: Playing) -> None:
    playing = begin(new_playing, dose(reps=1, hold=30))
    track(playing.page)
    reach(playing, "hold")
    for number in range(10):
        playing.wait(0.8)
        playing.bar()
        assert playing.state == "paused"
        playing.wait(3 + number)
        playing.press("resume")
        assert playing.state == "hold"
    reach(playing, "pain")
    told = [each for each in events(playing) if each.kind in {"paused", "resumed", "set-done"}]
    assert [each.kind for each in told] == ["paused", "resumed"] * 10 + ["set-done"]
    begun = [dict(entered(playing.page)[:2])["hold"], *(each.seconds for each in told if each.kind == "resumed")]
    ended = [each.seconds for each in told if each.kind != "resumed"]
    assert sum(end - start for start, end in zip(begun, ended, strict=True)) == pytest.approx(30, abs=0.1)
    assert sets_done(playing)[0]["seconds"] == 30


def test_ux_05_a_pause_holds_every_other_clock_still(new_playing: Playing) -> None:
    """The get-ready, the rest between two repetitions, the change of sides; the rest between two sets goes on to
    its end and waits there."""
    playing = begin(new_playing, dose(reps=2, hold=2, sets=2, rest=20, sides=True))
    for state in ("get-ready", "relax", "side"):
        reach(playing, state)
        playing.wait(0.5)
        playing.bar()
        assert playing.state == "paused"
        playing.wait(40)
        assert playing.state == "paused"
        playing.press("resume")
        assert playing.state == state
        reach(playing, "hold")
    reach(playing, "pain")
    playing.pain(3, 2)
    assert playing.state == "between"
    playing.press("pause")
    playing.wait(5)
    playing.press("resume")
    assert playing.state == "between"
    playing.wait(60)
    assert playing.state == "between", "X9: the next set begins by a press"


def test_ux_06_wait_for_me_never_goes_on_and_is_switched_at_any_time(new_playing: Playing) -> None:
    playing = begin(new_playing, dose(reps=3, hold=2, sides=True), first=True)
    reach(playing, "relax")
    playing.wait(120)
    assert playing.state == "relax", "a rest that is over waits"
    playing.page.evaluate("looks = 0; addEventListener('step', () => (looks += 1), true)")
    playing.wait(10)
    assert playing.page.evaluate("looks") <= 11, "one look a second, no more"
    playing.page.get_by_role("button", name="Go on now").click()
    playing.wait()
    assert playing.state == "hold"
    reach(playing, "relax")
    playing.bar()
    playing.screen.get_by_role("button", name="Wait for me: on").click()
    playing.wait()
    playing.press("resume")
    reach(playing, "side")
    playing.bar()
    playing.screen.get_by_role("button", name="Wait for me: off").click()
    playing.wait()
    playing.press("resume")
    playing.wait(60)
    assert playing.state == "side", "a change of sides waits too"


def test_ux_06_without_it_a_set_runs_to_its_question_by_itself(new_playing: Playing) -> None:
    playing = begin(new_playing, dose(reps=2, hold=2, sides=True))
    track(playing.page)
    reach(playing, "pain")
    states = [part.state for part in parts(playing.page)]
    assert [state for state in states if state in TIMED][-7:] == [
        "hold", "relax", "hold", "side", "hold", "relax", "hold",
    ]  # fmt: skip
    playing.wait(119)
    assert playing.state == "pain", "the question waits for its answer (X9)"
