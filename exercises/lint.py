"""Checks on the catalogue's data that no single entry can make for itself. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exercises.content import EQUIPMENT, Bias, Catalogue, Dose, Exercise, Region, Severity
from exercises.limits import excesses
from exercises.reading import grade

READING_GRADE_BELOW = 4.0
"""Step lists stay below this US school grade: a reading age of about 9 or less."""

STEPS = range(3, 7)
"""How many steps an exercise may have."""

OVER: Mapping[str, str] = {
    "hold": "long-hold",
    "plank": "long-hold",
    "thermal": "long-heat-or-cold",
    "once": "more-than-once",
    "hard-stop": "over-hard-stop",
}
"""The check of each limit in ``exercises.limits``."""

Template = Mapping[str, Sequence[str]]
"""A template of the routine rules: the slugs of its days A, B and D."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with the data: where, which check, and what was found."""

    where: str
    check: str
    found: str = ""


def lint(catalogue: Catalogue, templates: Mapping[str, Template]) -> tuple[Finding, ...]:
    """Everything that is wrong with the catalogue and the templates; empty when all is well.

    ``templates`` are by name, such as ``lumbar-mild``.
    """
    findings: list[Finding] = [*_twice(catalogue)]
    for exercise in catalogue:
        findings += findings_of(exercise, catalogue)
    for name, template in templates.items():
        findings += _template(name, template, catalogue)
    return tuple(findings)


def findings_of(exercise: Exercise, catalogue: Catalogue) -> Iterator[Finding]:
    """What is wrong with one entry of the catalogue. The form and the publishing of an editor ask the same."""
    yield from _links(exercise, catalogue)
    yield from _words(exercise, catalogue)
    yield from _steps(exercise)
    for severity, dose in exercise.doses.items():
        where = f"{exercise.slug} {severity.value}"
        yield from (Finding(where, check, found) for check, found in _dose(exercise, dose))


def _twice(catalogue: Catalogue) -> Iterator[Finding]:
    counts = Counter([exercise.slug for exercise in catalogue] + [item.code for item in catalogue.precautions])
    for slug in sorted(slug for slug, count in counts.items() if count > 1):
        yield Finding(slug, "twice")


def _links(exercise: Exercise, catalogue: Catalogue) -> Iterator[Finding]:
    for link, slug in (("easier", exercise.easier), ("harder", exercise.harder)):
        if slug is not None and slug not in catalogue:
            yield Finding(exercise.slug, "unknown-link", f"{link}: {slug}")
        elif slug == exercise.slug:
            yield Finding(exercise.slug, "link-to-itself", link)
    for link in ("easier", "harder"):
        if _loops(exercise, link, catalogue):
            yield Finding(exercise.slug, "link-loop", link)
    both = set(catalogue.easier_chain(exercise.slug)) & catalogue.harder_reach(exercise.slug)
    for slug in sorted(both):
        yield Finding(exercise.slug, "easier-and-harder", slug)


def _loops(exercise: Exercise, link: str, catalogue: Catalogue) -> bool:
    seen: set[str] = set()
    at: Exercise | None = exercise
    while at is not None and at.slug not in seen:
        seen.add(at.slug)
        following: str | None = getattr(at, link)
        at = catalogue.get(following) if following else None
    return at is not None


def _words(exercise: Exercise, catalogue: Catalogue) -> Iterator[Finding]:
    for code in sorted((exercise.exclude | exercise.clinician_ok) - catalogue.codes):
        yield Finding(exercise.slug, "unknown-code", code)
    for code in sorted(exercise.exclude & exercise.clinician_ok):
        yield Finding(exercise.slug, "excluded-and-held", code)
    for word in sorted({word for group in exercise.equipment for word in group} - set(EQUIPMENT)):
        yield Finding(exercise.slug, "unknown-equipment", word)
    if not exercise.regions:
        yield Finding(exercise.slug, "no-region")
    if not exercise.doses:
        yield Finding(exercise.slug, "no-dose")
    for field in ("name", "feel", "stop", "voice_cue", "source"):
        if not getattr(exercise, field).strip():
            yield Finding(exercise.slug, "empty", field)


def _steps(exercise: Exercise) -> Iterator[Finding]:
    if len(exercise.steps) not in STEPS:
        yield Finding(exercise.slug, "steps", str(len(exercise.steps)))
    if (found := grade(" ".join(exercise.steps))) >= READING_GRADE_BELOW:
        yield Finding(exercise.slug, "hard-to-read", f"{found:.1f}")


def _dose(exercise: Exercise, dose: Dose) -> Iterable[tuple[str, str]]:
    if dose.minutes is None:
        yield from _sets(exercise, dose)
    elif dose.sets is not None or dose.reps is not None:
        yield "sets-and-minutes", ""
    elif dose.cap_unit != "minutes":
        yield "cap-unit", dose.cap_unit
    elif not 0 < dose.minutes <= dose.daily_cap:
        yield "over-cap", f"{dose.minutes} > {dose.daily_cap}"
    for excess in excesses(exercise, dose):
        yield OVER[excess.key], f"{excess.rule}: {excess.limit}"
    if dose.per_side != exercise.per_side:
        yield "sides", ""
    if not 1 <= dose.days_a_week <= 7 or dose.times_a_day < 1:
        yield "how-often", f"{dose.times_a_day} x {dose.days_a_week}"


def _sets(exercise: Exercise, dose: Dose) -> Iterator[tuple[str, str]]:
    sets, reps = dose.sets or 0, dose.reps or 0
    if sets < 1 or reps < 1 or dose.hold_seconds is None or dose.rest_seconds is None:
        yield "incomplete", ""
    if dose.cap_unit != "reps":
        yield "cap-unit", dose.cap_unit
    if sets * reps > dose.daily_cap:
        yield "over-cap", f"{sets * reps} > {dose.daily_cap}"


def _template(name: str, template: Template, catalogue: Catalogue) -> Iterator[Finding]:
    area, _, severity = name.rpartition("-")
    lumbar = area in (Region.LUMBAR.value, "multi-region")
    for day in ("A", "B", "D"):
        slugs = template[day]
        if len(set(slugs)) < len(slugs):
            yield Finding(f"{name} {day}", "twice-in-a-day")
        for slug in slugs:
            exercise = catalogue.get(slug)
            where = f"{name} {day}"
            if exercise is None:
                yield Finding(where, "unknown-exercise", slug)
                continue
            if severity not in tuple(Severity) or Severity(severity) not in exercise.doses:
                yield Finding(where, "no-dose-in-template", slug)
            if exercise.locks:
                yield Finding(where, "locked-in-template", slug)
            if lumbar and exercise.direction_bias is Bias.EXTENSION:
                yield Finding(where, "extension-in-template", slug)
            if area != "multi-region" and area not in exercise.regions:
                yield Finding(where, "region-in-template", slug)
