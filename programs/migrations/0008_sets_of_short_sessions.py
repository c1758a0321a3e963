"""Count the sets of a session that was made shorter against what it was to do."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations

LISTS = {"minimum": "minimum", "relief": "relief_only"}


def recount(apps: Apps, _schema: Any) -> None:
    """Only where the plan is of another kind: the others were counted so all along."""
    sessions: Any = apps.get_model("programs", "Session").objects
    for session in sessions.filter(kind__in=LISTS, started_at__isnull=False).iterator():
        if session.plan.get("kind", session.kind) != session.kind:
            items = session.plan.get(LISTS[session.kind], [])
            session.sets_planned = sum(item["dose"].get("sets") or 1 for item in items)
            session.save(update_fields=["sets_planned"])


class Migration(migrations.Migration):
    dependencies = [("programs", "0007_program_seen")]
    operations = [migrations.RunPython(recount, migrations.RunPython.noop)]
