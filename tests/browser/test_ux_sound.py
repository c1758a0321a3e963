"""Sound and voice: laid out ahead on the audio clock, mended within a press, extras that nothing waits for."""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.playing import Playing
from tests.browser.segments import SHOWN, begin, dose, hide, parts, planned, reach, track

AUDIO = """
window.contexts = [];
window.sounds = [];
window.AudioContext = class {
    constructor() {
        this.state = "running";
        this.begun = performance.now();
        this.stands = null;
        this.number = contexts.push(this) - 1;
        this.destination = {};
    }
    get currentTime() { return this.stands ?? (performance.now() - this.begun) / 1000; }
    part(more) { return { connect: (to) => to, ...more }; }
    value() { return { value: 1, setValueAtTime() {}, exponentialRampToValueAtTime() {} }; }
    createGain() { return this.part({ gain: this.value() }); }
    createDynamicsCompressor() { return this.part(); }
    createOscillator() { return this.source((node) => node.frequency.value, { frequency: this.value() }); }
    createBufferSource() { return this.source((node) => node.buffer.text, { buffer: null }); }
    source(what, more) {
        const node = this.part(more);
        const sound = { context: this.number, laid: performance.now(), stopped: false };
        node.start = (at) => sounds.push(Object.assign(sound, { what: what(node), at: this.begun + at * 1000 }));
        node.stop = (at) => (sound.stopped ||= at === undefined);
        return node;
    }
    async decodeAudioData(data) { return { duration: 0.5, text: new TextDecoder().decode(data) }; }
    async resume() {}
    async close() { this.state = "closed"; }
};
"""
CLIPS = """
document.addEventListener("readystatechange", () => {
    const block = document.getElementById("clips");
    if (!block || document.readyState !== "interactive") return;
    const said = %s;
    block.textContent = JSON.stringify(Object.fromEntries(said.map((text, n) => [text, `/static/test-clip-${n}.mp3`])));
});
"""
SPEECH = {
    "absent": "for (const name of ['speechSynthesis', 'SpeechSynthesisUtterance'])"
    " Object.defineProperty(window, name, { value: undefined });",
    "throwing": "speechSynthesis.speak = () => { throw new Error('no voice'); };",
    "never-ending": "window.asked = []; speechSynthesis.speak = (spoken) => asked.push(spoken.text);"
    "speechSynthesis.getVoices = () => [];",
}
WRITTEN = """() => {
    window.written = [];
    const say = document.getElementById("say");
    const told = () => written.push(say.textContent);
    new MutationObserver(told).observe(say, { childList: true, characterData: true, subtree: true });
}"""
END = 880, 660, 520
"""The pitches of the end of a hold."""
TICK, HALF = 600, 740


def with_audio(playing: Playing, *, clips: list[str] | None = None, mode: str = "beeps") -> Page:
    """An audio clock that goes with the page's, and clips of these texts."""
    page = playing.page
    page.add_init_script(AUDIO + CLIPS % json.dumps(clips or []))
    page.add_init_script(f"localStorage['stenosis-pt-settings'] ??= '{json.dumps({'mode': mode})}'")

    def answer(route: Route) -> None:
        number = int(route.request.url.rpartition("-")[2].removesuffix(".mp3"))
        route.fulfill(body=(clips or [])[number], content_type="audio/mpeg")

    page.route("**/test-clip-*.mp3", answer)
    return page


def sounds(page: Page, *, since: float = 0) -> list[dict[str, Any]]:
    """What was laid out since a moment of the page's clock and not taken back, in the order of its time."""
    found: list[dict[str, Any]] = page.evaluate("sounds")
    return sorted((s for s in found if s["laid"] >= since and not s["stopped"]), key=lambda sound: float(sound["at"]))


def now(page: Page) -> float:
    """The page's monotonic clock in milliseconds."""
    return float(page.evaluate("performance.now()"))


def of(found: list[dict[str, Any]], what: object) -> list[float]:
    """When a pitch or a text sounds."""
    return [sound["at"] for sound in found if sound["what"] == what]


def test_ux_08_a_hold_is_laid_out_ahead_and_taken_back_by_a_pause(new_playing: Playing) -> None:
    """All cues of 30 s lie on the audio clock at its start; a pause takes them back; going on lays out the rest."""
    page = with_audio(new_playing)
    playing = begin(new_playing, dose(reps=1, hold=30))
    reach(playing, "hold")
    laid = sounds(page)
    end = of(laid, END[0])[-1]
    assert of(laid, HALF) == pytest.approx([end - 15000, end - 14800, end - 10000, end - 9800], abs=1)
    assert of(laid, TICK)[-3:] == pytest.approx([end - 3000, end - 2000, end - 1000], abs=1)
    playing.wait(12)
    assert len(sounds(page)) == len(laid), "nothing is laid out while it runs"
    playing.bar()
    assert playing.state == "paused"
    assert all(sound["at"] <= now(page) for sound in sounds(page)), "cues of a paused part are taken back"
    playing.wait(20)
    gone_on = now(page)
    playing.press("resume")
    playing.wait(1.2)
    rest = sounds(page, since=gone_on)
    assert all(sound["at"] >= gone_on for sound in rest)
    assert len(of(rest, HALF)) == 4 and len(of(rest, TICK)) == 3 and len(of(rest, END[0])) == 1
    reach(playing, "pain")
    assert [sound["what"] for sound in sounds(page, since=gone_on)][-3:] == list(END), "the end sounds to its end"


@pytest.mark.parametrize(
    "fault", ["state = 'interrupted'", "state = 'suspended'", "stands = contexts.at(-1).currentTime"]
)
def test_ux_08_a_context_that_fell_silent_is_replaced_within_the_next_press(new_playing: Playing, fault: str) -> None:
    """Interrupted, suspended, or running with a clock that stands."""
    page = with_audio(new_playing)
    playing = begin(new_playing, dose(reps=1, hold=30))
    reach(playing, "hold")
    assert page.evaluate("contexts.length") == 1
    page.evaluate(SHOWN, False)
    page.evaluate(f"contexts.at(-1).{fault}")
    playing.wait(1)
    page.evaluate(SHOWN, True)
    playing.wait(2)
    assert playing.state == "hold", "the session goes on without sound"
    assert page.evaluate("contexts.length") == 1, "not before a press"
    playing.bar()
    assert page.evaluate("contexts.map(({ state }) => state)") == ["closed", "running"]
    gone_on = now(page)
    playing.press("resume")
    playing.wait(1.2)
    laid = sounds(page, since=gone_on)
    assert laid and {sound["context"] for sound in laid} == {1}
    assert len(of(laid, END[0])) == 1


def test_ux_08_a_return_from_the_background_brings_no_burst(new_playing: Playing) -> None:
    """The page slept for 2 s while the audio clock stood: the rest is laid out anew, once, and at its right time."""
    page = with_audio(new_playing)
    playing = begin(new_playing, dose(reps=1, hold=30))
    reach(playing, "hold")
    page.evaluate("contexts[0].begun += 2000")
    before = now(page)
    hide(playing, seconds=2)
    playing.wait(1.2)
    left = page.evaluate("parseInt(document.querySelector('section:not([hidden]) .countdown').textContent)")
    laid = sounds(page, since=before)
    assert all(sound["at"] >= before for sound in laid)
    assert len(of(laid, END[0])) == 1
    ahead = (of(laid, END[0])[0] - now(page)) / 1000
    assert left - 1 - 0.1 <= ahead <= left + 0.1


@pytest.mark.parametrize("fault", list(SPEECH))
def test_ux_09_a_voice_that_fails_changes_no_time_and_the_words_are_shown(new_playing: Playing, fault: str) -> None:
    """The browser's voice is absent, throws, or never ends; no text has a clip."""
    page = with_audio(new_playing, mode="voice")
    page.add_init_script(SPEECH[fault])
    playing = begin(new_playing, dose(reps=2, hold=6))
    track(page)
    page.evaluate(WRITTEN)
    reach(playing, "hold")
    assert "keep breathing" in playing.screen.inner_text()
    reach(playing, "pain")
    lasted = [(part.state, round(part.seconds, 1)) for part in parts(page)]
    assert lasted[1:3] == [("hold", 6.0), ("relax", 4.0)]
    assert playing.screen.get_by_text("Well done. Rest now.").is_visible()
    if fault == "never-ending":
        assert page.evaluate("asked.some((text) => text.includes('Keep breathing'))")
    else:
        assert any("Keep breathing" in text for text in page.evaluate("written")), "read out instead"


def test_ux_10_silence_is_kept_over_a_reload_and_the_words_are_read_out(new_playing: Playing) -> None:
    page = with_audio(new_playing)
    playing = planned(new_playing, dose(reps=1, hold=20))
    playing.check_in()
    playing.screen.get_by_text("Sound and help").click()
    playing.screen.get_by_label("Silent", exact=True).check()
    playing.screen.get_by_label("15 seconds", exact=True).check()
    playing.load()
    playing.screen.get_by_text("Sound and help").click()
    assert playing.screen.get_by_label("Silent", exact=True).is_checked()
    page.evaluate(WRITTEN)
    playing.start()
    while playing.state != "get-ready":
        playing.bar()
    assert playing.screen.locator(".countdown").inner_text() in {"15", "14"}
    reach(playing, "pain")
    assert sounds(page) == []
    written = page.evaluate("written")
    assert any(text.startswith("Hold. 20 seconds") for text in written)
    assert written[-2:] == ["Half way", "Well done. Rest now."]


def test_ux_10_with_the_voice_on_the_region_is_silent_and_the_clips_follow_each_other(new_playing: Playing) -> None:
    """S29: each hold is told to keep breathing. No cue falls into the words."""
    said = ["Get ready", "5 seconds", "10 seconds", "20 seconds", "Hold", "Keep breathing", "Half way", "1", "2", "3"]
    said += ["Well done. Rest now.", "How is your pain now?"]
    page = with_audio(new_playing, clips=said, mode="voice")
    playing = planned(new_playing, dose(reps=1, hold=20))
    playing.check_in()
    playing.start()
    while playing.state != "get-ready":
        playing.bar()
    page.evaluate(WRITTEN)
    playing.wait(3)
    begun = now(page)
    reach(playing, "hold")
    page.wait_for_timeout(500)
    playing.wait(0.5)
    hold = [sound for sound in sounds(page, since=begun) if isinstance(sound["what"], str)]
    assert [sound["what"] for sound in hold] == ["Hold", "20 seconds", "Keep breathing", "Half way", "3", "2", "1"]
    gaps = [after["at"] - one["at"] for one, after in pairwise(hold)]
    assert all(gap >= 500 for gap in gaps), "one clip after the other"
    reach(playing, "pain")
    page.wait_for_timeout(500)
    assert [s["what"] for s in sounds(page) if isinstance(s["what"], str)][-2:] == said[-2:]
    assert page.evaluate("written") == []


def texts(page: Page, *, since: float = 0) -> list[str]:
    """What was said, clip by clip."""
    return [sound["what"] for sound in sounds(page, since=since) if isinstance(sound["what"], str)]


def test_the_questions_are_read_aloud_where_it_is_asked_for_and_a_button_stops_and_starts_it(
    new_playing: Playing, axe: Callable[..., None]
) -> None:
    """S15: with the words of the screen; no sound before it is asked for, and an answer ends what is being read."""
    asked = ["How is your back or neck pain now?", "How is today compared with your usual?", "Better", "The same"]
    page = with_audio(new_playing, clips=["Worse", *asked], mode="voice")
    playing = new_playing.open_short()
    read, stop = (playing.page.get_by_role("button", name=name, exact=True) for name in ("Read aloud", "Stop reading"))
    assert page.evaluate("contexts.length") == 0
    playing.answer("no")
    assert read.is_visible()
    assert texts(page) == []
    read.click()
    page.wait_for_function("sounds.length === 1")
    assert texts(page) == [asked[0]]
    axe(page)
    playing.screen.get_by_label("3", exact=True).check()
    assert texts(page) == [], "an answer ends it"
    stop.click()
    playing.go_on()
    assert playing.name == "question:limb"
    read.focus()
    page.keyboard.press("Enter")
    assert playing.name == "question:limb", "the key presses this button alone"
    assert stop.is_visible()
    playing.answer(2)
    page.wait_for_function("sounds.length === 5")
    assert texts(page) == [*asked[1:], "Worse"], "with the answers, where they are more than yes and no"
    for text in texts(page):
        assert playing.screen.get_by_text(text, exact=True).is_visible()
    stop.click()
    assert texts(page) == []
    playing.load()
    playing.answer("same")
    assert read.is_visible(), "what was chosen stays on the device"


@pytest.mark.parametrize("mode", ["beeps", "silent"])
def test_no_question_is_read_without_the_voice(new_playing: Playing, mode: str) -> None:
    page = with_audio(new_playing, clips=["How is your back or neck pain now?"], mode=mode)
    playing = new_playing.open_short()
    playing.answer("no")
    playing.wait(1)
    assert texts(page) == []
    assert not page.locator("[data-aloud]").is_visible()


def test_the_exercise_s_cue_is_said_and_shown_once_and_the_rest_shows_the_picture(
    new_playing: Playing, axe: Callable[..., None]
) -> None:
    """In the first get-ready, before three, two, one; the rest between two sets shows what comes next."""
    page = with_audio(new_playing, mode="voice")
    playing = planned(new_playing, dose(reps=1, hold=6, sets=2, rest=30))
    cue = page.evaluate("JSON.parse(document.getElementById('plan').textContent).items[0].cue")
    said = [cue, "Get ready", "10 seconds", "1", "2", "3"]
    page = with_audio(playing, clips=said, mode="voice")
    playing.load()
    playing.check_in()
    playing.start()
    while playing.state != "get-ready":
        playing.bar()
    page.wait_for_function("sounds.filter(({ what }) => typeof what === 'string').length === 5")
    assert playing.screen.get_by_text(cue, exact=True).is_visible()
    assert texts(page) == ["Get ready", cue, "3", "2", "1"]
    playing.until("pain")
    assert page.evaluate("(cue) => sounds.filter(({ what }) => what === cue).length", cue) == 1
    playing.pain(3, 2)
    assert playing.state == "between"
    picture = playing.screen.locator(".session__figure img")
    shown = page.locator(f'[data-screen^="intro:"] img[src="{picture.get_attribute("src")}"]')
    assert picture.is_visible() and shown.count()
    assert picture.evaluate("(image) => image.naturalWidth") > 0
    axe(page)
    playing.bar()
    assert playing.state == "get-ready"
    assert not playing.screen.get_by_text(cue, exact=True).is_visible()


def test_the_sound_check_helps_and_never_stands_in_the_way(new_playing: Playing, axe: Callable[..., None]) -> None:
    page = with_audio(new_playing)
    playing = new_playing.open()
    playing.check_in()
    assert playing.screen.locator("[data-do=start]").first.is_enabled()
    playing.screen.get_by_role("button", name="Try the sound").click()
    assert of(sounds(page), END[0])
    playing.screen.get_by_role("button", name="No", exact=True).click()
    assert playing.screen.get_by_text("Turn the volume up on your device.").is_visible()
    playing.screen.get_by_text("Sound and help").click()
    axe(page)
    for control in page.locator(".sound :is(button, .choice, summary)").all():
        box = control.bounding_box()
        assert box is None or box["height"] >= 48, control.inner_text()
    playing.screen.get_by_role("button", name="Yes", exact=True).click()
    playing.load()
    assert not playing.screen.get_by_role("button", name="Try the sound").is_visible()
    playing.screen.get_by_text("Sound and help").click()
    assert playing.screen.get_by_role("button", name="Try the sound").is_visible()
