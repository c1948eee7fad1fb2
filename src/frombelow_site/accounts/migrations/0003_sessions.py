"""Sessions and the list of them become one table. Whoever was signed in signs in once more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_ways")]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
        # A migration that nobody knows any more would be taken for one of a newer version.
        migrations.RunSQL("DELETE FROM django_migrations WHERE app = 'sessions'", migrations.RunSQL.noop),
        migrations.DeleteModel("Device"),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("person", models.CharField(db_index=True, max_length=26)),
                ("since", models.DateTimeField()),
                ("last", models.DateTimeField()),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
    ]
