"""Which entries a session walks, by what it was started as and what its check-in leaves. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from programs.rules.checkin import NO_FALL_RISK_ENTRIES
from programs.rules.session import SessionState

LISTS: Mapping[str, str] = {"minimum": "minimum", "relief": "relief_only"}
"""The part of a plan that a session of another kind than its plan's walks."""


def items_of(plan: Mapping[str, Any], state: SessionState) -> list[dict[str, Any]]:
    """The entries of the session that was started, as far as the check-in (X18, S25) and S13 leave them."""
    return walked_as(state.kind, plan, state)


def walked_as(kind: str, plan: Mapping[str, Any], state: SessionState) -> list[dict[str, Any]]:
    """The entries that a session of this kind would walk."""
    items: list[dict[str, Any]] = plan["items" if plan["kind"] == kind else LISTS.get(kind, "items")]
    walking_held = any(lock.scope == "walking" for lock in state.locks)
    seated_only = "seated-and-lying-only" in state.restrictions
    steady_only = NO_FALL_RISK_ENTRIES in state.restrictions
    return [
        item
        for item in items
        if not (seated_only and not item["seated_or_lying"])
        and not (steady_only and item.get("not_with_fall_risk"))
        and not (walking_held and item["category"] == "aerobic" and item["start"] == "standing")
    ]


def sets_of(items: Iterable[Mapping[str, Any]]) -> int:
    """How many sets the entries ask for; a minutes entry is one."""
    return sum(item["dose"].get("sets") or 1 for item in items)
