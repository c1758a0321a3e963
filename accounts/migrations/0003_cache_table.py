"""The table of the shared cache, so that ``migrate`` alone makes a database ready."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table where it is missing."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only_trail")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
