"""The player in a browser: its timer, a press on Pause, what a visit fetches, and a start without a network."""

import json
import statistics
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.device import SLOWER, Live, Place, fresh, place, slow
from benchmarks.visits import print_first_visits, print_starts, print_visits
from tests.browser.segments import dose

HOLDS = 24
PARTS = 40
"""So many holds and rests are to go by without drift; those before the first one counted are none of them."""
PRESSES = 10
TIMER_GOAL_MS = 50
PRESS_GOAL_MS = 100
ENTERED = """() => {
    window.entered = [];
    document.addEventListener("step", ({ detail: { state } }) => {
        const part = /hold|relax/.test(state.name) ? state.part : 0;
        if (window.entered.at(-1)?.[0] !== state.turn) window.entered.push([state.turn, part, performance.now()]);
    });
}"""
# The same lengths by one bare timer after another, and how late each was.
BARE = """(lengths) => {
    window.late = [];
    const next = (at) => {
        const due = performance.now() + lengths[at];
        setTimeout(() => {
            window.late.push(performance.now() - due);
            if (at + 1 < lengths.length) next(at + 1);
        }, lengths[at]);
    };
    next(0);
}"""
# From the press itself to the end of the frame that shows what it did.
PRESSED = """(name) => {
    window.took = [];
    let pressed = 0;
    const shown = () => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.took.push(performance.now() - pressed);
        channel.port2.postMessage(0);
    });
    addEventListener("click", (event) => { pressed = event.timeStamp; }, { capture: true });
    document.addEventListener("step", ({ detail: { state } }) => {
        if (pressed && state.name === name && window.name !== String(state.turn)) {
            window.name = String(state.turn);
            shown();
        }
    });
}"""
# Every change of part or screen, every task of the page that took more than 50 ms, and the frames in a state.
TASKS = """(name) => {
    window.long = [];
    window.changes = [];
    window.moving = [0, 0];
    let last = null;
    const frame = (now) => {
        if (last !== null) moving = [moving[0] + 1, moving[1] + now - last];
        last = document.body.dataset.state == name ? now : null;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => list.getEntries().forEach((each) => long.push([each.startTime, each.duration])))
        .observe({ type: "longtask" });
    document.addEventListener("step", ({ detail: { state } }) => {
        if (changes.at(-1)?.[0] !== state.turn) changes.push([state.turn, state.name, performance.now()]);
    });
}"""
# The session is pressed from within the page: what finds and presses a button from outside takes tasks of its own.
# A press comes 1.3 s after the one before it at the earliest, since one that comes too soon counts for nothing.
PRESSING = """() => {
    const pressing = setInterval(() => {
        const shown = document.querySelector("section[data-screen]:not([hidden])");
        const { state } = document.body.dataset;
        if (document.body.hasAttribute("data-busy")) return;
        if (state === "finish") clearInterval(pressing);
        else if (["space", "intro", "between"].includes(state)) document.querySelector("[data-bar]").click();
        else if (shown.dataset.screen === "pain-quick") shown.querySelector("[data-do=more]").click();
        else if (state === "pain") {
            shown.querySelector("input[name=change][value=same]").click();
            shown.querySelector("input[name=spine][value='3']").click();
            shown.querySelector("input[name=limb][value='2']").click();
            shown.querySelector("button.button--big").click();
        }
    }, 1300);
}"""
BUTTON = """() => {
    document.body.innerHTML = "<button>Pause</button>";
    document.querySelector("button").addEventListener("click", ({ target }) => {
        target.textContent = target.textContent === "Pause" ? "Paused" : "Pause";
        const state = { name: "bare", turn: performance.now() };
        document.dispatchEvent(new CustomEvent("step", { detail: { state } }));
    });
}"""


def errors(entered: list[list[float]]) -> list[float]:
    """How many ms each part of the run was late against the plan, counted from the first: holds of 1 s, rests of 4.

    Part 0 is the get-ready; holds have odd numbers.
    """
    (first, begun), *run = [(int(part), at) for _, part, at in entered[1:] if part > 0]
    return [at - begun - (planned(part) - planned(first)) for part, at in run]


def planned(part: int) -> int:
    """Milliseconds from the first hold to a part."""
    holds, rests = part // 2, (part - 1) // 2
    return 1000 * holds + 4000 * rests


def press_on(page: Page, name: str) -> list[float]:
    """Presses on a bare page's button, in ms to the paint."""
    page.evaluate(PRESSED, name)
    for _ in range(PRESSES):
        page.locator("button").click()
        page.wait_for_timeout(100)
    return [float(each) for each in page.evaluate("took")]


def pauses(live: Live) -> list[float]:
    """Presses on Pause in a get-ready, each followed by Go on."""
    live.page.evaluate(PRESSED, "paused")
    for _ in range(PRESSES):
        live.bar()
        assert live.state == "paused", live.state
        live.screen.locator("[data-do=resume]").click()
        live.page.wait_for_timeout(600)  # a second press within half a second counts for nothing
        live.idle()
    return [float(each) for each in live.page.evaluate("took")]


def timers(where: Place) -> None:
    """One set of holds against bare timers that run at the same time, and before it the presses on Pause."""
    page = fresh(where)
    slow(page)
    live = Live(page, where)
    live.begin(json.dumps([dose(reps=HOLDS + 1, hold=1)]))
    bare = where.phone().new_page()
    slow(bare)
    bare.evaluate(BUTTON)
    row("press on Pause to paint", pauses(live), press_on(bare, "bare"), PRESS_GOAL_MS, "a bare button")
    page.evaluate(ENTERED)
    live.until("hold")
    bare.evaluate(BARE, [1000, 4000] * HOLDS)
    while live.state != "pain":
        live.wait(1)
    late = errors(page.evaluate("entered"))
    assert len(late) >= PARTS, f"only {len(late)} parts were counted"
    row(
        f"a part's end ({len(late)} parts)",
        [abs(each) for each in late],
        bare.evaluate("late"),
        TIMER_GOAL_MS,
        "a bare timer",
    )
    drift = statistics.median(late[-5:]) - statistics.median(late[:5])
    print(f"  drift over {len(late)} parts: {drift:.0f} ms (goal: none)")
    page.context.close()
    bare.context.close()


def tasks(where: Place) -> None:
    """Two exercises with sets, sides, holds, rests and questions: which changes were a task of more than 50 ms."""
    page = fresh(where)
    live = Live(page, where)
    live.begin(json.dumps([dose(reps=2, hold=1, sides=True), dose(reps=2, hold=0, sets=2)]))
    bare = where.phone().new_page()
    for each, state in ((page, "tempo"), (bare, None)):
        slow(each)
        each.evaluate(TASKS, state)
    bare.evaluate("setInterval(() => document.body.replaceChildren(Math.random()), 500)")
    page.evaluate(PRESSING)
    while live.state != "finish":
        page.wait_for_timeout(3000)
    changes, long = page.evaluate("[changes, long]")
    for began, took in long:
        if at := [name for _, name, when in changes if began - 20 <= when <= began + took + 20]:
            print(f"  a task of {took:.0f} ms, with {', '.join(at)}")
    most = max((took for _, took in long), default=0)
    print(f"{len(changes)} changes: {len(long)} tasks of more than 50 ms (goal: none), the longest {most:.0f} ms")
    print(f"  a bare page that changes twice a second, meanwhile: {len(bare.evaluate('long'))}")
    moved, stood = (count / (ms / 1000) for count, ms in (page.evaluate("moving"), bare.evaluate("moving")))
    print(f"frames a second: {moved:.0f} while a figure moves, {stood:.0f} of the bare page")
    bare.context.close()
    page.context.close()


def row(name: str, taken: list[float], base: list[float], goal: int, against: str) -> None:
    """One line of the table."""
    middle, other = statistics.median(taken), statistics.median(base)
    ratio = f"{middle / other:.1f} × {against}" if other >= 0.1 else f"{against}: {other:.1f}"
    print(f"{name:<28} {middle:>7.0f} {max(taken):>7.0f} {f'<= {goal}':>9}   {ratio} (at most {max(base):.0f} ms)")


def measure(folder: Path) -> None:
    """Print the tables; a session that is left in its middle gets a clinic of its own."""
    with place(folder / "timers") as where:
        print(f"\nThe player, {SLOWER} times as slow as this machine")
        print(f"{'ms':<28} {'median':>7} {'most':>7} {'goal':>9}")
        timers(where)
    with place(folder / "visits") as where:
        tasks(where)
        print_visits(where)
        print_first_visits(where)
        print_starts(where)
