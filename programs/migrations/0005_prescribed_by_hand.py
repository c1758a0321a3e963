"""What a therapist set by hand is kept with its origin; numbers that support the severity (R5, R7); parts of a block."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0004_session_counted_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinicalprofile",
            name="ndi_points",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(50)],
                verbose_name="NDI, points out of 50",
            ),
        ),
        migrations.AddField(
            model_name="clinicalprofile",
            name="odi_percent",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="ODI, percent",
            ),
        ),
        migrations.AddField(
            model_name="clinicalprofile",
            name="six_minute_walk_metres",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MaxValueValidator(1000)],
                verbose_name="6-minute walk, metres",
            ),
        ),
        migrations.AddField(
            model_name="programitem",
            name="origin",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="programitem",
            name="parts",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="programrevision",
            name="week_origin",
            field=models.JSONField(null=True),
        ),
    ]
