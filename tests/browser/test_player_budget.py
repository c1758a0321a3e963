"""The sizes that a patient's phone has to fetch (brotli)."""

import json
import re
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from exercises.starter import load_starter
from programs.guided.document import rules_data
from programs.guided.voice import clips_of
from stenosis_pt.storage import compact

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
PLAYER = sorted((SCRIPTS / "player").glob("*.js"))
OTHERS = sorted(set(SCRIPTS.rglob("*.js")) - set(PLAYER))
STEP = "Lie on your back with both knees bent, number {n}, and draw the {n} knee gently to your chest."


def packed(text: bytes) -> int:
    """Bytes after brotli, as the server sends them."""
    return len(brotli.compress(text))


def plan(items: int) -> dict[str, Any]:
    """A plan with so many exercises that have little in common."""

    def item(prefix: str, n: int) -> dict[str, Any]:
        return {
            "id": f"{prefix}{n}", "day": "A", "slug": f"exercise-{prefix}-{n * 7919}", "name": f"Exercise {n * 7919}",
            "version": 1, "category": "strength", "start": "supine", "kind": "ordinary", "active": True,
            "standing": False, "seated_or_lying": True, "relief_position": False, "counted": True,
            "dose": {"type": "reps", "sets": 2, "reps": 6 + n, "hold_s": 5, "rest_s": 60, "per_side": True},
            "dose_words": f"2 sets of {6 + n}, hold 5 seconds, each side", "sets_allowed": 2, "cap_left": 20,
            "steps": [STEP.format(n=n * k * 31) for k in range(1, 7)], "feel": STEP.format(n=n),
            "stop": STEP.format(n=n),
            "cue": STEP.format(n=n), "note": STEP.format(n=n), "picture": f"/static/img/{n * 104729:x}.svg",
            "picture_alt": "", "rise_limit": 0, "centralising_ok": False,
        }  # fmt: skip

    clinic = {
        "name": "Riverside",
        "phone": "020",
        "out_of_hours": "021",
        "emergency": "999",
        "not_watched": "x",
        "response": "x",
    }
    return {
        "schema": 1, "session": "0" * 36, "account": "1" * 36, "kind": "full", "clinic": clinic, "zone": "UTC",
        "items": [item("A", n) for n in range(1, items + 1)], "minimum": [item("M", n) for n in range(1, 5)],
        "relief_only": [item("R", n) for n in range(1, 4)], "known_signs": [], "slow_rises": True,
        "relief": {"slug": "x", "name": "Rest", "steps": [STEP.format(n=1)], "seconds": 300, "picture": "/x.svg"},
    }  # fmt: skip


def test_ux_34_the_player_is_at_most_25_kb() -> None:
    assert PLAYER
    total = sum(packed(compact(file.read_bytes())) for file in PLAYER)
    assert total <= 25 * 1024, f"{total} bytes"


def test_ux_34_all_other_scripts_are_at_most_40_kb_together_with_htmx() -> None:
    """More than any one page fetches: no page needs them all."""
    htmx = Path(str(finders.find("django_htmx/htmx-2.min.js"))).read_bytes()
    total = packed(htmx) + sum(packed(compact(file.read_bytes())) for file in OTHERS)
    assert total <= 40 * 1024, f"{total} bytes"


def spoken_plan(items: int) -> dict[str, Any]:
    """The same with the words of exercises that were recorded, each of them another one."""
    made = plan(items)
    exercises = iter(load_starter().exercises[::5])
    for item in (*made["items"], *made["minimum"], *made["relief_only"]):
        exercise = next(exercises)
        item |= {"name": exercise.name, "steps": list(exercise.steps), "cue": exercise.voice_cue}
    return made


def test_ux_34_the_session_document_is_at_most_20_kb_with_eight_exercises() -> None:
    status = {"state": "minted", "locked": False, "events_url": "/sessions/x/events/", "events": []}
    made = spoken_plan(8)
    clips = clips_of(made)
    context = {"plan": made, "clips": clips, "status": status, "rules": rules_data()}
    html = render_to_string("programs/guided/session.html", {**context, "today_url": "/today/", "log_url": "/log/"})
    assert json.dumps(made["items"][0]["name"])[1:-1] in html
    assert made["items"][0]["steps"][0] in clips
    assert packed(html.encode()) <= 20 * 1024, f"{packed(html.encode())} bytes"


def test_ux_34_the_styles_of_the_session_document_are_at_most_15_kb() -> None:
    status = {"state": "minted", "locked": False, "events_url": "/sessions/x/events/", "events": []}
    html = render_to_string(
        "programs/guided/session.html",
        {"plan": plan(1), "status": status, "rules": rules_data(), "today_url": "/today/", "log_url": "/log/"},
    )
    sheets = {ROOT / "static" / "css" / name for name in re.findall(r"css/([\w.-]+?)(?:\.[0-9a-f]{12})?\.css", html)}
    files = [sheet.with_name(f"{sheet.name}.css") for sheet in sheets]
    assert {"base.css", "patient.css", "player.css"} <= {file.name for file in files}
    total = sum(packed(compact(file.read_bytes())) for file in files)
    assert total <= 15 * 1024, f"{total} bytes"


def test_imports_are_relative_and_double_quoted_so_that_their_names_are_hashed() -> None:
    for file in [*PLAYER, *OTHERS]:
        for line in file.read_text().splitlines():
            if line.startswith(("import ", "} from ")):
                assert 'from "./' in line or 'from "../' in line or line.rstrip().endswith("{"), f"{file.name}: {line}"
