"""The app of the project itself: template tags and system checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """What belongs to no single part."""

    name = "stenosis_pt"

    def ready(self) -> None:
        """Register the checks."""
        from stenosis_pt import checks  # noqa: F401
