"""A routine as text for a terminal."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from exercises.content import Catalogue, Dose
from programs.rules.routine import Decision, Item, Routine
from programs.wording.assembly import why


def routine_text(routine: Routine, catalogue: Catalogue) -> str:
    """The whole routine: days, week, what is missing and why, then every decision in order."""
    head = f"{', '.join(routine.regions)} - {routine.severity} ({routine.template}, rules {routine.rules_version})"
    if routine.blocked:
        reason = f"{why(routine.blocked)} [{routine.blocked.rule}]"
        return "\n".join((head, "", _("No plan is made: {reason}").format(reason=reason), *_lists(routine)))
    lines = [head]
    for name, day in routine.days.items():
        marks = [mark.mark for mark in routine.marks if mark.day == name]
        title = _("Day {name}: {minutes} minutes").format(name=name, minutes=day.minutes)
        lines += ["", " - ".join((title, *marks))]
        lines += [_item(number, item, catalogue) for number, item in enumerate(day.items, 1)]
        if not day.items:
            lines.append("  " + _("not offered"))
    week = ["+".join(day) or _("rest") for day in routine.week]
    lines += ["", _("Week: {days}").format(days=" | ".join(week)), *_lists(routine)]
    lines += ["", _("Why:"), *(f"  {_decision(decision, catalogue)}" for decision in routine.explanation)]
    return "\n".join(lines)


def _item(number: int, item: Item, catalogue: Catalogue) -> str:
    words = f"{_name(catalogue, item.exercise)} ({item.exercise}), {dose_text(item.dose)}, {item.minutes} min"
    return f"  {number}. {words} [{', '.join(item.reasons)}]"


def dose_text(dose: Dose) -> str:
    """A dose in short: ``2 x 10 each side, hold 5 s, rest 30 s``, or its minutes."""
    if dose.minutes is not None:
        work = f" ({dose.work_seconds} s on, {dose.rest_seconds} s rest)" if dose.work_seconds else ""
        return f"{dose.minutes} min{work}"
    side = " each side" if dose.per_side else ""
    hold = f", hold {dose.hold_seconds} s" if dose.hold_seconds else ""
    return f"{dose.sets} x {dose.reps}{side}{hold}, rest {dose.rest_seconds} s"


def _lists(routine: Routine) -> Iterator[str]:
    yield from _section(
        _("Left out:"), (f"{gap.day} {gap.exercise}: {why(gap.decision)} [{gap.rule}]" for gap in routine.left_out)
    )
    yield from _section(
        _("Swapped:"), (f"{swap.day} {swap.origin} -> {swap.to} [{swap.rule}]" for swap in routine.swaps)
    )
    yield from _section(_("Needs your OK:"), (f"{slug}: {code} [R12]" for slug, code in routine.needs_ok))


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    lines = [f"  {row}" for row in rows]
    if lines:
        yield from ("", title, *lines)


def _decision(decision: Decision, catalogue: Catalogue) -> str:
    subject = " ".join(part for part in (decision.day, decision.exercise) if part)
    return f"{decision.rule:>4}  {subject}: {why(decision, lambda slug: _name(catalogue, slug))}"


def _name(catalogue: Catalogue, slug: str) -> str:
    exercise = catalogue.get(slug)
    return exercise.name if exercise else slug
