"""Staff: inviting, roles, deactivating, handing patients over. For the clinic's admins."""

import uuid

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations, staff_actions
from accounts.access import get_invitation, get_staff, signed_in
from accounts.actions import NotTreating
from accounts.clinic_forms import HandOverForm, InvitationForm, RolesForm
from accounts.limits import wait_s
from accounts.models import Patient, User
from stenosis_pt.forms import status_of

DAY, INVITATIONS_A_DAY = 24 * 3600, 40
"""Seconds, and how many people may be invited from one address in them: nobody tries out a list of emails."""


def _last_admin() -> str:
    return _("This is the clinic's last admin. Make somebody else an admin first.")


def _has_patients() -> str:
    return _("This therapist still treats patients. Hand them over first.")


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown once, to hand on."""
    user = signed_in(request)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "nav": "clinic", "days": invitations.INVITATION_DAYS}
    wait = 0
    if request.method == "POST" and form.is_valid():
        wait = wait_s(request, "invite", amount=INVITATIONS_A_DAY, seconds=DAY)
        if wait:
            form.add_error(None, _("Many people were invited from here today. Invite the others tomorrow."))
        else:
            try:
                issued = invitations.invite(clinic=user.clinic, by=user, via=request, **form.cleaned_data)
            except invitations.AlreadyStaff:
                form.add_error("email", _("Somebody of your clinic signs in with this email already. Use another one."))
            else:
                return render(request, "clinic/invited.html", context | {"issued": issued})
    response = render(request, "clinic/invite.html", context, status=429 if wait else status_of(form))
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Stop a link that was not used yet."""
    user = signed_in(request)
    if invitations.revoke(invitation=get_invitation(user, invitation_id), by=user, via=request):
        messages.success(request, _("The invitation no longer works."))
    return redirect("accounts:clinic")


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, staff_id: uuid.UUID) -> HttpResponse:
    """One of the staff: roles, patients, sign-in."""
    user = signed_in(request)
    person = get_staff(user, staff_id)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": sorted(_held(person))})
    if request.method == "POST" and form.is_valid():
        try:
            staff_actions.change_roles(person=person, roles=form.cleaned_data["roles"], by=user, via=request)
        except staff_actions.LastAdmin:
            form.add_error("roles", _last_admin())
        except staff_actions.HasPatients:
            form.add_error("roles", _has_patients())
        else:
            messages.success(request, _("The roles are saved. They count at once."))
            return redirect("accounts:clinic")
    return _member_page(request, user, person, form)


@require_POST
def deactivate(request: HttpRequest, staff_id: uuid.UUID) -> HttpResponse:
    """End a person's sign-in, and every session of theirs."""
    user = signed_in(request)
    person = get_staff(user, staff_id)
    try:
        staff_actions.deactivate(person=person, by=user, via=request)
    except staff_actions.LastAdmin:
        messages.error(request, _last_admin())
    except staff_actions.HasPatients:
        messages.error(request, _has_patients())
    else:
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": person})
        return redirect("accounts:clinic" if person != user else "home")
    return redirect("accounts:staff-member", staff_id=person.pk)


@require_POST
def activate(request: HttpRequest, staff_id: uuid.UUID) -> HttpResponse:
    """Let a person sign in again."""
    user = signed_in(request)
    person = get_staff(user, staff_id)
    staff_actions.activate(person=person, by=user, via=request)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person})
    return redirect("accounts:staff-member", staff_id=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_step(request: HttpRequest, staff_id: uuid.UUID) -> HttpResponse:
    """Ask, then take a colleague's lost second step away; whoever asks for it has just proved who they are, or does."""
    user = signed_in(request)
    person = get_staff(user, staff_id)
    if is_reauthentication_required(request, app="allauth.mfa"):
        if request.method == "POST":
            return redirect(request.path)  # the proof, and then the question again
        raise ReauthenticationRequired
    if request.method != "POST":
        context = {"person": person, "own": person == user, "nav": "clinic"}
        return render(request, "clinic/reset_second_step.html", context)
    try:
        staff_actions.reset_second_step(person=person, by=user, via=request)
    except staff_actions.OwnSecondStep:
        return redirect("mfa_index")
    messages.success(request, _("%(name)s sets up a new second step at the next sign-in.") % {"name": person})
    return redirect("accounts:staff-member", staff_id=person.pk)


@require_POST
def hand_over(request: HttpRequest, staff_id: uuid.UUID) -> HttpResponse:
    """Give a therapist's patients to another."""
    user = signed_in(request)
    person = get_staff(user, staff_id)
    form = HandOverForm(request.POST, clinic=user.clinic, leaving=person)
    if form.is_valid():
        try:
            moved = staff_actions.hand_over(leaving=person, to=form.cleaned_data["to"], by=user, via=request)
        except NotTreating:
            form.add_error("to", _("This therapist no longer treats patients here. Choose another one."))
        else:
            words = ngettext("%(count)s patient is handed over.", "%(count)s patients are handed over.", moved)
            messages.success(request, words % {"count": moved})
            return redirect("accounts:staff-member", staff_id=person.pk)
    roles = RolesForm(initial={"roles": sorted(_held(person))})
    return _member_page(request, user, person, roles, hand_over=form)


def _held(person: User) -> set[str]:
    held = {"therapist": person.is_therapist, "editor": person.is_editor, "admin": person.is_admin}
    return {role for role, has in held.items() if has}


def _member_page(
    request: HttpRequest, user: User, person: User, form: RolesForm, hand_over: HandOverForm | None = None
) -> HttpResponse:
    hand_over = hand_over or HandOverForm(clinic=user.clinic, leaving=person)
    context = {
        "form": form,
        "hand_over": hand_over,
        "can_hand_over": User.objects.therapists_of(user.clinic_id).exclude(pk=person.pk).exists(),
        "person": person,
        "second_step": person != user and Authenticator.objects.filter(user=person).exists(),
        "patients": Patient.objects.active().filter(therapist=person).count(),
        "back_url": reverse("accounts:clinic"),
        "nav": "clinic",
    }
    return render(request, "clinic/member.html", context, status=status_of(form, hand_over))
