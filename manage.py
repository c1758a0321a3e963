"""Run a management command of Stenosis PT."""

import os
import sys


def main() -> None:
    """Set the settings module and hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stenosis_pt.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
