"""The screen stays on while a session runs, where the device lets it; where it does not, a tip says so."""

from tests.browser.playing import Playing
from tests.browser.segments import SHOWN, begin, dose, reach

COUNTED = """
window.asked = [];
window.freed = 0;
const request = async (kind) => {
    window.asked.push(kind);
    if (window.refuses) throw new DOMException("no", "NotAllowedError");
    const lock = { released: false, addEventListener() {}, removeEventListener() {} };
    lock.release = async () => {
        window.freed += lock.released ? 0 : 1;
        lock.released = true;
    };
    document.addEventListener("visibilitychange", () => (lock.released ||= document.hidden)); // as a browser does
    return lock;
};
Object.defineProperty(navigator, "wakeLock", { value: { request } });
"""
TIP = "Your screen may turn off by itself"


def counts(playing: Playing) -> tuple[int, int]:
    """How often the screen was asked to stay on, and how often it was let go."""
    asked, freed = playing.page.evaluate("[asked.length, freed]")
    return asked, freed


def settings_of(playing: Playing) -> None:
    """Open the settings on the page of the pause."""
    playing.screen.locator("details", has_text="Sound and help").locator("summary").first.click()


def test_ux_07_the_screen_is_kept_on_from_start_to_end(new_playing: Playing) -> None:
    """Once on Start, again on each return into sight, not in a long pause, let go at the end and on leaving."""
    page = new_playing.page
    page.add_init_script(COUNTED)
    playing = begin(new_playing, dose(reps=1, hold=20))
    assert counts(playing) == (1, 0)
    reach(playing, "hold")
    assert counts(playing) == (1, 0)
    for times in (2, 3):
        page.evaluate(SHOWN, False)
        page.evaluate(SHOWN, True)
        playing.wait(0.1)
        assert counts(playing) == (times, 0)
    playing.bar()
    settings_of(playing)
    assert playing.screen.get_by_text(TIP).count() == 1
    assert playing.screen.get_by_text(TIP).is_hidden()
    playing.wait(125)
    assert counts(playing) == (3, 1), "a pause of two minutes lets the screen turn off"
    playing.press("resume")
    assert playing.state == "pain"
    assert counts(playing) == (4, 1)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert counts(playing) == (4, 2), "left"
    playing.pain(3, 2)
    reach(playing, "pain")
    assert counts(playing) == (5, 2)
    playing.pain(3, 2)
    for name in ("spine", "limb", "effort"):
        playing.screen.locator(f"input[name={name}][value='2']").check()
    playing.go_on()
    assert playing.state == "done"
    assert counts(playing) == (5, 3), "finished"
    assert set(page.evaluate("asked")) == {"screen"}


def test_ux_07_a_device_that_refuses_gets_the_tip_and_the_session_goes_on(new_playing: Playing) -> None:
    new_playing.page.add_init_script(COUNTED + "window.refuses = true;")
    playing = begin(new_playing, dose(reps=1, hold=5))
    reach(playing, "hold")
    playing.bar()
    settings_of(playing)
    assert playing.screen.get_by_text(TIP).is_visible()
    playing.press("resume")
    reach(playing, "pain")
    assert counts(playing)[0] >= 1
