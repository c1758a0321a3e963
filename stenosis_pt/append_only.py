"""Triggers by which the database itself refuses to change rows, for SQLite and for PostgreSQL.

Only migrations use this. Those that have been applied call it again on every new database, so what it builds for
them stays the same to the letter; something new gets a function of its own.
"""

from collections.abc import Callable, Iterable, Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

type Statements = Callable[[StateApps], Iterable[str]]
"""The statements of one direction on one engine; a trigger may name the columns of a model as it was then."""


def by_engine(forward: Mapping[str, Statements], back: Mapping[str, Statements]) -> RunPython:
    """An operation that runs the statements of the engine at hand. The keys are Django's vendor names."""
    return RunPython(_running(forward), _running(back))


def _running(statements: Mapping[str, Statements]) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def run(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements[editor.connection.vendor](apps):
            editor.execute(statement)

    return run


def append_only(tables: Mapping[str, str], *, function: str, words: str, replaced: bool = True) -> RunPython:
    """Rows of ``tables`` (name of the table: prefix of its triggers) can be added, and nothing else.

    ``words`` is what the database says when it refuses, by PostgreSQL's ``function``. Without ``replaced``,
    SQLite's INSERT OR REPLACE is not looked at.
    """
    bodies: dict[str, str] = {}
    create, drop = [postgresql_refusal(function, words)], [f"DROP FUNCTION {function}()"]
    for table, prefix in tables.items():
        bodies |= _sqlite_bodies(table, prefix, words, replaced=replaced)
        create += [
            f"CREATE TRIGGER {prefix}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            f"CREATE TRIGGER {prefix}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
        ]
        drop[:0] = [f"DROP TRIGGER {prefix}_no_truncate ON {table}", f"DROP TRIGGER {prefix}_no_change ON {table}"]
    return by_engine(
        {"sqlite": lambda apps: create_sqlite(bodies), "postgresql": lambda apps: create},
        {"sqlite": lambda apps: drop_sqlite(bodies), "postgresql": lambda apps: drop},
    )


def _sqlite_bodies(table: str, prefix: str, words: str, *, replaced: bool) -> dict[str, str]:
    stop = sqlite_refusal(words)
    bodies = {
        f"{prefix}_no_update": f"BEFORE UPDATE ON {table} {stop}",
        f"{prefix}_no_delete": f"BEFORE DELETE ON {table} {stop}",
    }
    if replaced:  # INSERT OR REPLACE deletes without asking the trigger above
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - names of the migrations only
        bodies[f"{prefix}_no_replace"] = f"BEFORE INSERT ON {table} WHEN {there} {stop}"
    return bodies


def create_sqlite(bodies: Mapping[str, str]) -> list[str]:
    """The statements that add SQLite's triggers, by their names."""
    return [f"CREATE TRIGGER {name} {body}" for name, body in bodies.items()]


def drop_sqlite(bodies: Iterable[str]) -> list[str]:
    """The statements that take SQLite's triggers away, by their names."""
    return [f"DROP TRIGGER {name}" for name in bodies]


def sqlite_refusal(words: str) -> str:
    """The action of a trigger of SQLite that refuses."""
    return f"BEGIN SELECT RAISE(ABORT, '{words}'); END"


def postgresql_refusal(function: str, words: str, *, code: str = "") -> str:
    """The statement that makes a trigger function of PostgreSQL which refuses, with an error's code where named."""
    return f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raising(words, code)} END $$"


def raising(words: str, code: str = "") -> str:
    """The statement of PL/pgSQL that refuses."""
    return f"RAISE EXCEPTION '{words}'" + (f" USING ERRCODE = '{code}'" if code else "") + ";"
