"""What a catalogue editor does: copy, draft, save, publish, retire. One function is one intention."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Clinic, User
from exercises import content, policies
from exercises.models import Exercise, ExercisePicture, ExerciseVersion, VersionDose
from exercises.picture_actions import forget_unused

OPEN = (ExerciseVersion.Status.DRAFT, ExerciseVersion.Status.IN_REVIEW)


class StaleDraft(Exception):
    """Somebody else has saved, published or discarded the draft since it was opened; nothing was changed."""


def create_exercise(
    *,
    entry: content.Exercise,
    picture: ExercisePicture | None = None,
    alt: str = "",
    by: User,
    via: HttpRequest | None = None,
) -> ExerciseVersion:
    """A new exercise of the editor's clinic, as a draft. Raises ValidationError where the slug is taken."""
    with transaction.atomic():
        Clinic.objects.select_for_update().get(id=by.clinic_id)  # one new short name at a time
        if Exercise.objects.of(by.clinic).filter(slug=entry.slug).exists():
            raise ValidationError({"slug": _("Another exercise has this short name. Choose another.")})
        last = Exercise.objects.of(by.clinic).aggregate(last=Max("position"))["last"] or 0
        exercise = Exercise.objects.create(clinic=by.clinic, slug=entry.slug, position=last + 1)
        version = _new_version(exercise, entry, number=1, by=by)
        if picture is not None:
            version.picture, version.picture_alt = picture, alt
            version.save(update_fields=["picture", "picture_alt"])
        audit.record(via or by, action="exercise-created", objects={"exercise": str(exercise.id)})
    return version


def start_draft(*, exercise: Exercise, by: User, via: HttpRequest | None = None) -> ExerciseVersion:
    """A draft made from the version in force; a shared exercise is copied to the clinic first.

    Where a draft is there already, that one is returned. Raises StaleDraft where the exercise is gone meanwhile.
    """
    with transaction.atomic():
        own = _own_copy(exercise, by)
        draft = own.versions.filter(status__in=OPEN).first()
        if draft:
            return draft
        source = _source(own, exercise)
        number = (own.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = _new_version(own, source.as_content(), number=number, by=by)
        version.picture, version.picture_alt = source.picture, source.picture_alt
        version.figure, version.figure_hash = source.figure, source.figure_hash
        version.save(update_fields=["picture", "picture_alt", "figure", "figure_hash"])
        audit.record(via or by, action="exercise-draft-started", objects={"version": str(version.id)})
    return version


def _source(own: Exercise, shared: Exercise) -> ExerciseVersion:
    """The version in force that a draft begins with. Raises ValidationError where there is none."""
    current = own.current_id or shared.current_id
    if current is None:
        raise ValidationError(_("There is no published version to begin with."))
    return ExerciseVersion.objects.with_doses().get(id=current)


def _own_copy(exercise: Exercise, by: User) -> Exercise:
    if exercise.clinic_id == by.clinic_id:
        return _locked(exercise)
    copy, _made = Exercise.objects.get_or_create(
        clinic=by.clinic, slug=exercise.slug, defaults={"position": exercise.position}
    )
    return _locked(copy)


def _locked(exercise: Exercise) -> Exercise:
    """The exercise as it is now; whoever else begins, publishes or discards a draft of it waits.

    Raises StaleDraft where it is gone: a copy goes with its only draft.
    """
    found = Exercise.objects.select_for_update(no_key=True).filter(id=exercise.id).first()
    if found is None:
        raise StaleDraft
    return found


def _new_version(exercise: Exercise, entry: content.Exercise, *, number: int, by: User) -> ExerciseVersion:
    version = ExerciseVersion(exercise=exercise, number=number, created_by=by).take(entry)
    version.save()
    VersionDose.objects.bulk_create(version.dose_rows(entry))
    return version


def save_draft(
    *,
    version: ExerciseVersion,
    entry: content.Exercise,
    picture: ExercisePicture | None,
    alt: str,
    seen: int,
    by: User,
    via: HttpRequest | None = None,
) -> None:
    """Replace a draft's content. ``seen`` is the edit count that the editor's page showed.

    Raises StaleDraft where somebody has saved in between.
    """
    with transaction.atomic():
        fresh = ExerciseVersion.objects.filter(
            id=version.id,
            edit_count=seen,
            status__in=OPEN,
        ).update(edit_count=F("edit_count") + 1)
        if not fresh:
            raise StaleDraft
        before = ExercisePicture.objects.filter(versions=version.id).first()
        version.take(entry)
        version.picture, version.picture_alt, version.edit_count = (
            picture,
            alt,
            seen + 1,
        )
        version.save()
        version.doses.all().delete()
        VersionDose.objects.bulk_create(version.dose_rows(entry))
        forget_unused(before)
        audit.record(via or by, action="exercise-draft-saved", objects={"version": str(version.id)})


def publish(*, version: ExerciseVersion, seen: int, by: User, via: HttpRequest | None = None) -> None:
    """Put a draft in force; from now on it never changes. ``seen`` is the edit count that the preview showed.

    A retired exercise is in the catalogue again. Raises ValidationError with the reasons why not, StaleDraft where
    it is no longer what the editor looked at.
    """
    with transaction.atomic():
        exercise = _locked(version.exercise)
        rows = ExerciseVersion.objects.filter(id=version.id, edit_count=seen, status__in=OPEN)
        draft = rows.with_doses().select_for_update(of=("self",), no_key=True).first()
        if draft is None:
            raise StaleDraft
        policies.check_publish(draft)
        rows.update(status=ExerciseVersion.Status.PUBLISHED, published_at=timezone.now(), published_by=by)
        Exercise.objects.filter(id=exercise.id).update(current=draft, retired_at=None, retired_by=None)
        objects = {"version": str(version.id)} | ({"brought-back": True} if exercise.retired_at else {})
        audit.record(via or by, action="exercise-published", objects=objects)
    version.refresh_from_db()


def discard_draft(*, version: ExerciseVersion, by: User, via: HttpRequest | None = None) -> None:
    """Throw a draft away; a copy or new exercise that has nothing else goes with it.

    Raises StaleDraft where it has been published or discarded in between.
    """
    with transaction.atomic():
        exercise = _locked(version.exercise)
        open_version = exercise.versions.filter(id=version.id, status__in=OPEN).first()
        if open_version is None:
            raise StaleDraft
        audit.record(
            via or by,
            action="exercise-draft-discarded",
            objects={"exercise": str(exercise.id), "version": str(version.id)},
        )
        open_version.delete()
        forget_unused(open_version.picture)
        if exercise.current_id is None and not exercise.versions.exists():
            exercise.delete()


def retire(*, exercise: Exercise, by: User, via: HttpRequest | None = None) -> bool:
    """Take an exercise out of the clinic's catalogue; programs that have it keep it. False if it was out already."""
    with transaction.atomic():
        there = Exercise.objects.filter(id=exercise.id, retired_at=None).exclude(current=None)
        done = there.update(retired_at=timezone.now(), retired_by=by)
        if done:
            audit.record(via or by, action="exercise-retired", objects={"exercise": str(exercise.id)})
    return bool(done)


def bring_back(*, exercise: Exercise, by: User, via: HttpRequest | None = None) -> bool:
    """Undo a retirement. False if it was in the catalogue already."""
    with transaction.atomic():
        out = Exercise.objects.filter(id=exercise.id, retired_at__isnull=False)
        done = out.update(retired_at=None, retired_by=None)
        if done:
            audit.record(via or by, action="exercise-brought-back", objects={"exercise": str(exercise.id)})
    return bool(done)
