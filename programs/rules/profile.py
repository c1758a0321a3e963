"""What assembly needs to know of a patient (X1), with the codes and equipment that follow from it (X2, X3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from exercises.content import ALWAYS_PRESENT, HOUSEHOLD, Bias, Catalogue, Region, Severity

IMPLIED_CODES: Mapping[str, tuple[str, ...]] = {
    "heart-failure": ("heart-disease",),
    "heart-disease-unstable": ("heart-disease",),
    "uncontrolled-hypertension": ("hypertension-any",),
    "peripheral-arterial-rest-pain": ("peripheral-artery-disease",),
    "vertebral-fracture": ("osteoporosis",),
}
"""Codes that bring other codes with them (X2)."""

NO_HOUSEHOLD = "none"
"""The equipment word that takes the household set away (X3)."""

MINUTES = range(10, 61)
"""The minutes limits that a patient may have for one session (X1)."""

MJOA = range(19)
"""The scores of the mJOA (R6)."""


def with_implied(codes: frozenset[str]) -> frozenset[str]:
    """X2: the codes with every code that they imply."""
    return codes.union(*(IMPLIED_CODES.get(code, ()) for code in codes))


Problem = tuple[str, object, tuple[str, ...]]
"""Something wrong with a profile: the field, what it holds, and what would be valid."""


class ProfileError(ValueError):
    """A profile that cannot be used. ``problems`` are (field, value, valid words), to be put into words."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "; ".join(
                f"{field}: {value!r} is not valid; valid: {', '.join(valid)}" for field, value, valid in self.problems
            )
        )


@dataclass(frozen=True)
class Profile:
    """A patient as the rules see them. ``equipment`` is ``None`` for the household set alone (X3).

    ``ok`` holds the slugs that the therapist ticked (R12). A tick covers the codes that were on when it was
    made (X6): those in ``ok_codes``, or for a slug that is not in there, all codes of this profile.
    ``minutes`` is the most the patient has for one session; ``helps`` are relief positions that help (R16).
    """

    regions: tuple[Region, ...]
    severity: Severity
    precautions: frozenset[str] = frozenset()
    equipment: frozenset[str] | None = None
    minutes: int | None = None
    ok: frozenset[str] = frozenset()
    helps: frozenset[str] = frozenset()
    mjoa: int | None = None
    specialist_agreement: bool = False
    specialist_reason_against_surgery: bool = False
    first_session: bool = False
    direction_preference: Bias | None = None
    ok_codes: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)

    @staticmethod
    def from_given(given: Mapping[str, object], catalogue: Catalogue | None = None) -> "Profile":
        """X1: the profile of plain values, as a file or a form gives them.

        Raises ``ProfileError``, which names each thing wrong and what would be right. Without a catalogue, codes
        and ticked exercises are checked only when a routine is assembled.
        """
        from programs.rules.given import read

        return read(given, catalogue)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The precaution codes that are on, with those they imply (X2)."""
        return with_implied(self.precautions)

    @cached_property
    def present(self) -> frozenset[str]:
        """X3: the equipment that is there, before R15 takes the mat away."""
        words = self.equipment or frozenset()
        base = ALWAYS_PRESENT if NO_HOUSEHOLD in words else (*HOUSEHOLD, *ALWAYS_PRESENT)
        present = words.union(base) - {NO_HOUSEHOLD}
        if "bed" in present:
            present |= {"pillow"}
        if "armless-chair" in present:
            present |= {"chair"}
        return present

    @cached_property
    def reachable(self) -> frozenset[str]:
        """X3, R15: the equipment that counts; no mat for a patient who cannot get to the floor."""
        return self.present - {"mat"} if "cannot-get-to-floor" in self.codes else self.present

    def uncovered(self, slug: str, codes: frozenset[str]) -> frozenset[str]:
        """X6: which of ``codes`` no tick for this exercise covers."""
        if slug not in self.ok:
            return codes
        if slug not in self.ok_codes:
            return frozenset()
        return codes - with_implied(self.ok_codes[slug])
