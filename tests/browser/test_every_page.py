"""Every page of the URLconf for every role that it lets in: axe, one heading, no overflow, nothing foreign.

A new route fails ``test_every_route_is_walked`` until it stands in ``WALKED``, ``POSTED`` or ``CLOSED``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from accounts.policy import POLICY
from tests.browser.conftest import DESKTOP, PHONE, OpenContext, Watching
from tests.browser.server import Server, World
from tests.browser.steps import SIDEWAYS, SQUEEZED, card_of, confirm_me, look_up, open_card, sign_in_by_password
from tests.browser.watch import axe_faults

SignIn = Callable[[Page, str], None]
Shot = Callable[[Page, str], Path]

WALKED: Mapping[str, Mapping[str, str]] = {
    "nobody": {
        "home": "/",
        "accounts:card": "/card/",
        "accounts:card-open": "/card/{card}/",
        "accounts:signed-out": "/card/signed-out/",
        "accounts:invitation": "/invitation/{invitation}/",
        "account_login": "/account/login/",
        "account_inactive": "/account/inactive/",
        "account_reset_password": "/account/password/reset/",
        "account_reset_password_done": "/account/password/reset/done/",
        "account_reset_password_from_key": "/account/password/reset/key/{reset}/",
        "account_reset_password_from_key_done": "/account/password/reset/key/done/",
        "exercises:list": "/exercises/",
        "exercises:detail": "/exercises/bridge/",
        "offline": "/offline/",
    },
    "patient": {
        "home": "/",
        "guided:today": "/today/",
        "guided:session": "/sessions/{session}/",
        "guided:log": "/sessions/{session}/log/",
        "accounts:confirm-me": "/confirm-me/",
        "exercises:list": "/exercises/?region=lumbar&q=bridge",
        "exercises:detail": "/exercises/side-lying-rest/",
        "account_logout": "/account/logout/",
    },
    "therapist": {
        "review:inbox": "/inbox/",
        "review:patients": "/patients/",
        "review:patients all": "/patients/?all=1",
        "review:patients discharged": "/patients/?all=1&discharged=1",
        "review:patients nobody": "/patients/?q=zzz",
        "review:patient": "/patients/{rosa}/",
        "review:patient locked": "/patients/{grace}/",
        "review:patient new": "/patients/{nobody}/",
        "review:session": "/patients/{rosa}/sessions/{rosa_session}/",
        "review:session ended": "/patients/{walter}/sessions/{ended_session}/",
        "review:release": "/locks/{lock}/release/",
        "accounts:patient-add": "/patients/add/",
        "accounts:patient-edit": "/patients/{rosa}/edit/",
        "accounts:patient-discharge": "/patients/{rosa}/discharge/",
        "accounts:patient-return": "/patients/{discharged}/return/",
        "accounts:patient-card": "/patients/{rosa}/card/",
        "accounts:patient-devices": "/patients/{rosa}/devices/",
        "prescribing:profile": "/patients/{rosa}/profile/",
        "prescribing:profile empty": "/patients/{nobody}/profile/",
        "prescribing:draft": "/patients/{rosa}/program/",
        "prescribing:draft empty": "/patients/{nobody}/program/",
        "prescribing:draft changed": "/patients/{drafted}/program/",
        "prescribing:add": "/patients/{drafted}/program/add/",
        "prescribing:sheet": "/patients/{rosa}/program/print/",
        "prescribing:check": "/patients/{drafted}/program/check/",
        "accounts:patient-added": "/patients/{nobody}/added/",
        "exercises:list": "/exercises/",
        "exercises:figures": "/exercises/figures/",
        "exercises:figures nameless": "/exercises/figures/?names=hidden",
        "exercises:figure-review": "/exercises/figures/bridge/",
    },
    "editor": {
        "desk:list": "/desk/",
        "desk:list nothing": "/desk/?q=zzz",
        "desk:add": "/desk/add/",
        "desk:exercise": "/desk/exercises/{exercise}/",
        "desk:exercise own": "/desk/exercises/{own}/",
        "desk:preview": "/desk/versions/{draft}/",
        "desk:edit": "/desk/versions/{draft}/edit/",
        "desk:figure": "/desk/versions/{draft}/figure/",
        "exercises:detail": "/exercises/bridge/",
    },
    "admin": {
        "accounts:clinic": "/clinic/",
        "accounts:clinic-settings": "/clinic/settings/",
        "accounts:staff-invite": "/clinic/staff/invite/",
        "accounts:staff-member": "/clinic/staff/{therapist}/",
        "accounts:staff-reset-second-step": "/clinic/staff/{therapist}/reset-second-step/",
    },
    "staff": {
        "account_change_password": "/account/password/change/",
        "account_reauthenticate": "/account/reauthenticate/",
        "mfa_index": "/account/2fa/",
        "mfa_list_webauthn": "/account/2fa/webauthn/",
        "account_logout": "/account/logout/",
    },
}
"""Route (and what is special about the page) and address by role."""
AS_LARGE = {
    *("/", "/card/", "/today/", "/sessions/{session}/log/", "/exercises/bridge/", "/inbox/", "/clinic/"),
    *("/patients/{rosa}/profile/", "/patients/{drafted}/program/", "/patients/{drafted}/program/add/"),
    *("/patients/{drafted}/program/check/", "/locks/{lock}/release/", "/patients/"),
}
"""Looked at with the text twice as large, too."""

WIDTHS = (("phone", PHONE), ("desktop", DESKTOP))
MOVES_ON = {
    "account_logout": "signs out or asks",
    "account_reset_password_from_key": "keeps the key out of the address",
}

POSTED = {
    "demo-sign-in",
    "guided:events",
    "guided:rest",
    "guided:seen",
    "accounts:patient-card-revoke",
    "accounts:device-end",
    "accounts:invitation-revoke",
    "accounts:staff-deactivate",
    "accounts:staff-activate",
    "accounts:staff-hand-over",
    "desk:start-draft",
    "desk:retire",
    "desk:bring-back",
    "desk:publish",
    "desk:discard",
    "review:restart",
    "review:acknowledge",
    "review:put-back",
    "review:acknowledge-silence",
    "prescribing:assemble",
    "prescribing:change",
    "prescribing:by-hand",
    "prescribing:discard",
    "prescribing:week",
    "prescribing:ok",
    "prescribing:item-dose",
    "prescribing:item-swap",
    "prescribing:item-move",
    "prescribing:item-note",
    "prescribing:item-parts",
    "prescribing:item-remove",
    "prescribing:item-restore",
    "prescribing:item-allow",
}
"""Routes without a page of their own: they answer a POST alone."""
NO_PAGE = {
    "healthz": "one word of plain text",
    "service-worker": "a script",
    "app-manifest": "JSON for the browser",
    "exercises:picture": "a picture",
    "exercises:figure": "a picture",
    "mfa_download_recovery_codes": "a file of plain text",
    "mfa_login_webauthn": "JSON for the browser's passkey dialog",
    "mfa_reauthenticate_webauthn": "needs a passkey on the device",
    "mfa_add_webauthn": "asks for a proven address first",
    "mfa_deactivate_totp": "asks for the password again first",
    "mfa_reauthenticate": "asked for by the pages above",
    "mfa_remove_webauthn": "needs a passkey on the device",
    "mfa_edit_webauthn": "needs a passkey on the device",
}
LOST_PHONE = "test_journey_admin.py::test_a_colleague_is_invited_given_roles_and_helped_after_a_lost_phone"
ELSEWHERE = {
    "mfa_authenticate": "test_every_page.py::test_the_second_step_is_clean",
    "mfa_activate_totp": LOST_PHONE,
    "mfa_view_recovery_codes": LOST_PHONE,
    "mfa_generate_recovery_codes": LOST_PHONE,
}
"""Pages that another test walks and looks at: that test."""

OBJECTS = """
import json
from accounts.actions import add_patient
from accounts import cards, invitations
from accounts.demo import DEMO_STAFF
from accounts.models import Patient, User
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from exercises import actions
from exercises.models import Exercise
from programs.models import Lock, Session
from programs.prescribing.actions import start_from_current
staff = {part: User.objects.get(email=person.email) for part, person in DEMO_STAFF.items()}
named = {patient.display_name: patient for patient in Patient.objects.all()}
rosa, walter, grace = named["Rosa A."], named["Walter B."], named["Grace O."]
anna, carla = staff["therapist"], staff["editor"]
nobody = Patient(display_name="N. N.", year_of_birth=1950, language="en", time_zone=rosa.time_zone, therapist=anna)
add_patient(patient=nobody, by=anna)
start_from_current(patient=walter, by=anna)
bridge = Exercise.objects.get(slug="bridge", clinic=None)
draft = actions.start_draft(exercise=bridge, by=carla)
invited = invitations.invite(
    clinic=anna.clinic, email="eva@riverside.example", name="Eva Lind", roles=frozenset({"editor"}), by=staff["admin"])
reset = user_pk_to_url_str(carla) + "-" + default_token_generator.make_token(carla)
sessions = Session.objects.order_by("-minted_at")
print(json.dumps({
    "card": cards.issue(patient=nobody, by=anna).code,
    "invitation": invited.url.rstrip("/").rsplit("/", 1)[1],
    "reset": reset,
    "rosa": str(rosa.pk), "walter": str(walter.pk), "grace": str(grace.pk), "nobody": str(nobody.pk),
    "drafted": str(walter.pk),
    "discharged": str(next(each.pk for each in named.values() if each.is_discharged)),
    "rosa_session": str(sessions.filter(patient=rosa, state="finished").first().pk),
    "ended_session": str(sessions.filter(patient=walter, state="ended").first().pk),
    "lock": str(Lock.objects.filter(patient=grace, released_at=None).first().pk),
    "exercise": str(bridge.pk), "own": str(draft.exercise_id), "draft": str(draft.pk),
    "therapist": str(anna.pk),
}))
"""
DISCHARGE = """
from accounts.actions import discharge
from accounts.models import Patient
patient = Patient.objects.get(display_name="{name}")
discharge(patient=patient, by=patient.therapist)
"""
TODAYS = """
import json
from programs.models import Session
print(json.dumps(str(Session.objects.filter(patient__display_name="Rosa A.").latest("minted_at").pk)))
"""
SECOND_STEP = """
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from accounts.models import User
user = User.objects.get(email="carla@riverside.example")
TOTP.activate(user, "JBSWY3DPEHPK3PXP")
RecoveryCodes.activate(user)
"""
STAFF = "carla@riverside.example"


def test_every_route_is_walked() -> None:
    walked = {name.partition(" ")[0] for pages in WALKED.values() for name in pages}
    closed = {name for name, rule in POLICY.items() if not rule.audience}
    pageless = POSTED | closed | NO_PAGE.keys()
    assert not walked & (pageless | ELSEWHERE.keys())
    assert not pageless & ELSEWHERE.keys()
    assert walked | pageless | ELSEWHERE.keys() == POLICY.keys()


@pytest.mark.parametrize("test", sorted(set(ELSEWHERE.values())))
def test_the_test_that_walks_a_page_elsewhere_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert f"\ndef {name}(" in (Path(__file__).parent / file).read_text()


@pytest.fixture
def objects(server: Server) -> dict[str, str]:
    """What the addresses name, made or found in the demo clinic."""
    found: dict[str, str] = look_up(server.world, OBJECTS)
    return found


def faults_of(page: Page, shot: Shot, name: str, *, large: bool = False) -> Iterator[str]:
    """What is wrong with the page that is shown; patients' and public pages need a contrast of 7:1."""
    shot(page, name)
    patients = "for-patient" in (page.locator("body").get_attribute("class") or "")
    yield from axe_faults(page, enhanced=patients)
    if page.locator("h1:visible").count() != 1:
        yield f"not one heading but {page.locator('h1:visible').all_inner_texts()}"
    if page.title().strip(" –") in {"", "Stenosis PT"}:
        yield "no title"
    if page.evaluate(SIDEWAYS) > 0:
        yield f"{page.evaluate(SIDEWAYS)} px too wide"
    if large:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate(SIDEWAYS) > 0:
            yield f"{page.evaluate(SIDEWAYS)} px too wide with text twice as large"
        yield from page.evaluate(SQUEEZED)


def arrive(role: str, page: Page, world: World, sign_in: SignIn) -> None:
    """Sign in as one of the roles of ``WALKED``."""
    if role == "staff":
        sign_in_by_password(page, world, STAFF)
    elif role != "nobody":
        sign_in(page, role)


@pytest.mark.parametrize("role", WALKED)
def test_ux_32_every_page_is_clean(
    role: str,
    open_context: OpenContext,
    watch: Watching,
    sign_in: SignIn,
    objects: dict[str, str],
    server: Server,
    shot: Shot,
) -> None:
    page = open_context(viewport=PHONE).new_page()
    watch(page)
    arrive(role, page, server.world, sign_in)
    if role == "patient":
        page.goto("/today/")
        confirm_me(page)
        objects["session"] = look_up(server.world, TODAYS)
    found = []
    for name, address in WALKED[role].items():
        path = address.format(**objects)
        for width, viewport in WIDTHS:
            page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
            answer = page.goto(path)
            assert answer is not None
            if (answer.status, page.url.removeprefix(server.url)) != (200, path) and name not in MOVES_ON:
                found.append(f"{path}: {answer.status} {page.url}")
                continue
            if name == "guided:session":
                page.locator("html[data-player=ready]").wait_for()
            large = address in AS_LARGE and width == "phone"
            where = f"{role}-{re.sub('[^a-z]', '-', name)}-{width}"
            found += [f"{path} ({width}): {fault}" for fault in faults_of(page, shot, where, large=large)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", ["Grace O.", "Lena F.", "Amara D.", "Josef P.", "Henry K."])
def test_every_state_of_the_day_is_clean(name: str, phone_page: Page, world: World, shot: Shot) -> None:
    open_card(phone_page, *card_of(world, name))
    if name == "Henry K.":
        world.python(DISCHARGE.format(name=name))
    found = []
    for width, viewport in WIDTHS:
        phone_page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
        phone_page.goto("/today/")
        found += [f"{width}: {fault}" for fault in faults_of(phone_page, shot, width, large=width == "phone")]
    assert not found, "\n".join(found)


def test_the_second_step_is_clean(page: Page, world: World, shot: Shot) -> None:
    world.python(SECOND_STEP)
    sign_in_by_password(page, world, STAFF)
    assert page.url.endswith("/account/2fa/authenticate/")
    assert not list(faults_of(page, shot, "authenticate"))
