"""X1: reading a profile from plain values; the unknown is refused, never ignored."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from exercises.content import EQUIPMENT, RELIEF_POSITIONS, Bias, Catalogue, Region, Severity
from programs.rules.profile import MINUTES, MJOA, NO_HOUSEHOLD, Problem, Profile, ProfileError


class _Reader:
    """Takes fields out of ``given`` and keeps what was wrong with them."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def refuse(self, field: str, value: object, valid: Iterable[str]) -> None:
        """Keep what is wrong with a field, and what would be valid; reading goes on, so that all is named at once."""
        self.problems.append((field, value, tuple(valid)))

    def words(self, field: str, valid: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of words, each once, in the order given."""
        value = self.given.get(field, [])
        if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(word, str) for word in value):
            self.refuse(field, value, ("a list of words",))
            return ()
        for word in value:
            if valid is not None and word not in valid:
                self.refuse(field, word, valid)
        return tuple(dict.fromkeys(value))

    def number(self, field: str, allowed: range) -> int | None:
        """A whole number of ``allowed``, or none."""
        value = self.given.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
            self.refuse(field, value, (f"{allowed[0]}-{allowed[-1]}",))
            return None
        return value

    def flag(self, field: str) -> bool:
        """True or false; false where it is not given."""
        value = self.given.get(field, False)
        if not isinstance(value, bool):
            self.refuse(field, value, ("true", "false"))
        return value is True


FIELDS: tuple[str, ...] = (
    "regions",
    "severity",
    "precautions",
    "equipment",
    "minutes",
    "ok",
    "helps",
    "mjoa",
    "specialist_agreement",
    "specialist_reason_against_surgery",
    "first_session",
    "direction_preference",
)
"""The keys that a given profile may have; regions and severity must be there."""


def read(given: Mapping[str, object], catalogue: Catalogue | None = None) -> Profile:
    """X1: the profile of plain values. Raises ``ProfileError`` naming every problem.

    Codes and ticked exercises are looked up only where a catalogue is given.
    """
    if not isinstance(given, Mapping):
        raise ProfileError([("profile", given, ("an object",))])
    reader = _Reader(given)
    for key in given:
        if key not in FIELDS:
            reader.refuse("profile", key, FIELDS)
    values = _values(reader)
    if catalogue is not None:
        reader.problems += unknown(values["precautions"], values["ok"], catalogue)
    if reader.problems:
        raise ProfileError(reader.problems)
    return Profile(**values)


def _values(reader: _Reader) -> dict[str, Any]:
    given = reader.given
    regions = reader.words("regions", tuple(Region))
    if not regions and not any(field == "regions" for field, _, _ in reader.problems):
        reader.refuse("regions", given.get("regions"), tuple(Region))
    equipment = given.get("equipment")
    return {
        "regions": _all(Region, regions),
        "severity": _one(reader, "severity", Severity, required=True),
        "precautions": frozenset(reader.words("precautions")),
        "equipment": None if equipment is None else frozenset(reader.words("equipment", (*EQUIPMENT, NO_HOUSEHOLD))),
        "minutes": reader.number("minutes", MINUTES),
        "ok": frozenset(reader.words("ok")),
        "helps": frozenset(reader.words("helps", RELIEF_POSITIONS)),
        "mjoa": reader.number("mjoa", MJOA),
        "specialist_agreement": reader.flag("specialist_agreement"),
        "specialist_reason_against_surgery": reader.flag("specialist_reason_against_surgery"),
        "first_session": reader.flag("first_session"),
        "direction_preference": _one(reader, "direction_preference", Bias, required=False),
    }


def _all(words: Callable[[str], Region], given: Iterable[str]) -> tuple[Region, ...]:
    return tuple(words(word) for word in given if word in tuple(Region))


def _one(reader: _Reader, field: str, words: Any, *, required: bool) -> Any:
    value = reader.given.get(field)
    if isinstance(value, str) and value in tuple(words):
        return words(value)
    if required or value is not None:
        reader.refuse(field, value, tuple(words))
    return None


def check(profile: Profile, catalogue: Catalogue) -> None:
    """X1: refuse codes and exercises that the catalogue does not know. Raises ``ProfileError``."""
    if problems := list(unknown(profile.precautions, profile.ok, catalogue)):
        raise ProfileError(problems)


def unknown(codes: Iterable[str], slugs: Iterable[str], catalogue: Catalogue) -> Iterator[Problem]:
    """The precaution codes and the ticked exercises that the catalogue does not know."""
    for code in sorted(codes):
        if code not in catalogue.codes:
            yield "precautions", code, tuple(sorted(catalogue.codes))
    for slug in sorted(slugs):
        if slug not in catalogue:
            yield "ok", slug, tuple(catalogue.by_slug)
