"""Exercises, their versions with a dose per severity, precautions, pictures."""

from exercises.models.exercise import Exercise, PrecautionCode
from exercises.models.picture import ExercisePicture
from exercises.models.review import FigureReview
from exercises.models.version import ExerciseVersion, VersionDose

__all__ = [
    "Exercise",
    "ExercisePicture",
    "ExerciseVersion",
    "FigureReview",
    "PrecautionCode",
    "VersionDose",
]
