"""The player and the server tell the same session alike: random sessions played by the one, replayed by the other."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from programs.rules.safety import player_data
from programs.rules.session import fold, validate_event
from tests.js.test_units import node
from tests.programs.rules.session_log import item, make_plan

SCRIPT = Path(__file__).parents[2] / "js" / "traces.mjs"
COUNT = 20_000
ENDS = {"done": "finished", "over": "ended", "ended": "ended", "closed": "closed", "no-session": "refused"}
OTHER_STATES = {"question", "outcome"}
"""The player's states that the replay knows by their locks alone, or has not heard of yet."""
INTERVAL_LIMITS, INTERVAL_MIN_S = 3, 30
"""X11: at the third limit, or under this many seconds, a walk is done."""
YESTERDAY = {"hours_ago": 24, "baseline_spine": 3, "baseline_limb": 2}


def plans() -> list[dict[str, Any]]:
    """Ordinary entries and walks, with and without allowances, after a session and after none, with a full screen; the
    kinds with less in them, a plan that was made before the last session counts, and the questions about falls."""
    allowed = [item("A1", rise_limit=1), item("A2", centralising_ok=True), item("A3", rise_limit=2), item("A4")]
    kinds: list[dict[str, Any]] = [
        {}, {"last_session": YESTERDAY}, {"ask_sugar": True, "full_screen_due": True}, {"items": allowed},
        {"kind": "minimum"}, {"kind": "relief", "items": [item("R2", category="passive")]},
        {"last_session": {**YESTERDAY, "hours_ago": 19.95}},
        {"fall_questions_due": True, "items": [item("A1"), item("A2", not_with_fall_risk=True), item("A3")]},
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
    if said["name"] not in OTHER_STATES:
        running = "started" if said["started"] else "checked-in"
        both["state"] = (ENDS.get(said["name"], running), found.state)
    if said["name"] != "question":
        levels = {lock.level for lock in found.locks if lock.scope == "all"}
        both["lock"] = ((said["outcome"] or {}).get("level", ""), next((one for one in "ETH" if one in levels), ""))
    if said["started"]:
        both["baseline"] = (tuple(said["baseline"].values()), (found.baseline_spine, found.baseline_limb))
        both["restrictions"] = (said["restrictions"], list(found.restrictions))
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
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def test_s15_s34_the_server_replays_what_the_player_played(played: Path) -> None:
    """S15-S22, S24, S25, S33, X9, X14, X17: stops, ends, locks, limits, baseline, restrictions."""
    wrong = [(found, trace) for plan, trace in traces(played) if (found := differences(plan, trace))]
    assert wrong == [], f"{len(wrong)} of {COUNT}, the first: {wrong[0]}"


def test_the_sessions_meet_every_kind_of_thing(played: Path) -> None:
    """Every threshold at -1, 0, +1 and +2; missing scores; several stops; spread with a lower number; moved clocks."""
    seen: Counter[str] = Counter()
    for _plan, trace in traces(played):
        seen["session"] += 1
        base = trace["state"]["baseline"]
        seen.update({f"state {trace['state']['name']}", f"stops {trace['state']['stops']}"})
        jumps = [datetime.fromisoformat(each["at"]).timestamp() * 1000 - each["mono"] for each in trace["events"]]
        if jumps and max(jumps) - min(jumps) > 30_000:
            seen["a moved clock"] += 1
        for event in trace["events"]:
            seen[event["kind"]] += 1
            if event["kind"] not in {"pain", "rest-check"} or not base:
                continue
            given = event["payload"]
            rises = [None if given[part] is None else given[part] - base[part] for part in ("spine", "limb")]
            seen.update(f"{event['kind']} {rise}" for rise in rises)
            told = [rise for rise in rises if rise is not None]
            if given["spread"] and len(told) == 2 and max(told) < 0:
                seen["spread with lower numbers"] += 1
            if given.get("quick"):
                seen["the same or less"] += 1
            if given["replaces"]:
                seen["a correction"] += 1
    assert seen["session"] == COUNT
    wanted = {
        *(f"{kind} {rise}" for kind in ("pain", "rest-check") for rise in (-1, 0, 1, 2)), "pain None",
        "stops 1", "a moved clock", "spread with lower numbers", "a correction", "the same or less", "interval",
        "fall-check", "screen", "skipped", "relief", "eased", *(f"state {name}" for name in (*ENDS, "outcome")),
    } - {"state ended"}  # fmt: skip
    assert wanted <= set(seen), wanted - set(seen)
