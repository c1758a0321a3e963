"""The day after its next session: what a device that keeps the day may still start without a network. Pure.

Whatever the next session turns out to be, it uses at most what any of its lists asks for; so much counts as used.
What is offered then is never more than would be offered with a network.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from exercises.limits import ONCE_A_DAY
from programs.guided.care import Care, PastSession, Used

PARTS = ("items", "minimum", "relief_only")


def after(care: Care, plan: Mapping[str, Any]) -> Care:
    """The day once the session of ``plan`` was begun, as far as R28 to R30 know of it.

    It is begun and not finished: a first session (R39) stays a first one until it is known to be done.
    """
    begun = PastSession(
        id=plan["session"],
        local_date=care.today,
        revision_number=plan["revision"],
        days=tuple(plan["days"]),
        kind=plan["kind"],
        state="closed",
        started_at=care.now,
        used=_most(plan),
    )
    return replace(care, sessions=(*care.sessions, begun))


def is_repeatable(plan: Mapping[str, Any]) -> bool:
    """S32: has the session nothing that may be done once a date only? Whether it was done is not known ahead."""
    return not any(item["slug"] in ONCE_A_DAY for part in PARTS for item in plan[part])


def _most(plan: Mapping[str, Any]) -> dict[str, Used]:
    """R29: the most that a session of the plan uses of each exercise; it walks one of the plan's lists."""
    most: dict[str, Used] = {}
    for part in PARTS:
        for slug, used in _used(plan[part]).items():
            before = most.get(slug, Used())
            most[slug] = Used(
                sets=max(before.sets, used.sets),
                reps=max(before.reps, used.reps),
                seconds=max(before.seconds, used.seconds),
            )
    return most


def _used(items: Iterable[Mapping[str, Any]]) -> dict[str, Used]:
    found: dict[str, Used] = {}
    for item in items:
        dose, before = item["dose"], found.get(item["slug"], Used())
        sets = dose.get("sets") or 0
        found[item["slug"]] = Used(
            sets=before.sets + sets,
            reps=before.reps + sets * (dose.get("reps") or 0),
            seconds=before.seconds + (dose.get("minutes") or 0) * 60,
        )
    return found
