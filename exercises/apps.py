"""The app of the catalogue: exercises and their versions."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """The exercise catalogue, browsed by all and edited by the clinic's editors."""

    name = "exercises"
