"""Changing a draft's figure, and marking a figure as looked at."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import audit
from accounts.models import User
from exercises.actions import OPEN, StaleDraft
from exercises.loading import figure_hash
from exercises.models import Exercise, ExerciseVersion, FigureReview


@transaction.atomic
def set_figure(
    *,
    version: ExerciseVersion,
    figure: Mapping[str, Any] | None,
    seen: int,
    by: User,
    via: HttpRequest | None = None,
) -> None:
    """Give a draft another figure, or none. ``seen`` is the edit count that the editor's page showed.

    Raises StaleDraft where somebody has saved in between.
    """
    changed = ExerciseVersion.objects.filter(id=version.id, edit_count=seen, status__in=OPEN).update(
        edit_count=F("edit_count") + 1, figure=figure, figure_hash=figure_hash(figure)
    )
    if not changed:
        raise StaleDraft
    audit.record(via or by, action="exercise-figure-saved", objects={"version": str(version.id)})


@transaction.atomic
def review_figure(
    *, exercise: Exercise, digest: str, verdict: str, note: str, by: User, via: HttpRequest | None = None
) -> FigureReview:
    """Mark the figure that was looked at."""
    row = FigureReview.objects.create(
        clinic_id=by.clinic_id, exercise=exercise, figure_hash=digest, verdict=verdict, note=note, by=by
    )
    audit.record(via or by, action="figure-reviewed", objects={"exercise": exercise.slug, "verdict": verdict})
    return row
