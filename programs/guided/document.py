"""What the session document is rendered with."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import Patient
from programs.guided.loading import load_care
from programs.guided.pictures import with_pictures
from programs.guided.usual import full_screen_due
from programs.guided.voice import clips_of
from programs.models import Session, SessionEvent
from programs.rules.events import fields_of
from programs.wording.safety import data_in_words


def document(patient: Patient, session: Session, now: datetime) -> dict[str, Any]:
    """The context of the session page: the frozen plan, the state of now, and the events that are stored."""
    care = load_care(patient, now)
    urls = {
        "events_url": reverse("guided:events", args=[session.pk]),
        "today_url": reverse("guided:today"),
        "log_url": reverse("guided:log", args=[session.pk]),
    }
    events = list(SessionEvent.objects.filter(session=session).order_by("seq", "occurred_at", "id"))
    level = care.gravest
    status = {
        "state": session.state,
        "locked": bool(level),
        "level": level,
        "walking_locked": care.walking_locked,
        "relief_allowed": level in {"", "H"},
        "server_now": now.isoformat(),
        "today": care.today.isoformat(),
        "full_screen_due": full_screen_due(care),
        "seq": max((event.seq for event in events), default=-1) + 1,
        "end": {"row": session.end_row, "rule": session.end_rule},
        "events": [event_as_sent(event) for event in events],
        **urls,
    }
    return {
        "session": session,
        "plan": with_pictures(session.plan),
        "status": status,
        "rules": rules_data(),
        "clips": clips_of(session.plan),
        "csrf_cookie_name": settings.CSRF_COOKIE_NAME,
        "gravest": level,
        "shut": bool(level) and not (level == "H" and session.kind == Session.Kind.RELIEF),
        **urls,
    }


def event_as_sent(event: SessionEvent) -> dict[str, Any]:
    """An event in the shape in which a device sends it, with the fields that were looked at when it came in."""
    return {
        "id": str(event.client_id),
        "kind": event.kind,
        "at": event.occurred_at.isoformat().replace("+00:00", "Z"),
        "zone": event.zone,
        "local_date": event.local_date.isoformat(),
        "mono": event.mono,
        "seq": event.seq,
        "payload": fields_of(event.kind, event.payload),
    }


def rules_data() -> dict[str, Any]:
    """The tables and questions of the safety rules, the same data that the server evaluates."""
    return data_in_words()
