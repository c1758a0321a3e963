"""The only place that writes a program revision, or changes what is offered of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Patient, User
from exercises.content import Dose
from exercises.models import ExerciseVersion
from programs.changes import DAYS, DOSE_FIELDS, Placed, raises_or_adds, week_raises
from programs.models import Alert, Program, ProgramItem, ProgramRevision, Session
from programs.origin import Origin
from programs.rules.schedule import r40_new

RESTRICTIONS = (Program.Restriction.NONE, Program.Restriction.MINIMUM, Program.Restriction.RELIEF)
"""From the most to the least that is offered; a rule only ever goes down this list."""


class NotApprovable(ValueError):
    """The proposal cannot become a revision; ``code`` names why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ProposedItem:
    """One entry of a program that is to be approved, with the exercise version that it pins."""

    placed: Placed
    version: ExerciseVersion
    reasons: tuple[str, ...] = ()
    by_hand_reason: str = ""
    origin: Origin = field(default_factory=Origin)
    parts: Sequence[Mapping[str, Any]] = ()
    """X19: exercise, name and codes (``exclude``, ``clinician_ok``) of each part of a core block, in order."""


@dataclass(frozen=True)
class Proposal:
    """What a therapist approves (R1), with all that R38 keeps of how it came about."""

    items: Sequence[ProposedItem]
    week: Sequence[Sequence[str]]
    severity: str
    regions: Sequence[str]
    codes: Sequence[str]
    rules_version: str
    usual_spine: int | None
    usual_limb: int | None
    starts_on: date
    week_by: str = ""
    """The name of the therapist who set the week by hand; empty for the week of the rules."""
    template: str = ""
    reason: str = ""
    explanation: Sequence[Mapping[str, Any]] = ()
    swaps: Sequence[Mapping[str, Any]] = ()
    left_out: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[Mapping[str, Any]] = ()
    ticks: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def placed_items(revision: ProgramRevision | None) -> tuple[Placed, ...]:
    """The entries of a revision as places; prefetch ``items__version`` to spare queries."""
    if revision is None:
        return ()
    return tuple(
        Placed(item.day, item.position, item.exercise, dose_of(item), item.note, item.version.number)
        for item in revision.items.all()
    )


def dose_of(item: ProgramItem) -> Dose:
    """The dose of an item of a revision."""
    unit = "minutes" if item.minutes is not None else "reps"
    return Dose(cap_unit=unit, **{name: getattr(item, name) for name in DOSE_FIELDS})


def current_revision(patient: Patient) -> ProgramRevision | None:
    """The revision in force with its items and their versions; at most four queries."""
    program = Program.objects.filter(patient=patient).first()
    if program is None or program.current_id is None:
        return None
    return ProgramRevision.objects.prefetch_related("items__version").get(pk=program.current_id)


def added_since(patient: Patient, since: date) -> frozenset[str]:
    """R40: what the revisions that start on ``since`` or later added, each against the one before it; two queries."""
    revisions = ProgramRevision.objects.filter(patient=patient).order_by("number")
    numbers = list(revisions.filter(starts_on__gte=since).values_list("number", flat=True))
    if not numbers:
        return frozenset()
    entries: dict[int, set[str]] = {}
    rows = ProgramItem.objects.filter(revision__patient=patient, revision__number__gte=numbers[0] - 1)
    for number, exercise in rows.values_list("revision__number", "exercise"):
        entries.setdefault(number, set()).add(exercise)
    return frozenset().union(*(r40_new(entries.get(number - 1), entries.get(number, ())) for number in numbers))


@transaction.atomic
def approve(
    *,
    patient: Patient,
    by: User,
    via: HttpRequest | None = None,
    proposal: Proposal,
    restart: bool = False,
    at: datetime | None = None,
) -> ProgramRevision:
    """R1, R38: make ``proposal`` the program in force, as a new revision that never changes.

    The first sessions of a revision that raises or adds anything are test doses (R39, X18). A pause by a rule
    stays unless the therapist says ``restart``. Raises ``NotApprovable``.
    """
    at = at or timezone.now()
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    usual = _check(patient, by, proposal)
    before = current_revision(patient)
    revision = _write(patient, by, at, proposal, usual, before)
    program, _ = Program.objects.update_or_create(patient=patient, defaults={"current": revision})
    if before is not None and program.seen_id is None and Session.objects.filter(revision=before).exists():
        program.seen = before  # the patient has been given it, so there is something to compare with
        program.save(update_fields=["seen"])
    audit.record(
        via or by,
        action="approved-program",
        patient=patient,
        objects={"revision": str(revision.pk), "number": revision.number, "rules": revision.rules_version},
    )
    if restart:
        _restart(patient, by, via, rule="R1")
    return revision


@transaction.atomic
def read_changes(*, patient: Patient, upto: ProgramRevision, via: HttpRequest | None = None) -> bool:
    """The patient has read what ``upto`` changed. Answers whether that was news: it only ever goes forward."""
    program = Program.objects.select_for_update().filter(patient=patient).first()
    if program is None or program.seen_id is None or upto.patient_id != patient.pk:
        return False
    if upto.number <= ProgramRevision.objects.get(pk=program.seen_id).number:
        return False
    program.seen = upto
    program.save(update_fields=["seen"])
    audit.record(via or patient.user, action="read-changes", patient=patient, objects={"revision": str(upto.pk)})
    return True


@transaction.atomic
def rule_change(*, patient: Patient, rule: str, to: str, at: datetime | None = None) -> bool:
    """X14, P14: a rule pauses the program to the minimum plan or to relief. Only ever downward.

    Answers whether anything changed: a program that is paused as far or further stays as it is.
    """
    program = Program.objects.select_for_update().filter(patient=patient).first()
    if program is None:
        return False
    if RESTRICTIONS.index(Program.Restriction(to)) <= RESTRICTIONS.index(Program.Restriction(program.restricted_to)):
        return False
    program.restricted_to, program.restricted_rule = to, rule
    program.restricted_at = at or timezone.now()
    program.save(update_fields=["restricted_to", "restricted_rule", "restricted_at"])
    audit.record(None, action="paused-program", patient=patient, objects={"rule": rule, "to": to})
    return True


@transaction.atomic
def take_back_pause(*, patient: Patient, rule: str) -> None:
    """A corrected answer no longer pauses the program: back to the pause before it, if one still stands."""
    program = Program.objects.select_for_update().filter(patient=patient, restricted_rule=rule).first()
    if program is None or program.restricted_to != Program.Restriction.RELIEF:
        return
    before = Alert.objects.open().filter(patient=patient, key__startswith="paused:", key__endswith=":minimum")
    program.restricted_to = Program.Restriction.MINIMUM if before.exists() else Program.Restriction.NONE
    program.save(update_fields=["restricted_to"])
    audit.record(None, action="took-back-pause", patient=patient, objects={"rule": rule, "to": program.restricted_to})


@transaction.atomic
def restart(*, patient: Patient, by: User, via: HttpRequest | None = None) -> bool:
    """P14: the therapist ends a pause. Open locks stay: each is released on its own (safety X8).

    Answers whether the program was paused.
    """
    _check_therapist(patient, by)
    return _restart(patient, by, via, rule="P14")


def _restart(patient: Patient, by: User, via: HttpRequest | None, *, rule: str) -> bool:
    program = Program.objects.select_for_update().filter(patient=patient).first()
    if program is None or not program.restricted_to:
        return False
    ended = {"was": program.restricted_to, "opened-by": program.restricted_rule, "rule": rule}
    program.restricted_to, program.restricted_rule, program.restricted_at = "", "", None
    program.save(update_fields=["restricted_to", "restricted_rule", "restricted_at"])
    audit.record(via or by, action="restarted-program", patient=patient, objects=ended)
    return True


def _check_therapist(patient: Patient, by: User) -> None:
    if not by.is_active or not by.is_therapist or by.clinic_id != patient.clinic_id:
        raise NotApprovable("not-a-therapist")


def _check(patient: Patient, by: User, proposal: Proposal) -> tuple[int, int]:
    """The usual pain (safety X2), once nothing else stands in the way."""
    _check_therapist(patient, by)
    if patient.is_discharged:
        raise NotApprovable("discharged")
    if proposal.usual_spine is None or proposal.usual_limb is None:
        raise NotApprovable("no-usual-pain")
    if not proposal.items or not any(proposal.week):
        raise NotApprovable("empty")
    return proposal.usual_spine, proposal.usual_limb


def _write(
    patient: Patient,
    by: User,
    at: datetime,
    proposal: Proposal,
    usual: tuple[int, int],
    before: ProgramRevision | None,
) -> ProgramRevision:
    """The next revision of the patient, with its items."""
    last = ProgramRevision.objects.filter(patient=patient).order_by("-number").first()
    revision = ProgramRevision.objects.create(
        patient=patient,
        number=last.number + 1 if last else 1,
        approved_by=by,
        approved_at=at,
        starts_on=proposal.starts_on,
        reason=proposal.reason,
        rules_version=proposal.rules_version,
        severity=proposal.severity,
        regions=list(proposal.regions),
        codes=sorted(proposal.codes),
        template=proposal.template,
        swaps=list(proposal.swaps),
        left_out=list(proposal.left_out),
        marks=list(proposal.marks),
        ticks=list(proposal.ticks),
        week=[list(day) for day in proposal.week],
        week_origin={"by": proposal.week_by} if proposal.week_by else None,
        explanation=list(proposal.explanation),
        usual_spine=usual[0],
        usual_limb=usual[1],
        raises_or_adds=raises_or_adds(placed_items(before), [item.placed for item in proposal.items])
        or week_raises(before.week if before else (), proposal.week),
    )
    ProgramItem.objects.bulk_create(_rows(revision, proposal.items))
    return revision


def _rows(revision: ProgramRevision, items: Sequence[ProposedItem]) -> list[ProgramItem]:
    places = dict.fromkeys(DAYS, 0)
    rows = []
    for item in items:
        places[item.placed.day] += 1
        rows.append(
            ProgramItem(
                revision=revision,
                day=item.placed.day,
                position=places[item.placed.day],
                exercise=item.placed.exercise,
                version=item.version,
                note=item.placed.note,
                reasons=list(item.reasons),
                by_hand_reason=item.by_hand_reason,
                origin=item.origin.to_json(),
                parts=[dict(part) for part in item.parts] or None,
                **{name: getattr(item.placed.dose, name) for name in DOSE_FIELDS},
            )
        )
    return rows
