"""Run every check and every test, all of them even when one fails, and say at the end how each went.

Usage: python -m scripts.test [lint]
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scripts import browser, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "pytest"), "-q", "-p", "no:cacheprovider")
WORKERS = ("-n", str(min(4, os.cpu_count() or 2)))
NO_DATABASE = ("tests/programs/rules", "tests/exercises/figures", "tests/js")
"""Tests of the rooms that know no database: they have run by the time another engine is asked."""
DEPLOYED = {
    "STENOSIS_PT_MODE": "production",
    "SECRET_KEY": "a-key-for-the-check-alone-" + "k9Zq2" * 10,
    "ALLOWED_HOSTS": "clinic.example",
    "EMAIL_HOST": "mail.clinic.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


@dataclass(frozen=True)
class Step:
    """One check: its name, its command, and what it adds to the environment."""

    name: str
    command: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """How a check went; ``note`` stands for the seconds where it did not run."""

    name: str
    ok: bool
    note: str


def static_checks() -> Iterator[Step]:
    """What needs no test run."""
    manage = (sys.executable, "manage.py")
    test_mode = {"STENOSIS_PT_MODE": "test", "DATABASE_URL": "sqlite:///:memory:"}
    yield Step("lint", (str(BIN / "ruff"), "check", "."))
    yield Step("format", (str(BIN / "ruff"), "format", "--check", "."))
    yield Step("types", (sys.executable, "-m", "mypy", "."))
    yield Step("import contracts", (str(BIN / "lint-imports"),), test_mode)
    yield Step("migrations", (*manage, "makemigrations", "--check", "--dry-run"), test_mode)
    yield Step("system checks", (*manage, "check", "--fail-level", "WARNING"), test_mode)
    yield Step("deploy checks", (*manage, "check", "--deploy", "--fail-level", "WARNING"), DEPLOYED)
    yield Step("rules in tests", (*manage, "rules", "--quiet"), test_mode)


def run(step: Step) -> Result:
    """Run one check in the project's folder, its output on ours."""
    print(f"\n== {step.name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(step.command, cwd=ROOT, env=os.environ | step.env).returncode
    seconds = time.monotonic() - began
    return Result(step.name, code == 0, f"{seconds:.0f} s" if code == 0 else f"failed (exit code {code})")


def on_postgres() -> Result:
    """The same tests on PostgreSQL, where its programs are on the machine."""
    name = "tests on PostgreSQL"
    folder = postgres.programs()
    if folder is None:
        return Result(name, True, "not run: no initdb and pg_ctl on this machine")
    with postgres.server(folder) as url:
        without = [f"--ignore={folder}" for folder in ("tests/browser", *NO_DATABASE)]
        return run(Step(name, (*PYTEST, *WORKERS, "tests", *without), {"DATABASE_URL": url}))


def in_the_browser() -> Result:
    """The journeys; without a Chromium they are reported as not run, and in CI that is a failure."""
    name = "browser tests"
    if browser.executable() is None:
        must = bool(os.environ.get("CI"))
        print("\n== browser tests not run: there is no Chromium on this machine", flush=True)
        return Result(name, not must, "NOT RUN: no Chromium on this machine (install chromium, or set CHROMIUM)")
    return run(Step(name, (*PYTEST, "tests/browser")))


def main() -> int:
    """Run, report, and answer 1 if anything failed."""
    results = [run(step) for step in static_checks()]
    if sys.argv[1:] != ["lint"]:
        results.append(run(Step("tests on SQLite", (*PYTEST, *WORKERS, "tests", "--ignore=tests/browser"))))
        results.append(on_postgres())
        results.append(in_the_browser())
    print("\n== report")
    for result in results:
        print(f"  {'ok    ' if result.ok else 'FAILED'}  {result.name}: {result.note}")
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("STENOSIS_PT_MODE", None)
    sys.exit(main())
