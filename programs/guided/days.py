"""The days planned for local dates, after what was done (X14, R28, R36). Pure."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from programs.rules.schedule import R28_AEROBIC_MINUTES, Load, Week, allowed_days, planned_days


def ahead(
    week: Week,
    starts_on: date,
    first: date,
    days: int,
    done: Collection[Load],
    *,
    aerobic_minutes: int,
    daily: bool,
) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The dates from ``first`` on with their days, each date counting as done for those after it.

    ``aerobic_minutes`` are those of a B day; more than a date may have (R28) are cut from the session, so they do
    not take the day away. Missed days stay missed (R36): the pattern never moves.
    """
    loads = list(done)
    minutes = min(aerobic_minutes, R28_AEROBIC_MINUTES)
    for offset in range(days):
        on = first + timedelta(days=offset)
        planned = planned_days(week, starts_on, on)
        letters = allowed_days(planned, on, loads, aerobic_minutes=minutes, daily=daily)
        loads.append(Load(on, letters, minutes if "B" in letters else 0))
        yield on, letters
