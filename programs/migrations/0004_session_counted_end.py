"""Sessions say whether their end counts (X14) and whether a sign still waits for its questions (X17)."""

from typing import Any

from django.db import migrations, models

COUNTED = ["T1", "T2", "T3", "T4", "T5", "T7", "T8", "T9", "T12", "T15", "U1", "U2", "U3", "U9"]


def count_ends(apps: Any, schema_editor: Any) -> None:
    """Before this, every end by one of the rows counted."""
    apps.get_model("programs", "Session").objects.filter(state="ended", end_row__in=COUNTED).update(counted_end=True)


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_append_only_events")]

    operations = [
        migrations.AddField("session", "counted_end", models.BooleanField(default=False)),
        migrations.AddField("session", "waiting", models.CharField(blank=True, max_length=8)),
        migrations.RunPython(count_ends, migrations.RunPython.noop),
    ]
