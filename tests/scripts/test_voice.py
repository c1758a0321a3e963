"""The recorded voice: each spoken text has its clip, each clip its text, and `make voice` keeps it so. No network."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from exercises.starter import load_starter
from scripts import voice, voice_words
from scripts.voice_words import Spoken

MADE = voice.read_manifest()
CLIPS: list[dict[str, Any]] = MADE["clips"]
LICENCE = voice.FOLDER.parent / "LICENCE.md"
FRAME = 1152 // 2
"""Samples of a frame of MPEG 2, layer III."""


def test_every_text_that_is_spoken_has_its_clip() -> None:
    """S29 and the words of the stops among them; a text that was changed anywhere is a text without a clip."""
    missing = [said.text for said in voice_words.vocabulary() if said.text not in {clip["text"] for clip in CLIPS}]
    assert not missing, f"run `make voice`: no clip says {missing}"


def test_no_clip_says_what_nobody_says_any_more() -> None:
    said = {said.text: said.kind for said in voice_words.vocabulary()}
    assert {clip["text"]: clip["kind"] for clip in CLIPS} == said, "run `make voice`"


def test_every_clip_was_made_from_its_text_by_this_voice_in_these_settings() -> None:
    made = voice.made_with()
    assert {key: MADE[key] for key in made} == made, "run `make voice`"
    wrong = [clip["text"] for clip in CLIPS if clip["file"] != voice.file_name(clip["text"], made)]
    assert not wrong, f"run `make voice`: {wrong}"


def test_name_steps_and_cue_of_every_exercise_of_the_catalogue_are_spoken() -> None:
    texts = {clip["text"] for clip in CLIPS}
    exercises = load_starter().exercises
    assert len(exercises) == 85
    for exercise in exercises:
        assert {exercise.name, *exercise.steps, exercise.voice_cue} <= texts, f"run `make voice`: {exercise.slug}"


@pytest.mark.parametrize(
    "text",
    [
        "Get ready", "Hold", "Keep breathing", "Half way", "10 seconds left", "Change sides", "Left side", "Right side",
        "Let go and rest", "Last one", "Well done. Rest now.", "How is your pain now?", "3", "2", "1",
        "Let's stop this one here.", "You did the right thing.", "Your pain has gone up. We will rest and check again.",
        "Please call 112 now.", "Please phone your clinic today.", "We stop for today", "Can you hear this?",
        "Exercise is paused until your therapist has checked.", "You feel sick. Your body needs rest today.",
    ],
)  # fmt: skip
def test_the_fixed_words_are_recorded(text: str) -> None:
    """S17-S24, S29, S31."""
    assert text in {clip["text"] for clip in CLIPS}


def test_every_length_of_a_hold_in_the_catalogue_is_spoken() -> None:
    """And of a stretch of two minutes at most; longer ones are on the screen as minutes."""
    texts = {clip["text"] for clip in CLIPS}
    doses = [dose for exercise in load_starter().exercises for dose in exercise.doses.values()]
    lengths = {dose.hold_seconds or dose.work_seconds for dose in doses} - {None, 0} - {180, 300}
    assert lengths >= {2, 5, 10, 15, 20, 30, 60, 120}
    assert {f"{seconds} seconds" for seconds in lengths} <= texts


def test_every_file_is_in_the_list_and_every_clip_is_a_file() -> None:
    files = {file.name: file.stat().st_size for file in voice.FOLDER.glob("*") if file != voice.MANIFEST}
    assert files == {clip["file"]: clip["bytes"] for clip in CLIPS}, "run `make voice`"


def test_every_clip_is_one_unbroken_mono_mp3_from_its_first_byte() -> None:
    for clip in CLIPS:
        data = (voice.FOLDER / clip["file"]).read_bytes()
        frames = frames_of(data)
        seconds = frames * FRAME / voice.SETTINGS["rate"]
        assert clip["seconds"] <= seconds <= clip["seconds"] + 0.2, clip["file"]


def frames_of(data: bytes) -> int:
    """How many frames of MPEG 2 layer III, 24 kbit/s, 22.05 kHz, mono, fill the data to its last byte."""
    at = frames = 0
    while at < len(data):
        head = int.from_bytes(data[at : at + 4])
        assert head >> 17 == 0xFFF3 >> 1, "MPEG 2, layer III"
        assert head >> 12 & 15 == 3, "24 kbit/s"
        assert head >> 10 & 3 == 0, "22.05 kHz"
        assert head >> 6 & 3 == 3, "mono"
        at += 72 * 24000 // 22050 + (head >> 9 & 1)
        frames += 1
    assert at == len(data), "the last frame is whole"
    return frames


def test_a_short_cue_is_5_kb_at_most_and_all_clips_together_8_mb() -> None:
    sizes = [clip["bytes"] for clip in CLIPS if clip["kind"] in {"cue", "number", "seconds"}]
    assert len(sizes) > 100
    assert median(sizes) <= 5 * 1024
    assert sum(clip["bytes"] for clip in CLIPS) <= 8 * 1024 * 1024


def test_the_voice_speaks_at_a_pace_that_older_people_can_follow() -> None:
    """At most 180 words a minute, the usual pace of talking."""
    paces = [len(clip["text"].split()) * 60 / clip["seconds"] for clip in CLIPS if len(clip["text"].split()) > 4]
    assert median(paces) <= 180


def test_origin_and_licence_are_recorded() -> None:
    words = LICENCE.read_text()
    for tool in ("engine", "voice", "encoder"):
        assert f"`{MADE[tool]['package']}` {MADE[tool]['version']}" in words
    assert "CC0" in MADE["voice"]["licence"]
    assert "License: CC0" in words


def test_the_tools_are_locked_by_hash_and_name_no_host() -> None:
    lock = voice.LOCK.read_text()
    for tool in ("engine", "voice", "encoder"):
        assert re.search(rf"^{MADE[tool]['package']}=={MADE[tool]['version']} ", lock, re.MULTILINE)
    assert "--hash=sha256:" in lock
    assert "http" not in lock


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hold", "Hold."),
        ("10", "10."),
        ("Can you hear this?", "Can you hear this?"),
        ("Please call 112 now.", "Please call 1, 1, 2 now."),
        ("Very unwell? Call 999.", "Very unwell? Call 9, 9, 9."),
        ("16 seconds", "six-teen seconds."),
        ("60 seconds", "60 seconds."),
        ("Pain in BOTH legs?", "Pain in both legs?"),
        ("Press “Go on now” when you are ready.", "Press Go on now when you are ready."),
    ],
)
def test_texts_are_read_as_a_person_would_say_them(text: str, said: str) -> None:
    assert voice.say(text) == said


class Workshop:
    """A folder of clips with a recorder that only counts."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.recorded: list[str] = []
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(voice, "FOLDER", folder)
        monkeypatch.setattr(voice, "MANIFEST", folder / "manifest.json")
        monkeypatch.setattr(voice, "record", self.record)

    def record(self, missing: Mapping[str, str]) -> list[dict[str, Any]]:
        self.recorded += missing
        for name in missing.values():
            (self.folder / name).write_bytes(hashlib.sha256(name.encode()).digest())
        return [{"file": name, "bytes": 32, "seconds": 0.5} for name in missing.values()]

    def make(self, *texts: str, check: bool = False) -> None:
        self.monkeypatch.setattr(voice, "vocabulary", lambda: tuple(Spoken(text, "cue") for text in texts))
        self.monkeypatch.setattr("sys.argv", ["voice", *(["--check"] if check else [])])
        voice.main()


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(tmp_path, monkeypatch)


def test_only_what_has_no_clip_is_recorded(workshop: Workshop) -> None:
    workshop.make("Hold", "Rest")
    workshop.make("Hold", "Rest", "Walk")
    assert workshop.recorded == ["Hold", "Rest", "Walk"]


def test_a_changed_text_is_recorded_and_its_old_clip_deleted(workshop: Workshop) -> None:
    workshop.make("Hold", "Rest")
    workshop.make("Hold on", "Rest")
    assert workshop.recorded == ["Hold", "Rest", "Hold on"]
    clips = json.loads(voice.MANIFEST.read_text())["clips"]
    assert [clip["text"] for clip in clips] == ["Hold on", "Rest"]
    assert {file.name for file in workshop.folder.glob("*.mp3")} == {clip["file"] for clip in clips}


def test_a_lost_file_is_recorded_again(workshop: Workshop) -> None:
    workshop.make("Hold")
    next(workshop.folder.glob("*.mp3")).unlink()
    workshop.make("Hold")
    assert workshop.recorded == ["Hold", "Hold"]


def test_the_check_names_what_is_missing_and_changes_nothing(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    workshop.make("Hold")
    with pytest.raises(SystemExit, match="make voice"):
        workshop.make("Hold on", check=True)
    told = capsys.readouterr().out
    assert "no clip: Hold on" in told
    assert "not used: say-" in told
    assert workshop.recorded == ["Hold"]
    workshop.make("Hold", check=True)
    assert "Every text has its clip." in capsys.readouterr().out


def test_the_screens_that_are_recorded_are_those_that_the_player_speaks() -> None:
    script = (voice.ROOT / "static" / "js" / "sound" / "words.js").read_text()
    lists = "".join(line_of(script, f"const {name} = ") for name in ("WHOLE", "HEADING"))
    states = set(re.findall(r'"([\w-]+)"', lists))
    shown = {"relief": "rest-position", "resting": "rest-position"}
    assert {shown.get(state, state) for state in states} | {"pain-quick"} == voice_words.SCREENS


def line_of(script: str, start: str) -> str:
    """The rest of the one line that begins so."""
    return next(line for line in script.splitlines() if line.startswith(start))


def test_the_screens_are_read_without_buttons_links_hints_and_mistakes() -> None:
    parser = voice_words.Screens()
    parser.feed(
        '<section data-screen="done"><h1>Rest&nbsp;now</h1><p>Sit. <a href="/">Go</a></p><p class="hint">small</p>'
        '<p class="error" data-error-for="x">Choose</p><div><button>Press</button></div><p><span>You did</span> 7</p>'
        '</section><section data-screen="offer:start"><h1>Start</h1></section><p>outside</p>'
        '<section data-screen="outcome:E"><h1>Call</h1></section>'
    )
    assert [said.text for said in parser.found] == ["Rest now", "Sit.", "You did", "7", "Call"]


def test_a_question_is_read_with_its_hint_and_with_answers_that_are_more_than_yes_and_no() -> None:
    parser = voice_words.Screens()
    answer = '<label><input value="{}"><span class="choice__text">{}</span></label>'
    parser.feed(
        '<section data-screen="question:q1"><legend><h1>New?</h1></legend><p class="hint">A fall.</p>'
        + answer.format("no", "No")
        + answer.format("not-sure", "Not sure")
        + '</section><section data-screen="question:q3"><legend><h1>How is it?</h1></legend>'
        + answer.format("better", "Better")
        + '</section><section data-screen="finish"><h1>The end</h1><legend>How hard?</legend><p>0: easy</p></section>'
    )
    assert {said.kind for said in parser.found} == {"question"}
    assert [said.text for said in parser.found] == ["New?", "A fall.", "How is it?", "Better", "The end", "How hard?"]
