"""S33, HZ21: what a session's log holds never changes, by the database's own hand, on both engines."""

from django.db import migrations

from stenosis_pt.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_append_only")]

    operations = [
        append_only(
            {"programs_sessionevent": "event"},
            function="programs_event_never_changes",
            words="an event of a session never changes",
            replaced=False,
        )
    ]
