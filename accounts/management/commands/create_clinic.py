"""``manage.py create_clinic``: a clinic, and the invitation of its first admin."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.forms import Form

from accounts import audit, invitations
from accounts.clinic_forms import ClinicForm, InvitationForm
from accounts.models import Clinic

CLINIC = {
    "name": "Name of the clinic",
    "phone": "Its phone, as patients dial it",
    "out_of_hours": "Phone out of hours (may stay empty)",
    "emergency_number": "Emergency number",
    "time_zone": "Time zone, such as Europe/Lisbon",
}
ADMIN = {"admin_name": "Name of its first admin", "admin_email": "Email of its first admin"}


class Command(BaseCommand):
    """Asks for what the arguments leave open."""

    help = "Make a clinic and print the link with which its first admin comes in (it works once, for 7 days)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One argument for each answer."""
        for name, words in (CLINIC | ADMIN).items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=words, default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything first, then write clinic and invitation together."""
        defaults = {"emergency_number": Clinic().emergency_number, "time_zone": "UTC", "out_of_hours": ""}
        given = {name: self._ask(words, options[name], defaults.get(name)) for name, words in (CLINIC | ADMIN).items()}
        clinic_form = ClinicForm(
            {name: given[name] for name in CLINIC} | {"alert_response": str(Clinic().alert_response), "not_watched": ""}
        )
        admin_form = InvitationForm({"name": given["admin_name"], "email": given["admin_email"], "roles": ["admin"]})
        self._refuse_mistakes(clinic_form, admin_form)
        try:
            with transaction.atomic():
                clinic = clinic_form.save()
                audit.record(None, action="clinic-created", objects={"clinic": str(clinic.pk)})
                issued = invitations.invite(clinic=clinic, by=None, **admin_form.cleaned_data)
        except invitations.AlreadyStaff as error:
            raise CommandError("Somebody signs in with this email already. Use another one.") from error
        self.stdout.write(f"The clinic “{clinic}” is made.")
        self.stdout.write(f"Give this link to {given['admin_name']} alone. It works once, for 7 days:")
        self.stdout.write(issued.url)

    def _ask(self, words: str, given: str | None, default: str | None) -> str:
        if given is not None:
            return given
        if not sys.stdin.isatty():
            if default is None:
                raise CommandError(f"Missing: {words}. See manage.py create_clinic --help.")
            return default
        typed = input(f"{words}{f' [{default}]' if default else ''}: ").strip()
        return typed or default or ""

    def _refuse_mistakes(self, *forms: Form | ClinicForm) -> None:
        mistakes = [
            f"{form.fields[name].label or name}: {' '.join(map(str, errors))}"
            for form in forms
            for name, errors in form.errors.items()
            if name in form.fields
        ]
        if mistakes:
            raise CommandError("\n".join(mistakes))
