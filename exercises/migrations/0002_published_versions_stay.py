"""R38, design decision 16: a published exercise version and its doses never change, by the database's own hand.

A version is written as a draft, given its doses, and published last. From then on only its status may go on, from
published to retired.
"""

from django.db import migrations
from django.db.migrations.state import StateApps

from stenosis_pt import append_only

VERSION, DOSE = "exercises_exerciseversion", "exercises_versiondose"
WORDS = "a published exercise version never changes"
CODE = "integrity_constraint_violation"
MAY_CHANGE = ("status", "updated_at")


def _columns(apps: StateApps) -> list[str]:
    fields = apps.get_model("exercises", "ExerciseVersion")._meta.concrete_fields
    return [field.column for field in fields if field.column not in MAY_CHANGE]


def _closed(row: str) -> str:
    return f"{row}.status IN ('published', 'retired')"


def _of_a_closed_version(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = {row}.version_id AND {_closed('v')})"  # noqa: S608


def _version_changes(apps: StateApps, differs: str) -> str:
    content = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in _columns(apps))
    reopened = "NEW.status NOT IN ('published', 'retired') OR (OLD.status = 'retired' AND NEW.status = 'published')"
    return f"{_closed('OLD')} AND ({content} OR {reopened})"


def _sqlite(apps: StateApps) -> dict[str, str]:
    stop = append_only.sqlite_refusal(WORDS)
    replaced = f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.id = NEW.id AND {_closed('v')})"  # noqa: S608
    either = f"{_of_a_closed_version('OLD')} OR {_of_a_closed_version('NEW')}"
    dose_replaced = f"EXISTS (SELECT 1 FROM {DOSE} d WHERE d.id = NEW.id AND {_of_a_closed_version('d')})"  # noqa: S608
    return {
        "version_no_update": f"BEFORE UPDATE ON {VERSION} WHEN {_version_changes(apps, 'IS NOT')} {stop}",
        "version_no_delete": f"BEFORE DELETE ON {VERSION} WHEN {_closed('OLD')} {stop}",
        # INSERT OR REPLACE deletes without asking the trigger above.
        "version_no_replace": f"BEFORE INSERT ON {VERSION} WHEN {replaced} {stop}",
        "dose_no_insert": f"BEFORE INSERT ON {DOSE} WHEN {_of_a_closed_version('NEW')} OR {dose_replaced} {stop}",
        "dose_no_update": f"BEFORE UPDATE ON {DOSE} WHEN {either} {stop}",
        "dose_no_delete": f"BEFORE DELETE ON {DOSE} WHEN {_of_a_closed_version('OLD')} {stop}",
    }


def _postgresql(apps: StateApps) -> list[str]:
    stop = "EXECUTE FUNCTION exercises_never_change()"
    refuse = append_only.raising(WORDS, CODE)
    return [
        append_only.postgresql_refusal("exercises_never_change", WORDS, code=CODE),
        # A condition of a trigger may not look into another table: this one looks for itself.
        "CREATE FUNCTION exercises_dose_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' AND {_of_a_closed_version('OLD')} THEN {refuse} END IF; "
        f"IF TG_OP <> 'DELETE' AND {_of_a_closed_version('NEW')} THEN {refuse} END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER version_no_update BEFORE UPDATE ON {VERSION} FOR EACH ROW "
        f"WHEN ({_version_changes(apps, 'IS DISTINCT FROM')}) {stop}",
        f"CREATE TRIGGER version_no_delete BEFORE DELETE ON {VERSION} FOR EACH ROW WHEN ({_closed('OLD')}) {stop}",
        f"CREATE TRIGGER dose_stays BEFORE INSERT OR UPDATE OR DELETE ON {DOSE} "
        "FOR EACH ROW EXECUTE FUNCTION exercises_dose_stays()",
    ]


POSTGRESQL_BACK = (
    f"DROP TRIGGER version_no_update ON {VERSION}",
    f"DROP TRIGGER version_no_delete ON {VERSION}",
    f"DROP TRIGGER dose_stays ON {DOSE}",
    "DROP FUNCTION exercises_dose_stays()",
    "DROP FUNCTION exercises_never_change()",
)


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]

    operations = [
        append_only.by_engine(
            {"sqlite": lambda apps: append_only.create_sqlite(_sqlite(apps)), "postgresql": _postgresql},
            {"sqlite": lambda apps: append_only.drop_sqlite(_sqlite(apps)), "postgresql": lambda apps: POSTGRESQL_BACK},
        )
    ]
