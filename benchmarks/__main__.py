"""Print the ratios: python -m benchmarks; with the word player, the player's alone."""

import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Build databases in a temporary folder, measure, print."""
    if sys.argv[1:] != ["player"]:
        server_side()
    # The browser reports the worker's requests only if it is asked to before it starts.
    os.environ["PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS"] = "1"
    from benchmarks import player

    with tempfile.TemporaryDirectory() as folder:
        player.measure(Path(folder))


def server_side() -> None:
    """Pages, intake and assembly."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STENOSIS_PT_DATA"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        import django

        django.setup()
        _measure()


def _measure() -> None:
    from django.core.management import call_command
    from django.db import connections
    from django.test.utils import setup_test_environment

    from benchmarks import assembling, pages

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    print(f"{'what':<24} {'against':<22} {'ratio':>7}  {'queries':>7}  {'ms':>7}")
    for measured, base in pages.measure():
        ratio = measured.against(base)
        print(
            f"{measured.name:<24} {base.name:<22} {ratio:>7.1f}  {measured.queries:>7}  {measured.milliseconds:>7.2f}"
        )
    rows = assembling.measure()
    first = rows[0][1]
    for size, milliseconds in rows:
        print(f"{f'assembly, {size} entries':<24} {f'{rows[0][0]} entries':<22} {milliseconds / first:>7.1f}", end="")
        print(f"  {0:>7}  {milliseconds:>7.2f}")
    connections.close_all()


if __name__ == "__main__":
    main()
