"""The mails that staff get: our own words, plain text, with no address but the app's own."""

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEvent
from tests.accounts.test_invitations import NEW_PASSWORD, digits_for
from tests.conftest import Clients, House
from tests.factories import PASSWORD
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
FOREIGN = re.compile(r"example\.com|allauth|thank you for using|two-factor|IP address|browser|{[{%]|&#", re.IGNORECASE)


@pytest.fixture
def client(client_for: Clients) -> StrictClient:
    """The therapist, who has just proved who they are."""
    signed_in = client_for("therapist")
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    return signed_in


def only(mails: list[Any], to: str | None) -> Any:
    """The one mail that was sent: to whom, from whom, and in whose words."""
    assert [mail.to for mail in mails] == [[to]]
    [mail] = mails
    assert mail.from_email == "Stenosis PT <no-reply@localhost>"
    assert mail.subject.startswith("Stenosis PT: ") and "\n" not in mail.subject
    assert not getattr(mail, "alternatives", None), "plain text alone"
    assert not FOREIGN.search(mail.subject + mail.body), mail.body
    assert mail.body.startswith("Hello,") and "\n\n\n" not in mail.body
    return mail


def a_link_in(mail: Any) -> str:
    """The path of the one link in a mail."""
    links = re.findall(r"https?://testserver(/\S+)", mail.body)
    assert len(links) == 1 and mail.body.count("http") == 1
    return str(links[0])


def test_who_forgot_the_password_gets_a_link_and_then_word_that_it_was_changed(
    house: House, mailoutbox: list[Any]
) -> None:
    client = StrictClient()
    client.post("/account/password/reset/", {"email": house.therapist.email})
    mail = only(mailoutbox, house.therapist.email)
    assert mail.subject == "Stenosis PT: Choose a new password"
    form = client.get(a_link_in(mail), follow=True)
    mailoutbox.clear()
    client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    mail = only(mailoutbox, house.therapist.email)
    assert mail.subject == "Stenosis PT: Your password was changed"
    assert "If it was not you" in mail.body


def test_an_email_that_nobody_signs_in_with_is_told_so_and_offered_no_account(mailoutbox: list[Any], db: None) -> None:
    StrictClient().post("/account/password/reset/", {"email": "nobody@clinic.example"})
    mail = only(mailoutbox, "nobody@clinic.example")
    assert mail.subject == "Stenosis PT: Nobody signs in with this email"
    assert "nobody@clinic.example" in mail.body and "http" not in mail.body


def test_a_changed_password_is_told(client: StrictClient, house: House, mailoutbox: list[Any]) -> None:
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/account/password/change/", data).status_code == 302
    assert only(mailoutbox, house.therapist.email).subject == "Stenosis PT: Your password was changed"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a commit is done at once, in the request: a test's transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda done: done())


@pytest.mark.usefixtures("at_once")
def test_an_app_that_is_set_up_is_told(client: StrictClient, house: House, mailoutbox: list[Any]) -> None:
    Authenticator.objects.all().delete()
    secret = re.search(r'id="secret">([A-Z2-7]+)<', client.get("/account/2fa/totp/activate/").content.decode())
    assert secret
    client.post("/account/2fa/totp/activate/", {"code": digits_for(secret[1])})
    trail = AuditEvent.objects.filter(action="second-step-changed")
    assert {line.objects_touched["kind"] for line in trail} == {"totp", "recovery_codes"}
    mail = only(mailoutbox, house.therapist.email)
    assert mail.subject == "Stenosis PT: An authenticator app was set up"
    assert "It was done on " in mail.body


@pytest.mark.usefixtures("at_once")
def test_new_recovery_codes_are_told_and_never_mailed(
    client: StrictClient, house: House, mailoutbox: list[Any]
) -> None:
    client.post("/account/2fa/recovery-codes/generate/")
    mail = only(mailoutbox, house.therapist.email)
    assert mail.subject == "Stenosis PT: New recovery codes were made"
    codes = client.get("/account/2fa/recovery-codes/download/").content.decode().split()
    assert codes and not any(code in mail.body for code in codes)


@pytest.fixture
def passkey(monkeypatch: pytest.MonkeyPatch) -> str:
    """What a browser sends of a new passkey; that its signature is right is the library's own matter."""
    monkeypatch.setattr(auth, "parse_registration_response", lambda response: response)
    monkeypatch.setattr(auth, "get_credentials", lambda user: [])

    class Verified:
        def is_user_verified(self) -> bool:
            return True

    monkeypatch.setattr(auth, "complete_registration", lambda credential: Verified())
    return json.dumps({"id": "a-key"})


def test_a_passkey_is_told_when_it_comes_and_when_it_goes(
    client: StrictClient, house: House, mailoutbox: list[Any], passkey: str
) -> None:
    client.post("/account/2fa/webauthn/add/", {"name": "Key", "credential": passkey})
    assert only(mailoutbox, house.therapist.email).subject == "Stenosis PT: A passkey was added"
    mailoutbox.clear()
    key = Authenticator.objects.get(user=house.therapist, type=Authenticator.Type.WEBAUTHN)
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert only(mailoutbox, house.therapist.email).subject == "Stenosis PT: A passkey was taken away"


def test_an_app_that_is_taken_away_is_told(client: StrictClient, house: House, mailoutbox: list[Any]) -> None:
    Authenticator.objects.create(user=house.therapist, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    client.post("/account/2fa/totp/deactivate/")
    assert only(mailoutbox, house.therapist.email).subject == "Stenosis PT: The authenticator app was taken away"


def test_a_reset_second_step_is_told(house: House, client_for: Clients, mailoutbox: list[Any]) -> None:
    admin = client_for("admin")
    admin.post("/account/reauthenticate/", {"password": PASSWORD})
    admin.post(reverse("accounts:staff-reset-second-step", args=[house.therapist.pk]))
    mail = only(mailoutbox, house.therapist.email)
    assert mail.subject == "Stenosis PT: Your second step was reset"
    assert "phone your clinic's admin" in mail.body
