"""What makes the site work without a network: the service worker, the offline page and the manifest, none of it
personal (docs/offline.md)."""

import json
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stenosis_pt.storage import compact

SHELL = (
    "css/base.css",
    "css/patient.css",
    "css/player.css",
    "css/print.css",
    "css/figures-dark.css",
    "icons/icon.svg",
    "icons/sprite.svg",
    "img/positions/",
    "js/",
)
"""The static files of patients' pages: names, and folders with a slash at their end. All scripts: a module that is
missing stops the one that imports it."""
ASK_ANEW = "no-cache"
PAPER, TEAL = "#fbfaf6", "#09545b"
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("maskable-512.png", "512x512", "maskable"),
)


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker of the whole site; it changes when a static file, the offline page or the worker itself does."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = ASK_ANEW
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """For a page that the device does not have: the same for everybody, whoever is signed in."""
    response = HttpResponse(_offline_page())
    response["Cache-Control"] = ASK_ANEW
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its home screen."""
    answer: dict[str, Any] = {
        "id": "/today/",
        "name": _("Stenosis PT: my exercises"),
        "short_name": _("My exercises"),
        "start_url": reverse("guided:today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": TEAL,
        "icons": [
            {"src": static(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
    }
    response = JsonResponse(answer, content_type="application/manifest+json")
    response["Cache-Control"] = ASK_ANEW
    return response


def shell_files() -> list[str]:
    """The addresses of the static files that patients' pages need, by their hashed names where there are any."""
    return [static(name) for name in sorted(_names()) if name.startswith(SHELL) and not name.endswith((".gz", ".br"))]


def modules_of(*folders: str) -> list[str]:
    """The addresses of the modules in these folders of static/js/."""
    places = tuple(f"js/{folder}/" for folder in folders)
    return [static(name) for name in sorted(_names()) if name.startswith(places) and name.endswith(".js")]


def _names() -> set[str]:
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    if hashed:
        return set(hashed)
    return {name for finder in finders.get_finders() for name, _storage in finder.list([])}


def _offline_page() -> str:
    return render_to_string("offline/offline.html", {"today_url": reverse("guided:today")})


@cache
def _worker() -> str:
    """The worker's text; static files cannot change while this process lives."""
    source = render_to_string("offline/worker.js")
    files = shell_files()
    page = reverse("offline")
    version = sha256("\n".join([*files, _offline_page(), source]).encode()).hexdigest()[:12]
    shell = {"version": version, "offline": page, "static": settings.STATIC_URL, "files": files}
    return f"const SHELL = {json.dumps(shell)};\n{compact(source.encode()).decode()}"
