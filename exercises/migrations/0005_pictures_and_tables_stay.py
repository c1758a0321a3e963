"""R38: what a published version shows stays too, and its tables are not emptied at once (on PostgreSQL)."""

from django.db import migrations
from django.db.migrations.state import StateApps

from stenosis_pt import append_only

VERSION, DOSE, PICTURE = "exercises_exerciseversion", "exercises_versiondose", "exercises_exercisepicture"
WORDS = "a picture of a published exercise version never changes"
CODE = "integrity_constraint_violation"
COLUMNS = ("id", "clinic_id", "file", "content_type", "width", "height", "rights", "uploaded_by_id", "uploaded_at")
SHOWN = (
    f"EXISTS (SELECT 1 FROM {VERSION} v "  # noqa: S608 - names of this file only
    "WHERE v.picture_id = OLD.id AND v.status IN ('published', 'retired'))"
)


def _differs(sign: str) -> str:
    return " OR ".join(f'OLD."{column}" {sign} NEW."{column}"' for column in COLUMNS)


SQLITE = {
    "picture_no_update": (
        f"BEFORE UPDATE ON {PICTURE} WHEN ({_differs('IS NOT')}) AND {SHOWN} {append_only.sqlite_refusal(WORDS)}"
    ),
}


def _postgresql(apps: StateApps) -> list[str]:
    return [
        # A condition of a trigger may not look into another table: this one looks for itself.
        "CREATE FUNCTION exercises_picture_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({_differs('IS DISTINCT FROM')}) AND {SHOWN} THEN {append_only.raising(WORDS, CODE)} END IF; "
        "RETURN NEW; END $$",
        f"CREATE TRIGGER picture_no_update BEFORE UPDATE ON {PICTURE} "
        "FOR EACH ROW EXECUTE FUNCTION exercises_picture_stays()",
        *(
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION exercises_never_change()"
            for name, table in (("version", VERSION), ("dose", DOSE))
        ),
    ]


POSTGRESQL_BACK = (
    f"DROP TRIGGER dose_no_truncate ON {DOSE}",
    f"DROP TRIGGER version_no_truncate ON {VERSION}",
    f"DROP TRIGGER picture_no_update ON {PICTURE}",
    "DROP FUNCTION exercises_picture_stays()",
)


class Migration(migrations.Migration):
    dependencies = [("exercises", "0004_figure_review")]

    operations = [
        append_only.by_engine(
            {"sqlite": lambda apps: append_only.create_sqlite(SQLITE), "postgresql": _postgresql},
            {"sqlite": lambda apps: append_only.drop_sqlite(SQLITE), "postgresql": lambda apps: POSTGRESQL_BACK},
        )
    ]
