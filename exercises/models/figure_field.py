"""Keeping a figure as it was written: the order of its poses counts, and PostgreSQL's ``jsonb`` forgets it."""

from typing import Any

from django.db import models

POSES = "poses"


class FigureField(models.JSONField):
    """A JSON column whose figure keeps the order of its poses: they are stored as pairs of name and values.

    What is stored as an object (by an earlier release) is read as it is. Migrations see a JSON column.
    """

    def deconstruct(self) -> Any:
        """As the column that it is: nothing about it differs in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The figure with its poses as pairs."""
        if isinstance(value, dict) and isinstance(value.get(POSES), dict):
            value = value | {POSES: list(map(list, value[POSES].items()))}
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """The figure with its poses as an object, in their order."""
        found = super().from_db_value(value, expression, connection)
        if isinstance(found, dict) and isinstance(found.get(POSES), list):
            found = found | {POSES: dict(found[POSES])}
        return found
