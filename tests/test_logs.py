"""The log holds no address that lets somebody in."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from stenosis_pt.logs import NoSecretAddresses
from tests.strict import StrictClient


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("/card/4F7K9M2QTX3C/", "/card/…/"),
        ("/invitation/abc-DEF_1/", "/invitation/…/"),
        ("/account/password/reset/key/1-abc-def/", "/account/password/reset/key/…/"),
        ("/card/signed-out/", "/card/signed-out/"),
        ("/exercises/bridge/", "/exercises/bridge/"),
    ],
)
def test_addresses_that_let_in_are_masked(path: str, masked: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)
    assert NoSecretAddresses().filter(record)
    assert record.getMessage() == f"Not Found: {masked}"


@pytest.mark.django_db
def test_what_the_server_logs_of_a_refused_card_holds_no_code(
    strict_client: StrictClient,
) -> None:
    lines: list[str] = []

    class Keep(logging.StreamHandler[Any]):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keep = Keep()
    configured: dict[str, Any] = settings.LOGGING
    for name in configured["handlers"]["console"]["filters"]:
        keep.addFilter(import_string(configured["filters"][name]["()"])())
    logging.getLogger("django.request").addHandler(keep)
    try:
        assert strict_client.post("/card/4F7K9M2QTX3C/", {"year_of_birth": "x"}).status_code == 400
        assert strict_client.get("/invitation/very-secret/").status_code == 404
    finally:
        logging.getLogger("django.request").removeHandler(keep)
    assert len(lines) == 2 and "4F7K" not in str(lines) and "very-secret" not in str(lines)
