"""The patient's day, what they have read of its changes, rest positions, and the session document."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from accounts.access import own_patient, signed_in
from accounts.devices import confirmed_today
from programs.guided import actions, pages
from programs.guided.access import own_session
from programs.guided.document import document
from programs.guided.news import news_for
from programs.models import ProgramRevision
from programs.revisions import read_changes


@require_safe
@ensure_csrf_cookie
def today(request: HttpRequest) -> HttpResponse:
    """The day: what may be started, the week, and how to reach the clinic. First: is this you? (HZ06)"""
    patient = own_patient(signed_in(request))
    if not confirmed_today(request, patient):
        return render(request, "accounts/confirm_me.html", {"patient": patient})
    day = actions.open_day(patient=patient, now=timezone.now())
    page = pages.today_page(day.care, day.offer, day.plan, day.left_out)
    context = {
        "page": page,
        "spare": actions.keep_ready(patient=patient, day=day),
        "relief": pages.relief_shown(day.offer),
        "news": None if page.level or patient.is_discharged else news_for(patient),
    }
    return render(request, "programs/guided/today.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The patient has read what changed ("Got it"). What is not a revision of theirs changes nothing."""
    patient = own_patient(signed_in(request))
    try:
        wanted = UUID(request.POST.get("revision", ""))
    except ValueError:
        return redirect("guided:today")
    revision = ProgramRevision.objects.filter(patient=patient, pk=wanted).first()
    if revision is not None:
        read_changes(patient=patient, upto=revision, via=request)
    return redirect("guided:today")


@require_POST
def rest(request: HttpRequest) -> HttpResponse:
    """Make a session of relief positions only (safety X16), and go there."""
    patient = own_patient(signed_in(request))
    made = actions.open_relief(patient=patient, now=timezone.now())
    return redirect("guided:session", session_id=made.pk) if made else redirect("guided:today")


@require_safe
@cache_control(no_store=True, private=True)
@ensure_csrf_cookie
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The whole session in one page, made from its frozen plan. It tells the clinic's time and locks of now: a browser
    that shows an older copy on Back would set the session's clock back (X3)."""
    patient = own_patient(signed_in(request))
    found = own_session(patient, session_id)
    now = timezone.now()
    if actions.close_stale(patient=patient, now=now):
        found.refresh_from_db()
    if actions.is_outdated(patient=patient, session=found, now=now):
        return redirect("guided:today")
    return render(request, "programs/guided/session.html", document(patient, found, now))
