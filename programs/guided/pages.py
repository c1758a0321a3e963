"""The read side of the patient's day: what the page shows, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exercises.content import Exercise
from exercises.words import EQUIPMENT_AT_HAND
from programs.guided import words
from programs.guided.care import Care, Revision
from programs.guided.offers import Offer, aerobic_in, week_ahead
from programs.guided.pictures import picture_of
from programs.guided.plan import low_position, relief_position

NOON, EVENING = 12, 18
OVER_FOR_TODAY = frozenset({"stopped", "not-today", "locked"})
"""Whoever stopped, or may not exercise, sits or lies down (S18, S24)."""
WEEK = 7


@dataclass(frozen=True)
class StripDay:
    """One day of the week's strip: what was done, or is planned."""

    on: date
    state: str
    """done, planned, rest, past or before."""
    short: str
    words: str
    is_today: bool


@dataclass(frozen=True)
class Row:
    """An exercise of the list of what comes."""

    name: str
    dose_words: str
    picture: str
    note: str


@dataclass(frozen=True)
class TodayPage:
    """All that the day's page shows."""

    part_of_day: str
    name: str
    offer: Offer
    level: str
    """The gravest open lock: E, T, H or nothing."""
    title: str
    minutes: int
    count: int
    needs: tuple[str, ...]
    rows: tuple[Row, ...]
    first_session: bool
    week: tuple[StripDay, ...]
    tomorrow: str
    session: str = ""
    starts_on: date | None = None
    walking_held: bool = False
    left_out: int = 0
    account: str = ""
    local_date: date | None = None
    zone: str = ""
    relief_position: Mapping[str, Any] = field(default_factory=dict)
    """R25: shown where the network is gone and no session of rest positions can be made."""
    short: tuple[int, int] | None = None
    """Sets done, and to do, of the short session that was done today."""
    has_finished: bool = False
    """Has the patient finished a session lately? Before that, nothing is said of the home screen."""

    @property
    def part(self) -> str:
        """The template partial of the day's state."""
        if self.offer.startable:
            name = "relief" if self.offer.kind == "relief" else "start"
        else:
            name = self.offer.state.replace("-", "_")
        return f"programs/guided/today_states.html#{name}"


def part_of_day(hour: int) -> str:
    """morning, afternoon or evening, by the patient's own clock."""
    return "morning" if hour < NOON else "afternoon" if hour < EVENING else "evening"


def needs_of(exercises: list[Exercise]) -> tuple[str, ...]:
    """The things to have at hand, each once: of each group of equipment the bed if it will do, else the first."""
    found: dict[str, None] = {}
    for exercise in exercises:
        for group in exercise.equipment:
            if not found.keys() & set(group):
                found["bed" if "bed" in group else group[0]] = None
    return tuple(str(EQUIPMENT_AT_HAND[word]) for word in found if word in EQUIPMENT_AT_HAND)


def today_page(care: Care, offered: Offer, plan: dict[str, Any] | None, left_out: int = 0) -> TodayPage:
    """The day of a patient; ``plan`` is that of the session to start, if there is one."""
    items = plan["items"] if plan else []
    severity = care.revision.severity if care.revision else ""
    title = str(words.KIND_NAMES.get(offered.kind, "")) or words.day_name(offered.day, severity)
    if offered.day == "B" and not aerobic_in(care, "B"):
        title = words.day_name("D", "")
    relief = (low_position if offered.state in OVER_FOR_TODAY else relief_position)(care)
    exercises = [care.catalogue[item["slug"]] for item in items if item["slug"] in care.catalogue]
    return TodayPage(
        part_of_day=part_of_day(care.now.astimezone(ZoneInfo(care.zone)).hour),
        name=care.display_name,
        offer=offered,
        level=care.gravest if offered.state == "locked" else "",
        title=title,
        minutes=plan["minutes"] if plan else 0,
        count=len(items),
        needs=needs_of(exercises),
        rows=tuple(Row(item["name"], item["dose_words"], picture_of(item), item["note"]) for item in items),
        first_session=bool(plan and plan["first_session"]),
        week=() if care.gravest or care.discharged or care.restricted_to else _strip(care),  # paused: no day as planned
        tomorrow=_tomorrow(care),
        session=plan["session"] if plan else "",
        starts_on=care.revision.starts_on if care.revision else None,
        walking_held=care.walking_locked,
        left_out=left_out,
        account=care.patient,
        local_date=care.today,
        zone=care.zone,
        relief_position={**relief, "picture": picture_of(relief)} if relief["slug"] else {},
        short=_short(care),
        has_finished=any(session.state == "finished" for session in care.sessions),
    )


def _short(care: Care) -> tuple[int, int] | None:
    done = [one for one in care.sessions_today if one.kind == "minimum" and one.state == "finished"]
    return (done[-1].sets_done, done[-1].sets_planned) if done else None


def _strip(care: Care) -> tuple[StripDay, ...]:
    """Monday to Sunday of this week; seven days from the start for a program that began this week."""
    if care.revision is None:
        return ()
    monday = care.today - timedelta(days=care.today.weekday())
    first = max(monday, min(care.revision.starts_on, care.today))
    planned = week_ahead(care, WEEK)
    return tuple(_strip_day(care, care.revision, first + timedelta(days=offset), planned) for offset in range(WEEK))


def _strip_day(care: Care, revision: Revision, on: date, planned: dict[date, tuple[str, ...]]) -> StripDay:
    severity = revision.severity
    done = [session for session in care.sessions if session.local_date == on and session.was_begun and session.counts]
    if done:
        letter = next((day for session in done for day in session.days), "")
        return StripDay(on, "done", words.short_day_name(letter, severity) if letter else "", "", on == care.today)
    if on < care.today:
        return StripDay(on, "past" if on >= revision.starts_on else "before", "", "", False)
    letters = planned.get(on, ())
    if not letters:
        state = "rest" if on >= revision.starts_on else "before"
        return StripDay(on, state, words.short_day_name("", severity), "", on == care.today)
    names = ", ".join(words.day_name(letter, severity) for letter in letters)
    return StripDay(on, "planned", words.short_day_name(letters[0], severity), names, on == care.today)


def _tomorrow(care: Care) -> str:
    if care.revision is None:
        return ""
    letters = week_ahead(care, 2).get(care.today + timedelta(days=1), ())
    return words.day_name(letters[0], care.revision.severity) if letters else ""


def relief_shown(offered: Offer) -> bool:
    """Is the way to a relief-only session shown apart from the main button?"""
    return offered.relief and offered.kind != "relief"
