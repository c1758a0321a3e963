"""What the patient's day offers, in order of precedence. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programs.guided.care import Care, PastSession
from programs.guided.days import ahead
from programs.guided.dosing import is_aerobic
from programs.guided.plan import main_items
from programs.guided.startcheck import closed_by
from programs.rules.limits import R30_SESSIONS, RELIEF_SETS_A_DAY
from programs.rules.schedule import Load

UNDER_WAY = {"checked-in", "started"}
NOT_AGAIN_TODAY = {"S24", "S15"}
"""Rules of a refused check-in after which nothing more is offered on the date (dizzy, vomiting)."""


@dataclass(frozen=True)
class Offer:
    """What may be started now. ``state`` names the page; ``kind`` and ``day`` the session, empty for none."""

    state: str
    kind: str = ""
    day: str = ""
    rule: str = ""
    relief: bool = False
    """May relief positions be offered as well (safety X16)?"""
    resume: str = ""
    """The session that is under way."""
    done: tuple[str, ...] = ()
    """The day letters done today."""

    @property
    def startable(self) -> bool:
        """Is there something to start?"""
        return bool(self.kind)


def offer(care: Care) -> Offer:
    """The first that holds: discharged, locked (S2), no program (R1), closed by a code (R10), under way,
    paused by a rule (X14), stopped today, today's sessions (R28-R30), finished, rest."""
    closed = _closed(care)
    if closed is not None:
        return closed
    revision = care.revision
    if revision is None:
        return Offer("no-program", rule="R1")
    relief = bool(main_items(care, "relief", ""))
    begun = [session for session in care.sessions_today if session.was_begun]
    under_way = [session for session in care.sessions_today if session.state in UNDER_WAY]
    if under_way:
        return Offer("under-way", resume=under_way[-1].id, relief=relief)
    if care.today < revision.starts_on:
        return Offer("not-yet", relief=relief)
    if care.restricted_to == "relief":
        return Offer("relief-only", kind="relief" if relief else "", rule="X14", relief=relief)
    if any(session.state == "ended" and session.kind != "relief" for session in care.sessions_today):
        return Offer("stopped", relief=relief, done=_letters(begun))
    if any(_refused_for_today(session) for session in care.sessions_today):
        return Offer("not-today", relief=relief, done=_letters(begun))
    if care.restricted_to == "minimum":
        return _minimum(care, begun, relief)
    return _sessions(care, begun, relief)


def letters_today(care: Care) -> tuple[str, ...]:
    """The days planned for today (X14, R28)."""
    return week_ahead(care, 1).get(care.today, ())


def week_ahead(care: Care, days: int) -> dict[date, tuple[str, ...]]:
    """The days planned for today and the dates after it, whatever revision the sessions before belonged to."""
    revision = care.revision
    if revision is None:
        return {}
    aerobic = sum(
        entry.dose.minutes or 0 for entry in revision.of_day("B") if is_aerobic(entry.exercise.kind, entry.slug)
    )
    return dict(
        ahead(
            revision.week,
            revision.starts_on,
            care.today,
            days,
            [
                Load(session.local_date, session.days, int("B" in session.days))
                for session in care.sessions
                if session.kind == "full" and session.was_begun and session.local_date < care.today
            ],
            aerobic_minutes=aerobic,
            daily=bool(revision.of_day("D")),
        )
    )


def day_offered(care: Care, letter: str) -> bool:
    """Does the day still have anything that may be done? A day of nothing but breathing does not count,
    except the relief set of severe (X13)."""
    items = main_items(care, "full", letter)
    severe = care.revision is not None and care.revision.severity == "severe"
    return bool(items) and ((severe and letter == "D") or any(item.entry.active for item in items))


def _closed(care: Care) -> Offer | None:
    if care.discharged:
        return Offer("discharged")
    if care.gravest:
        relief = care.gravest == "H" and care.revision is not None and bool(main_items(care, "relief", ""))
        return Offer("locked", rule="S2", relief=relief)
    closed = closed_by(care)
    return Offer("closed", rule=closed[0]) if closed else None


def _minimum(care: Care, begun: list[PastSession], relief: bool) -> Offer:
    counted = [session for session in begun if session.kind != "relief"]
    if counted or not main_items(care, "minimum", ""):
        return Offer("finished" if counted else "relief-only", relief=relief, rule="X14")
    return Offer("minimum", kind="minimum", rule="X14", relief=relief)


def _sessions(care: Care, begun: list[PastSession], relief: bool) -> Offer:
    severe = care.revision is not None and care.revision.severity == "severe"
    counted = [session for session in begun if session.kind != "relief" and not (severe and session.days == ("D",))]
    done = _letters(begun)
    letters = letters_today(care)
    for letter in letters:
        if letter == "D" and severe:
            open_now = sum("D" in session.days for session in begun) < RELIEF_SETS_A_DAY
        else:
            open_now = letter not in done and len(counted) < R30_SESSIONS
        if open_now and day_offered(care, letter):
            state = "again" if letter in done else "session"
            return Offer(state, kind="full", day=letter, relief=relief, done=done)
    if counted or done:
        return Offer("finished", relief=relief, done=done)
    return Offer("rest" if not letters else "nothing-left", relief=relief)


def _refused_for_today(session: PastSession) -> bool:
    """A check-in that said not today: nothing more but relief."""
    return session.kind != "relief" and session.state == "refused" and session.end_rule in NOT_AGAIN_TODAY


def _letters(sessions: Iterable[PastSession]) -> tuple[str, ...]:
    full = (session for session in sessions if session.kind != "relief")
    return tuple(dict.fromkeys(letter for session in full for letter in session.days))


def aerobic_in(care: Care, letter: str) -> bool:
    """Has the day an aerobic entry (for the words about it)?"""
    entries = care.revision.of_day(letter) if care.revision else ()
    return any(is_aerobic(entry.exercise.kind, entry.slug) for entry in entries)
