"""A SQLite library that is new enough for several writers.

Versions 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections write and checkpoint at the
same moment (sqlite.org/wal.html#walresetbug). Where the interpreter is linked to such a version, the library
that the ``pysqlite3`` package bundles takes its place, before Django loads.
"""

import sqlite3
import sys
from typing import Any

SAFE_VERSION = (3, 51, 3)
VARIABLE_LIMIT = 32766
"""Most bound values of one statement (SQLITE_MAX_VARIABLE_NUMBER of the bundled library)."""
COLUMN_LIMIT = 2000
"""Most columns of one statement (SQLITE_MAX_COLUMN of the bundled library)."""


def stand_in() -> None:
    """Put the bundled library in the place of ``sqlite3`` where the interpreter's own is too old."""
    if sqlite3.sqlite_version_info >= SAFE_VERSION:
        return
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:
        return  # the settings refuse production on the old library, in words
    # Django asks for these, which the stand-in lacks.
    dbapi2.SQLITE_LIMIT_COLUMN = pysqlite3.SQLITE_LIMIT_COLUMN = 2
    dbapi2.SQLITE_LIMIT_VARIABLE_NUMBER = pysqlite3.SQLITE_LIMIT_VARIABLE_NUMBER = 9
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def library_version() -> tuple[int, int, int]:
    """The version of the SQLite library that the process really uses."""
    import sqlite3 as current

    return current.sqlite_version_info


def connection_factory() -> Any:
    """The connection class to hand to Django's SQLite back end, or None where the standard one serves."""
    import sqlite3 as current

    if hasattr(current.Connection, "getlimit"):
        return None

    class Connection(current.Connection):
        """A connection that can tell its variable limit, as Python's own can."""

        def getlimit(self, category: int, /) -> int:
            """The most columns (2) or bound values (9) of one statement; nothing else is asked for."""
            return COLUMN_LIMIT if category == 2 else VARIABLE_LIMIT

    return Connection
