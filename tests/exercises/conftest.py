"""Fixtures of the catalogue's tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Patient, User
from tests.conftest import House
from tests.strict import StrictClient

Clients = Callable[[User | Patient | str], StrictClient]


@pytest.fixture
def editor(house: House, catalogue: None, pictures_folder: Path, client_for: Clients) -> StrictClient:
    """The editor of the clinic, signed in."""
    return client_for("editor")


@pytest.fixture
def pictures_folder(settings: Any, tmp_path: Path) -> Path:
    """Uploaded files go to a folder of the test."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = storages
    return tmp_path / "exercises"
