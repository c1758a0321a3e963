"""The starter catalogue: files that people can read and compare, one for each exercise. No database."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from exercises.content import (
    Bias,
    Catalogue,
    Dose,
    Exercise,
    Kind,
    Lock,
    Precaution,
    Region,
    Severity,
    StartPosition,
)

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "catalogue"


class StarterError(ValueError):
    """A starter file does not hold what the catalogue needs; the message names the file."""


@lru_cache(maxsize=1)
def load_starter() -> Catalogue:
    """The catalogue of the files in ``fixtures/catalogue``; the file names' numbers give the order (X20).

    Raises ``StarterError`` when a file is not valid.
    """
    return read_catalogue(FOLDER)


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue in ``folder``: ``exercises/*.json`` in the order of their names, ``precautions.json``."""
    return Catalogue(
        exercises=tuple(_read(path, read_exercise) for path in sorted((folder / "exercises").glob("*.json"))),
        precautions=_read(folder / "precautions.json", lambda rows: tuple(Precaution(**row) for row in rows)),
    )


def read_templates(folder: Path = FOLDER) -> dict[str, dict[str, tuple[str, ...]]]:
    """The slugs of the days A, B and D of every template in ``folder``, by the template's name."""
    return _read(
        folder / "templates.json",
        lambda rows: {row["template"]: {day: tuple(row[day]) for day in ("A", "B", "D")} for row in rows},
    )


def _read(path: Path, make: Any) -> Any:
    try:
        return make(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        raise StarterError(f"{path.name}: {error!r}") from error


def read_exercise(entry: Mapping[str, Any]) -> Exercise:
    """An exercise from the object of its file. Raises ``ValueError``, ``KeyError`` or ``TypeError``."""
    values = dict(entry)
    return Exercise(
        slug=values.pop("slug"),
        name=values.pop("name"),
        other_names=tuple(values.pop("other_names")),
        regions=tuple(Region(region) for region in values.pop("regions")),
        kind=Kind(values.pop("kind")),
        start_position=StartPosition(values.pop("start_position")),
        direction_bias=Bias(values.pop("direction_bias")),
        doses={
            Severity(severity): Dose(**dose, per_side=entry["per_side"])
            for severity, dose in values.pop("doses").items()
        },
        equipment=tuple(tuple(group) for group in values.pop("equipment")),
        exclude=frozenset(values.pop("exclude")),
        clinician_ok=frozenset(values.pop("clinician_ok")),
        locks=tuple(Lock(lock) for lock in values.pop("locks")),
        steps=tuple(values.pop("steps")),
        **values,
    )
