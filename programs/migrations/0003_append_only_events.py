"""S33, HZ21: what a session's log holds never changes, by the database's own hand, on both engines."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "programs_sessionevent"
WORDS = "an event of a session never changes"

SQLITE = (
    f"CREATE TRIGGER event_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    f"CREATE TRIGGER event_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
)
SQLITE_BACK = ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete")

POSTGRESQL = (
    "CREATE FUNCTION programs_event_never_changes() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
    f"CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION programs_event_never_changes()",
    f"CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION programs_event_never_changes()",
)
POSTGRESQL_BACK = (
    f"DROP TRIGGER event_no_truncate ON {TABLE}",
    f"DROP TRIGGER event_no_change ON {TABLE}",
    "DROP FUNCTION programs_event_never_changes()",
)


def close(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def reopen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_append_only")]

    operations = [migrations.RunPython(close, reopen)]
