"""The events of a session in the order in which they happened, and the time between them (X3, X9). Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

Event = Mapping[str, Any]

NEXT_STEP = frozenset(
    {"set-done", "interval", "skipped", "finished", "rest-check", "pain", "resumed", "screen", "fall-check", "ended"}
)
"""Kinds that begin the next step: after one of them an earlier answer can no longer be corrected."""


class Timeline(NamedTuple):
    """The events that count, in order, and the corrections that came too late to count."""

    events: list[Event]
    late: list[Event]


def timeline(events: Iterable[Event]) -> Timeline:
    """Each id once, by sequence number, whatever the order of arrival; a corrected answer is read in its last form.

    A correction counts until the next step begins. A later one is set aside, and the first answer stands.
    """
    once = {str(each["id"]): each for each in events}
    ordered = sorted(once.values(), key=_place)
    gone: set[str] = set()
    late: list[Event] = []
    for place, event in enumerate(ordered):
        old = event["payload"].get("replaces")
        if old is None:
            continue
        if _in_time(ordered[:place], event, str(old), gone):
            gone.add(str(old))
        else:
            gone.add(str(event["id"]))
            late.append(event)
    return Timeline([each for each in ordered if str(each["id"]) not in gone], late)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events that count, in the order in which they happened."""
    return timeline(events).events


def _place(event: Event) -> tuple[Any, ...]:
    return (event.get("seq") or 0, event.get("mono") or 0, str(event.get("at")), str(event["id"]))


def _in_time(before: list[Event], event: Event, old: str, gone: set[str]) -> bool:
    """May ``event`` still replace the answer ``old``, an earlier one of its kind and entry?"""
    first = next((n for n, each in enumerate(before) if str(each["id"]) == old), None)
    if first is None or before[first]["kind"] != event["kind"]:
        return False
    if before[first]["payload"].get("item") != event["payload"].get("item"):
        return False
    return not any(each["kind"] in NEXT_STEP and str(each["id"]) not in gone for each in before[first + 1 :])


def moment(value: Any) -> datetime | None:
    """An instant as a datetime or as ISO text; None for what is none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def elapsed_s(earlier: Event, later: Event) -> float:
    """X3: seconds between two events: by the device's monotonic clock or by the wall clock, whichever says more.

    The longer one is the careful one: a clock that was set back, or that stood still, keeps nothing open.
    """
    found = [0.0]
    begin, end = moment(earlier.get("at")), moment(later.get("at"))
    if begin is not None and end is not None:
        found.append((end - begin).total_seconds())
    if earlier.get("mono") is not None and later.get("mono") is not None:
        found.append((later["mono"] - earlier["mono"]) / 1000)
    return max(found)


def same_date(one: Event, other: Event) -> bool:
    """X3: were both recorded on the same local date? The dates are as the device recorded them."""
    return str(one.get("local_date")) == str(other.get("local_date"))
