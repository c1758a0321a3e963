"""An admin takes a colleague's lost second step away: proved, told, recorded, and only in the own clinic."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from tests.conftest import Clients, House
from tests.factories import PASSWORD
from tests.signing_in import with_second_factor
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db


def page_of(person: User) -> str:
    """The address where the second step of a person is reset."""
    return reverse("accounts:staff-reset-second-step", args=[person.pk])


@pytest.fixture
def admin(client_for: Clients) -> StrictClient:
    """The clinic's admin, who has just proved who they are."""
    client = client_for("admin")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def steps_of(person: User) -> set[str]:
    """The kinds of second step that a person has."""
    return set(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def test_the_member_page_leads_to_the_question_and_the_question_to_the_reset(
    admin: StrictClient, house: House, client_for: Clients, mailoutbox: list[Any]
) -> None:
    theirs = client_for("editor")
    Authenticator.objects.create(user=house.editor, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    member = admin.get(reverse("accounts:staff-member", args=[house.editor.pk])).content.decode()
    assert page_of(house.editor) in member
    question = admin.get(page_of(house.editor)).content.decode()
    assert house.editor.name in question and str(house.editor.email) in question
    assert steps_of(house.editor) == {"totp", "recovery_codes"}

    answer = admin.post(page_of(house.editor), follow=True)

    assert "sets up a new second step" in answer.content.decode()
    assert page_of(house.editor) not in answer.content.decode()
    assert steps_of(house.editor) == set()
    assert theirs.get("/desk/")["Location"].startswith("/account/login/")
    assert [mail.to for mail in mailoutbox] == [[house.editor.email]]
    line = AuditEvent.objects.get(action="second-step-reset")
    assert (line.actor_id, line.objects_touched) == (house.admin.pk, {"staff": str(house.editor.pk)})
    assert (line.route, line.method) == ("accounts:staff-reset-second-step", "POST")


def test_at_the_next_sign_in_a_new_second_step_comes_first(admin: StrictClient, house: House) -> None:
    with_second_factor(house.editor)
    admin.post(page_of(house.editor))
    client = StrictClient()
    client.post("/account/login/", {"login": house.editor.email, "password": PASSWORD})
    assert client.get("/desk/")["Location"] == "/account/2fa/"
    with_second_factor(house.editor)
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize("minutes", [None, 6])
def test_the_admin_proves_who_they_are_first(minutes: int | None, house: House, client_for: Clients) -> None:
    with_second_factor(house.editor)
    client = client_for("admin")
    if minutes:
        with time_machine.travel(timezone.now() - timedelta(minutes=minutes)):
            client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.post(page_of(house.editor))["Location"] == page_of(house.editor)
    asked = client.get(page_of(house.editor))
    assert asked["Location"].startswith("/account/reauthenticate/?next=")
    assert client.post(asked["Location"], {"password": "wrong wrong wrong"}).status_code == 400
    assert client.get(page_of(house.editor)).status_code == 302
    assert steps_of(house.editor) == {"totp"}
    back = client.post(asked["Location"], {"password": PASSWORD, "next": page_of(house.editor)})
    assert back["Location"] == page_of(house.editor)
    assert client.get(back["Location"]).status_code == 200
    assert steps_of(house.editor) == {"totp"}, "the proof alone resets nothing"
    client.post(page_of(house.editor))
    assert steps_of(house.editor) == set()


@pytest.mark.parametrize(("minutes", "asked"), [(4, False), (6, True)])
def test_who_has_just_signed_in_is_not_asked_again(minutes: int, asked: bool, house: House) -> None:
    client = StrictClient()
    with time_machine.travel(timezone.now() - timedelta(minutes=minutes)):
        client.post("/account/login/", {"login": house.editor.email, "password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    assert (page.status_code == 302) is asked
    if asked:
        assert page["Location"].startswith("/account/reauthenticate/?next=")


def test_nobody_resets_their_own(admin: StrictClient, house: House, mailoutbox: list[Any]) -> None:
    assert page_of(house.admin) not in admin.get(f"/clinic/staff/{house.admin.pk}/").content.decode()
    assert "This is you" in admin.get(page_of(house.admin)).content.decode()
    assert admin.post(page_of(house.admin))["Location"] == "/account/2fa/"
    assert steps_of(house.admin) == {"totp"}
    assert admin.get("/clinic/").status_code == 200
    assert not mailoutbox and not AuditEvent.objects.filter(action="second-step-reset").exists()


def test_another_clinics_staff_look_like_nobody(admin: StrictClient, other_house: House) -> None:
    with_second_factor(other_house.editor)
    for method in (admin.get, admin.post):
        assert method(page_of(other_house.editor)).status_code == 404
    assert steps_of(other_house.editor) == {"totp"}


@pytest.mark.parametrize("role", ["therapist", "editor"])
def test_only_admins_reset(role: str, house: House, client_for: Clients) -> None:
    with_second_factor(house.second_therapist)
    client = client_for(role)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.post(page_of(house.second_therapist)).status_code == 404
    assert steps_of(house.second_therapist) == {"totp"}


def test_a_mail_that_cannot_be_sent_does_not_undo_the_reset(
    admin: StrictClient, house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*args: Any) -> int:
        raise ConnectionRefusedError("no mail server")

    with_second_factor(house.editor)
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert admin.post(page_of(house.editor)).status_code == 302
    assert steps_of(house.editor) == set()
    assert "could not be sent" in caplog.text
