"""What is counted over sessions: ends by S18 (X14), entries that are off for the day (S17, R29). Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from programs.rules.safety import decide

COUNTED_ENDS = frozenset({"T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T12", "T15", "U1", "U2", "U3", "U9"})
"""X14: the rows that count towards "two sessions ended by S18 in 7 days"."""
SPREAD_ENDS = frozenset({"T4", "U3"})
"""X14: after one of these by spread, relief only until the therapist restarts (P14)."""
ENDS_IN_A_ROW = 2
WINDOW_DAYS = 7
HARMLESS = frozenset({"continue", "ask-again"})


def two_ended_in_seven_days(dates: Iterable[date], this: date) -> bool:
    """S21 (6), X14: does the counted end of this local date lie within 7 dates with another?

    ``dates`` has one local date for each counted end, this one's too; two on one date are two. The other may be the
    later one: a device that was offline tells of its end afterwards.
    """
    near = timedelta(days=WINDOW_DAYS - 1)
    return sum(abs(each - this) <= near for each in dates) >= ENDS_IN_A_ROW


def is_plain_wish(given: Mapping[str, Any], reason: str | None) -> bool:
    """X14: did the patient end the session only because they wished to, without a symptom?

    ``given`` holds the inputs of table T. A wish is plain when the same answer without it would go on.
    """
    if reason != "stop" or given["alarm"] != "unwell":
        return False
    return decide("T", {**given, "alarm": "none"}).outcome in HARMLESS


def counts_as_end(row: str | None, *, plain_wish: bool = False) -> bool:
    """X14: does an end by this row of table T or U count?"""
    return row in COUNTED_ENDS and not plain_wish


def relief_only_after(row: str | None, *, spread: bool) -> bool:
    """X14, P14: does the end leave only relief until the therapist restarts?"""
    return spread and row in SPREAD_ENDS
