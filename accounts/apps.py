"""The app of people: clinics, users, patients' identity, access cards, the audit trail."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and who may see what."""

    name = "accounts"

    def ready(self) -> None:
        """Listen for sign-ins."""
        from accounts import sign_in_trail  # noqa: F401
