"""The course of a session's replay: sets, pain checks (T), rest checks (U), walking intervals, pauses and the end."""

from collections.abc import Mapping
from typing import Any

from programs.rules.checkin import NO_FALL_RISK_ENTRIES
from programs.rules.counting import counts_as_end, is_plain_wish, relief_only_after
from programs.rules.events import EASED, FIELDS
from programs.rules.limits_in_session import (
    CLOSED_AFTER_S,
    FIRST_ASKED_AFTER_S,
    PAUSED_AFTER_S,
    REST_BEGINS_WITHIN_S,
    RESUME_WITHIN_S,
)
from programs.rules.safety import Outcome, decide, next_interval
from programs.rules.session_start import Beginning
from programs.rules.tables import score, tables
from programs.rules.timeline import Event, elapsed_s, moment, same_date

SIGN_ROWS = frozenset({"T1", "T2", "T3", "T4", "T5"})
"""X16: the rows of table T that hold in a relief-only session, and whenever a sign is reported."""
SETTLED = frozenset({"next-or-finish", "next-interval", "entry-done"})
QUICK_SOURCES = frozenset({"after-set", "minutes"})
"""Why pain was asked where one press may answer it."""
GOES_ON = frozenset({"set-done", "interval", "skipped", "pain", "rest-check"})
"""What ends a pause without a word: the exercise was left out, or the question that waited was answered."""
CLOSED_FOR = {"no-answer": "X9", "midnight": "X5", "too-late": "X5", "check-in-old": "X5"}
"""Why a session is closed and not ended, and by which rule."""


class Course(Beginning):
    """The replay from the start to the end."""

    def __init__(self, *given: Any, **more: Any) -> None:
        """As of ``Beginning``."""
        super().__init__(*given, **more)
        self.items: dict[str, str] = {}
        self.sets: set[tuple[str, int]] = set()
        self.extra: set[tuple[str, int]] = set()
        self.off: set[str] = set()
        self.stops = self.limits = 0
        self.rest: tuple[str, Event] | None = None
        self.hurt: Event | None = None
        self.last: Event | None = None
        self.silent_since: Event | None = None
        self.paused_at: Event | None = None
        self.asked_since_pause = False
        self.walks: dict[str, Mapping[str, Any]] = {}
        self.next_s: dict[str, int] = {}
        self.walked_out: set[str] = set()
        self.answered: set[str] = set()
        self.eased_items: dict[str, Mapping[str, int]] = {}

    def read(self, event: Event) -> None:
        """Take one event into account. X5: after a gap of more than 30 minutes nothing goes on; what hurts is heard."""
        kind = event["kind"]
        if self.running and kind != "ended" and self.last and self._came_too_late(event):
            self.end("closed", "", "X5", self.last)
            self.notice("no-data", "X5", self.last)
        if kind in GOES_ON and event["payload"].get("source") != "resume":
            self.paused_at = None
        handler = getattr(self, kind.replace("-", "_"), None) if kind in FIELDS else None
        if handler is not None:
            handler(event)
        self.last = event

    def _came_too_late(self, event: Event) -> bool:
        """X5, X9: a question that was opened within the 30 minutes may be answered within 10 more. That it waits is
        told after two minutes of them, which is no answer yet: with anything else than one, the gap stands."""
        since = self.silent_since or self.last
        if since is None:
            return False
        gap, given = elapsed_s(since, event), event["payload"]
        waits = event["kind"] == "paused"
        after_a_set = given.get("source") in QUICK_SOURCES and given.get("replaces") is None
        asked = waits or event["kind"] == "rest-check" or (event["kind"] == "pain" and not after_a_set)
        self.silent_since = since if waits and gap > RESUME_WITHIN_S else None
        return gap > RESUME_WITHIN_S + (CLOSED_AFTER_S if asked else 0)

    # What was done

    def set_done(self, event: Event) -> None:
        """A set was done; outside a running session it counts towards the caps alone (R29)."""
        given = event["payload"]
        self._flag(event)
        sets = self.known[given["item"]]["dose"].get("sets") or 1
        if not 1 <= given["set"] <= sets:
            return
        (self.sets if self.running else self.extra).add((given["item"], given["set"]))
        if self.running:
            self.items.setdefault(given["item"], "done")

    def skipped(self, event: Event) -> None:
        """The patient left the entry out."""
        if self.running:
            self.items.setdefault(event["payload"]["item"], "skipped")

    def _flag(self, event: Event) -> None:
        """Tell the therapist of an entry that was done though it was not to be, and by which rule it was not."""
        item = self.known[event["payload"]["item"]]
        seated = "seated-and-lying-only" in self._restrictions and item.get("seated_or_lying") is False
        walking = item.get("category") == "aerobic" and item.get("start") == "standing"
        broken = {
            "S2": self.state in {"minted", "checked-in", "refused"},
            "S18": self.state == "ended",
            "X5": self.state in {"closed", "finished"},
            "S17": item["slug"] in self.off or item["slug"] in self.day.off_today,
            "S15": seated,
            "R12": NO_FALL_RISK_ENTRIES in self._restrictions and item.get("not_with_fall_risk") is True,
            "S13": walking and self.ledger.walking_held,
            "S19": item["id"] in self.walked_out and event["kind"] == "interval",
            "S21": self.rest is not None,
            "X16": self.kind == "relief" and self._relief_ids is not None and item["id"] not in self._relief_ids,
        }
        for rule, found in broken.items():
            if found:
                self.notice("note", rule, event, params={"item": item["id"], "exercise": item["slug"]})

    @property
    def _restrictions(self) -> tuple[str, ...]:
        return self.check_in_result.restrictions if self.check_in_result else ()

    @property
    def _relief_ids(self) -> set[str] | None:
        """The entries that a relief-only session may walk."""
        listed = self.plan.get("items") if self.plan.get("kind") == "relief" else self.plan.get("relief_only")
        return {each["id"] for each in listed} if listed else None

    # Pain

    def pain(self, event: Event) -> None:
        """S17-S20, S23, X9: table T."""
        given, item = event["payload"], self.known[event["payload"]["item"]]
        inputs = self._inputs(event, item)
        outcome = decide("T", inputs)
        if self._empty_press(given, outcome):
            return
        if outcome.outcome == "ask-again" and given.get("source") == "stop-button" and self.kind != "relief":
            self._hurt(event, item)
        self.asked_since_pause = True
        if outcome.outcome != "ask-again":
            self.answered.add(item["id"])
        if outcome.row in SIGN_ROWS:
            self._ended_by(outcome, event, inputs)
        elif not self.heard:
            if self.state == "refused" and str(outcome.outcome).startswith("end"):
                self._ended_by(outcome, event, inputs)
        elif self.kind == "relief":
            self._relief_rise(event)
        elif outcome.outcome == "stop-exercise":
            self.stops += 1
            self._off(item, outcome.label)
            self.rest = ("stop", event)
            self.notice("stop", outcome.rule, event, str(outcome.row), self._params(given))
        elif outcome.outcome == "interval-limit":
            self._limit(event, item)
        elif str(outcome.outcome).startswith("end"):
            self._ended_by(outcome, event, inputs)

    def _hurt(self, event: Event, item: Mapping[str, Any]) -> None:
        """S17: "This hurts" was pressed, and the question that followed was not answered: worse has been said."""
        if not self.heard:
            return
        self._off(item, "stopped-pain")
        self.hurt = event
        if self.over:  # no end comes any more to tell it
            self._tell_hurt(event)

    def _tell_hurt(self, pressed: Event) -> None:
        self.notice("stop", "S17", pressed, "T16", self._params(pressed["payload"]))

    def end(self, state: str, row: str, rule: str, event: Event) -> None:
        """The session is over; what hurt and was not asked to its end is told."""
        if self.hurt is not None and not self.over:
            self._tell_hurt(self.hurt)
        super().end(state, row, rule, event)

    def _empty_press(self, given: Mapping[str, Any], outcome: Outcome) -> bool:
        """X9: "the same or less" in one press says the scores of the beginning, after a set. With others, or at another
        time, it is no answer; but what ends an exercise or the session is never set aside."""
        if not given.get("quick") or outcome.outcome not in {"continue", "ask-again"}:
            return False
        now = (score(given["spine"]), score(given["limb"]))
        return now != self.baseline or None in now or given.get("source") not in QUICK_SOURCES

    def rest_check(self, event: Event) -> None:
        """S21, X10: table U. The interval and the limits are those counted here, not those that the device names."""
        given, item = event["payload"], self.known[event["payload"]["item"]]
        inputs = self._inputs(event, item)
        if not self.heard or self.kind == "relief":
            outcome = decide("T", {**inputs, "worse": False})
            if outcome.row in SIGN_ROWS:
                self._ended_by(outcome, event, inputs)
            elif self.heard:
                self._relief_rise(event)
            return
        seconds = given["seconds_resting"]
        if self.rest:  # X10: the time runs on while the app is in the background
            seconds = max(seconds, elapsed_s(self.rest[1], event) - REST_BEGINS_WITHIN_S)
        origin = self.rest[0] if self.rest else given["from"]
        outcome = decide("U", {
            **inputs, "from": origin, "seconds_resting": seconds,
            "limits_so_far": max(self.limits, given["limits_so_far"]), "next_interval_s": self.next_s.get(item["id"]),
        })  # fmt: skip
        if outcome.outcome in SETTLED and seconds >= FIRST_ASKED_AFTER_S[origin]:
            self.rest = None
        if outcome.outcome == "entry-done":
            self.walked_out.add(item["id"])
        if str(outcome.outcome).startswith("end"):
            self._ended_by(outcome, event, inputs)

    def _inputs(self, event: Event, item: Mapping[str, Any]) -> dict[str, Any]:
        given = event["payload"]
        worse = bool(given.get("worse")) or given.get("source") == "stop-button"  # X9
        return {
            **{key: given[key] for key in ("alarm", "tingling", "spread")},
            "now_spine": given["spine"], "now_limb": given["limb"],
            "baseline_spine": self.baseline[0], "baseline_limb": self.baseline[1],
            "worse": worse, "kind": item.get("kind", "ordinary"), "stops": self.stops,
            "rise_limit": item.get("rise_limit", 0), "centralising_ok": bool(item.get("centralising_ok")),
        }  # fmt: skip

    def _ended_by(self, outcome: Outcome, event: Event, inputs: Mapping[str, Any]) -> None:
        """S18, X14, X17. A sign that is told after the end, or before a start, still opens what it earns."""
        given, row = event["payload"], str(outcome.row)
        wish = is_plain_wish(inputs, given.get("reason"))
        if not self.over or self.state == "refused" or self.heard:
            self.facts.update(
                counted_end=counts_as_end(row, plain_wish=wish),
                spread=bool(given["spread"]),
                relief_only_until_restart=relief_only_after(row, spread=bool(given["spread"])),
            )
            if not wish and self.heard:
                self._off(self.known[given["item"]], "centralising" if row == "T12" else "stopped-pain")
        self.end("ended", row, outcome.rule, event)
        more = {"reason": "stop"} if wish else {}
        self.notice("end", outcome.rule, event, row, {**self._params(given), **more})
        self.rest = None
        if outcome.outcome == "end-and-screen":
            self.red_sign(event)
        elif outcome.outcome == "end-and-fall-check":
            self.fall(event)

    def _off(self, item: Mapping[str, Any], label: str) -> None:
        """S17, X14: not offered again on this date."""
        self.off.add(item["slug"])
        self.items[item["id"]] = label

    def _params(self, given: Mapping[str, Any]) -> dict[str, Any]:
        item = self.known[given["item"]]
        spine, limb = self.baseline
        before = {"baseline_spine": spine, "baseline_limb": limb}
        return {"item": item["id"], "exercise": item["slug"], "spine": given["spine"], "limb": given["limb"], **before}

    def _relief_rise(self, event: Event) -> None:
        """X16: a rise of 2 in a relief-only session tells the therapist."""
        spine, limb = event["payload"].get("spine"), event["payload"].get("limb")
        if any(rise >= tables()["thresholds"]["big_rise"] for rise in self.rises(spine, limb)):
            self.notice("stop", "X16", event, params={"spine": spine, "limb": limb})

    def eased(self, event: Event) -> None:
        """R25, P12: the patient made an entry easier for the rest of the day; the therapist is told."""
        given = event["payload"]
        if not self.running or given["item"] in self.eased_items:
            return
        made = {name: given[name] for name in EASED if given.get(name) is not None}
        self.eased_items[given["item"]] = made
        item = self.known[given["item"]]
        self.notice("note", "P12", event, params={"item": item["id"], "exercise": item["slug"], **made})

    # Walking

    def interval(self, event: Event) -> None:
        """S19: a walking interval ended."""
        self._flag(event)
        self.walks[event["payload"]["item"]] = event["payload"]

    def _limit(self, event: Event, item: Mapping[str, Any]) -> None:
        """S19, X11: the next interval from the plan's own, the walk that was recorded, what was made easier today, and
        the limits counted (P12)."""
        self.limits += 1
        self.items[item["id"]] = "interval-limit"
        self.rest = ("interval", event)
        walk = self.walks.pop(item["id"], {})
        first = walk.get("first_symptom_s")
        planned_by_plan = self.next_s.get(item["id"], item["dose"].get("work_s"))
        eased = self.eased_items.get(item["id"], {}).get("stretch_s")
        lengths = (planned_by_plan, walk.get("planned_s"), eased)
        known = [each for each in lengths if each is not None] if item["dose"].get("work_s") else []
        planned = min(known) if known else first if first is not None else walk.get("walked_s")
        if planned is None:
            self.next_s.pop(item["id"], None)
            return
        found = next_interval({"planned_s": planned, "time_to_first_symptom_s": first, "limits_so_far": self.limits})
        self.next_s[item["id"]] = found.extras["next_s"]
        self.facts["next_interval_s"] = found.extras["next_s"] if found.extras["may_start"] else None

    # Pauses and the end

    def paused(self, event: Event) -> None:
        """X5, X9: the session waits."""
        if self.running and self.paused_at is None:
            self.paused_at, self.asked_since_pause = event, False

    def resumed(self, event: Event) -> None:
        """X5: within 30 minutes, on the same date, after a new pain question against the old baseline."""
        since, self.paused_at = self.paused_at, None
        if not self.running or since is None or self.begun is None:
            return
        answered = self.last is not None and self.last["kind"] == "pain"  # X9: a question was open up to now
        within = RESUME_WITHIN_S + (CLOSED_AFTER_S if answered else 0)
        if elapsed_s(since, event) > within or not same_date(self.begun, event):
            self.end("closed", "", "X5", event)
            self.notice("no-data", "X5", event)
        elif elapsed_s(since, event) >= PAUSED_AFTER_S and not self.asked_since_pause:
            self.notice("note", "X5", event)

    def finished(self, event: Event) -> None:
        """The scores at the end. X16: a rise of 2 in relief tells the therapist; in exercise it is told as S18. X5: a
        session that was closed stays so."""
        given = event["payload"]
        if not self.heard:
            return
        self._owed(event)
        if self.state == "ended":
            return
        if self.running:
            self.state, self.rest = "finished", None
            self.facts.update(
                final_spine=given["spine"], final_limb=given["limb"], effort=score(given.get("effort")),
                ended_at=moment(event.get("at")),
            )  # fmt: skip
        if self.kind == "relief":
            self._relief_rise(event)
        elif any(rise >= tables()["thresholds"]["big_rise"] for rise in self.rises(given["spine"], given["limb"])):
            self.notice("note", "S18", event, params={"spine": given["spine"], "limb": given["limb"]})

    def _owed(self, event: Event) -> None:
        """S18, U9: a rest that had not settled at the finish ends the session. X9: sets without an answer are told."""
        given = event["payload"]
        rises = self.rises(given["spine"], given["limb"])
        if self.rest and (len(rises) < 2 or max(rises) > 0):
            name = self.rest[1]["payload"]["item"]
            self.facts.update(final_spine=given["spine"], final_limb=given["limb"], counted_end=counts_as_end("U9"))
            self._off(self.known[name], self.items.get(name) or "stopped-pain")
            self.end("ended", "U9", "S18", event)
            self.notice(
                "end", "S18", event, "U9", self._params({"item": name, "spine": given["spine"], "limb": given["limb"]})
            )
        unanswered = {item for item, _number in self.sets} - self.answered
        if unanswered:
            self.notice("note", "X9", event, params={"item": min(unanswered), "entries": len(unanswered)})

    def ended(self, event: Event) -> None:
        """An end that the device reports is kept where the replay has none: that is the careful side."""
        given = event["payload"]
        row, why = given.get("row") or "", given.get("why") or ""
        closes = why in CLOSED_FOR or row in CLOSED_FOR.values()
        if self.over and (closes or not self.heard):
            return
        if closes:
            rule = CLOSED_FOR.get(why, row)
            self.end("closed", "", rule, event)
            if self.begun is not None:
                self.notice("no-data" if rule == "X9" else "note", rule, event, params={"why": why})
            return
        self.facts["counted_end"] = counts_as_end(row)
        self.end("ended", row, given.get("rule") or "S18", event)
        self.notice("end", self.facts["end_rule"], event, row, {"why": why})
        if row in {"T1", "U1"}:
            self.red_sign(event)
        elif row in {"T2", "U2"}:
            self.fall(event)
