"""The public catalogue: list, filter, search, one exercise."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.strict import StrictClient

pytestmark = pytest.mark.django_db

LIST = "/exercises/"


def slugs(response: Any) -> set[str]:
    """The slugs of the rows shown."""
    return {row.slug for row in response.context["catalogue"].rows}


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("region=cervical", "chin-tuck-seated", "bridge"),
        ("kind=balance", "tandem-stand", "bridge"),
        ("position=four-point", "bird-dog", "bridge"),
        ("equipment=bike", "stationary-bike", "bridge"),
        ("equipment=none", "breathing", "bridge"),
        ("q=glute+bridge", "bridge", "bird-dog"),
        ("q=BRIDGE&region=lumbar&kind=stabilisation", "bridge", "pelvic-tilt"),
    ],
)
def test_a_filter_narrows_the_list(
    catalogue: None, strict_client: StrictClient, query: str, shown: str, hidden: str
) -> None:
    found = slugs(strict_client.get(f"{LIST}?{query}"))
    assert shown in found
    assert hidden not in found


def test_the_filter_stays_in_the_address_and_in_the_form(catalogue: None, strict_client: StrictClient) -> None:
    page = strict_client.get(f"{LIST}?region=cervical&q=tuck").content.decode()
    assert 'value="cervical" selected' in page
    assert 'value="tuck"' in page


def test_an_unknown_value_is_told_and_nothing_is_lost(catalogue: None, strict_client: StrictClient) -> None:
    response = strict_client.get(f"{LIST}?region=knee&q=bridge")
    assert response.status_code == 200
    assert "knee" in response.content.decode()
    assert "bridge" in slugs(response)


@pytest.mark.parametrize("query", ["q=%00", "page=99999", "page=x", "q=" + "a" * 500, "q=%27%22%3Cb%3E"])
def test_nonsense_gets_a_page(catalogue: None, strict_client: StrictClient, query: str) -> None:
    assert strict_client.get(f"{LIST}?{query}").status_code == 200


def test_htmx_gets_the_results_only_and_caches_know(catalogue: None, strict_client: StrictClient) -> None:
    response = strict_client.get(f"{LIST}?q=bridge", headers={"HX-Request": "true", "HX-Target": "results"})
    page = response.content.decode()
    assert "<html" not in page and 'id="results"' in page
    assert "HX-Target" in response["Vary"]


def test_the_list_needs_the_same_queries_however_long(
    catalogue: None, strict_client: StrictClient, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        strict_client.get(LIST)


def test_one_exercise_shows_all_that_matters(catalogue: None, strict_client: StrictClient) -> None:
    page = strict_client.get(reverse("exercises:detail", args=["bridge"])).content.decode()
    shown = ("Take care", "Is it right for you?", "How to do it", "Lying march", "Bridge with march")
    for words in (*shown, "Takes a blood thinner"):
        assert (words in page) is (words != "Takes a blood thinner"), words


@pytest.mark.parametrize("slug", ["no-such-exercise", "bridge-x"])
def test_a_wrong_address_is_the_404_page(catalogue: None, strict_client: StrictClient, slug: str) -> None:
    assert strict_client.get(reverse("exercises:detail", args=[slug])).status_code == 404


@pytest.mark.parametrize("role", ["patient", "therapist", "editor", "admin"])
def test_everybody_signed_in_may_browse(catalogue: None, client_for: Callable[[str], StrictClient], role: str) -> None:
    client = client_for(role)
    assert client.get(LIST).status_code == 200
    assert client.get(reverse("exercises:detail", args=["bridge"])).status_code == 200


def test_the_page_of_an_exercise_shows_its_figure(client: StrictClient, catalogue: None) -> None:
    """Start and end as files with one text alternative; the movement in the page, silent for screen readers."""
    page = client.get(reverse("exercises:detail", args=["bridge"])).content.decode()
    assert page.count("<svg xmlns") == 1 and 'data-figure-stage aria-hidden="true" hidden' in page
    assert page.count("/start.svg") == page.count("/end.svg") == 1
    assert page.count('alt="Lying on the back') == 1


def test_the_list_shows_figures_as_files(client: StrictClient, catalogue: None) -> None:
    """The list's page holds no drawing itself."""
    page = client.get(reverse("exercises:list"), {"q": "bridge"}).content.decode()
    assert "/end.svg" in page and "<svg xmlns" not in page


def test_pages_and_figures_travel_compressed_and_are_not_sent_twice(
    strict_client: StrictClient, catalogue: None
) -> None:
    """A phone fetches a third of the bytes, and nothing at all where it has the page already."""
    page = strict_client.get("/exercises/bridge/")
    figure = re.search(r'src="([^"]+/end\.svg)"', page.content.decode())
    assert figure
    for address in ("/exercises/bridge/", figure[1]):
        client = Client(headers={"accept-encoding": "gzip, br"})
        plain, packed = Client().get(address), client.get(address)
        assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]
        assert len(packed.content) < len(plain.content) / 2
        again = client.get(address, headers={"if-none-match": packed["ETag"]})
        assert again.status_code == 304
        assert set(packed["Vary"].split(", ")) == set(again["Vary"].split(", "))
