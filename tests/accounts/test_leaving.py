"""Signing a patient's device out, and what the browser is told to forget."""

import pytest

from tests.conftest import Clients

pytestmark = pytest.mark.django_db

LOGOUT = "/account/logout/"


def test_a_page_that_emptied_itself_asks_the_browser_to_forget_the_rest(client_for: Clients) -> None:
    response = client_for("patient").post(LOGOUT, {"emptied": "yes"})
    assert (response.status_code, response["Clear-Site-Data"]) == (302, '"cache", "storage"')


def test_without_a_script_nothing_is_forgotten_that_may_not_be_sent_yet(client_for: Clients) -> None:
    """Copies of pages are: the next person on the device presses Back."""
    response = client_for("patient").post(LOGOUT)
    assert (response.status_code, response["Clear-Site-Data"]) == (302, '"cache"')


def test_only_a_sign_out_forgets(client_for: Clients) -> None:
    response = client_for("patient").get(LOGOUT, {"emptied": "yes"})
    assert response.status_code == 200 and "Clear-Site-Data" not in response


def test_the_page_that_asks_tells_the_script_whose_answers_it_may_send_and_where_to(client_for: Clients) -> None:
    patient = client_for("patient")
    page = patient.get(LOGOUT).content.decode()
    assert "data-leaving" in page and 'data-csrf-cookie="' in page and "/events/" in page
    assert "data-leaving" not in client_for("therapist").get(LOGOUT).content.decode()
