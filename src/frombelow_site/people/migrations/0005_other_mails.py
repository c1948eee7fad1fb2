from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_letters_in")]

    operations = [
        migrations.AddField("mailchange", "beside", models.BooleanField(default=False)),
        migrations.CreateModel(
            name="OtherMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(db_index=True, max_length=26)),
                ("mail", models.CharField(db_index=True, max_length=254)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "mail"), name="people_other_mail_once")]
            },
        ),
    ]
