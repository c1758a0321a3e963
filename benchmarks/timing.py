"""Timing a call: the median of many, with the queries that one of them makes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Timed:
    """Median milliseconds of one call, and its number of queries."""

    name: str
    milliseconds: float
    queries: int

    def against(self, other: "Timed") -> float:
        """How many times as long as ``other``."""
        return self.milliseconds / other.milliseconds


def timed(name: str, call: Callable[[], object], *, rounds: int = 40) -> Timed:
    """Call once to warm up, once to count queries, then ``rounds`` times against the clock."""
    call()
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)  # now: the next request empties the log
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return Timed(name, statistics.median(taken), queries)
