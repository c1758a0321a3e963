"""The audit trail is append-only in the database itself, on both engines."""

from django.db import migrations

from stenosis_pt.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        append_only(
            {"accounts_auditevent": "audit"}, function="audit_append_only", words="the audit trail is append-only"
        )
    ]
