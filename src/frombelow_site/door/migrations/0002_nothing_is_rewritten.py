"""The database itself refuses to change or remove what was hashed and signed: a second wall behind the door."""

from django.db import migrations

TABLES = ("door_entry", "door_signedcheckpoint")


def forbid(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            for statement in _trigger(vendor, table, verb):
                schema_editor.execute(statement)


def allow(apps, schema_editor):
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb.lower()}{on}")


def _trigger(vendor, table, verb):
    name = f"{table}_no_{verb.lower()}"
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'the record is never rewritten'; END $$",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_{name}()",
        ]
    return [f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'the record is never rewritten'); END"]


class Migration(migrations.Migration):
    dependencies = [("door", "0001_initial")]
    operations = (migrations.RunPython(forbid, allow),)
