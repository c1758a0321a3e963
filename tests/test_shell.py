"""What makes the site work without a network: the worker, the offline page and the manifest."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from accounts.models import Patient
from stenosis_pt import shell
from tests.conftest import Clients
from tests.strict import StrictClient

STATIC = Path(__file__).resolve().parents[1] / "static"


def shell_of(client: StrictClient) -> dict[str, Any]:
    """What the worker says that it keeps."""
    answer = client.get("/sw.js")
    found = re.match(r"const SHELL = (\{.*\});\n", answer.content.decode())
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.django_db
def test_the_worker_is_a_script_of_the_whole_site_that_is_asked_for_anew(strict_client: StrictClient) -> None:
    answer = strict_client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert len(answer.content.partition(b";\n")[2]) <= 6 * 1024, "before compression"
    assert not answer.cookies


@pytest.mark.django_db
def test_the_worker_keeps_the_files_of_patients_pages_and_no_page_of_a_patient(strict_client: StrictClient) -> None:
    """Also without a manifest of static files, as here."""
    kept = shell_of(strict_client)
    assert {"/static/css/player.css", "/static/js/player/main.js", "/static/icons/sprite.svg"} <= set(kept["files"])
    scripts = {f"/static/{file.relative_to(STATIC).as_posix()}" for file in (STATIC / "js").rglob("*.js")}
    assert scripts <= set(kept["files"]), "a script that one other asks for is missed only without a network"
    assert all(file.startswith("/static/") for file in kept["files"])
    assert not any("staff" in file or "htmx" in file for file in kept["files"])
    assert kept["offline"] == "/offline/"


@pytest.mark.django_db
def test_the_files_go_by_their_hashed_names_and_their_change_makes_a_new_version(
    strict_client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shell_of(strict_client)["version"]
    monkeypatch.setattr(shell, "static", lambda name: f"/static/{name}.0123456789ab")
    shell._worker.cache_clear()
    try:
        second = shell_of(strict_client)
    finally:
        shell._worker.cache_clear()
    assert second["version"] != first
    assert "/static/js/player/main.js.0123456789ab" in second["files"]


@pytest.mark.django_db
def test_the_offline_page_is_the_same_for_everybody(
    strict_client: StrictClient, client_for: Clients, on_treatment: Patient
) -> None:
    mine = client_for(on_treatment).get("/offline/")
    assert mine.content == strict_client.get("/offline/").content
    assert on_treatment.display_name.encode() not in mine.content
    assert on_treatment.clinic.name.encode() not in mine.content


@pytest.mark.django_db
def test_the_manifest_starts_at_today_and_its_icons_are_there(strict_client: StrictClient) -> None:
    answer = strict_client.get("/app.webmanifest")
    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["display"]) == ("/today/", "standalone")
    for icon in manifest["icons"]:
        with Image.open(Path(str(finders.find(icon["src"].removeprefix("/static/"))))) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
