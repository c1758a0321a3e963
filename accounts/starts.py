"""Where each person's day begins."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import ADMIN, EDITOR, PATIENT, THERAPIST

STARTS: tuple[tuple[str, str, Promise], ...] = (
    (PATIENT, "guided:today", _("Open today's exercises")),
    (THERAPIST, "review:inbox", _("Open the inbox")),
    (EDITOR, "desk:list", _("Open the catalogue desk")),
    (ADMIN, "accounts:clinic", _("Open the clinic's pages")),
)


@dataclass(frozen=True)
class Start:
    """A page to begin at, and the words of its button."""

    url: str
    words: Promise


def starts_of(user: User) -> list[Start]:
    """The pages to begin at, by the roles that the person holds; the first is the usual one."""
    return [Start(reverse(route), words) for role, route, words in STARTS if role in user.roles]


def start_of(user: User) -> str:
    """The address of the person's usual start; home for staff without a role."""
    starts = starts_of(user)
    return starts[0].url if starts else reverse("home")
