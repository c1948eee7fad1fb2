from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_reading")]

    operations = [migrations.AddField("profile", "letters_in", models.CharField(default="", max_length=10))]
