"""What `make run` does before it serves."""

import os
import socket
import stat
from pathlib import Path

import pytest

from scripts import serve


def test_the_port_is_8000_unless_port_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind((serve.ADDRESS, 0))
        free = probe.getsockname()[1]
    monkeypatch.setenv("PORT", str(free))
    assert serve.port() == free


@pytest.mark.parametrize("text", ["", "web", "0", "65536", "-1", "80.5"])
def test_a_port_that_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(SystemExit, match="PORT must be a number"):
        serve.port()


def test_a_port_that_is_taken_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind((serve.ADDRESS, 0))
        other.listen()
        monkeypatch.setenv("PORT", str(other.getsockname()[1]))
        with pytest.raises(SystemExit, match="make run PORT="):
            serve.port()


def test_the_demo_s_key_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    file = Path(serve.secret_key(tmp_path))
    first = file.read_text()
    assert len(first) >= 40
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    assert Path(serve.secret_key(tmp_path)).read_text() == first


def test_the_server_listens_on_this_machine_only_with_several_workers() -> None:
    command = serve.command(8000)
    assert "--host=127.0.0.1" in command
    workers = next(part for part in command if part.startswith("--workers="))
    assert int(workers.split("=")[1]) >= 2
