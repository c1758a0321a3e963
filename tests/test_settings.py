"""What production refuses to start with, in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from stenosis_pt import env

ROOT = Path(__file__).resolve().parent.parent
GOOD = {
    "STENOSIS_PT_MODE": "production",
    "SECRET_KEY": "k9Zq2-Lr7_xWc4Tn8" * 4,
    "ALLOWED_HOSTS": "pt.clinic.example",
    "EMAIL_HOST": "mail.clinic.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    system = {name: os.environ[name] for name in ("PATH", "HOME", "STENOSIS_PT_DATA") if name in os.environ}
    asked = "from django.conf import settings as s; print(s.BASE_URL, s.MAILERS['default']['BACKEND'])"
    code = f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'stenosis_pt.settings'; {asked}"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=system | GOOD | changed, capture_output=True, text=True, check=False)


def test_production_starts_with_what_the_guide_says() -> None:
    done = start()
    assert done.stdout.split() == ["https://pt.clinic.example", "django.core.mail.backends.smtp.EmailBackend"], done


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ALLOWED_HOSTS": ".clinic.example"}, "BASE_URL must be"),
        ({"BASE_URL": "http://pt.clinic.example"}, "BASE_URL must be"),
        ({"BASE_URL": "https://pt.clinic.example/?x=1"}, "BASE_URL must be"),
        ({"SECRET_KEY": "ab" * 40}, "fewer than 12"),
        ({"SECRET_KEY_FALLBACKS": "a" * 60}, "fewer than 12"),
        ({"EMAIL_HOST": ""}, "EMAIL_HOST is not set"),
        ({"EMAIL_PORT": "²"}, "EMAIL_PORT must be a whole number"),
    ],
)
def test_production_refuses_in_words(changed: dict[str, str], words: str) -> None:
    done = start(**changed)
    assert done.returncode and "ImproperlyConfigured" in done.stderr and words in done.stderr


def test_a_leading_dot_needs_an_address_and_mails_go_to_the_console_only_by_name() -> None:
    done = start(ALLOWED_HOSTS=".clinic.example", BASE_URL="https://pt.clinic.example/", EMAIL_HOST="console")
    assert done.stdout.split() == ["https://pt.clinic.example", "django.core.mail.backends.console.EmailBackend"], done


@pytest.mark.parametrize("typed", ["²", "١", "1" * 5000, "--1", "1.0", "", " "])
def test_what_is_no_whole_number_is_refused_in_words(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT_OF_CALL", typed)
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("PORT_OF_CALL", 1, low=0, high=9)
