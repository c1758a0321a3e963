"""Staff come in by invitation, and no further without a second step."""

import re
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.models import Clinic, Invitation, User
from tests.conftest import Clients, House
from tests.factories import PASSWORD, make_staff
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "violet tractor under the bay"


@pytest.fixture
def link(house: House) -> str:
    """The path of an open invitation."""
    issued = invitations.invite(
        clinic=house.clinic, email="Nora@Clinic.example", name="Nora", roles=frozenset({"therapist"}), by=house.admin
    )
    return "/invitation/" + issued.url.partition("/invitation/")[2]


def accept(client: StrictClient, link: str, **values: str) -> Any:
    """Fill in the invitation's form."""
    data = {"name": "Nora Nowak", "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    return client.post(link, data | values)


def digits_for(secret: str) -> str:
    """What an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_admin_invites_and_the_link_is_shown_once(client_for: Clients, house: House) -> None:
    admin = client_for("admin")
    data = {"name": "Nora", "email": "nora@clinic.example", "roles": ["therapist", "editor"]}
    page = admin.post("/clinic/staff/invite/", data).content.decode()
    token = re.search(r"/invitation/([^/\"]+)/", page)
    assert token and len(token[1]) >= 40
    kept = Invitation.objects.get(email="nora@clinic.example")
    assert (kept.is_therapist, kept.is_editor, kept.is_admin) == (True, True, False)
    assert token[1] not in str(list(Invitation.objects.values()))
    assert token[1] not in admin.get("/clinic/").content.decode()


def test_accepting_leads_to_the_second_step_and_then_to_the_work(link: str, strict_client: StrictClient) -> None:
    page = strict_client.get(link)
    assert page["Referrer-Policy"] == "no-referrer" and not User.objects.get_queryset().filter(name="Nora Nowak")
    assert accept(strict_client, link)["Location"] == "/account/2fa/"
    nora = User.objects.get_queryset().get(email="nora@clinic.example")
    assert nora.roles == {"therapist"} and nora.check_password(NEW_PASSWORD)
    assert strict_client.get("/inbox/")["Location"] == "/account/2fa/"
    set_up = strict_client.get("/account/2fa/totp/activate/").content.decode()
    assert "<svg" in set_up and "data:" not in set_up
    secret = re.search(r'id="secret">([A-Z2-7]+)<', set_up)
    assert secret
    done = strict_client.post("/account/2fa/totp/activate/", {"code": digits_for(secret[1])})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    assert strict_client.get(done["Location"]).status_code == 200
    assert strict_client.get("/inbox/").status_code == 200


def test_a_link_works_once(link: str) -> None:
    accept(StrictClient(), link)
    assert StrictClient().get(link).status_code == 404
    assert accept(StrictClient(), link).status_code == 404


def test_a_link_works_for_seven_days(link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert StrictClient().get(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert StrictClient().get(link).status_code == 200


def test_the_admin_stops_a_link(link: str, client_for: Clients) -> None:
    invitation = Invitation.objects.get()
    client_for("admin").post(reverse("accounts:invitation-revoke", args=[invitation.pk]))
    assert accept(StrictClient(), link).status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"password": "short", "again": "short"},
        {"again": "another violet tractor"},
        {"password": "1" * 13},
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(values: dict[str, str], link: str) -> None:
    page = accept(StrictClient(), link, **values)
    assert page.status_code == 400 and b"error-summary" in page.content
    assert not User.objects.get_queryset().filter(email="nora@clinic.example")


def test_somebody_who_signs_in_already_is_not_invited(client_for: Clients, house: House) -> None:
    assert house.editor.email
    data = {"name": "Ed", "email": house.editor.email.upper(), "roles": ["editor"]}
    page = client_for("admin").post("/clinic/staff/invite/", data)
    assert page.status_code == 400 and b"already" in page.content and not Invitation.objects.exists()


def test_an_admin_is_not_told_who_signs_in_at_another_clinic(
    client_for: Clients, house: House, other_house: House
) -> None:
    admin = client_for("admin")
    known = admin.post("/clinic/staff/invite/", {"name": "Ed", "email": other_house.editor.email, "roles": ["editor"]})
    unknown = admin.post("/clinic/staff/invite/", {"name": "Ed", "email": "e@new.example", "roles": ["editor"]})
    assert known.status_code == unknown.status_code == 200
    link = known.context["issued"].url.removeprefix("http://127.0.0.1:8000")
    page = accept(StrictClient(), link)
    assert page.status_code == 400 and b"cannot be used" in page.content
    assert User.objects.get_queryset().filter(email=other_house.editor.email).count() == 1


def test_nobody_invites_a_long_list_of_people_to_learn_who_is_known(client_for: Clients) -> None:
    admin = client_for("admin")
    data = [{"name": "N", "email": f"n{number}@new.example", "roles": ["editor"]} for number in range(41)]
    answers = [admin.post("/clinic/staff/invite/", values) for values in data]
    assert [answer.status_code for answer in answers] == [200] * 40 + [429] and answers[-1]["Retry-After"]


def test_staff_without_a_second_step_reach_only_its_set_up(house: House) -> None:
    client = StrictClient()
    client.force_login(house.therapist, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/", "/inbox/", "/patients/", "/exercises/", "/account/password/change/"):
        assert client.get(address)["Location"] == "/account/2fa/", address
    assert client.get("/inbox/", headers={"HX-Request": "true"})["HX-Redirect"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200
    assert client.post("/account/logout/").status_code == 302


def test_recovery_codes_alone_are_no_second_step(house: House) -> None:
    Authenticator.objects.create(user=house.therapist, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    client = StrictClient()
    client.force_login(house.therapist, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/inbox/")["Location"] == "/account/2fa/"


def test_in_the_demo_no_second_step_is_asked(house: House, settings: Any) -> None:
    settings.DEMO = True
    client = StrictClient(headers={"host": "127.0.0.1"})
    client.force_login(house.therapist, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/inbox/").status_code == 200


def test_a_password_alone_does_not_sign_in_who_has_a_second_step(client_for: Clients, house: House) -> None:
    client_for("therapist")
    client = StrictClient()
    answer = client.post("/account/login/", {"login": house.therapist.email, "password": PASSWORD})
    assert answer["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/2fa/authenticate/").status_code == 200
    assert client.get("/inbox/")["Location"].startswith("/account/login/")


def test_password_and_digits_sign_in_and_lead_to_the_persons_start(link: str, strict_client: StrictClient) -> None:
    accept(strict_client, link)
    page = strict_client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'id="secret">([A-Z2-7]+)<', page)
    assert secret
    strict_client.post("/account/2fa/totp/activate/", {"code": digits_for(secret[1])})
    strict_client.post("/account/logout/")
    client = StrictClient()
    client.post("/account/login/", {"login": "NORA@clinic.example", "password": NEW_PASSWORD})
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 400 and b"error-summary" in wrong.content
    with time_machine.travel(timezone.now() + timedelta(seconds=35)):
        done = client.post("/account/2fa/authenticate/", {"code": digits_for(secret[1])})
        assert done["Location"] == "/inbox/"
        assert client.get("/inbox/").status_code == 200
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_in_the_demo_the_password_signs_in_as_well(house: House, settings: Any) -> None:
    settings.DEMO = True
    client = StrictClient(headers={"host": "127.0.0.1"})
    answer = client.post("/account/login/", {"login": house.admin.email, "password": PASSWORD})
    assert answer["Location"] == "/clinic/"


def test_a_forgotten_password_is_replaced_by_mail_and_the_second_step_stays(
    client_for: Clients, house: House, mailoutbox: list[Any]
) -> None:
    client_for("therapist")
    client = StrictClient()
    for email in (house.therapist.email, "nobody@clinic.example"):
        assert client.post("/account/password/reset/", {"email": email})["Location"] == "/account/password/reset/done/"
    mails = [mail for mail in mailoutbox if mail.to == [house.therapist.email]]
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mails[0].body)
    assert len(mails) == 1 and link
    form = client.get(link[1], follow=True)
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(form.redirect_chain[-1][0], data)["Location"] == "/account/password/reset/key/done/"
    assert "_auth_user_id" not in client.session
    answer = client.post("/account/login/", {"login": house.therapist.email, "password": NEW_PASSWORD})
    assert answer["Location"] == "/account/2fa/authenticate/"


def test_the_only_second_step_cannot_be_taken_away(house: House, client_for: Clients) -> None:
    client = client_for("therapist")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/deactivate/")
    assert b"only second step" in page.content
    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=house.therapist).exists()


def test_the_digits_must_be_right(link: str, strict_client: StrictClient) -> None:
    accept(strict_client, link)
    strict_client.get("/account/2fa/totp/activate/")
    page = strict_client.post("/account/2fa/totp/activate/", {"code": "abcdef"})
    assert page.status_code == 400 and b"error-summary" in page.content
    assert not Authenticator.objects.exists()


def test_a_wrong_password_says_the_same_as_an_unknown_email(house: House) -> None:
    def words(email: str | None) -> str:
        page = StrictClient().post("/account/login/", {"login": email, "password": "wrong wrong wrong"})
        assert page.status_code == 400
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert words(house.editor.email) == words("nobody@clinic.example")


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/done/",
        "/account/password/reset/key/1-x/",
        "/account/inactive/",
    ],
)
def test_the_pages_before_the_sign_in_are_ours(address: str, strict_client: StrictClient) -> None:
    page = strict_client.get(address)
    assert page.status_code == 200 and b"site-header" in page.content


@pytest.mark.parametrize(
    "address",
    [
        "/account/2fa/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/2fa/recovery-codes/generate/",
        "/account/password/change/",
        "/account/reauthenticate/",
        "/account/2fa/reauthenticate/",
        "/account/logout/",
    ],
)
def test_the_pages_about_the_sign_in_are_ours(address: str, client_for: Clients) -> None:
    client = client_for("therapist")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get(address)
    assert page.status_code == 200 and b"site-header" in page.content


@pytest.mark.parametrize("address", ["/account/signup/", "/account/email/", "/account/password/set/"])
def test_nobody_signs_up(address: str, client_for: Clients, strict_client: StrictClient) -> None:
    for client in (strict_client, client_for("admin")):
        assert client.get(address).status_code == 404
        assert client.post(address, {"email": "x@y.example"}).status_code == 404


def test_a_staff_sign_in_ends_after_eight_hours_of_use(client_for: Clients) -> None:
    client = client_for("therapist")
    start = time.time()
    for half_hour in range(16):
        with time_machine.travel(start + half_hour * 1800):
            assert client.get("/exercises/").status_code == 200
            assert b"Hello" in client.get("/").content
    with time_machine.travel(start + 8.1 * 3600):
        assert b"Hello" not in client.get("/").content


def test_a_staff_sign_in_ends_after_an_hour_without_use(client_for: Clients) -> None:
    client = client_for("therapist")
    start = time.time()
    for minutes in (0, 50, 100):
        with time_machine.travel(start + minutes * 60):
            assert b"Hello" in client.get("/").content
    with time_machine.travel(start + 161 * 60):
        assert b"Hello" not in client.get("/").content


def test_create_clinic_makes_the_clinic_and_prints_its_admins_link(strict_client: StrictClient) -> None:
    out = StringIO()
    call_command(
        "create_clinic",
        name="Hill Clinic",
        phone="01 555 0199",
        emergency_number="112",
        out_of_hours="",
        time_zone="Europe/Lisbon",
        admin_name="Ada",
        admin_email="ada@hill.example",
        stdout=out,
    )
    link = re.search(r"(/invitation/\S+)", out.getvalue())
    assert link and Clinic.objects.get().time_zone == "Europe/Lisbon"
    accept(strict_client, link[1])
    assert User.objects.get_queryset().get(email="ada@hill.example").roles == {"admin"}


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars"}, {"admin_email": "ada"}, {"name": ""}, {"phone": "call us"}])
def test_create_clinic_refuses_in_words_and_makes_nothing(wrong: dict[str, str]) -> None:
    values = {
        "name": "Hill Clinic",
        "phone": "01 555 0199",
        "emergency_number": "112",
        "out_of_hours": "",
        "time_zone": "Europe/Lisbon",
        "admin_name": "Ada",
        "admin_email": "ada@hill.example",
    }
    with pytest.raises(CommandError):
        call_command("create_clinic", **values | wrong)
    assert not Clinic.objects.exists() and not Invitation.objects.exists()


def test_create_clinic_names_what_is_missing() -> None:
    with pytest.raises(CommandError, match="Name of the clinic"):
        call_command("create_clinic")


def test_invitations_are_stopped_by_a_second_one_for_the_same_email(house: House, link: str) -> None:
    invitations.invite(
        clinic=house.clinic, email="nora@clinic.example", name="Nora", roles=frozenset({"editor"}), by=house.admin
    )
    assert StrictClient().get(link).status_code == 404


def test_an_invitation_for_somebody_who_came_in_meanwhile_makes_nobody(link: str, house: House) -> None:
    make_staff(house.clinic, "editor", email="nora@clinic.example")
    page = accept(StrictClient(), link)
    assert page.status_code == 400 and b"cannot be used" in page.content
    assert User.objects.get_queryset().filter(email="nora@clinic.example").count() == 1
