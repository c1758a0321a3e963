"""R1, R38: what a therapist approved never changes, by the database's own hand, on both engines."""

from django.db import migrations

from stenosis_pt.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [
        append_only(
            {"programs_programrevision": "revision", "programs_programitem": "item"},
            function="programs_never_change",
            words="an approved program never changes",
        )
    ]
