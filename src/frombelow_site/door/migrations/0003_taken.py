from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("door", "0002_nothing_is_rewritten")]

    operations = [migrations.AddField("waiting", "taken", models.BooleanField(default=False))]
