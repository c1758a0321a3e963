"""R1, R38: what a therapist approved never changes, by the database's own hand, on both engines."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = {"programs_programrevision": "revision", "programs_programitem": "item"}
WORDS = "an approved program never changes"

SQLITE = tuple(
    statement
    for table, name in TABLES.items()
    for statement in (
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - names of this file only
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{WORDS}'); END",
    )
)
SQLITE_BACK = tuple(
    f"DROP TRIGGER {name}_{what}" for name in TABLES.values() for what in ("no_update", "no_delete", "no_replace")
)

POSTGRESQL = (
    "CREATE FUNCTION programs_never_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
    *(
        statement
        for table, name in TABLES.items()
        for statement in (
            f"CREATE TRIGGER {name}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION programs_never_change()",
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION programs_never_change()",
        )
    ),
)
POSTGRESQL_BACK = (
    *(
        f"DROP TRIGGER {name}_{what} ON {table}"
        for table, name in TABLES.items()
        for what in ("no_truncate", "no_change")
    ),
    "DROP FUNCTION programs_never_change()",
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
    dependencies = [("programs", "0001_initial")]

    operations = [migrations.RunPython(close, reopen)]
