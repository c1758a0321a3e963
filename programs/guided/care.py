"""What the patient's day is worked out from, as plain values. Pure; ``loading`` fills them from the database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from exercises.content import Dose, Exercise, Kind, StartPosition
from exercises.figure_pictures import NO_PICTURE, Pictured
from programs.rules.limits import RESTFUL
from programs.rules.profile import Profile

NOT_COUNTED = RESTFUL
"""Routines X11: entries that are never active and whose minutes never count (R30)."""


@dataclass(frozen=True)
class Entry:
    """An exercise version in its place in a program: day, dose, the therapist's note."""

    day: str
    exercise: Exercise
    dose: Dose
    opener: bool = False
    closer: bool = False
    version: int = 1
    note: str = ""
    by_hand: bool = False
    """R12, X19: added or kept by the therapist with a written reason."""
    parts: tuple[str, ...] = ()
    """X19: what a core block is made of."""
    picture: Pictured = NO_PICTURE

    @property
    def slug(self) -> str:
        """The exercise's slug."""
        return self.exercise.slug

    @property
    def counted(self) -> bool:
        """R30: do its minutes count towards the day's total?"""
        return self.slug not in NOT_COUNTED

    @property
    def active(self) -> bool:
        """X11: is it an active entry?"""
        return self.counted and not (self.opener and self.day in {"A", "B"})

    @property
    def walking(self) -> bool:
        """Safety X7, S13: does a lock of walking entries hold it?"""
        return self.exercise.kind is Kind.AEROBIC and self.exercise.start_position is StartPosition.STANDING


@dataclass(frozen=True)
class Revision:
    """The revision in force, or an earlier one that a session was made from."""

    id: str
    number: int
    starts_on: date
    severity: str
    regions: tuple[str, ...]
    codes: frozenset[str]
    week: tuple[tuple[str, ...], ...]
    rules_version: str
    usual_spine: int | None
    usual_limb: int | None
    raises_since: int
    """The number of the last revision, up to this one, that raises or adds anything (X18)."""
    entries: tuple[Entry, ...] = ()

    def of_day(self, day: str) -> tuple[Entry, ...]:
        """The entries of one day letter, in order."""
        return tuple(entry for entry in self.entries if entry.day == day)


@dataclass(frozen=True)
class Used:
    """How much of one exercise a session used: sets begun, and seconds for minutes entries."""

    sets: int = 0
    reps: int = 0
    seconds: int = 0
    done: bool = False
    """Was any of it done (and not only asked about)?"""
    stopped: bool = False
    """S17, S20: not offered again on this date."""


@dataclass(frozen=True)
class PastSession:
    """A session of this patient: what it was, how it ended, and what of each exercise it used."""

    id: str
    local_date: date
    revision_number: int | None
    days: tuple[str, ...]
    kind: str
    state: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    baseline_spine: int | None = None
    baseline_limb: int | None = None
    end_rule: str = ""
    was_closed: bool = False
    """X5: closed for silence before a rule ended it."""
    next_day: str = ""
    sets_done: int = 0
    sets_planned: int = 0
    """Of what was to be done that day: in a short session, the short plan's."""
    used: dict[str, Used] = field(default_factory=dict)

    @property
    def was_begun(self) -> bool:
        """Was anything of it started?"""
        return self.started_at is not None

    @property
    def counts(self) -> bool:
        """Was it a session in which something was done? One that was not allowed to start never counts (S2), and a
        closed one no more for having been ended afterwards (X5)."""
        if self.state == "refused":
            return False
        to_its_end = self.was_begun and self.state in {"finished", "ended"} and not self.was_closed
        return to_its_end or any(use.done for use in self.used.values())


@dataclass(frozen=True)
class PastCheckIn:
    """The scores of one check-in."""

    local_date: date
    at: datetime
    spine: int | None
    limb: int | None


@dataclass(frozen=True)
class PastScreen:
    """A red-flag screen, or an event that asks for one (scope ``event``)."""

    local_date: date
    at: datetime
    complete: bool
    event: bool = False


@dataclass(frozen=True)
class OpenLock:
    """An open lock: level E, T or H, and what it holds."""

    level: str
    scope: str
    rule: str


@dataclass(frozen=True)
class Permission:
    """S20, S23: what the therapist allows for one entry."""

    rise_limit: int = 0
    centralising_ok: bool = False


@dataclass(frozen=True)
class ClinicWords:
    """How to reach the clinic, and the words of S31."""

    name: str
    phone: str
    out_of_hours: str
    emergency: str
    not_watched: str
    response: str


@dataclass(frozen=True)
class Care:
    """All of one patient that the day is worked out from, at one moment of their local date."""

    patient: str
    display_name: str
    zone: str
    now: datetime
    today: date
    clinic: ClinicWords
    discharged: bool = False
    revision: Revision | None = None
    restricted_to: str = ""
    codes: frozenset[str] = frozenset()
    """The precaution codes on now, with those that they imply."""
    profile: Profile | None = None
    """The clinical profile of now, with the codes and the OKs that stand (R12)."""
    permissions: dict[str, Permission] = field(default_factory=dict)
    cleared_after_surgery: bool = False
    relief_choice: str = ""
    walking_pattern: str = ""
    """Safety X11: the usual leg symptoms on walking, as the therapist recorded them."""
    catalogue: dict[str, Exercise] = field(default_factory=dict)
    """The version in force of the exercises that the program or relief has."""
    minimum: tuple[Entry, ...] = ()
    relief: tuple[Entry, ...] = ()
    sessions: tuple[PastSession, ...] = ()
    """Of the last weeks, oldest first."""
    last_started_on: date | None = None
    check_ins: tuple[PastCheckIn, ...] = ()
    screens: tuple[PastScreen, ...] = ()
    known_signs: tuple[str, ...] = ()
    """Safety X8: questions of Table A whose sign the therapist has examined."""
    last_release_at: datetime | None = None
    locks: tuple[OpenLock, ...] = ()
    last: PastSession | None = None
    """The last session that was begun and not answered for yet (safety X13)."""
    falls_asked_on: date | None = None
    """S25: when the regular fall questions were answered last; ``None`` before there is a program."""

    @cached_property
    def sessions_today(self) -> tuple[PastSession, ...]:
        """The sessions of this local date, oldest first."""
        return tuple(session for session in self.sessions if session.local_date == self.today)

    @property
    def closing_locks(self) -> tuple[OpenLock, ...]:
        """S2: the locks that close all exercise."""
        return tuple(lock for lock in self.locks if lock.scope == "all")

    @property
    def gravest(self) -> str:
        """X7: E over T over H; empty when nothing is locked."""
        levels = {lock.level for lock in self.closing_locks}
        return next((level for level in "ETH" if level in levels), "")

    @property
    def walking_locked(self) -> bool:
        """S13: are walking entries held?"""
        return any(lock.scope == "walking" for lock in self.locks)
