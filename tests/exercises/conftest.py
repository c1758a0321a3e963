"""Fixtures of the catalogue's tests."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Clients, House
from tests.strict import StrictClient


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
