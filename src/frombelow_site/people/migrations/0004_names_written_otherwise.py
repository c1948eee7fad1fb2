from itertools import islice

from django.db import migrations, models

from frombelow.roll import likes


def all_known_again(apps, _schema):
    """Who is on a card by now is known again however their name is written."""
    cards = apps.get_model("people", "Card").objects
    found = cards.only("person", "name").iterator()
    while some := list(islice(found, 2_000)):
        for card in some:
            forms = likes(card.name)
            card.name_like, card.name_looks = forms[0][:600], forms[-1][:600]
        cards.bulk_update(some, ["name_like", "name_looks"])


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_names_in_parts"),
    ]

    operations = [
        migrations.AddField("card", "name_like", models.CharField(default="", max_length=600), preserve_default=False),
        migrations.AddField("card", "name_looks", models.CharField(default="", max_length=600), preserve_default=False),
        migrations.RunPython(all_known_again, migrations.RunPython.noop),
        migrations.AlterField("card", "name_like", models.CharField(db_index=True, max_length=600)),
        migrations.AlterField("card", "name_looks", models.CharField(db_index=True, max_length=600)),
    ]
