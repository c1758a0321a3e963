"""The catalogue editor's desk: list, history, edit, preview, publish, retire."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import signed_in
from accounts.models import User
from exercises import access, actions, desk_pages, pages, picture_actions, policies
from exercises.models import ExercisePicture, ExerciseVersion
from stenosis_pt.forms import seen_of


@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """Drafts and all exercises, with a search."""
    page = desk_pages.desk_page(signed_in(request), request.GET.get("q", "")[:60], request.GET.get("page"))
    return render(request, "desk/list.html", {"desk": page, "nav": "desk"})


@require_safe
def exercise(request: HttpRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """One exercise: what is in force, the draft, the history, where it is used."""
    row = access.get_editable(signed_in(request), exercise_id)
    return render(
        request,
        "desk/exercise.html",
        {"desk": desk_pages.exercise_desk(signed_in(request), row), "nav": "desk"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new exercise of the clinic, as a draft."""
    user = signed_in(request)
    forms = desk_pages.edit_forms(user, None, *_sent(request))
    if request.method == "POST" and forms.is_valid():
        version = _create(request, user, forms)
        if version is not None:
            messages.success(request, _("The draft is saved. Patients do not see it yet."))
            return redirect("desk:preview", version_id=version.id)
    status = 400 if request.method == "POST" else 200
    return render(
        request,
        "desk/edit.html",
        {"forms": forms, "version": None, "nav": "desk"},
        status=status,
    )


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was sent with, an empty one too; nothing where the page is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _create(request: HttpRequest, user: User, forms: desk_pages.EditForms) -> ExerciseVersion | None:
    """Make the exercise; None, with the errors on the form, where that fails."""
    picture = None
    try:
        picture = _picture(user, forms, None)
        return actions.create_exercise(
            entry=forms.entry(forms.form.cleaned_data["slug"]),
            picture=picture,
            alt=forms.form.cleaned_data["picture_alt"],
            by=user,
            via=request,
        )
    except ValidationError as error:
        picture_actions.forget_unused(picture)
        forms.form.add_error(None if hasattr(error, "error_dict") else "upload", error)
        return None


@require_POST
def start_draft(request: HttpRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """Begin (or go on with) a draft of an exercise."""
    row = access.get_editable(signed_in(request), exercise_id)
    try:
        version = actions.start_draft(exercise=row, by=signed_in(request), via=request)
    except actions.StaleDraft as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("desk:exercise", exercise_id=row.id)
    return redirect("desk:edit", version_id=version.id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Change every field of a draft."""
    user = signed_in(request)
    version = access.get_draft(user, version_id)
    forms = desk_pages.edit_forms(user, version, *_sent(request))
    context: dict[str, Any] = {"forms": forms, "version": version, "nav": "desk"}
    if request.method != "POST":
        return render(request, "desk/edit.html", context)
    if forms.is_valid():
        try:
            _save(request, user, version, forms)
        except ValidationError as error:
            forms.form.add_error("upload", error)
        except actions.StaleDraft:
            context["theirs"] = pages.detail_page(user, access.get_draft(user, version_id))
            return render(request, "desk/edit.html", context, status=409)
        else:
            messages.success(request, _("The draft is saved. Patients do not see it yet."))
            return redirect("desk:preview", version_id=version.id)
    return render(request, "desk/edit.html", context, status=400)


def _save(request: HttpRequest, user: User, version: ExerciseVersion, forms: desk_pages.EditForms) -> None:
    picture = _picture(user, forms, version.picture)
    try:
        actions.save_draft(
            version=version,
            entry=forms.entry(version.exercise.slug),
            picture=picture,
            alt=forms.form.cleaned_data["picture_alt"] if picture else "",
            seen=seen_of(request.POST),
            by=user,
            via=request,
        )
    except actions.StaleDraft:
        picture_actions.forget_unused(picture)
        raise


def _picture(user: User, forms: desk_pages.EditForms, old: ExercisePicture | None) -> ExercisePicture | None:
    data = forms.form.cleaned_data
    if data.get("upload"):
        return picture_actions.store_picture(upload=data["upload"], rights=data["picture_rights"], by=user)
    if old is None or data.get("remove_picture"):
        return None
    return picture_actions.with_rights(picture=old, rights=data["picture_rights"], by=user)


@require_safe
def preview(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """A version as the patient sees it."""
    version = access.get_version(signed_in(request), version_id)
    page = pages.detail_page(signed_in(request), version)
    own = version.exercise.clinic_id == signed_in(request).clinic_id
    return render(
        request,
        "desk/preview.html",
        {"exercise": page, "version": version, "own": own, "nav": "desk"},
    )


@require_POST
def publish(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Put a draft in force."""
    version = access.get_draft(signed_in(request), version_id)
    try:
        actions.publish(version=version, seen=seen_of(request.POST), by=signed_in(request), via=request)
    except actions.StaleDraft:
        messages.error(request, _("Somebody has changed this draft. Nothing was published: look at it again first."))
        return redirect("desk:preview", version_id=version.id)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("desk:edit", version_id=version.id)
    messages.success(
        request,
        _("“%(name)s” is published. New programs use this version.") % {"name": version.name},
    )
    return redirect("desk:exercise", exercise_id=version.exercise_id)


@require_POST
def discard(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    try:
        version = access.get_draft(signed_in(request), version_id)
        actions.discard_draft(version=version, by=signed_in(request), via=request)
    except actions.StaleDraft as error:
        raise Http404 from error
    messages.success(request, _("The draft is gone."))
    return redirect("desk:list")


@require_POST
def retire(request: HttpRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """Take an exercise out of the catalogue."""
    user = signed_in(request)
    row = access.get_editable(user, exercise_id)
    if not policies.can_retire(user, row):
        messages.error(
            request,
            _("Only an exercise of your clinic that is published can be retired."),
        )
    elif actions.retire(exercise=row, by=user, via=request):
        messages.success(request, _("The exercise is retired. Programs that have it keep it."))
    return redirect("desk:exercise", exercise_id=row.id)


@require_POST
def bring_back(request: HttpRequest, exercise_id: uuid.UUID) -> HttpResponse:
    """Undo a retirement."""
    user = signed_in(request)
    row = access.get_editable(user, exercise_id)
    if policies.can_change(user, row) and actions.bring_back(exercise=row, by=user, via=request):
        messages.success(request, _("The exercise is back in the catalogue."))
    return redirect("desk:exercise", exercise_id=row.id)
