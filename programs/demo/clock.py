"""A clock that can be set, so that the demo's past is written as it would have been then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta, tzinfo
from unittest.mock import patch


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Inside, the application's clock stands at ``moment`` (aware). For the demo's own process only."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield moment


BEFORE_NOW = timedelta(minutes=40)
"""What a story tells of today may lie ahead when the demo is made very early: then it was this long ago."""


def moment(now: datetime, day: int, hour: int, minute: int = 0, *, zone: tzinfo) -> datetime:
    """A local time on a day counted from the local date of ``now``; on that day, and if it can be a while ago."""
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=day), time(), tzinfo=zone)
    planned = midnight.replace(hour=hour, minute=minute)
    return min(planned, max(midnight, (now - BEFORE_NOW).astimezone(zone)))
