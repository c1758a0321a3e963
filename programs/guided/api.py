"""The way in for a session's events, as JSON."""

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import own_patient, signed_in
from programs.guided.access import own_session
from programs.guided.envelope import Unreadable, read_batch
from programs.guided.intake import overall_status, take_in
from programs.models import Lock


@require_POST
def events(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """Take a batch of events in; a result for each (docs/session-events.md; every answer is JSON)."""
    patient = own_patient(signed_in(request))
    try:
        batch = read_batch(request.body)
        if batch["account"] != str(patient.pk):
            raise Unreadable("wrong-account", 403)
    except Unreadable as error:
        return JsonResponse({"error": error.code}, status=error.status)
    try:
        session = own_session(patient, session_id)
    except Http404:
        return JsonResponse({"error": "not-found"}, status=404)
    results = take_in(patient=patient, session=session, events=batch["events"], now=timezone.now())
    session.refresh_from_db(fields=["state"])
    open_levels = set(Lock.objects.closing_exercise().filter(patient=patient).values_list("level", flat=True))
    level = next((each for each in "ETH" if each in open_levels), "")
    return JsonResponse(
        {
            "results": [result.as_dict() for result in results],
            "session": {"state": session.state, "locked": bool(level), "level": level},
        },
        status=overall_status(results),
    )
