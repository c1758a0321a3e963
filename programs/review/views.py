"""The therapist's review: patients, inbox, sessions, locks."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import get_patient, signed_in
from programs import revisions
from programs.clinical import open_codes
from programs.models import Lock
from programs.review import access, actions
from programs.review import inbox as inbox_pages
from programs.review import patients as list_pages
from programs.review.forms import NoteForm, ReleaseForm
from programs.review.patient import patient_page
from programs.review.policies import KNOWN_SIGN_DAYS
from programs.review.session import session_page
from programs.review.signs import answered_signs
from programs.rules.gates import NO_PLAN_CODES
from programs.wording import review as wording


@require_safe
def patients(request: HttpRequest) -> HttpResponse:
    """My patients, or all of the clinic's."""
    page = list_pages.patients_page(
        signed_in(request),
        mine=request.GET.get("all") != "1",
        q=request.GET.get("q", "")[:60].replace("\x00", ""),
        discharged=request.GET.get("discharged") == "1",
    )
    return render(request, "programs/review/patients.html", {"list": page, "nav": "patients"})


@require_safe
def patient(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """One patient: locks, alerts, program, pain, sessions."""
    row = get_patient(signed_in(request), patient_id)
    audit.record(request, action="viewed-patient", patient=row)
    page = patient_page(signed_in(request), row)
    return render(request, "programs/review/patient.html", {"care": page, "patient": page.patient, "nav": "patients"})


@require_safe
def session(request: HttpRequest, patient_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """One session of a patient."""
    row = get_patient(signed_in(request), patient_id)
    found = access.get_session(signed_in(request), row, session_id)
    audit.record(request, action="viewed-session", patient=row, objects={"session": str(found.id)})
    context = {"care": session_page(row, found), "patient": row, "nav": "patients"}
    return render(request, "programs/review/session.html", context)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Who needs somebody today."""
    mine = request.GET.get("mine") == "1"
    page = inbox_pages.inbox_page(signed_in(request), mine=mine, undo=_uuid(request.GET.get("undo")))
    audit.record(request, action="viewed-inbox")
    return render(request, "programs/review/inbox.html", {"inbox": page, "nav": "inbox"})


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None


@require_POST
def acknowledge(request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
    """Take an alert off the inbox, with a note."""
    alert = access.get_alert(signed_in(request), alert_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The note may have 500 characters. Nothing was changed."))
        return redirect("review:inbox")
    if not actions.acknowledge(alert=alert, note=form.cleaned_data["note"], by=signed_in(request), via=request):
        messages.info(request, _("Somebody has noted this already."))
        return redirect("review:inbox")
    return redirect(f"{reverse('review:inbox')}?undo={alert.id}")


@require_POST
def put_back(request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
    """Undo one's own acknowledgement."""
    alert = access.get_alert(signed_in(request), alert_id)
    if not actions.put_back(alert=alert, by=signed_in(request), via=request):
        raise Http404
    messages.success(request, _("It is back in the inbox."))
    return redirect("review:inbox")


@require_POST
def acknowledge_silence(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Note a patient of whom nothing has come."""
    user = signed_in(request)
    row = get_patient(user, patient_id)
    form = NoteForm(request.POST)
    silence = patient_page(user, row).silence
    if not form.is_valid():
        messages.error(request, _("The note may have 500 characters. Nothing was changed."))
    elif silence is None:
        messages.info(request, _("Something has come from this patient. There is nothing to note."))
    else:
        actions.acknowledge_silence(patient=row, silence=silence, note=form.cleaned_data["note"], by=user, via=request)
        messages.success(request, _("Noted. The patient comes back here if nothing is heard for another week."))
    return redirect("review:inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, lock_id: uuid.UUID) -> HttpResponse:
    """Release a lock, with a reason (X8)."""
    user = signed_in(request)
    lock = access.get_lock(user, lock_id)
    form = ReleaseForm(request.POST if request.method == "POST" else None, lock=lock, signs=answered_signs(lock))
    if request.method == "POST" and form.is_valid() and _released(request, lock, form):
        _tell_released(request, lock)
        return redirect("review:patient", patient_id=lock.patient_id)
    if request.method != "POST":
        audit.record(request, action="viewed-lock", patient=lock.patient, objects={"lock": str(lock.id)})
    context = {
        "form": form,
        "lock": lock,
        "patient": lock.patient,
        "words": wording.lock_words(lock.level, lock.rule, lock.scope),
        "today": timezone.localdate(timezone.now(), lock.patient.zone),
        "nav": "patients",
    }
    return render(request, "programs/review/release.html", context, status=400 if request.method == "POST" else 200)


def _released(request: HttpRequest, lock: Lock, form: ReleaseForm) -> bool:
    data = form.cleaned_data
    try:
        actions.release_lock(
            lock=lock,
            reason=data["reason"],
            examined_by=data["examined_by"],
            examined_on=data["examined_on"],
            known=data.get("known", []),
            days=data.get("days") or KNOWN_SIGN_DAYS,
            by=signed_in(request),
            via=request,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _tell_released(request: HttpRequest, lock: Lock) -> None:
    if open_codes(lock.patient) & set(NO_PLAN_CODES):
        messages.warning(
            request,
            _("A precaution still stops all exercise (R10). Take it off in the profile when it no longer holds."),
        )
    if Lock.objects.open().filter(patient=lock.patient).exists():
        messages.warning(request, _("This lock is released. Another one is still open: exercise stays locked."))
    else:
        messages.success(
            request, _("The lock is released. The next start asks the patient all safety questions first.")
        )


@require_POST
def restart(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """End the pause to the minimum plan or to relief only (X14, P14)."""
    row = get_patient(signed_in(request), patient_id)
    if revisions.restart(patient=row, by=signed_in(request), via=request):
        messages.success(request, _("The whole program is offered again."))
    else:
        messages.info(request, _("The program was not paused."))
    return redirect("review:patient", patient_id=row.id)
