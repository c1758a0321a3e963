"""A throw-away PostgreSQL server for the tests, where its programs are found on the machine."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SAFE_SETTINGS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder with ``initdb`` and ``pg_ctl`` (newest version first), or None."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists() and (folder / "postgres").exists():
            return folder
    return None


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root: a user to run it as, or None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and neither the user 'postgres' nor 'nobody' exists.")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server in a temporary folder; gives its DATABASE_URL, and removes all of it at the end."""
    user = _other_user()
    home = Path(tempfile.mkdtemp(prefix="spt-pg-"))
    data, log = home / "data", home / "log"
    if user:
        entry = pwd.getpwnam(user)
        os.chown(home, entry.pw_uid, entry.pw_gid)
    home.chmod(0o755)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            cwd=home,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            stdout=subprocess.DEVNULL,
            env={"PATH": f"{folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(home)},
        )

    control = (str(folder / "pg_ctl"), "-D", str(data), "-w")
    try:
        run(str(folder / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(*control, "-l", str(log), "-o", f"-k {home} {SAFE_SETTINGS}", "start")
        try:
            yield f"postgres://tests@{quote(str(home), safe='')}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
