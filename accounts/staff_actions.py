"""What a clinic's admin changes: settings, roles, who may sign in, whose patients are whose."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts import audit
from accounts.actions import hold_therapist
from accounts.models import Clinic, Patient, User
from accounts.models.user import ADMIN, EDITOR, THERAPIST


class LastAdmin(Exception):
    """The clinic's last active admin would be gone."""


class HasPatients(Exception):
    """The therapist still treats patients, who would be without one."""


class OwnSecondStep(Exception):
    """Nobody resets their own second step: whoever sits at an open screen would lock its owner out."""


class StaleSettings(Exception):
    """Somebody else has saved the clinic's settings since the page was opened; nothing was changed."""


def change_clinic(*, clinic: Clinic, changed: list[str], seen: int, by: User, via: HttpRequest | None = None) -> None:
    """Keep the changed settings; the trail names the fields. ``seen`` is the edit count that the page showed.

    Raises StaleSettings.
    """
    values = {name: getattr(clinic, name) for name in changed}
    with transaction.atomic():
        rows = Clinic.objects.filter(pk=clinic.pk, edit_count=seen)
        if not rows.update(edit_count=F("edit_count") + 1, **values):
            raise StaleSettings
        audit.record(via or by, action="clinic-changed", objects={"fields": sorted(changed)})


def change_roles(*, person: User, roles: frozenset[str], by: User, via: HttpRequest | None = None) -> None:
    """Give a person exactly these roles, at once. LastAdmin and HasPatients leave everything as it was."""
    with transaction.atomic():
        _hold([person])
        if ADMIN not in roles:
            _guard_last_admin(person)
        if THERAPIST not in roles:
            _guard_patients(person)
        User.objects.filter(pk=person.pk).update(
            is_therapist=THERAPIST in roles, is_editor=EDITOR in roles, is_admin=ADMIN in roles
        )
        audit.record(via or by, action="roles-changed", objects={"staff": str(person.pk), "roles": sorted(roles)})


def deactivate(*, person: User, by: User, via: HttpRequest | None = None) -> None:
    """No more sign-in, and every session of the person ends. LastAdmin and HasPatients leave all as it was."""
    with transaction.atomic():
        _hold([person])
        _guard_last_admin(person)
        _guard_patients(person)
        User.objects.filter(pk=person.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
        audit.record(via or by, action="staff-deactivated", objects={"staff": str(person.pk)})


def activate(*, person: User, by: User, via: HttpRequest | None = None) -> None:
    """Let a person sign in again, with the password and the second step they had."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=True)
        audit.record(via or by, action="staff-activated", objects={"staff": str(person.pk)})


def reset_second_step(*, person: User, by: User, via: HttpRequest) -> None:
    """Take away a lost phone, passkey and recovery codes, end every session, and tell the person by mail.

    They set up a new second step at their next sign-in. OwnSecondStep leaves all as it was.
    """
    if person.pk == by.pk:
        raise OwnSecondStep
    with transaction.atomic():
        Authenticator.objects.filter(user=person).delete()
        User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
        audit.record(via, action="second-step-reset", objects={"staff": str(person.pk)})
    get_adapter(via).send_notification_mail("account/email/second_step_reset", person)


def hand_over(*, leaving: User, to: User, by: User, via: HttpRequest | None = None) -> int:
    """Give all patients of one therapist to another, with a line in the trail of each; answers how many they were.

    Raises NotTreating where the other has left meanwhile.
    """
    objects = {"from": str(leaving.pk), "to": str(to.pk)}
    with transaction.atomic():
        _hold([leaving, to])
        hold_therapist(to)
        patients = list(Patient.objects.select_for_update(no_key=True).filter(therapist=leaving).order_by("pk"))
        Patient.objects.filter(pk__in=[patient.pk for patient in patients]).update(therapist=to)
        for patient in patients:
            audit.record(via or by, action="patient-handed-over", patient=patient, objects=objects)
        audit.record(via or by, action="patients-handed-over", objects=objects | {"count": len(patients)})
    return len(patients)


def _hold(people: list[User]) -> None:
    """Their rows, held until the transaction ends, always in the same order: who takes on patients waits."""
    keys = [person.pk for person in people]
    list(User.objects.get_queryset().select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _guard_last_admin(person: User) -> None:
    admins = (
        User.objects.staff_of(person.clinic_id)
        .filter(is_admin=True, is_active=True)
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    if {admin.pk for admin in admins} == {person.pk}:
        raise LastAdmin


def _guard_patients(person: User) -> None:
    if Patient.objects.active().filter(therapist=person).exists():
        raise HasPatients
