"""The read side of the inbox: what is open, in the order in which it needs somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.models import User
from programs.models import Alert, Lock
from programs.review import patients, states
from programs.wording import review as wording
from programs.wording.alerts import alert_words

MOST = 200
"""Rows on one page of the inbox."""


@dataclass(frozen=True)
class InboxRow:
    """One thing to look at."""

    id: Any
    levels: tuple[str, ...]
    """The gravest first: one sign may lock twice, T and H (X7)."""
    patient_id: Any
    patient: str
    about: str
    words: str
    rule: str
    at: datetime | None
    since: date | None
    zone: Any
    locks: tuple[Any, ...]


@dataclass(frozen=True)
class InboxPage:
    """The inbox: what is open, and what was just taken off (to put back).

    ``total`` counts what was found, as the navigation's number does; ``silent`` the patients without data.
    """

    rows: tuple[InboxRow, ...]
    total: int
    silent: int
    mine: bool
    undo: Any


def inbox_page(user: User, *, mine: bool, undo: Any = None) -> InboxPage:
    """The inbox of the therapist's clinic, or of their own patients; a constant number of queries."""
    alerts = Alert.objects.visible_to(user).open().filter(patient__discharged_at__isnull=True)
    if mine:
        alerts = alerts.filter(patient__therapist=user)
    total = alerts.findings().count()
    found = list(alerts.in_order().select_related("patient__clinical_profile", "session")[:MOST])
    locks: dict[Any, list[Lock]] = {}
    for lock in Lock.objects.open().filter(patient__in={alert.patient_id for alert in found}):
        locks.setdefault(lock.patient_id, []).append(lock)
    together: dict[Any, list[Alert]] = {}
    for alert in found:
        together.setdefault(alert.finding, []).append(alert)
    rows = [_row(same, locks.get(same[0].patient_id, [])) for same in together.values()]
    silent = _silent_rows(user, mine=mine)
    rank = Alert.RANKS["no-data"]
    before = [row for row in rows if Alert.RANKS[row.levels[0]] <= rank]
    after = [row for row in rows if Alert.RANKS[row.levels[0]] > rank]
    undone = Alert.objects.visible_to(user).filter(id=undo, acknowledged_by=user).first() if undo else None
    return InboxPage((*before, *silent, *after), total, len(silent), mine, undone)


def open_count(user: User) -> int:
    """How much is open for the clinic (the navigation's number)."""
    return Alert.objects.visible_to(user).open().filter(patient__discharged_at__isnull=True).findings().count()


def _row(same: list[Alert], locks: list[Lock]) -> InboxRow:
    alert, levels = same[0], tuple(one.level for one in same)
    return InboxRow(
        id=alert.id,
        levels=levels,
        patient_id=alert.patient_id,
        patient=alert.patient.display_name,
        about=wording.about(getattr(alert.patient, "clinical_profile", None)),
        words=alert_words(rule=alert.rule, row=alert.row, params=alert.params, level=alert.level),
        rule=", ".join(filter(None, (alert.rule, alert.row))),
        at=alert.at,
        since=None,
        zone=alert.patient.zone,
        locks=tuple(lock for lock in locks if lock.level in levels),
    )


def _silent_rows(user: User, *, mine: bool) -> tuple[InboxRow, ...]:
    """Patients of whom nothing has come for a week; they are no alert until a rule opens one."""
    page = patients.patients_page(user, mine=mine, q="", discharged=False)
    silent = [(row, row.silence) for row in page.rows if row.state is states.Today.AWAY and row.silence]
    seen = set(
        Alert.objects.visible_to(user)
        .filter(patient__in=[row.id for row, _ in silent], key__in={silence.key for _, silence in silent})
        .values_list("patient_id", "key")
    )
    return tuple(
        InboxRow(
            id=None,
            levels=("no-data",),
            patient_id=row.id,
            patient=row.name,
            about=row.about,
            words=wording.silence_words(silence.days),
            rule="P23",
            at=None,
            since=silence.since,
            zone=None,
            locks=(),
        )
        for row, silence in silent
        if (row.id, silence.key) not in seen
    )
