"""Bringing the starter catalogue into the database without touching what came later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from exercises import content
from exercises.models import Exercise, ExerciseVersion, PrecautionCode, VersionDose


@dataclass(frozen=True)
class Loaded:
    """What a load did: numbers of exercises added, given a newer version, and left as they were."""

    added: int
    renewed: int
    unchanged: int


Figures = Mapping[str, Mapping[str, Any]]
"""The data of each exercise's figure, by slug."""


def load(starter: content.Catalogue, figures: Figures | None = None) -> Loaded:
    """Load the shared catalogue. A second run changes nothing; a published version is never overwritten.

    Where a starter file has changed, the exercise gets a new published version. Clinics' own exercises and copies
    are not looked at.
    """
    counts = {"added": 0, "renewed": 0, "unchanged": 0}
    with transaction.atomic():
        _load_precautions(starter)
        known = {
            exercise.slug: exercise
            for exercise in Exercise.objects.filter(clinic__isnull=True).select_related("current")
        }
        for position, entry in enumerate(starter):
            figure = (figures or {}).get(entry.slug)
            counts[_load_exercise(entry, position, known.get(entry.slug), figure)] += 1
    return Loaded(**counts)


def _load_precautions(starter: content.Catalogue) -> None:
    PrecautionCode.objects.bulk_create(
        [
            PrecautionCode(
                code=item.code,
                position=position,
                statement=item.statement,
                effect=item.effect,
            )
            for position, item in enumerate(starter.precautions)
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["position", "statement", "effect"],
    )


def _load_exercise(
    entry: content.Exercise, position: int, exercise: Exercise | None, figure: Mapping[str, Any] | None
) -> str:
    fingerprint = content_hash(entry, figure)
    if exercise and exercise.current and exercise.current.starter_hash == fingerprint:
        return "unchanged"
    outcome = "renewed" if exercise else "added"
    exercise = exercise or Exercise.objects.create(slug=entry.slug, position=position)
    last = exercise.versions.order_by("-number").first()
    version = ExerciseVersion(
        exercise=exercise,
        number=last.number + 1 if last else 1,
        status=ExerciseVersion.Status.DRAFT,
        starter_hash=fingerprint,
        figure=figure,
        figure_hash=figure_hash(figure),
    ).take(entry)
    version.save()
    VersionDose.objects.bulk_create(version.dose_rows(entry))
    version.status, version.published_at = (
        ExerciseVersion.Status.PUBLISHED,
        timezone.now(),
    )
    version.save(update_fields=["status", "published_at"])
    exercise.current, exercise.position = version, position
    exercise.save(update_fields=["current", "position"])
    return outcome


def figure_hash(figure: Mapping[str, Any] | None) -> str:
    """A fingerprint of a figure's data; empty for none."""
    if figure is None:
        return ""
    return hashlib.sha256(json.dumps(figure, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def content_hash(entry: content.Exercise, figure: Mapping[str, Any] | None = None) -> str:
    """A fingerprint of an exercise's content, with its figure; equal content has an equal one."""
    parts = asdict(entry)
    parts["exclude"], parts["clinician_ok"] = sorted(entry.exclude), sorted(entry.clinician_ok)
    parts["doses"] = sorted((severity.value, sorted(dose.items())) for severity, dose in parts["doses"].items())
    words = repr(sorted(parts.items())) + figure_hash(figure)
    return hashlib.sha256(words.encode()).hexdigest()
