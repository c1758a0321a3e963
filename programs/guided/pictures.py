"""The pictures of a plan as a page shows them. A frozen plan names no static file: those are renamed as they change."""

from collections.abc import Mapping
from typing import Any

from stenosis_pt.pictures import position_url


def picture_of(item: Mapping[str, Any]) -> str:
    """The address of an entry's picture: its own, else that of its start position."""
    return str(item.get("picture") or position_url(str(item.get("start", "any"))))


def with_pictures(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The plan with a picture for each of its entries and for relief; the plan itself stays as it is."""
    shown = {
        part: [{**item, "picture": picture_of(item)} for item in plan.get(part) or []]
        for part in ("items", "minimum", "relief_only")
    }
    relief = {part: _shown(plan[part]) for part in ("relief", "relief_low") if plan.get(part)}
    return {**plan, **shown, **relief}


def _shown(position: Mapping[str, Any]) -> dict[str, Any]:
    return {**position, "picture": picture_of(position) if position.get("slug") else None}
