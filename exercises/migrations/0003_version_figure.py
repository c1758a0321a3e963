"""Versions have a figure; a published one keeps it as it keeps the rest (R38, design decision 16)."""

from importlib import import_module

from django.db import migrations, models

from stenosis_pt import append_only

stay = import_module("exercises.migrations.0002_published_versions_stay")


def guarded() -> tuple[dict[str, append_only.Statements], dict[str, append_only.Statements]]:
    """What closes published versions, with the columns that there are at that moment, and what opens them again."""
    close: dict[str, append_only.Statements] = {
        "sqlite": lambda apps: append_only.create_sqlite(stay._sqlite(apps)),
        "postgresql": stay._postgresql,
    }
    reopen: dict[str, append_only.Statements] = {
        "sqlite": lambda apps: append_only.drop_sqlite(stay._sqlite(apps)),
        "postgresql": lambda apps: stay.POSTGRESQL_BACK,
    }
    return close, reopen


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_published_versions_stay")]

    close, reopen = guarded()
    operations = [
        append_only.by_engine(reopen, close),
        migrations.AddField(
            "exerciseversion", "figure", models.JSONField(blank=True, null=True, verbose_name="figure")
        ),
        migrations.AddField(
            "exerciseversion", "figure_hash", models.CharField(blank=True, db_index=True, max_length=64)
        ),
        append_only.by_engine(close, reopen),
    ]
