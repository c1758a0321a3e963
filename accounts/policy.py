"""Who may use which route: the one table. A route that is not named here is denied to everybody.

The middleware ``RoutePolicy`` enforces it before the view runs, the system check ``stenosis_pt.E001`` and the
generated matrix test hold it against the URLconf.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models.user import ADMIN, EDITOR, PATIENT, THERAPIST, User

ANONYMOUS = "anonymous"
STAFF = "staff"
"""Anybody who signs in by email, whatever their roles are."""
DISCHARGED = "discharged"
"""A patient after the end of care: only the few routes that say so."""

type Audience = frozenset[str]

ANYONE: Audience = frozenset({ANONYMOUS, STAFF, PATIENT, DISCHARGED})
ANY_STAFF: Audience = frozenset({STAFF})
ENTRANCE: Audience = frozenset({ANONYMOUS, STAFF})
THERAPISTS: Audience = frozenset({THERAPIST})
EDITORS: Audience = frozenset({EDITOR})
ADMINS: Audience = frozenset({ADMIN})
PATIENTS: Audience = frozenset({PATIENT})
PATIENTS_EVEN_DISCHARGED: Audience = frozenset({PATIENT, DISCHARGED})
NOBODY: Audience = frozenset()
"""A route that a library brings and that we keep closed: 404 for everybody."""


@dataclass(frozen=True)
class Rule:
    """The audience of a route, and the kind of object that its address names (none: empty)."""

    audience: Audience
    object_kind: str = ""

    def allows(self, person: User | AnonymousUser) -> bool:
        """May this person use the route at all? (Which objects of it: the app's access.py.)"""
        return not self.audience.isdisjoint(groups_of(person))


def groups_of(person: User | AnonymousUser) -> Audience:
    """The audiences that a person belongs to."""
    if not isinstance(person, User) or not person.is_active:
        return frozenset({ANONYMOUS})
    if person.is_patient:
        patient = getattr(person, "patient", None)
        return frozenset({PATIENT if patient is not None and not patient.is_discharged else DISCHARGED})
    return person.roles | {STAFF}


def _routes(audience: Audience, *names: str) -> Iterator[tuple[str, Rule]]:
    """Routes of one audience; a name may carry its kind of object after an at sign."""
    for name in names:
        route, _, kind = name.partition("@")
        yield route, Rule(audience, kind)


POLICY: dict[str, Rule] = dict(
    [
        *_routes(ANYONE, "healthz", "home", "demo-sign-in@role"),
        *_routes(ANYONE, "service-worker", "offline", "app-manifest"),
        # accounts
        *_routes(ANYONE, "accounts:card", "accounts:card-open@card-code", "accounts:signed-out"),
        *_routes(ENTRANCE, "accounts:invitation@invitation-token"),
        *_routes(PATIENTS_EVEN_DISCHARGED, "accounts:confirm-me"),
        *_routes(
            THERAPISTS,
            "accounts:patient-add",
            "accounts:patient-added@patient",
            "accounts:patient-edit@patient",
            "accounts:patient-discharge@patient",
            "accounts:patient-return@patient",
            "accounts:patient-card@patient",
            "accounts:patient-card-revoke@patient",
            "accounts:patient-devices@patient",
            "accounts:device-end@device",
        ),
        *_routes(
            ADMINS,
            "accounts:clinic",
            "accounts:clinic-settings",
            "accounts:staff-invite",
            "accounts:invitation-revoke@invitation",
            "accounts:staff-member@staff",
            "accounts:staff-deactivate@staff",
            "accounts:staff-activate@staff",
            "accounts:staff-reset-second-step@staff",
            "accounts:staff-hand-over@staff",
        ),
        # allauth
        *_routes(
            ENTRANCE,
            "account_login",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key@reset-key",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
        ),
        *_routes(ANYONE, "account_logout"),
        *_routes(
            ANY_STAFF,
            "account_reauthenticate",
            "account_change_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "mfa_remove_webauthn@security-key",
            "mfa_edit_webauthn@security-key",
        ),
        *_routes(
            NOBODY,
            "account_signup",
            "account_email",
            "account_email_verification_sent",
            "account_confirm_email@confirm-key",
            "account_set_password",
            "account_confirm_login_code",
        ),
        # exercises
        *_routes(
            ANYONE,
            "exercises:list",
            "exercises:detail@exercise-slug",
            "exercises:picture@picture",
            "exercises:figure@figure",
        ),
        *_routes(ANY_STAFF, "exercises:figures", "exercises:figure-review@exercise-slug"),
        *_routes(
            EDITORS,
            "desk:list",
            "desk:add",
            "desk:exercise@exercise",
            "desk:start-draft@exercise",
            "desk:retire@exercise",
            "desk:bring-back@exercise",
            "desk:preview@version",
            "desk:edit@version",
            "desk:figure@version",
            "desk:publish@version",
            "desk:discard@version",
        ),
        # programs: review
        *_routes(
            THERAPISTS,
            "review:patients",
            "review:patient@patient",
            "review:session@session",
            "review:restart@patient",
            "review:inbox",
            "review:acknowledge@alert",
            "review:put-back@alert",
            "review:acknowledge-silence@patient",
            "review:release@lock",
        ),
        # programs: prescribing
        *_routes(
            THERAPISTS,
            "prescribing:profile@patient",
            "prescribing:draft@patient",
            "prescribing:assemble@patient",
            "prescribing:change@patient",
            "prescribing:by-hand@patient",
            "prescribing:discard@patient",
            "prescribing:week@patient",
            "prescribing:ok@patient",
            "prescribing:add@patient",
            "prescribing:check@patient",
            "prescribing:sheet@patient",
            "prescribing:item-dose@patient",
            "prescribing:item-swap@patient",
            "prescribing:item-move@patient",
            "prescribing:item-note@patient",
            "prescribing:item-parts@patient",
            "prescribing:item-remove@patient",
            "prescribing:item-restore@patient",
            "prescribing:item-allow@patient",
        ),
        # programs: guided
        *_routes(
            PATIENTS_EVEN_DISCHARGED,
            "guided:today",
            "guided:session@session",
            "guided:events@session",
        ),
        *_routes(PATIENTS, "guided:rest", "guided:seen", "guided:log@session"),
    ]
)
