"""What the state of an exercise or a version allows on the desk."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from exercises import catalogue
from exercises.faults import faults
from exercises.figures.figure import read_figure
from exercises.figures.lint import problems
from exercises.figures.pose import FigureError
from exercises.models import Exercise, ExerciseVersion


def check_publish(version: ExerciseVersion) -> None:
    """A version can be published when it is complete. Raises ValidationError with every reason."""
    reasons = []
    if not version.is_editable:
        reasons.append(_("This version is published already."))
    entry, in_force = version.as_content(), catalogue.catalogue_for(version.exercise.clinic)
    reasons += [fault.sentence for fault in faults(entry, in_force)]
    if version.picture_id and not version.picture_alt:
        reasons.append(_("Say in words what the picture shows."))
    reasons += _of_the_figure(version)
    if reasons:
        raise ValidationError(reasons)


def _of_the_figure(version: ExerciseVersion) -> list[str]:
    if version.figure is None:
        return []
    try:
        found = problems(read_figure(version.figure), bias=version.direction_bias)
    except FigureError as wrong:
        found = (str(wrong),)
    return [_("The figure: %(problem)s") % {"problem": words} for words in found]


def can_change(user: User, exercise: Exercise) -> bool:
    """Editors change their clinic's own exercises; a shared one is copied first (design decision 16)."""
    return user.is_editor and exercise.clinic_id == user.clinic_id


def can_retire(user: User, exercise: Exercise) -> bool:
    """May this editor retire the exercise now?"""
    return can_change(user, exercise) and exercise.current_id is not None and exercise.retired_at is None
