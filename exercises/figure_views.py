"""Figures for staff: the sheet to look at them all, marking one, and changing a draft's."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import signed_in
from exercises import access, figure_actions, figure_pages
from exercises.actions import StaleDraft
from exercises.figure_forms import FigureForm, ReviewForm, as_text
from exercises.figure_pictures import draw
from exercises.figures.pose import FigureError
from stenosis_pt.forms import seen_of


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure, with its name or without; what is left to look at comes with its own form on its own page."""
    named = request.GET.get("names") != "hidden"
    page = figure_pages.sheet(signed_in(request))
    return render(request, "exercises/figures.html", {"sheet": page, "named": named, "nav": "figures"})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure, large, and the mark that it gets."""
    user = signed_in(request)
    version = access.get_published(user, slug)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"digest": version.figure_hash})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["digest"] != version.figure_hash:
            form.add_error(None, _("The figure has changed since you opened this page. Look at it again."))
        else:
            said = form.cleaned_data
            figure_actions.review_figure(
                exercise=version.exercise, digest=said["digest"], verdict=said["verdict"], note=said["note"],
                by=user, via=request,
            )  # fmt: skip
            messages.success(request, _("Your mark on “%(name)s” is saved.") % {"name": version.name})
            return redirect(f"{reverse('exercises:figures')}#{slug}")
    context = {"version": version, "form": form, "page": figure_pages.one(user, version), "nav": "figures"}
    return render(request, "exercises/figure_review.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_figure(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Change a draft's figure. Data with a problem is not taken: what was typed stays, and so does the figure."""
    user = signed_in(request)
    version = access.get_draft(user, version_id)
    sent = request.POST if request.method == "POST" else None
    form = FigureForm(
        sent, initial={"figure": as_text(version.figure)}, bias=version.direction_bias, exercise=version.exercise.slug
    )
    context: dict[str, Any] = {"version": version, "form": form, "nav": "desk"}
    if sent is None:
        return render(request, "desk/figure.html", context | {"picture": _picture(version.figure, version.name)})
    status = 400
    if form.is_valid():
        figure = form.cleaned_data["figure"]
        context["picture"] = _picture(figure, version.name)
        if "check" in sent:
            return render(request, "desk/figure.html", context | {"checked": True})
        try:
            figure_actions.set_figure(version=version, figure=figure, seen=seen_of(sent), by=user, via=request)
        except StaleDraft:
            form.add_error(None, _("Somebody has changed this draft. Open it again; what you typed is still here."))
            status = 409
        else:
            messages.success(request, _("The figure is saved. Patients do not see it yet."))
            return redirect("desk:preview", version_id=version.id)
    return render(request, "desk/figure.html", context, status=status)


def _picture(figure: dict[str, Any] | None, title: str) -> SafeString | str:
    if figure is None:
        return ""
    try:
        return mark_safe(draw(figure, "end", title))  # noqa: S308 - drawn by us, escaped
    except FigureError:
        return ""
