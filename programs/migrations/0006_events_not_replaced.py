"""S33, HZ21: on SQLite an event is not replaced by another one either: INSERT OR REPLACE asks no other trigger."""

from django.db import migrations

from stenosis_pt import append_only

TABLE = "programs_sessionevent"
THERE = (
    f"EXISTS (SELECT 1 FROM {TABLE} e WHERE e.id = NEW.id "  # noqa: S608 - a name of this file only
    "OR (e.patient_id = NEW.patient_id AND e.client_id = NEW.client_id))"
)
SQLITE = {
    "event_no_replace": (
        f"BEFORE INSERT ON {TABLE} WHEN {THERE} {append_only.sqlite_refusal('an event of a session never changes')}"
    )
}


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_prescribed_by_hand")]

    operations = [
        append_only.by_engine(
            {"sqlite": lambda apps: append_only.create_sqlite(SQLITE), "postgresql": lambda apps: []},
            {"sqlite": lambda apps: append_only.drop_sqlite(SQLITE), "postgresql": lambda apps: []},
        )
    ]
