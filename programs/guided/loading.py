"""The patient's care from the database, with a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Q

from accounts.models import Clinic, Patient
from exercises.content import RELIEF_POSITIONS, Catalogue, Exercise, Severity
from exercises.figure_pictures import pictured
from exercises.models import Exercise as ExerciseRow
from exercises.models import ExerciseVersion
from programs.clinical import open_codes, rule_profile
from programs.guided import care as values
from programs.models import (
    CheckIn,
    ClinicalProfile,
    EntryPermission,
    KnownSign,
    Lock,
    Program,
    ProgramItem,
    ProgramRevision,
    ScreenRecord,
    Session,
    TickedEntry,
)
from programs.revisions import dose_of
from programs.rules.filters import first_verdict
from programs.rules.limits_in_session import FALL_RISK_QUESTIONS
from programs.rules.minimum import minimum_plan
from programs.rules.profile import Profile
from programs.rules.record import EVENT_SCOPE

HISTORY_DAYS = 15
SCREEN_DAYS = 21
MINIMUM_SLUGS = ("marching-seated", "pelvic-tilt-seated", "shoulder-roll", "lower-trunk-rotation", "neck-rotation")
RELIEF_SLUGS = (*RELIEF_POSITIONS, "breathing", "heat-pack", "cold-pack")
WALK_SLUGS = ("walking-intervals",)


def load_care(patient: Patient, now: datetime) -> values.Care:
    """All that the day of ``patient`` is worked out from at ``now``, on their own local date."""
    today = now.astimezone(patient.zone).date()
    program = Program.objects.select_related("current").filter(patient=patient).first()
    revision = _revision(program.current) if program and program.current else None
    row = ClinicalProfile.objects.filter(patient=patient).first()
    ticks = list(TickedEntry.objects.filter(patient=patient, withdrawn_at__isnull=True).order_by("ticked_at", "id"))
    profile = rule_profile(row, open_codes(patient), ticks) if row else None
    catalogue, pictures = _catalogue(patient.clinic, revision)
    locks = list(_locks(patient, now))
    sessions = _sessions(patient, today, revision)
    relief_choice = row.relief_position if row else ""
    return values.Care(
        patient=str(patient.pk),
        display_name=patient.display_name,
        zone=patient.time_zone,
        now=now,
        today=today,
        clinic=clinic_words(patient.clinic),
        discharged=patient.is_discharged,
        revision=_with_figures(revision, pictures) if revision else None,
        restricted_to=program.restricted_to if program else "",
        codes=profile.codes if profile else frozenset(),
        profile=profile,
        permissions=_permissions(patient, now),
        cleared_after_surgery=bool(row and row.is_cleared_after_surgery),
        relief_choice=relief_choice,
        walking_pattern=row.walking_pattern if row else "",
        catalogue=dict(catalogue.by_slug),
        minimum=_minimum(profile, catalogue, pictures, relief_choice),
        relief=_relief(profile, catalogue, pictures, relief_choice),
        sessions=sessions,
        last_started_on=Session.objects.filter(patient=patient, started_at__isnull=False).aggregate(
            last=Max("local_date")
        )["last"],
        check_ins=_check_ins(patient, today),
        screens=_screens(patient, today),
        known_signs=tuple(
            KnownSign.objects.filter(patient=patient, withdrawn_at__isnull=True, expires_at__gt=now)
            .order_by("question")
            .values_list("question", flat=True)
            .distinct()
        ),
        last_release_at=max((lock.released_at for lock in locks if lock.released_at), default=None),
        locks=tuple(values.OpenLock(lock.level, lock.scope, lock.rule) for lock in locks if not lock.released_at),
        last=_last(sessions, today),
        falls_asked_on=_falls_asked_on(patient),
    )


def clinic_words(clinic: Clinic) -> values.ClinicWords:
    """How to reach a clinic, and its words of S31."""
    return values.ClinicWords(
        name=clinic.name,
        phone=clinic.phone,
        out_of_hours=clinic.out_of_hours,
        emergency=clinic.emergency_number,
        not_watched=clinic.not_watched_words,
        response=str(clinic.alert_response),
    )


def used_of(summary: Mapping[str, Any]) -> dict[str, values.Used]:
    """What a session's summary says it used of each exercise."""
    used: dict[str, values.Used] = {}
    for item in summary.get("items", {}).values():
        used[item["slug"]] = values.Used(
            sets=item.get("sets_begun", 0),
            reps=item.get("reps_begun", 0),
            seconds=item.get("seconds", 0),
            done=bool(item.get("sets") or item.get("seconds")),
            stopped=bool(item.get("off_today")),
        )
    return used


def _revision(row: ProgramRevision) -> values.Revision:
    items = list(
        ProgramItem.objects.filter(revision=row)
        .select_related("version__exercise", "version__picture")
        .prefetch_related("version__doses")
        .order_by("day", "position")
    )
    ends = {day: (rows[0].pk, rows[-1].pk) for day in "ABD" if (rows := [item for item in items if item.day == day])}
    raising = ProgramRevision.objects.filter(patient_id=row.patient_id, number__lte=row.number, raises_or_adds=True)
    return values.Revision(
        id=str(row.pk),
        number=row.number,
        starts_on=row.starts_on,
        severity=row.severity,
        regions=tuple(row.regions),
        codes=frozenset(row.codes),
        week=tuple(tuple(day) for day in row.week),
        rules_version=row.rules_version,
        usual_spine=row.usual_spine,
        usual_limb=row.usual_limb,
        raises_since=raising.aggregate(last=Max("number"))["last"] or 0,
        entries=tuple(_entry(item, ends[item.day], row.codes) for item in items),
    )


def _entry(item: ProgramItem, ends: tuple[Any, Any], known: Iterable[str]) -> values.Entry:
    return values.Entry(
        day=item.day,
        exercise=_with_parts(item, frozenset(known)),
        dose=dose_of(item),
        opener=item.pk == ends[0],
        closer=item.pk == ends[1],
        version=item.version.number,
        note=_note(item),
        by_hand=bool(item.by_hand_reason),
        parts=tuple(part["exercise"] for part in item.parts or ()),
        picture=pictured(item.version),
    )


def _with_figures(revision: values.Revision, versions: dict[str, ExerciseVersion]) -> values.Revision:
    """A version from before there were figures shows the one of the version in force, where the steps are the same."""
    return replace(revision, entries=tuple(_with_figure(entry, versions.get(entry.slug)) for entry in revision.entries))


def _with_figure(entry: values.Entry, in_force: ExerciseVersion | None) -> values.Entry:
    if entry.picture.url is not None or in_force is None or tuple(in_force.steps) != tuple(entry.exercise.steps):
        return entry
    return replace(entry, picture=pictured(in_force))


def _with_parts(item: ProgramItem, known: frozenset[str]) -> Exercise:
    """X19: what stops a part stops its block. An OK for a part covers the codes at approval, ``known`` (X6)."""
    content = item.version.as_content()
    for part in item.parts or ():
        content = replace(
            content,
            exclude=content.exclude | set(part["exclude"]),
            clinician_ok=content.clinician_ok | (set(part["clinician_ok"]) - known),
        )
    return content


def _note(item: ProgramItem) -> str:
    """X19: the parts of a core block come before the note, for its steps say "the items your plan lists"."""
    parts = ", ".join(part["name"] for part in item.parts or ())
    return f"{parts}. {item.note}".strip() if parts else item.note


def _catalogue(clinic: Clinic, revision: values.Revision | None) -> tuple[Catalogue, dict[str, ExerciseVersion]]:
    """The versions in force that the program, the minimum plan and relief may need; two queries."""
    placed = {entry.slug for entry in revision.entries} if revision else set()
    slugs = {*MINIMUM_SLUGS, *RELIEF_SLUGS, *WALK_SLUGS, *placed}
    rows = (
        ExerciseRow.objects.in_force(clinic)
        .filter(slug__in=slugs)
        .select_related("current__picture")
        .prefetch_related("current__doses")
    )
    versions: dict[str, ExerciseVersion] = {}
    for row in rows:
        if row.current is None:
            continue
        row.current.exercise = row
        versions[row.slug] = row.current
    return Catalogue(tuple(version.as_content() for version in versions.values()), ()), versions


def _permissions(patient: Patient, now: datetime) -> dict[str, values.Permission]:
    rows = EntryPermission.objects.filter(patient=patient, withdrawn_at__isnull=True)
    return {row.exercise: values.Permission(row.rise_limit, row.centralising_ok) for row in rows if row.in_force(now)}


def _minimum(
    profile: Profile | None, catalogue: Catalogue, versions: dict[str, ExerciseVersion], relief: str
) -> tuple[values.Entry, ...]:
    """Routines X16: the minimum plan, from what may be done now."""
    if profile is None:
        return ()
    items = minimum_plan(profile, catalogue, relief or None)
    return tuple(
        _loose(catalogue.by_slug[item.exercise], item.dose, versions) for item in items if item.exercise in catalogue
    )


def _relief(
    profile: Profile | None, catalogue: Catalogue, versions: dict[str, ExerciseVersion], choice: str
) -> tuple[values.Entry, ...]:
    """Safety X16: relief positions, the saved one first, breathing, heat and cold where no code blocks them."""
    if profile is None:
        return ()
    slugs = sorted(RELIEF_SLUGS, key=lambda slug: slug != choice)
    found = []
    for slug in slugs:
        exercise = catalogue.get(slug)
        if exercise is None or first_verdict(exercise, profile) is not None:
            continue
        dose = exercise.doses.get(profile.severity) or exercise.doses.get(Severity.SEVERE)
        if dose is not None:
            found.append(_loose(exercise, dose, versions))
    return tuple(found)


def _loose(exercise: Exercise, dose: Any, versions: dict[str, ExerciseVersion]) -> values.Entry:
    version = versions[exercise.slug]
    return values.Entry(
        day="",
        exercise=exercise,
        dose=dose,
        version=version.number,
        picture=pictured(version),
    )


def _sessions(patient: Patient, today: Any, revision: values.Revision | None) -> tuple[values.PastSession, ...]:
    recent = Q(local_date__gte=today - timedelta(days=HISTORY_DAYS))
    if revision:
        recent |= Q(revision__number__gte=revision.raises_since, started_at__isnull=False)
    rows = (
        Session.objects.filter(recent, patient=patient)
        .exclude(state=Session.State.MINTED)
        .select_related("revision")
        .defer("plan")
        .order_by("minted_at", "id")
    )
    return tuple(
        values.PastSession(
            id=str(row.pk),
            local_date=row.local_date,
            revision_number=row.revision.number if row.revision else None,
            days=tuple(row.days),
            kind=row.kind,
            state=row.state,
            started_at=row.started_at,
            ended_at=row.ended_at,
            baseline_spine=row.baseline_spine,
            baseline_limb=row.baseline_limb,
            end_rule=row.end_rule,
            was_closed=bool(row.summary.get("was_closed")),
            next_day=row.next_day,
            sets_done=row.sets_done,
            sets_planned=row.sets_planned,
            used=used_of(row.summary),
        )
        for row in rows
    )


def _last(sessions: Iterable[values.PastSession], today: Any) -> values.PastSession | None:
    """X13: the last exercise session of an earlier date, unless it was asked about already."""
    begun = [one for one in sessions if one.was_begun and one.kind != "relief" and one.local_date < today]
    last = max(begun, key=lambda one: one.started_at, default=None)  # type: ignore[arg-type,return-value]
    return last if last and not last.next_day else None


def _check_ins(patient: Patient, today: Any) -> tuple[values.PastCheckIn, ...]:
    rows = CheckIn.objects.filter(patient=patient, local_date__gte=today - timedelta(days=8), local_date__lt=today)
    return tuple(values.PastCheckIn(row.local_date, row.at, row.spine, row.limb) for row in rows.order_by("at", "id"))


def _falls_asked_on(patient: Patient) -> date | None:
    """S25: the last local date on which the fall questions were answered: at a check-in, or at the first approval."""
    asked = CheckIn.objects.filter(patient=patient, answers__fall_risk__has_key=FALL_RISK_QUESTIONS[0])
    last: date | None = asked.aggregate(last=Max("local_date"))["last"]
    if last is None:
        first = ProgramRevision.objects.filter(patient=patient).aggregate(first=Min("approved_at"))["first"]
        last = first.astimezone(patient.zone).date() if first else None
    return last


def _screens(patient: Patient, today: Any) -> tuple[values.PastScreen, ...]:
    rows = ScreenRecord.objects.filter(patient=patient, local_date__gte=today - timedelta(days=SCREEN_DAYS))
    return tuple(
        values.PastScreen(row.local_date, row.at, row.complete and row.scope == "full", event=row.scope == EVENT_SCOPE)
        for row in rows.order_by("at")
    )


def _locks(patient: Patient, now: datetime) -> Iterable[Lock]:
    recent = Q(released_at__isnull=True) | Q(released_at__gte=now - timedelta(days=SCREEN_DAYS))
    return Lock.objects.filter(recent, patient=patient).order_by("opened_at", "id")
