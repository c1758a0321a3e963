"""The only place that opens alerts and locks, and that takes an open alert back; no lock is ever closed here (X8).

Opening twice makes no second one.
"""

from datetime import datetime
from typing import Any

from accounts import audit
from accounts.models import Patient
from programs.models import Alert, Lock, Session


def open_alert(
    *,
    patient: Patient,
    level: str,
    rule: str,
    key: str,
    at: datetime,
    session: Session | None = None,
    row: str = "",
    params: dict[str, Any] | None = None,
) -> bool:
    """Open an alert once per patient and ``key``; answers whether it is new.

    One that nobody has acknowledged follows what a corrected answer made of its row and its words.
    ``level`` is one of ``Alert.Level``; ``rule`` and ``row`` name the rule and the row of its table that asked
    for it, ``params`` are what its words need: ids and numbers, never sentences.
    """
    alert, made = Alert.objects.get_or_create(
        patient=patient,
        key=key,
        defaults={
            "session": session,
            "level": level,
            "rank": Alert.RANKS[level],
            "rule": rule,
            "row": row,
            "params": params or {},
            "at": at,
        },
    )
    if not made and alert.acknowledged_at is None and (alert.row, alert.params) != (row, params or {}):
        alert.row, alert.params = row, params or {}
        alert.save(update_fields=["row", "params"])
    return made


def open_lock(
    *,
    patient: Patient,
    level: str,
    rule: str,
    key: str,
    at: datetime,
    session: Session | None = None,
    scope: str = Lock.Scope.ALL,
    params: dict[str, Any] | None = None,
) -> bool:
    """S2, X7: open a lock once per patient and ``key``, with the alert of the same level; answers whether it is new."""
    lock, made = Lock.objects.get_or_create(
        patient=patient,
        key=key,
        defaults={"session": session, "level": level, "scope": scope, "rule": rule, "opened_at": at},
    )
    if made:
        open_alert(
            patient=patient, level=level, rule=rule, key=f"lock:{key}", at=at, session=session,
            params={**(params or {}), "lock": str(lock.pk), "scope": scope},
        )  # fmt: skip
        audit.record(
            None, action="opened-lock", patient=patient, objects={"lock": str(lock.pk), "level": level, "rule": rule}
        )
    return made


def withdraw(*, patient: Patient, keys: list[str]) -> int:
    """Take back open alerts that a corrected answer no longer earns; answers how many. Locks and their alerts stay."""
    gone = Alert.objects.open().filter(patient=patient, key__in=keys).exclude(key__startswith="lock:")
    ids = [str(pk) for pk in gone.values_list("pk", flat=True)]
    if ids:
        gone.delete()
        audit.record(None, action="withdrew-alerts", patient=patient, objects={"alerts": ids})
    return len(ids)
