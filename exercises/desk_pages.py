"""The read side of the catalogue editor's desk."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exercises import access, actions, catalogue, content, policies, words
from exercises.content import Severity
from exercises.desk_forms import DoseForm, ExerciseForm
from exercises.faults import faults
from exercises.models import Exercise, ExerciseVersion
from exercises.starter import read_templates

PER_PAGE = 50


@dataclass(frozen=True)
class DeskRow:
    """One exercise on the desk."""

    id: Any
    slug: str
    name: str
    own: bool
    state: str
    number: int | None
    draft: Any


@dataclass(frozen=True)
class DeskPage:
    """The desk: drafts first in mind, then the whole catalogue."""

    rows: tuple[DeskRow, ...]
    page: Page[Any]
    total: int
    q: str


@dataclass(frozen=True)
class VersionLine:
    """One line of an exercise's history."""

    id: Any
    number: int
    status: str
    status_words: str
    who: str
    when: datetime


@dataclass(frozen=True)
class ExerciseDesk:
    """One exercise on the desk, with its history and where it is used."""

    exercise: Exercise
    name: str
    own: bool
    retired: bool
    can_retire: bool
    current: ExerciseVersion | None
    draft: ExerciseVersion | None
    history: tuple[VersionLine, ...]
    programs: int
    linked: tuple[str, ...]
    """The names of the exercises whose easier or harder version it is."""
    templates: tuple[str, ...]
    """The names of the routine templates that hold it, such as ``lumbar-mild``."""


def desk_page(user: User, q: str, number: str | None) -> DeskPage:
    """All exercises of the desk, a clinic's copy in the place of the shared one."""
    exercises = access.editable(user)
    copied = Exercise.objects.filter(clinic=user.clinic).values("slug")
    drafts = ExerciseVersion.objects.filter(exercise=OuterRef("pk"), status__in=actions.OPEN)
    exercises = (
        exercises.exclude(Q(clinic__isnull=True) & Q(slug__in=copied))
        .annotate(
            draft=Subquery(drafts.values("id")[:1]),
            draft_name=Subquery(drafts.values("name")[:1]),
        )
        .select_related("current")
        .order_by(F("draft").asc(nulls_last=True), "position", "slug")
    )
    for word in q.lower().replace("\x00", "").split():
        exercises = exercises.filter(
            Q(current__search_words__contains=word) | Q(draft_name__icontains=word) | Q(slug__contains=word)
        )
    pages = Paginator(exercises, PER_PAGE)
    page = pages.get_page(number)
    rows = tuple(_row(user, exercise) for exercise in page.object_list)
    return DeskPage(rows, page, pages.count, q)


def _row(user: User, exercise: Any) -> DeskRow:
    current = exercise.current
    state = "retired" if exercise.retired_at else "published" if current else "new"
    return DeskRow(
        id=exercise.id,
        slug=exercise.slug,
        name=current.name if current else exercise.draft_name or exercise.slug,
        own=exercise.clinic_id == user.clinic_id,
        state=state,
        number=current.number if current else None,
        draft=exercise.draft,
    )


def programs_using(user: User, exercise: Exercise) -> int:
    """In how many current programs of the editor's clinic the exercise stands, in any version."""
    used: QuerySet[ExerciseVersion] = ExerciseVersion.objects.filter(
        exercise__slug=exercise.slug,
        program_items__revision__patient__clinic=user.clinic_id,
        program_items__revision__patient__program__current=F("program_items__revision"),
    )
    count = used.aggregate(count=Count("program_items__revision__patient", distinct=True))["count"]
    return int(count)


def _linked(user: User, slug: str) -> tuple[str, ...]:
    others = access.browsable(user).filter(Q(current__easier=slug) | Q(current__harder=slug))
    return tuple(others.values_list("current__name", flat=True))


def exercise_desk(user: User, exercise: Exercise) -> ExerciseDesk:
    """One exercise with its history."""
    versions = list(exercise.versions.select_related("created_by", "published_by").order_by("-number"))
    draft = next((version for version in versions if version.is_editable), None)
    return ExerciseDesk(
        exercise=exercise,
        name=exercise.current.name if exercise.current else draft.name if draft else exercise.slug,
        own=exercise.clinic_id == user.clinic_id,
        retired=exercise.retired_at is not None,
        can_retire=policies.can_retire(user, exercise),
        current=exercise.current,
        draft=draft,
        history=tuple(
            VersionLine(
                version.id,
                version.number,
                version.status,
                version.get_status_display(),
                str(version.published_by or version.created_by or ""),
                version.published_at or version.updated_at,
            )
            for version in versions
        ),
        programs=programs_using(user, exercise),
        linked=_linked(user, exercise.slug),
        templates=tuple(name for name, days in read_templates().items() if exercise.slug in chain(*days.values())),
    )


@dataclass(frozen=True)
class EditForms:
    """The form of the content and the three forms of the doses."""

    form: ExerciseForm
    doses: dict[Severity, DoseForm]
    catalogue: content.Catalogue

    def is_valid(self) -> bool:
        """Are all valid, and the entry without fault? All are looked at, so that every error is shown at once."""
        valid = [
            self.form.is_valid(),
            *(dose.is_valid() for dose in self.doses.values()),
        ]
        if not all(valid):
            return False
        if not any(dose.cleaned_data["type"] for dose in self.doses.values()):
            self.doses[Severity.MILD].add_error("type", _("Give a dose for at least one severity."))
            return False
        version = self.form.version
        slug = version.exercise.slug if version is not None else self.form.cleaned_data["slug"]
        found = faults(self.entry(slug), self.catalogue)
        for fault in found:
            form = self.doses[fault.severity] if fault.severity else self.form
            form.add_error(fault.field or None, fault.message)
        return not found

    @property
    def titled_doses(self) -> list[tuple[str, DoseForm]]:
        """The dose forms with the words of their severity."""
        return [(str(words.SEVERITIES[severity]), form) for severity, form in self.doses.items()]

    @property
    def all_forms(self) -> list[Any]:
        """For the error summary: every form of the page."""
        return [self.form, *self.doses.values()]

    def entry(self, slug: str) -> Any:
        """What was typed, as the rules read it."""
        per_side = self.form.cleaned_data["per_side"]
        typed = {severity: form.dose(per_side=per_side) for severity, form in self.doses.items()}
        return self.form.entry(slug, {severity: dose for severity, dose in typed.items() if dose})


def edit_forms(user: User, version: ExerciseVersion | None, data: Any = None, files: Any = None) -> EditForms:
    """The forms of a draft (or of a new exercise), filled from it or from what was sent."""
    slugs = frozenset(access.editable(user).values_list("slug", flat=True))
    in_force = catalogue.catalogue_for(user.clinic)
    own = version.exercise.slug if version else ""
    form = ExerciseForm(
        data,
        files,
        precautions=in_force.precautions,
        slugs=slugs,
        in_force={other.slug: other.name for other in in_force if other.slug != own},
        version=version,
        initial=_initial(version) if version else None,
    )
    stored = {dose.severity: dose for dose in version.doses.all()} if version else {}
    doses = {
        severity: DoseForm(
            data,
            prefix=severity.value,
            initial=_dose_initial(stored.get(severity.value)),
        )
        for severity in Severity
    }
    return EditForms(form, doses, in_force)


def _initial(version: ExerciseVersion) -> dict[str, Any]:
    joiner = " or "
    names = (
        "name",
        "other_names",
        "kind",
        "start_position",
        "direction_bias",
        "per_side",
        "easier",
        "harder",
    )
    more = (
        "steps",
        "feel",
        "stop",
        "voice_cue",
        "source",
        "exclude",
        "clinician_ok",
        "locks",
        "picture_alt",
    )
    return {
        **{name: getattr(version, name) for name in (*names, *more)},
        "regions": [region.value for region in version.regions],
        "equipment": [joiner.join(group) for group in version.equipment],
        "picture_rights": version.picture.rights if version.picture else "",
    }


def _dose_initial(dose: Any) -> dict[str, Any]:
    if dose is None:
        return {"type": ""}
    return {
        "type": "minutes" if dose.minutes is not None else "reps",
        **{n: getattr(dose, n) for n in dose.FIELDS},
    }
