"""Access cards: single use, 21 days, void after five wrong years, hashed, and never changed by looking."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from accounts import cards, limits
from accounts.models import AccessCard, AuditEvent, Device, Patient, Tries
from tests.conftest import Clients, House
from tests.strict import StrictClient

pytestmark = pytest.mark.django_db
YEAR = "1951"


@pytest.fixture
def code(house: House) -> str:
    """The code of a card of ``house.patient``."""
    return cards.issue(patient=house.patient, by=house.therapist).code


def open_card(client: StrictClient, code: str, year: str = YEAR) -> Any:
    """Type the year on the card's page."""
    return client.post(f"/card/{code}/", {"year_of_birth": year})


def user_of(client: StrictClient) -> str | None:
    """Whose session the client holds."""
    return client.session.get("_auth_user_id")


def test_the_therapist_makes_a_card_and_its_code_is_shown_once(client_for: Clients, house: House) -> None:
    therapist = client_for("therapist")
    address = reverse("accounts:patient-card", args=[house.patient.pk])
    page = therapist.post(address).content.decode()
    printed = re.search(r'id="card-code">([^<]+)<', page)
    assert printed and re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", printed[1])
    assert "<svg" in page and house.clinic.phone in page
    assert printed[1] not in therapist.get(address).content.decode()


def test_only_a_keyed_hash_of_the_code_is_kept(code: str, house: House) -> None:
    kept = AccessCard.objects.get(patient=house.patient)
    assert len(code) >= 10
    assert kept.code_hash == cards.code_hashes(code)[0] and len(kept.code_hash) == 64
    everything = str(list(AccessCard.objects.values())) + str(list(AuditEvent.objects.values()))
    assert code not in everything


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_ux_33_looking_at_a_card_changes_nothing(method: str, code: str, strict_client: StrictClient) -> None:
    before = AccessCard.objects.values().get()
    for _ in range(2):
        answer = getattr(strict_client, method)(f"/card/{code}/")
    assert AccessCard.objects.values().get() == before and not Device.objects.exists()
    assert user_of(strict_client) is None
    if method != "options":
        assert answer.status_code == 200 and answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]


def test_the_year_of_birth_signs_the_device_in_with_a_new_session(
    code: str, strict_client: StrictClient, house: House
) -> None:
    strict_client.get(f"/card/{code}/")
    session = strict_client.session
    session["from-before"] = "1"
    session.save()
    key = session.session_key
    answer = open_card(strict_client, code)
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert user_of(strict_client) == str(house.patient.user.pk)
    assert strict_client.session.session_key != key
    assert strict_client.session.get_expiry_age() == 90 * 24 * 3600
    assert Device.objects.get().patient == house.patient


def test_ux_33_a_card_works_once(code: str, house: House) -> None:
    assert open_card(StrictClient(), code).status_code == 302
    second = StrictClient()
    assert open_card(second, code).status_code == 400
    assert user_of(second) is None and Device.objects.count() == 1


def test_a_card_works_for_21_days(code: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=21, minutes=1)):
        assert open_card(StrictClient(), code).status_code == 400
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert open_card(StrictClient(), code).status_code == 302


def test_ux_33_after_five_wrong_years_the_right_one_comes_too_late(code: str) -> None:
    for year in range(1940, 1945):
        assert open_card(StrictClient(), code, str(year)).status_code == 400
    assert open_card(StrictClient(), code).status_code == 400
    assert AccessCard.objects.get().wrong_years == 5 and not Device.objects.exists()


def test_four_wrong_years_leave_the_card_alive(code: str) -> None:
    for year in range(1940, 1944):
        open_card(StrictClient(), code, str(year))
    assert open_card(StrictClient(), code).status_code == 302


def test_unknown_used_expired_void_revoked_and_wrong_say_the_same(code: str, house: House) -> None:
    def words(code: str, year: str = YEAR) -> str:
        page = open_card(StrictClient(), code, year).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|value="\d{4}"', "", page)

    wrong = words(code, "1950")
    unknown = words("0" * cards.CODE_LENGTH)
    cards.revoke(patient=house.patient, by=house.therapist)
    revoked = words(code)
    AccessCard.objects.update(revoked_at=None, expires_at=timezone.now())
    expired = words(code)
    AccessCard.objects.update(expires_at=timezone.now() + timedelta(days=1), used_at=timezone.now())
    used = words(code)
    AccessCard.objects.update(used_at=None, wrong_years=5)
    assert {wrong, unknown, revoked, expired, used} == {words(code)}


@pytest.mark.parametrize("year", ["", "x", "51", "1e3", "0", "99999999999999999999", "19\x0051", "nan"])
def test_what_is_no_year_is_explained_and_does_not_count(year: str, code: str) -> None:
    answer = open_card(StrictClient(), code, year)
    assert answer.status_code == 400 and b"error-summary" in answer.content
    assert AccessCard.objects.get().wrong_years == 0


@pytest.mark.parametrize("change", [str.lower, lambda code: f" {code[:4]} {code[4:8]}-{code[8:]} "])
def test_typed_codes_forgive_case_spaces_and_dashes(
    change: Callable[[str], str], code: str, strict_client: StrictClient
) -> None:
    answer = strict_client.post("/card/", {"code": change(code)})
    assert (answer.status_code, answer["Location"]) == (302, f"/card/{code}/")


def test_typed_codes_forgive_letters_that_look_like_numbers() -> None:
    assert cards.normal_code("o0iL-1abc") == "00111ABC"


@pytest.mark.parametrize("typed", ["", "123", "U" * 12, "x" * 500, "\x00" * 12])
def test_what_is_no_code_is_explained_and_kept(typed: str, strict_client: StrictClient) -> None:
    answer = strict_client.post("/card/", {"code": typed})
    assert answer.status_code == 400 and b"error-summary" in answer.content


def test_trying_often_from_one_address_is_slowed_down(code: str) -> None:
    statuses = [open_card(StrictClient(), "0" * cards.CODE_LENGTH).status_code for _ in range(25)]
    assert statuses[:20] == [400] * 20 and statuses[20:] == [429] * 5
    assert open_card(StrictClient(), code).status_code == 429
    assert AccessCard.objects.get().used_at is None


def test_what_is_no_year_is_no_try(code: str) -> None:
    for _ in range(25):
        assert open_card(StrictClient(), code, "x").status_code == 400
    assert open_card(StrictClient(), code).status_code == 302


def test_tries_are_counted_for_the_whole_span_and_forgotten_after_it(code: str) -> None:
    """Slow tries count as well: a counter lasts as long as its span, not as long as a cache keeps it."""
    noon = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    wrong = "0" * cards.CODE_LENGTH
    for minute in range(9):
        with time_machine.travel(noon + timedelta(minutes=minute), tick=False):
            statuses = [open_card(StrictClient(), wrong).status_code for _ in range(3)]
    assert statuses == [429] * 3 and Tries.objects.count() == 2
    with time_machine.travel(noon + timedelta(minutes=9), tick=False):
        slowed = open_card(StrictClient(), wrong)
        assert slowed.status_code == 429 and slowed["Retry-After"] == "60"
    with time_machine.travel(noon + timedelta(minutes=11), tick=False):
        assert open_card(StrictClient(), wrong).status_code == 400
        assert Tries.objects.count() == 2


def test_where_tries_cannot_be_counted_nobody_comes_in(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise OperationalError

    monkeypatch.setattr(limits, "_count", broken)
    assert open_card(StrictClient(), code).status_code == 429
    assert AccessCard.objects.get().used_at is None


def test_a_page_that_is_sent_again_makes_no_second_card(client_for: Clients, house: House) -> None:
    therapist, address = client_for("therapist"), reverse("accounts:patient-card", args=[house.patient.pk])
    assert b"card-code" in therapist.post(address, {"seen": ""}).content
    assert therapist.post(address, {"seen": ""})["Location"] == address
    card = AccessCard.objects.get()
    assert card.revoked_at is None
    assert b"card-code" in therapist.post(address, {"seen": str(card.pk)}).content
    assert AccessCard.objects.filter(revoked_at=None).exclude(pk=card.pk).count() == 1


def test_a_patient_who_was_discharged_meanwhile_gets_no_card_and_opens_none(code: str, house: House) -> None:
    Patient.objects.filter(pk=house.patient.pk).update(discharged_at=timezone.now())
    assert open_card(StrictClient(), code).status_code == 400
    with pytest.raises(cards.Discharged):
        cards.issue(patient=house.patient, by=house.therapist)
    assert AccessCard.objects.count() == 1 and not Device.objects.exists()


def test_is_this_you_wants_an_answer(client_for: Clients) -> None:
    """HZ06: a form without an answer is explained."""
    page = client_for("patient").post("/confirm-me/")
    assert page.status_code == 400 and b"error-summary" in page.content


def test_a_new_card_stops_the_old_one(code: str, house: House) -> None:
    cards.issue(patient=house.patient, by=house.therapist)
    assert open_card(StrictClient(), code).status_code == 400


def test_a_helpers_device_comes_beside_the_first(code: str, house: House) -> None:
    open_card(StrictClient(), code)
    second = cards.issue(patient=house.patient, by=house.therapist).code
    open_card(StrictClient(), second)
    assert Device.objects.filter(patient=house.patient, ended_at=None).count() == 2


def test_a_therapist_stops_a_card(code: str, client_for: Clients, house: House) -> None:
    client_for("therapist").post(reverse("accounts:patient-card-revoke", args=[house.patient.pk]))
    assert open_card(StrictClient(), code).status_code == 400
    assert not Device.objects.exists()


def test_two_presses_at_once_make_one_device(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card is taken by one conditional UPDATE: a second press that read it as unused still loses."""
    real = cards._same_year

    def meanwhile(card: AccessCard | None, year: int) -> bool:
        AccessCard.objects.update(used_at=timezone.now())
        return real(card, year)

    monkeypatch.setattr(cards, "_same_year", meanwhile)
    assert open_card(StrictClient(), code).status_code == 400
    assert not Device.objects.exists()


def test_a_form_whose_origin_the_browser_hides_is_taken_with_its_token_only(code: str) -> None:
    client = StrictClient(enforce_csrf_checks=True)
    page = client.get(f"/card/{code}/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    data = {"year_of_birth": YEAR}
    headers = {"origin": "null"}
    assert client.post(f"/card/{code}/", data, headers=headers).status_code == 403
    assert client.post(f"/card/{code}/", data, headers={"origin": "https://evil.example"}).status_code == 403
    data["csrfmiddlewaretoken"] = token[1]
    assert client.post(f"/card/{code}/", data, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post(f"/card/{code}/", data, headers=headers).status_code == 302


def test_a_card_of_somebody_else_signs_the_first_person_out(code: str, client_for: Clients, house: House) -> None:
    client = client_for("therapist")
    assert house.therapist.name in client.get(f"/card/{code}/").content.decode()
    open_card(client, code)
    assert user_of(client) == str(house.patient.user.pk)


def test_a_code_made_under_an_older_secret_key_still_works(code: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a" * 50
    assert open_card(StrictClient(), code).status_code == 302
