"""Start the demo: migrate, load what is missing, collect the static files, serve.

The data stays in var/ of the project's folder (STENOSIS_PT_DATA names another), so that a second start keeps it.
"""

import hashlib
import io
import os
import secrets
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"
STATIC_STAMP = ".made-from"


def port() -> int:
    """PORT, 8000 by default; leaves with words where it is no port or somebody else listens there."""
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, int(text)))
        except OSError:
            sys.exit(f"Port {text} is taken on this machine. Try another one:  make run PORT=8010")
    return int(text)


def secret_key(data: Path) -> str:
    """The demo's own key, made at the first start, so that sign-ins outlive a restart."""
    file = data / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60), encoding="utf-8")
    return str(file)


def environment(listening: int) -> Path:
    """Set what the settings read; gives the data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stenosis_pt.settings")
    os.environ.setdefault("STENOSIS_PT_MODE", "demo")
    os.environ.setdefault("STENOSIS_PT_DATA", str(ROOT / "var"))
    os.environ.setdefault("BASE_URL", f"http://{ADDRESS}:{listening}")
    data = Path(os.environ["STENOSIS_PT_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    if "SECRET_KEY" not in os.environ:
        os.environ.setdefault("SECRET_KEY_FILE", secret_key(data))
    return data


def prepare() -> None:
    """Bring database and static files into order; what is there already is kept."""
    import django
    from django.core.management import call_command
    from django.db import connections

    print("Preparing the database and the demo clinic (half a minute the first time) ...", flush=True)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=io.StringIO())
    collect_static()
    call_command("load_demo", verbosity=1)
    connections.close_all()


def collect_static() -> None:
    """Collect, hash and compress the static files when one of them changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    state = static_state()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    print("Preparing the static files ...", flush=True)
    # Files of before are kept: the plan of a session that is under way names its pictures by their hashed names.
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state, encoding="utf-8")


def static_state() -> str:
    """A digest of every static file's path, size and time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def command(listening: int) -> list[str]:
    """The server's command line: several WSGI workers, on this machine's own address only."""
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    return [
        str(Path(sys.executable).parent / "granian"),
        "--interface=wsgi",
        f"--host={ADDRESS}",
        f"--port={listening}",
        f"--workers={workers}",
        "--blocking-threads=2",
        "--backlog=512",
        "--respawn-failed-workers",
        "--log-level=warning",
        "stenosis_pt.wsgi:application",
    ]


def welcome(listening: int) -> str:
    """Where to look, and as whom."""
    address = f"http://{ADDRESS}:{listening}"
    return f"""
  Stenosis PT is running:  {address}

    Open it and press one of the four sign-ins: Patient, Therapist, Catalogue editor, Clinic admin.
    Everything in it is invented. It answers on this machine only.

    {address}/today/       the patient's day
    {address}/inbox/       what the therapist should look at
    {address}/exercises/   the catalogue, open to everybody

  Ctrl+C stops it. The data stays in {os.environ["STENOSIS_PT_DATA"]}.
"""


def main() -> None:
    """Prepare, say where to look, and become the server."""
    os.chdir(ROOT)
    listening = port()
    environment(listening)
    prepare()
    print(welcome(listening), flush=True)
    arguments = command(listening)
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    main()
