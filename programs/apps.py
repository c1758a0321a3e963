"""The app of programs: rules, prescribing, the patient's day, review."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """From a profile to a finished session that the therapist sees."""

    name = "programs"
