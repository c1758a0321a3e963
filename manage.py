"""Run a management command of Stenosis PT."""

import os
import sys

COMPUTING_ONLY = {"assemble", "decide", "draw_figures", "lint_catalogue", "lint_figures", "rules"}
"""Commands that read files and print: they need no secret, no database and no server's settings."""


def main() -> None:
    """Set the settings module and hand the command line to Django."""
    if set(sys.argv[1:2]) & COMPUTING_ONLY:
        os.environ.setdefault("STENOSIS_PT_MODE", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stenosis_pt.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
