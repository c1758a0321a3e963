"""Who may see and change which part of the catalogue: one loader per thing, 404 for all else."""

import uuid
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from accounts.models import Clinic, User
from exercises.models import Exercise, ExercisePicture, ExerciseVersion
from exercises.models.exercise import ExerciseQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def clinic_of(user: "User | AnonymousUser") -> Clinic | None:
    """The clinic whose catalogue this person browses; None is the shared catalogue."""
    return user.clinic if isinstance(user, User) and user.is_active else None


def browsable(user: "User | AnonymousUser") -> ExerciseQuerySet:
    """The catalogue that this person browses."""
    return Exercise.objects.in_force(clinic_of(user))


def get_published(user: "User | AnonymousUser", slug: str) -> ExerciseVersion:
    """The version in force of a slug in this person's catalogue. Raises Http404."""
    exercise = (
        browsable(user).filter(slug=slug).select_related("current__picture").prefetch_related("current__doses").first()
    )
    if exercise is None:
        raise Http404
    return with_exercise(exercise)


def with_exercise(exercise: Exercise) -> ExerciseVersion:
    """The version in force, with its exercise at hand: no query for it. Raises Http404 where there is none."""
    if exercise.current is None:
        raise Http404
    exercise.current.exercise = exercise
    return exercise.current


def editable(user: User) -> ExerciseQuerySet:
    """What an editor sees on the desk: the shared catalogue and their clinic's own exercises and copies."""
    return Exercise.objects.of(user.clinic) if user.is_active and user.is_editor else Exercise.objects.none()


def get_editable(user: User, exercise_id: uuid.UUID) -> Exercise:
    """An exercise on the editor's desk. Raises Http404."""
    exercise = editable(user).filter(id=exercise_id).select_related("current", "clinic").first()
    if exercise is None:
        raise Http404
    return exercise


def get_version(user: User, version_id: uuid.UUID) -> ExerciseVersion:
    """A version of an exercise on the editor's desk. Raises Http404."""
    version = (
        ExerciseVersion.objects.with_doses()
        .filter(id=version_id, exercise__in=editable(user))
        .select_related("exercise", "exercise__current", "picture")
        .first()
    )
    if version is None:
        raise Http404
    return version


def get_draft(user: User, version_id: uuid.UUID) -> ExerciseVersion:
    """An unpublished version of the editor's own clinic; the shared catalogue is changed through a copy."""
    version = get_version(user, version_id)
    if version.exercise.clinic_id != user.clinic_id or not version.is_editable:
        raise Http404
    return version


def get_picture(user: "User | AnonymousUser", picture_id: uuid.UUID) -> ExercisePicture:
    """A picture of the person's own clinic. Raises Http404."""
    clinic = clinic_of(user)
    picture = ExercisePicture.objects.filter(id=picture_id, clinic=clinic).first() if clinic else None
    if picture is None:
        raise Http404
    return picture


def get_figure(user: "User | AnonymousUser", digest: str) -> ExerciseVersion:
    """A version with this figure, of the shared catalogue or the person's own clinic. Raises Http404.

    What is not published yet is for the clinic's staff.
    """
    clinic = clinic_of(user)
    seen = Q(exercise__clinic=None) | (Q(exercise__clinic=clinic) if clinic else Q())
    found = ExerciseVersion.objects.filter(seen, figure_hash=digest).exclude(figure_hash="").select_related("exercise")
    if not (isinstance(user, User) and clinic and not user.is_patient):
        found = found.filter(status__in=(ExerciseVersion.Status.PUBLISHED, ExerciseVersion.Status.RETIRED))
    version = found.first()
    if version is None:
        raise Http404
    return version
