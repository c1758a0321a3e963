"""Accepting an invitation."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.clinic_forms import AcceptForm
from accounts.devices import BACKEND
from accounts.models import User
from accounts.private_address import private_address
from stenosis_pt.forms import status_of


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@private_address
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Choose name and password; then the second step is set up."""
    invitation = invitations.find(token)
    if invitation is None:
        raise Http404
    person = User(email=invitation.email, name=invitation.name)
    form = AcceptForm(
        request.POST if request.method == "POST" else None, person=person, initial={"name": invitation.name}
    )
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password_hash=make_password(form.cleaned_data["password"]),
            )
        except invitations.NotForThisEmail:
            form.add_error(None, _("This invitation cannot be used. Ask whoever gave it to you."))
        else:
            if user is None:
                raise Http404
            login(request, user, backend=BACKEND)
            reauthenticate_by_password(request)
            return redirect("mfa_index")
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation.html", context, status=status_of(form))
