"""The site's addresses, and the bare view that the others are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """A page of one line for whoever is signed in: what the middleware costs alone."""
    return HttpResponse(f"<!doctype html><title>Bare</title><p>{request.user.pk}")


urlpatterns = [path("bare/", bare, name="bare"), path("", include("stenosis_pt.urls"))]
