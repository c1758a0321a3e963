"""What the checks of the catalogue (``exercises.lint``) find in one entry, in words for its editor, by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises import words
from exercises.content import Catalogue, Exercise, Severity
from exercises.lint import Finding, findings_of

WORDS: Mapping[str, tuple[str, Promise]] = {
    "unknown-link": ("", gettext_lazy("Choose an exercise that is in the catalogue now.")),
    "link-to-itself": ("", gettext_lazy("An exercise cannot be its own easier or harder version.")),
    "link-loop": (
        "",
        gettext_lazy("This leads in a circle: an exercise would be its own easier or harder version."),
    ),
    "easier-and-harder": ("easier", gettext_lazy("“%(found)s” would be both easier and harder than this exercise.")),
    "unknown-code": ("exclude", gettext_lazy("The catalogue has no precaution “%(found)s”.")),
    "excluded-and-held": (
        "clinician_ok",
        gettext_lazy("A code is under “Never with” already. Choose one of the two lists."),
    ),
    "unknown-equipment": ("equipment", gettext_lazy("Not known: %(found)s.")),
    "no-region": ("regions", gettext_lazy("Choose at least one part of the spine.")),
    "no-dose": ("", gettext_lazy("Give a dose for at least one severity.")),
    "empty": ("", gettext_lazy("Fill this in.")),
    "steps": ("steps", gettext_lazy("Write three to six steps.")),
    "hard-to-read": (
        "steps",
        gettext_lazy("The steps are too hard to read (school grade %(found)s, below 4 is right). Use shorter words."),
    ),
    "sets-and-minutes": ("type", gettext_lazy("A dose has either sets and repetitions or minutes.")),
    "incomplete": ("type", gettext_lazy("Give sets, repetitions, hold and rest.")),
    "cap-unit": ("daily_cap", gettext_lazy("The daily cap is counted as the dose is: in repetitions or in minutes.")),
    "over-cap": ("daily_cap", gettext_lazy("One session is over this cap (%(found)s).")),
    "sides": ("type", gettext_lazy("The dose and the exercise say two things about sides.")),
    "how-often": ("times_a_day", gettext_lazy("Once a day or more often, on one to seven days a week.")),
    "long-hold": (
        "hold_seconds",
        gettext_lazy("Hold %(limit)s seconds at most, except in a stretch or a relief position."),
    ),
    "long-heat-or-cold": ("minutes", gettext_lazy("Heat or cold for %(limit)s minutes at most.")),
    "more-than-once": ("reps", gettext_lazy("Once a day is the most for this exercise.")),
    "over-hard-stop": (
        "type",
        gettext_lazy("A locked exercise ends after %(limit)s seconds: all its sets and repetitions together."),
    ),
}
"""Of each check that looks at one entry: the field (empty where the finding names it) and what to do."""


@dataclass(frozen=True)
class Fault:
    """Something to mend: in the content, or in the dose of a severity."""

    severity: Severity | None
    field: str
    message: str

    @property
    def sentence(self) -> str:
        """The message where no field stands beside it."""
        if self.severity is None:
            return self.message
        severity = words.SEVERITIES[self.severity]
        return _("Start dose (%(severity)s): %(message)s") % {"severity": severity, "message": self.message}


def faults(entry: Exercise, catalogue: Catalogue) -> tuple[Fault, ...]:
    """What is wrong with ``entry`` in the place of the catalogue's version of it; empty when all is well.

    ``catalogue`` is what is in force for the clinic, so that a draft or a retired exercise is no easier version.
    """
    others = tuple(other for other in catalogue if other.slug != entry.slug)
    whole = replace(catalogue, exercises=(*others, entry))
    return tuple(_fault(finding) for finding in findings_of(entry, whole))


def _fault(finding: Finding) -> Fault:
    field, message = WORDS[finding.check]
    severity = finding.where.partition(" ")[2]
    named = finding.found.partition(":")[0]
    limit = finding.found.rpartition(": ")[2]
    return Fault(
        severity=Severity(severity) if severity else None,
        field=field or (named if finding.check != "no-dose" else ""),
        message=str(message) % {"found": finding.found, "limit": limit},
    )
