"""Access cards: codes, and what becomes of them. Only a keyed hash of a code is kept."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit, devices
from accounts.models import AccessCard, Patient, User
from accounts.models.card import CARD_DAYS, WRONG_YEARS_ALLOWED

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
CODE_LENGTH = 12
"""Characters of a code: 60 bits."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "–": None, "\u00a0": None, ".": None})


@dataclass(frozen=True)
class IssuedCard:
    """A card at the one moment when its code is known."""

    card: AccessCard
    code: str

    @property
    def printed(self) -> str:
        """The code in groups of four, as it stands on paper."""
        return "-".join(self.code[at : at + 4] for at in range(0, len(self.code), 4))

    @property
    def url(self) -> str:
        """The address that the QR code carries."""
        return f"{settings.BASE_URL}/card/{self.code}/"


def typed_address() -> str:
    """The address of the page for typed codes, as people write addresses: without its scheme."""
    return f"{settings.BASE_URL.partition('://')[2]}/card/"


def normal_code(typed: str) -> str:
    """A typed code as it was made: case, spaces and dashes do not matter, O is 0, I and L are 1."""
    return typed.strip().upper().translate(_READ_AS)


def is_code(text: str) -> bool:
    """Could this be a code? (Nothing is looked up.)"""
    return len(text) == CODE_LENGTH and set(text) <= set(ALPHABET)


def code_hashes(code: str) -> list[str]:
    """The hashes under which a code may be kept: by the secret key, and by each older one that still counts."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hmac.new(f"access-card:{key}".encode(), code.encode(), hashlib.sha256).hexdigest() for key in keys]


class Discharged(Exception):
    """The patient's care has ended: there is no card for them."""


def issue(*, patient: Patient, by: User, via: HttpRequest | None = None) -> IssuedCard:
    """Make a card; cards of this patient that were not used yet stop working. Raises Discharged."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with transaction.atomic():
        if not _hold_in_care(patient):
            raise Discharged
        _open_cards(patient).update(revoked_at=timezone.now())
        card = AccessCard.objects.create(
            patient=patient,
            code_hash=code_hashes(code)[0],
            issued_by=by,
            expires_at=timezone.now() + timedelta(days=CARD_DAYS),
        )
        audit.record(via or by, action="card-issued", patient=patient, objects={"card": str(card.pk)})
    return IssuedCard(card, code)


def revoke(*, patient: Patient, by: User, via: HttpRequest | None = None) -> bool:
    """Stop the patient's unused card; False where there is none."""
    with transaction.atomic():
        ended = _open_cards(patient).update(revoked_at=timezone.now())
        if ended:
            audit.record(via or by, action="card-revoked", patient=patient)
    return bool(ended)


def open_card(patient: Patient) -> AccessCard | None:
    """The patient's card that still works, if there is one."""
    return _open_cards(patient).first()


def redeem(request: HttpRequest, *, code: str, year_of_birth: int) -> bool:
    """Sign this browser in by a code and the year of birth; False, and no reason, where that is not right.

    The card is taken by one conditional UPDATE, so that of two presses only one signs in. Each wrong year
    counts; after five the card is void.
    """
    now = timezone.now()
    with transaction.atomic():
        card = (
            AccessCard.objects.select_related("patient__user", "patient__clinic")
            .filter(code_hash__in=code_hashes(normal_code(code)))
            .first()
        )
        right = _same_year(card, year_of_birth)
        if card is None:
            return False
        if not right:
            AccessCard.objects.filter(_usable(now), pk=card.pk).update(wrong_years=F("wrong_years") + 1)
            audit.record(request, action="card-wrong-year", patient=card.patient, objects={"card": str(card.pk)})
            return False
        if not _hold_in_care(card.patient):
            return False
        taken = AccessCard.objects.filter(_usable(now), pk=card.pk).update(used_at=now)
        if not taken or not card.patient.user.is_active:
            return False
        device = devices.begin(request, patient=card.patient, card=card)
        audit.record(request, action="card-used", patient=card.patient, objects={"device": str(device.pk)})
    return True


def _hold_in_care(patient: Patient) -> bool:
    """Is the patient in care? Their row is held until the transaction ends: a discharge waits, then ends the card."""
    return Patient.objects.active().select_for_update(no_key=True).filter(pk=patient.pk).first() is not None


def _same_year(card: AccessCard | None, year: int) -> bool:
    """Compare in constant time, also where there is no card to compare with."""
    kept = card.patient.year_of_birth if card is not None else 0
    return hmac.compare_digest(f"{kept:06d}", f"{min(abs(year), 999999):06d}")


def _usable(now: datetime) -> Q:
    return Q(used_at=None, revoked_at=None, expires_at__gt=now, wrong_years__lt=WRONG_YEARS_ALLOWED)


def _open_cards(patient: Patient) -> QuerySet[AccessCard]:
    return AccessCard.objects.filter(_usable(timezone.now()), patient=patient)
