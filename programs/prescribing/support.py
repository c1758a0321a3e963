"""The numbers that may support the choice of a severity (R5, R7), and the line that each points to. Never a choice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from exercises.content import Severity
from programs.models.profile import SEVERITIES
from programs.rules.severity import R5_SUPPORT

FIELDS = {"odi_percent": "ODI", "ndi_points": "NDI", "six_minute_walk_metres": "6MWT"}
"""The profile's field of each measure."""
HIGHER_IS_WORSE = frozenset({"ODI", "NDI"})
RULES = {"ODI": "R5", "NDI": "R7", "6MWT": "R5"}


@dataclass(frozen=True)
class Pointer:
    """A recorded number in words, and the severity whose line it points to; none outside every line."""

    words: str
    severity: Severity | None
    rule: str

    @property
    def sentence(self) -> str:
        """The number and what it points to."""
        if self.severity is None:
            return _("%(measure)s: points to no line") % {"measure": self.words}
        return _("%(measure)s: points to %(severity)s") % {
            "measure": self.words,
            "severity": dict(SEVERITIES)[self.severity.value],
        }


def r5_pointed(measure: str, score: int) -> Severity | None:
    """R5, R7: the line that a score points to; a score worse than the last line points to severe."""
    rows = [row for row in R5_SUPPORT if row.measure == measure]
    found = next((row.severity for row in rows if row.low <= score <= row.high), None)
    if found is None and measure in HIGHER_IS_WORSE and score > max(row.high for row in rows):
        return Severity.SEVERE
    return found


def pointers(values: dict[str, object]) -> tuple[Pointer, ...]:
    """Where the numbers of the profile point to; what is not a whole number yet points nowhere."""
    found = []
    for field, measure in FIELDS.items():
        text = str(values.get(field, "")).strip()
        if text.isascii() and text.isdigit() and len(text) < 5:
            score = int(text)
            found.append(Pointer(_words(measure, score), r5_pointed(measure, score), RULES[measure]))
    return tuple(found)


def _words(measure: str, score: int) -> str:
    words = {
        "ODI": _("ODI %(score)d percent"),
        "NDI": _("NDI %(score)d of 50"),
        "6MWT": _("6-minute walk %(score)d metres"),
    }
    return words[measure] % {"score": score}
