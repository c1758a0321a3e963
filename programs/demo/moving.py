"""Moving the demo's dates along by whole days, so that stories told relative to today are true again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.expressions import Combinable

from programs.models import Alert, Lock, Session

ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
APPS = ("accounts", "programs")
WRITTEN_DATES: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Session, ("plan",)),
    (Alert, ("key", "params")),
    (Lock, ("key",)),
)
"""Columns that hold dates inside a text or a JSON value."""


class LaterDate(models.Func):
    """A date so many days later, in the words of each database."""

    output_field = models.DateField()

    def __init__(self, field: str, days: int) -> None:
        super().__init__(models.F(field), models.Value(days))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps a date as text."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", ", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL adds days to a date."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **extra)


def move_along(days: int) -> None:
    """Move every date of people and programs by ``days``. The whole database is the demo's: refuses otherwise."""
    if not settings.DEMO:
        raise RuntimeError("Only the demo's dates may be moved.")
    with transaction.atomic(), _without_triggers():
        for app in APPS:
            for model in apps.get_app_config(app).get_models():
                _move_columns(model, days)
        for model, names in WRITTEN_DATES:
            _move_written(model, names, days)


def _move_columns(model: type[models.Model], days: int) -> None:
    later: dict[str, Combinable] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            later[field.name] = models.F(field.name) + timedelta(days=days)
        elif isinstance(field, models.DateField):
            later[field.name] = LaterDate(field.name, days)
    if later:
        model._default_manager.update(**later)


def _move_written(model: type[models.Model], names: tuple[str, ...], days: int) -> None:
    rows = list(model._default_manager.only(*names))
    for row in rows:
        for name in names:
            setattr(row, name, later_words(getattr(row, name), days))
    model._default_manager.bulk_update(rows, names, batch_size=50)


def later_words(value: Any, days: int) -> Any:
    """A text, list or mapping with every ISO date in it moved by ``days``."""
    if isinstance(value, str):
        return ISO_DATE.sub(lambda found: _later(found.group(1), days), value)
    if isinstance(value, list):
        return [later_words(item, days) for item in value]
    if isinstance(value, dict):
        return {key: later_words(item, days) for key, item in value.items()}
    return value


def _later(text: str, days: int) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
    except ValueError:
        return text  # digits that only look like a date


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Lift the append-only triggers of our tables, inside the transaction that is open."""
    tables = [model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(tables))
            cursor.execute(
                f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})",  # noqa: S608
                tables,
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
            yield
            for _name, sql in triggers:
                cursor.execute(sql)
        else:
            # PostgreSQL alters no table that has checks waiting for the commit: they run now.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} DISABLE TRIGGER USER")
            yield
            for table in tables:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
