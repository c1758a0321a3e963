"""What the therapist changed since the revision that the patient last read about, in the patient's words (once)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Patient
from programs.changes import Change, Changes, Placed, compare
from programs.guided.words import day_name
from programs.models import Program, ProgramRevision
from programs.revisions import placed_items
from stenosis_pt.dose_words import dose_words


@dataclass(frozen=True)
class Line:
    """One change: what kind it is, and the words."""

    kind: str
    """new, gone or changed."""
    words: str


@dataclass(frozen=True)
class News:
    """What changed, for the card on the day's page."""

    revision: str
    by_rule: bool
    """P5: a rule made the program easier, no person did."""
    lines: tuple[Line, ...]


def news_for(patient: Patient) -> News | None:
    """What the patient has not read yet; ``None`` for nothing. One query, three more where there is news.

    A first program is no news, and neither is what a patient does not notice (an exercise's place in the day).
    Reasons that a therapist wrote for colleagues are not told.
    """
    program = Program.objects.filter(patient=patient).first()
    if program is None or not program.seen_id or not program.current_id or program.seen_id == program.current_id:
        return None
    both = ProgramRevision.objects.prefetch_related("items__version").filter(
        pk__in=(program.seen_id, program.current_id)
    )
    before, now = sorted(both, key=lambda each: each.number)
    names = {item.exercise: item.version.name for revision in (before, now) for item in revision.items.all()}
    lines = tuple(dict.fromkeys(_lines(before, now, names)))
    return News(str(now.pk), now.approved_by_id is None, lines) if lines else None


def _lines(before: ProgramRevision, now: ProgramRevision, names: dict[str, str]) -> Iterator[Line]:
    old, new = placed_items(before), placed_items(now)
    changes = compare(old, new)
    yield from _come_and_gone(changes, old, new, names, now.severity)
    doses = {(item.day, item.exercise): dose_words(item.dose) for item in old}
    for item in new:
        was, is_now = doses.get((item.day, item.exercise)), dose_words(item.dose)
        if was is not None and was != is_now:
            yield Line(
                "changed",
                _("%(name)s: now %(now)s. Before: %(before)s.")
                % {"name": names[item.exercise], "now": is_now, "before": was},
            )
    for change in changes.changed:
        words = _other(change)
        if words:
            yield Line("changed", words % {"name": names[change.exercise]})
    if before.week != now.week:
        yield Line("changed", _("Your week: some days have a different kind of session now."))


def _come_and_gone(
    changes: Changes, old: Iterable[Placed], new: Iterable[Placed], names: dict[str, str], severity: str
) -> Iterator[Line]:
    had, has = {item.exercise for item in old}, {item.exercise for item in new}
    for item in changes.added:
        name, day = names[item.exercise], day_name(item.day, severity)
        if item.exercise in had:
            yield Line("changed", _("%(name)s: now also on %(day)s days.") % {"name": name, "day": day})
        else:
            yield Line("new", _("%(name)s: %(dose)s.") % {"name": name, "dose": dose_words(item.dose)})
    for item in changes.removed:
        name, day = names[item.exercise], day_name(item.day, severity)
        if item.exercise in has:
            yield Line("changed", _("%(name)s: no longer on %(day)s days.") % {"name": name, "day": day})
        else:
            yield Line("gone", name)


def _other(change: Change) -> str:
    """What changed beside the dose, where the patient will notice it."""
    if change.field == "note" and change.after:
        return _("%(name)s: there is a new note from your therapist.")
    if change.field == "version":
        return _("%(name)s: the description is new. Please read it again.")
    return ""
