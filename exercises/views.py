"""The public catalogue, and the pictures that clinics uploaded."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.models import User
from exercises import access, figure_pictures, pages
from exercises.figures.pose import FigureError


def _layout(request: HttpRequest) -> str:
    """Staff browse in their own layout; patients and visitors in the large one."""
    staff = isinstance(request.user, User) and not request.user.is_patient
    return "layout/staff.html" if staff else "layout/public.html"


@require_safe
def exercise_list(request: HttpRequest) -> HttpResponse:
    """The list with its filter; the address keeps the filter."""
    page = pages.list_page(request.user, request.GET, request.GET.get("page"))
    wants_results = request.headers.get("HX-Target") == "results"
    template = "exercises/list.html#results" if wants_results else "exercises/list.html"
    response = render(request, template, {"catalogue": page, "nav": "exercises", "layout": _layout(request)})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
def exercise_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One exercise: steps, doses, precautions, easier and harder versions, evidence."""
    version = access.get_published(request.user, slug)
    page = pages.detail_page(request.user, version)
    return render(request, "exercises/detail.html", {"exercise": page, "nav": "exercises", "layout": _layout(request)})


@require_safe
def picture(request: HttpRequest, picture_id: uuid.UUID) -> FileResponse:
    """An uploaded picture, with headers that let it be nothing but a picture."""
    row = access.get_picture(request.user, picture_id)
    try:
        response = FileResponse(row.file.open("rb"), content_type=row.content_type)
    except FileNotFoundError as error:  # the row came back from a copy, its file did not
        raise Http404 from error
    response["Content-Disposition"] = "inline"
    response["Content-Encoding"] = "identity"  # it is compressed by itself
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=86400, immutable=True)
    return response


@require_safe
def figure(request: HttpRequest, drawing: int, digest: str, kind: str) -> HttpResponse:
    """A picture of a figure, which never changes under its address."""
    if kind not in figure_pictures.KINDS:
        raise Http404
    version = access.get_figure(request.user, digest)
    try:
        response = HttpResponse(figure_pictures.drawn(version, kind), content_type="image/svg+xml")
    except FigureError as wrong:
        raise Http404 from wrong
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shared = version.exercise.clinic_id is None
    patch_cache_control(response, public=shared, private=not shared, max_age=365 * 86400, immutable=True)
    return response
