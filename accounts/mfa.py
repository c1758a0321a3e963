"""The second step of staff: has one been set up, what its pages need, and may it be taken away."""

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Has this person set up an authenticator app or a passkey? (Recovery codes alone do not count.)"""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


class StaffMfaAdapter(DefaultMFAAdapter):
    """A QR code that the content security policy allows, and no going back to a password alone."""

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as an SVG element with presentation attributes only, to stand in the page itself."""
        return qr_svg(url)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Outside the demo the last second step stays until another one is set up."""
        if settings.DEMO or authenticator.type not in SECOND_FACTORS:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


def qr_svg(content: str) -> SafeString:
    """A QR code as inline SVG; its size is set by the page's style."""
    code = segno.make(content, error="q", micro=False)
    drawn = code.svg_inline(scale=8, border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn from squares; the content is not in it as text
