"""Reading settings from the environment, with errors that say what to do."""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
HTTPS_ADDRESS = re.compile(r"https://[A-Za-z0-9\[][A-Za-z0-9.:\[\]-]*")
WHOLE = re.compile(r"-?[0-9]{1,9}")


def text(name: str, default: str = "") -> str:
    """The variable's text; ``NAME_FILE`` names a file to read it from instead (for secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error}") from error
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    """The variable as yes or no. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no (1 or 0), not {value!r}.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """The variable as a whole number within ``low`` and ``high``. Raises ImproperlyConfigured otherwise."""
    value = os.environ.get(name, str(default)).strip()
    if not WHOLE.fullmatch(value) or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The variable split at commas, without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The variable, which must be one of ``allowed``. Raises ImproperlyConfigured otherwise."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def is_https_address(url: str) -> bool:
    """Is it ``https://``, a whole host name, maybe a port, and nothing more?"""
    return HTTPS_ADDRESS.fullmatch(url) is not None
