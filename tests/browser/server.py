"""A real server process on a database of its own, for tests that more than one process takes part in."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


@dataclass
class World:
    """A data folder: database, pictures, collected static files."""

    folder: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "stenosis-pt.sqlite3"

    def environment(self) -> dict[str, str]:
        """What a process needs to work on this folder."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
        return kept | {"STENOSIS_PT_MODE": "demo", "STENOSIS_PT_DATA": str(self.folder), "PYTHONUNBUFFERED": "1"}

    def manage(self, *arguments: str, stdin: str | None = None) -> str:
        """Run a management command on this folder; gives what it printed. A failure shows its words."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def python(self, code: str) -> str:
        """Run Python in the project (``manage.py shell``); gives what it printed."""
        return self.manage("shell", "-v", "0", "-c", code).strip()

    def copy_to(self, folder: Path) -> "World":
        """A copy to write on; the static files, which nobody changes, are shared by a link."""
        folder.mkdir(parents=True)
        source, target = sqlite3.connect(self.database), sqlite3.connect(folder / self.database.name)
        with target:
            source.backup(target)
        source.close()
        target.close()
        if (self.folder / "pictures").exists():
            shutil.copytree(self.folder / "pictures", folder / "pictures")
        (folder / "static").symlink_to(self.folder / "static")
        return World(folder)


def build_world(folder: Path) -> World:
    """Migrate, load the catalogue, collect the static files, make the demo clinic."""
    folder.mkdir(parents=True, exist_ok=True)
    world = World(folder)
    world.manage("migrate", "-v", "0")
    world.manage("load_catalogue", "-v", "0")
    world.manage("collectstatic", "--noinput", "-v", "0")
    world.manage("load_demo", "-v", "0")
    return world


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The application under granian, as ``make run`` starts it. A context manager."""

    def __init__(self, world: World, *, workers: int = 2) -> None:
        self.world = world
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = world.folder / "server.log"
        self.workers = workers
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = [
            str(Path(sys.executable).parent / "granian"),
            "--interface=wsgi",
            "--host=127.0.0.1",
            f"--port={self.port}",
            f"--workers={self.workers}",
            "--blocking-threads=2",
            "--log-level=warning",
            "stenosis_pt.wsgi:application",
        ]
        environment = self.world.environment() | {"BASE_URL": self.url}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    if answer.read() == b"ok":
                        return
            except (URLError, ConnectionError, TimeoutError):
                pass
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"The server did not start: {self.log.read_text()}")
