"""The demo can be made at any hour: what it tells of today lies in the past."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from programs.demo import building
from programs.demo.stories import stories
from programs.models import Alert, Lock, Session


@pytest.mark.parametrize("hour", [0, 6, 23])
def test_nothing_of_the_demo_lies_ahead(
    catalogue: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    settings.DEMO = True
    some = [story for story in stories() if story.name in {"Grace O.", "Lena F."}]
    monkeypatch.setattr(building, "stories", lambda: [replace(one, begins=max(-2, one.begins)) for one in some])
    now = datetime(2026, 1, 10, hour, 5, tzinfo=UTC)
    building.bring_up_to_date(now)
    assert Lock.objects.open().exists()
    assert not Session.objects.filter(minted_at__gt=now).exists()
    assert not Alert.objects.filter(at__gt=now).exists()
