"""What the clinic's front page shows."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.invitations import open_invitations
from accounts.models import Clinic, Invitation, User


@dataclass(frozen=True)
class Member:
    """One of the staff."""

    user: User
    roles: tuple[str, ...]
    patients: int


@dataclass(frozen=True)
class ClinicPage:
    """The clinic, its staff and its open invitations."""

    clinic: Clinic
    active: list[Member]
    inactive: list[Member]
    invitations: list[Invitation]


def clinic_page(clinic: Clinic) -> ClinicPage:
    """Read it: two queries, however many people there are."""
    in_care = Count("patients_treated", filter=Q(patients_treated__discharged_at=None))
    staff = User.objects.staff_of(clinic).annotate(in_care=in_care).order_by("name", "email")
    members = [Member(user, role_names(user), user.in_care) for user in staff]
    return ClinicPage(
        clinic=clinic,
        active=[member for member in members if member.user.is_active],
        inactive=[member for member in members if not member.user.is_active],
        invitations=list(open_invitations(clinic).order_by("-invited_at")),
    )


def role_names(user: User | Invitation) -> tuple[str, ...]:
    """The words of the roles that a person holds, or is invited to hold."""
    held = (
        (user.is_therapist, _("therapist")),
        (user.is_editor, _("catalogue editor")),
        (user.is_admin, _("clinic admin")),
    )
    return tuple(words for has, words in held if has)
