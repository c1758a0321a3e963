"""Where an entry of a program and its dose come from. Pure; stored as JSON with drafts and revisions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Origin:
    """Who or what is behind an entry: nothing stands for the assembly of the rules, or for what was not recorded.

    ``dose_by`` is the name of the therapist who set the dose, ``dose_rule`` the rule that changed it; the later
    of the two stands alone. ``put_in_by`` is the name of the therapist who put the entry in.
    """

    dose_by: str = ""
    dose_rule: str = ""
    put_in_by: str = ""

    @classmethod
    def from_json(cls, content: Mapping[str, Any] | None) -> "Origin":
        """The origin of ``to_json``; what an earlier version of the program did not record is empty."""
        content = content or {}
        return cls(*(str(content.get(name, "")) for name in ("dose_by", "dose_rule", "put_in_by")))

    def to_json(self) -> dict[str, str]:
        """The origin as plain JSON values."""
        return asdict(self)
