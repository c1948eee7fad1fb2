from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_contacts_and_looks")]

    operations = [
        migrations.RemoveField("import", "problems"),
        migrations.AddField("import", "reading", models.TextField(default="{}")),
    ]
