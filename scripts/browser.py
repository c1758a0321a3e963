"""Where the browser is that the browser tests and the screenshots use."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
"""Keep the browser from calling anybody; ``--no-sandbox`` because containers run it as root."""


def executable() -> str | None:
    """The path of a Chromium, or None. The variable CHROMIUM names one where it stands elsewhere."""
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        path = shutil.which(name) if name else None
        if path:
            return path
    return None
