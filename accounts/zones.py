"""Time zones to choose from."""

from functools import cache
from zoneinfo import available_timezones

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zone_names() -> tuple[str, ...]:
    """The zones that are named after places, and UTC, in alphabetical order."""
    return tuple(sorted(name for name in available_timezones() if name == "UTC" or name.partition("/")[0] in REGIONS))


def zone_choices() -> list[tuple[str, str]]:
    """For a select: the name as it is kept, and as people read it."""
    return [(name, name.replace("_", " ")) for name in zone_names()]
