"""The player and the server tell the same session alike: random sessions played by the one, replayed by the other."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from programs.rules.events import every_item
from programs.rules.limits_in_session import RESUME_WITHIN_S
from programs.rules.safety import player_data
from programs.rules.session import fold, validate_event
from tests.js.test_units import node
from tests.programs.rules.session_log import item, make_plan

SCRIPT = Path(__file__).parents[2] / "js" / "traces.mjs"
COUNT = 20_000
ENDS = {"done": "finished", "over": "ended", "ended": "ended", "closed": "closed", "no-session": "refused"}
LEVELS = ("E", "T", "H", "")
"""Of a lock, the gravest first (X7); none last."""
OTHER_STATES = {"question", "outcome"}
"""The player's states that the replay knows by their locks alone, or has not heard of yet."""
NO_START = {"check-in-old", "midnight", "nothing-left"}
"""Why the player lets no session start, of which the clinic learns nothing (X5, X18)."""
INTERVAL_LIMITS, INTERVAL_MIN_S = 3, 30
"""X11: at the third limit, or under this many seconds, a walk is done."""
PARTS = ("spine", "limb")
ENDING_ROWS = (*(f"T{number}" for number in (1, 2, 3, 4, 5, 7, 8, 9, 12, 15)), "U1", "U2", "U3", "U9", "X5", "X9")
"""T12 and T15: the second stop."""
AROUND = (-1, 0, 1, 2)
"""Of a limit, in its own unit."""
HIGH, CEILING, SYSTOLIC, DIASTOLIC, EMERGENCY = 7, 5, 180, 110, 120
"""T7, U3, C9; X15; S11."""
WAITS = {
    "pain": (120, 600), "rest-ask": (120, 600), "rest stop": (120, 300), "rest interval": (60, 300), "stopped": (60,),
    "ended": (60,), "paused": (120, 1800), "idle": (120, 1800), "away": (3, 120, 1800), "unseen": (120,),
    "offer": (7200,), "group": (300,), "fall": (300,),
}  # fmt: skip
"""X5, X9, X10, X17, S21: seconds that run in the player's states."""
CLOCKS_SET_BY_S = (-10800, -3600, -240, -60, -1, 1, 60, 180, 1200, 3600, 18000, 43199, 43200, 43201, 43202, 46800)
"""X3: clocks that somebody set, back and forward."""
YESTERDAY = {"hours_ago": 24, "baseline_spine": 3, "baseline_limb": 2}


def plans() -> list[dict[str, Any]]:
    """Ordinary entries and walks, with and without allowances, after a session and after none, with a full screen; the
    kinds with less in them, a plan that was made before the last session counts, and the questions about falls. And one
    for each limit that the others do not come near."""
    allowed = [item("A1", rise_limit=1), item("A2", centralising_ok=True), item("A3", rise_limit=2), item("A4")]
    minutes = {"type": "minutes", "work_s": None, "rest_s": 0}
    walk: dict[str, Any] = {"kind": "walk", "category": "aerobic", "start": "standing", "seated_or_lying": False}
    walks = [
        item("W1", **walk, dose={**minutes, "minutes": 10, "work_s": 60, "rest_s": 30}),
        item("W2", **walk, dose={**minutes, "minutes": 8, "work_s": 45, "rest_s": 30}),
        *(item(f"W{number}", **walk, dose={**minutes, "minutes": 4}) for number in (3, 4, 5)),
    ]
    long = [item(f"L{number}", category="relief", dose={**minutes, "minutes": number}) for number in (6, 5, 7, 4)]
    kinds: list[dict[str, Any]] = [
        {}, {"last_session": YESTERDAY}, {"ask_sugar": True, "full_screen_due": True}, {"items": allowed},
        {"kind": "minimum"}, {"kind": "relief", "items": [item("R2", category="passive")]},
        {"fall_questions_due": True, "items": [item("A1"), item("A2", not_with_fall_risk=True), item("A3")]},
        {"ask_pressure": True}, {"ask_pressure": True, "full_screen_due": True},
        {"usual": {"spine": 3.5, "limb": 1.5}}, {"usual": {"spine": 6, "limb": 6}},
        {"usual": {"spine": 5, "limb": 4}, "items": allowed[2::-2]}, {"items": walks}, {"items": long},
        {"items": [item("A1"), item("B1", slug="A1"), item("A2"), item("B2", slug="A2")]},
        {"minted_at": "2026-11-23T23:40:00+00:00"},
        *({"last_session": {**YESTERDAY, "hours_ago": hours - 0.125}, "answered_after_s": 450} for hours in (20, 72)),
    ]  # fmt: skip
    return [_whole(make_plan(**kind)) for kind in kinds]


def _whole(plan: dict[str, Any]) -> dict[str, Any]:
    """With what only the player reads."""
    for entry in (*plan["items"], *plan["minimum"], *plan["relief_only"]):
        more = {"sets_allowed": 9, "standing": entry["start"] == "standing", "steps": [], "name": entry["slug"]}
        entry.update({"counted": True, "active": True, "relief_position": False, **more})
        entry["dose"] = {"rest_s": 30, "per_side": False, "hold_s": 0, **entry["dose"]}
    ids = {"session": "s", "account": "a", "zone": "Etc/UTC", "local_date": "2026-11-23"}
    return {**plan, **ids, "waits": False, "walk_allowed": True, "known_signs": []}


type Trace = tuple[dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of all sessions that were played, one a line; one process for all."""
    folder = tmp_path_factory.mktemp("traces")
    cases, found = folder / "cases.json", folder / "traces.jsonl"
    cases.write_text(json.dumps({"data": player_data(), "plans": plans(), "count": COUNT, "seed": 5}))
    with found.open("w") as out:
        done = subprocess.run(
            [node(), str(SCRIPT), str(cases)], stdout=out, stderr=subprocess.PIPE, text=True, timeout=900, check=False
        )
    assert done.returncode == 0, done.stderr
    return found


def traces(played: Path) -> Iterator[Trace]:
    """Each session with its plan."""
    of = plans()
    with played.open() as lines:
        for line in lines:
            trace = json.loads(line)
            yield of[trace["plan"]], trace


def differences(plan: dict[str, Any], trace: dict[str, Any]) -> dict[str, Any]:
    """What the server's replay says otherwise than the player: facts by name, as (player, server)."""
    events, said = trace["events"], trace["state"]
    for event in events:
        validate_event(plan, event["kind"], event["payload"])
    found = fold(plan, events, now=datetime.fromtimestamp(trace["wall"] / 1000, UTC), close_quiet=False)
    both: dict[str, tuple[Any, Any]] = {
        "stops": (said["stops"], found.stops),
        "limits": (said["limits"], found.limits),
    }
    if not said["started"] and (said["end"] or {}).get("why") in NO_START:
        both["state"] = (False, found.state not in {"minted", "checked-in"})
    elif said["name"] not in OTHER_STATES:
        running = "started" if said["started"] else "checked-in"
        both["state"] = (ENDS.get(said["name"], running), found.state)
    if said["name"] != "question":
        levels = {lock.level for lock in found.locks if lock.scope == "all"}
        both["lock"] = ((said["outcome"] or {}).get("level", ""), next((one for one in "ETH" if one in levels), ""))
    if said["started"]:
        both["baseline"] = (tuple(said["baseline"].values()), (found.baseline_spine, found.baseline_limb))
        both["restrictions"] = (said["restrictions"], list(found.restrictions))
        both["row"] = (said["row"], found.row)
        both["kind"] = (said["kind"], found.kind)
    rested = [each for each in events if each["kind"] in {"pain", "rest-check"}]
    if rested and rested[-1]["payload"].get("from") == "interval" and said["limits"] < INTERVAL_LIMITS:
        planned = rested[-1]["payload"]["next_interval_s"]
        both["next interval"] = (planned if planned >= INTERVAL_MIN_S else None, found.next_interval_s)
    made = [dict(each["payload"]) for each in events if each["kind"] == "eased"]
    both["eased"] = ({each.pop("item"): each for each in made}, dict(found.eased))
    # The entry in which a session ends is off as well, which the player need not tell any more.
    off = set(found.off_today) if found.state == "started" else set(found.off_today) & set(said["off"])
    both["off"] = (set(said["off"]), off)
    if longest_silence(events) > RESUME_WITHIN_S or (said["name"] in {"closed", "over"} and said["correcting"]):
        both = _no_more_than_the_player(both)
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def longest_silence(events: list[dict[str, Any]]) -> float:
    """Seconds between two events that count, by the clock that says more. The player may have been looked at since."""
    gone = {each["payload"].get("replaces") for each in events}
    clocks = [
        (datetime.fromisoformat(each["at"]).timestamp(), each["mono"] / 1000)
        for each in events
        if each["id"] not in gone
    ]
    steps = (max(b - a for a, b in zip(one, other, strict=True)) for one, other in pairwise(clocks))
    return max(steps, default=0)


def _no_more_than_the_player(both: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """X5: half an hour without an event closes the session for the clinic, whatever the player saw of that time; and a
    correction that was begun and never given leaves the first answer. The clinic may then go on with less than the
    player, and never with more: what hurt is off in both, and what locks here locks there at least as gravely (X17: a
    sign's questions may have waited too long by one clock alone)."""
    said, found = both.get("state", ("", ""))
    off, also_off = both["off"]
    level, also_level = both.get("lock", ("", ""))
    return {
        "state": (True, said == found or found in {"closed", "ended"}),
        "off": (True, off <= also_off),
        "lock": (True, LEVELS.index(also_level) <= LEVELS.index(level)),
    }


def test_s15_s34_the_server_replays_what_the_player_played(played: Path) -> None:
    """S15-S22, S24, S25, S33, X9, X14, X17: stops, ends, locks, limits, baseline, restrictions."""
    wrong = [(found, trace) for plan, trace in traces(played) if (found := differences(plan, trace))]
    assert wrong == [], f"{len(wrong)} of {COUNT}, the first: {wrong[0]}"


def test_the_sessions_meet_every_kind_of_thing(played: Path) -> None:
    """Every threshold at -1, 0, +1 and +2; missing scores; several stops; spread with a lower number; moved clocks."""
    seen = counted(played)
    assert seen["session"] == COUNT
    assert seen["an entry after its stop"] == 0
    missing = sorted(name for name in wanted() if not seen[name])
    assert missing == []


def counted(played: Path) -> Counter[str]:
    """How often the sessions met what."""
    seen: Counter[str] = Counter()
    for plan, trace in traces(played):
        seen["session"] += 1
        said = trace["state"]
        seen.update([f"state {said['name']}", f"stops {said['stops']}", f"limits {said['limits']}", *trace["met"]])
        seen.update(_stopped(plan, trace))
        for event in trace["events"]:
            seen[event["kind"]] += 1
            if event["kind"] in {"pain", "rest-check"}:
                seen.update(_pain(plan, event, said["baseline"]))
            elif event["kind"] == "check-in":
                seen.update(_check_in(plan, event))
            elif event["kind"] == "interval" and event["payload"]["first_symptom_s"] is not None:
                seen[f"first symptom {event['payload']['first_symptom_s']}"] += 1
            elif event["kind"] == "ended":
                seen[f"row {event['payload']['row']}"] += 1
            elif event["kind"] == "finished":
                seen[f"finished without {[part for part in PARTS if event['payload'][part] is None]}"] += 1
    return seen


def _pain(plan: dict[str, Any], event: dict[str, Any], base: dict[str, int]) -> Iterator[str]:
    kind, given = event["kind"], event["payload"]
    entry = next(each for each in every_item(plan) if each["id"] == given["item"])
    rises = {part: None if given[part] is None else given[part] - base[part] for part in PARTS}
    for part in PARTS:
        yield f"{kind} {part} rise {rises[part]}"
        yield f"{kind} {part} {given[part]}"
        if kind == "pain":
            yield f"{entry['kind']} {part} rise {rises[part]}"
    spine, told = rises["spine"], [rise for rise in rises.values() if rise is not None]
    if kind == "pain" and entry["rise_limit"] and spine is not None:
        yield f"limit {entry['rise_limit']} rise {spine}"
        if 1 <= spine <= entry["rise_limit"]:
            yield f"allowed at {given['spine']}"
    if kind == "pain" and spine == 1:
        yield f"inward by {rises['limb']}"
    if given["spread"] and len(told) == len(PARTS) and max(told) < 0:
        yield f"{kind} spread with lower numbers"
    if given.get("quick"):
        yield "the same or less"
    if given["replaces"]:
        yield f"{kind} corrected"
    if given.get("next_interval_s") is not None:
        yield f"next interval {given['next_interval_s']}"


def _check_in(plan: dict[str, Any], event: dict[str, Any]) -> Iterator[str]:
    given, last = event["payload"], plan["last_session"]
    for part in PARTS:
        yield f"check-in {part} {given[part]}"
        yield f"above usual {part} {given[part] - plan['usual'][part]}"
    if last:
        since = datetime.fromisoformat(event["at"]) - datetime.fromisoformat(plan["minted_at"])
        hours = last["hours_ago"] + since.total_seconds() / 3600
        yield f"last {given['last']}"
        yield f"hours {hours:.6f}"
        if 20 <= hours <= 72:
            yield f"up24 {max(given[part] - last[f'baseline_{part}'] for part in PARTS)}"
    if plan.get("ask_pressure"):
        yield f"pressure {given['pressure']}"


def _stopped(plan: dict[str, Any], trace: dict[str, Any]) -> Iterator[str]:
    """Several stops: of two exercises, of one, and of one that comes twice in the plan."""
    slug = {each["id"]: each["slug"] for each in every_item(plan)}
    pressed = Counter(
        each["payload"]["item"]
        for each in trace["events"]
        if each["kind"] == "pain" and each["payload"]["source"] == "stop-button" and not each["payload"]["replaces"]
    )
    if len(pressed) > 1:
        yield "two exercises hurt"
    if max(pressed.values(), default=0) > 1:
        yield "one exercise hurt twice"
    stopped: set[str] = set()
    for event in trace["events"]:
        name = event["payload"].get("item")
        if event["kind"] == "rest-check" and event["payload"]["from"] == "stop":
            stopped.add(name)
        elif event["kind"] == "set-done" and slug[name] in {slug[each] for each in stopped}:
            yield "an entry after its stop"
    listed = Counter(each["slug"] for each in plan["items"])
    if trace["state"]["name"] == "done" and any(listed[slug[name]] > 1 for name in stopped):
        yield "an exercise that comes twice was stopped"


def wanted() -> set[str]:
    """What they have to meet: each limit of tables T, U, C and of the interval, a step before it and up to two beyond.

    After the second stop there is no further one (T15), and the times of table N are those of C's ``up24``."""
    found = {f"{name} {limit} {step}" for name, limits in WAITS.items() for limit in limits for step in AROUND}
    found -= {"stopped 60 1", "stopped 60 2"}  # the rest has begun by itself (S21)
    found |= {f"clock {by}" for by in CLOCKS_SET_BY_S}
    for part in PARTS:
        found |= {f"{kind} {part} {HIGH + step}" for kind in ("pain", "rest-check", "check-in") for step in AROUND}
        found |= {f"{kind} {part} rise {rise}" for kind in ("pain", "rest-check") for rise in (-2, -1, 0, 1, 2, 3, 4)}
        found |= {f"{kind} {part} rise {rise}" for kind in ("ordinary", "walk") for rise in (0, 1, 2, 3, 4)}
        found |= {f"{kind} {part} None" for kind in ("pain", "rest-check")}
        found |= {f"above usual {part} {rise}" for rise in (1, 2, 3, 4, 1.5, 2.5)}
        found.add(f"finished without {[part]}")
    found |= {f"limit {limit} rise {limit + step}" for limit in (1, 2) for step in AROUND}
    found |= {f"allowed at {CEILING + step}" for step in AROUND} | {f"inward by {-1 + step}" for step in AROUND}
    found |= {f"next interval {INTERVAL_MIN_S + 5 * step}" for step in AROUND}
    found |= {f"first symptom {limit + step}" for limit in (INTERVAL_MIN_S, 45) for step in AROUND}
    found |= {f"limits {INTERVAL_LIMITS + step}" for step in AROUND}
    found |= {f"hours {limit + step / 3600:.6f}" for limit in (20, 72) for step in AROUND}
    found |= {f"up24 {2 + step}" for step in AROUND}
    found |= {f"last {word}" for word in ("same", "bit-worse-back", "bit-worse-not-back", "clearly-worse", "spread")}
    found |= {f"pressure {[SYSTOLIC + step, 80]}" for step in AROUND} | {"pressure None"}
    found |= {f"pressure {[130, limit + step]}" for limit in (DIASTOLIC, EMERGENCY) for step in AROUND}
    found |= {f"row {row}" for row in ENDING_ROWS} | {f"stops {number}" for number in (0, 1)}
    return found | {
        "two exercises hurt", "one exercise hurt twice", "an exercise that comes twice was stopped", "the same or less",
        "pain spread with lower numbers", "rest-check spread with lower numbers", "pain corrected",
        "rest-check corrected", "interval", "fall-check", "screen", "skipped", "relief", "eased", "paused", "resumed",
        *(f"state {name}" for name in (*ENDS, "outcome")),
    } - {"state ended"}  # fmt: skip
