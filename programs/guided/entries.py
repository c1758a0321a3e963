"""What was done of each entry of a plan, as the events tell it. Pure."""

from collections.abc import Mapping
from typing import Any

from programs.rules.events import every_item


def item_of(plan: Mapping[str, Any], item_id: Any) -> dict[str, Any] | None:
    """The entry of the plan with this id, in any of its three lists."""
    return next((dict(item) for item in every_item(plan) if item["id"] == item_id), None)


class Entries:
    """Sets, scores and stops of each entry; becomes the session's summary."""

    def __init__(self, plan: Mapping[str, Any] | None = None) -> None:
        self.plan: Mapping[str, Any] = plan or {}
        self.stops = 0
        self._rows: dict[str, dict[str, Any]] = {}

    @property
    def sets_done(self) -> int:
        """Sets done in the whole session; a minutes entry counts as one."""
        return sum(
            len(row["sets_seen"]) if not row["minutes"] else min(1, len(row["sets_seen"]))
            for row in self._rows.values()
        )

    @property
    def limits(self) -> int:
        """S19, X11: how many intervals of the session ended at a limit, in whatever entry."""
        return sum(int(row["limits"]) for row in self._rows.values())

    def set_done(self, payload: Mapping[str, Any]) -> None:
        """A set was done."""
        row = self._row(payload["item"])
        if row is None:
            return
        if payload["set"] not in row["sets_seen"]:
            row["sets_seen"].append(payload["set"])
            row["reps"] += payload.get("reps") or 0
            row["set_seconds"] += payload.get("seconds") or 0
        self._begun(row, payload["set"])

    def interval(self, payload: Mapping[str, Any]) -> None:
        """S19: a walking interval ended."""
        row = self._row(payload["item"])
        if row is None:
            return
        row["walked"] += payload["walked_s"]
        row["intervals"] += 1
        first = payload.get("first_symptom_s")
        if first is not None:
            row["first_symptom_s"] = first if row["first_symptom_s"] is None else min(first, row["first_symptom_s"])

    def pain(self, payload: Mapping[str, Any], table_row: str) -> None:
        """The scores after a set, or on a stop."""
        row = self._row(payload.get("item"))
        if row is None:
            return
        number = payload.get("set") or 0
        row["pains"].append(
            {"set": number, "spine": payload.get("spine"), "limb": payload.get("limb"), "row": table_row}
        )
        row["spread"] = row["spread"] or bool(payload.get("spread"))
        if number and payload.get("source") in {"after-set", "stop-button"}:
            self._begun(row, number)

    def rest(self, payload: Mapping[str, Any], table_row: str) -> None:
        """The scores while resting."""
        row = self._row(payload.get("item"))
        if row is None:
            return
        row["rests"].append(
            {
                "seconds": payload["seconds_resting"],
                "spine": payload.get("spine"),
                "limb": payload.get("limb"),
                "row": table_row,
            }
        )
        row["spread"] = row["spread"] or bool(payload.get("spread"))

    def stop(self, item_id: Any, label: str) -> None:
        """S17, S20: the entry ended for pain."""
        self.stops += 1
        row = self._row(item_id)
        if row is not None:
            row["status"], row["off_today"] = label, True

    def off(self, item_id: Any) -> None:
        """S18: the session ended at this entry; it is off for the day."""
        row = self._row(item_id)
        if row is not None:
            row["off_today"] = True
            row["status"] = row["status"] or "stopped-pain"

    def limit(self, item_id: Any) -> None:
        """S19: the interval ended at the first symptom: no stop."""
        row = self._row(item_id)
        if row is not None:
            row["limits"] += 1
            row["status"] = row["status"] or "interval-limit"

    def skip(self, payload: Mapping[str, Any]) -> None:
        """The patient left the entry out."""
        row = self._row(payload["item"])
        if row is not None:
            row["status"], row["reason"] = row["status"] or "skipped", (payload.get("reason") or "")[:60]

    def summary(self) -> dict[str, dict[str, Any]]:
        """Per entry of the plan: sets, repetitions, seconds, scores, status, and whether it is off for the day."""
        return {item_id: _public(row) for item_id, row in self._rows.items()}

    def _row(self, item_id: Any) -> dict[str, Any] | None:
        item = item_of(self.plan, item_id)
        if item is None:
            return None
        if item_id not in self._rows:
            self._rows[item_id] = {
                "slug": item["slug"], "name": item["name"], "planned": item["dose"].get("sets", 1),
                "minutes": item["dose"]["type"] == "minutes", "dose_reps": item["dose"].get("reps") or 0,
                "sets_seen": [], "begun": [], "reps": 0, "set_seconds": 0, "walked": 0, "intervals": 0, "limits": 0,
                "first_symptom_s": None, "pains": [], "rests": [], "spread": False, "status": "", "off_today": False,
            }  # fmt: skip
        return self._rows[item_id]

    def _begun(self, row: dict[str, Any], number: int) -> None:
        if number not in row["begun"]:
            row["begun"].append(number)


def _public(row: Mapping[str, Any]) -> dict[str, Any]:
    sets = len(row["sets_seen"])
    seconds = (row["walked"] if row["intervals"] else row["set_seconds"]) if row["minutes"] else 0
    done = sets >= row["planned"] or (row["minutes"] and sets)
    return {
        **{
            name: row[name]
            for name in ("slug", "name", "planned", "reps", "pains", "rests", "limits", "first_symptom_s")
        },
        "sets": sets,
        "sets_begun": len(row["begun"]),
        "reps_begun": len(row["begun"]) * row["dose_reps"],
        "seconds": seconds,
        "status": row["status"] or ("done" if done else "part"),
        "off_today": row["off_today"],
        "spread": row["spread"],
        **({"reason": row["reason"]} if "reason" in row else {}),
    }
