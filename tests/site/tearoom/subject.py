"""The tea room as an app: what it says of itself."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from frombelow_site.subject import Held, Need, Room, Sight, Subject, Value
from tests.polity.tea import Tea

from . import projections  # noqa: F401  is registered
from .models import Pot


def take_out(_polity, person):
    return {"recipes": list(Pot.objects.filter(person=person.id).values_list("recipe", flat=True))}


def needs(polity, person, at):
    for pot in Pot.objects.filter(person=person.id):
        if polity.part(Tea).pots[pot.pot] == "hot":
            yield Need(gettext("Drink"), "a pot of tea", reverse("tearoom:pots"), 5, at + 600)


SUBJECT = Subject(
    name="tearoom",
    pages=(("tea/", "tests.site.tearoom.urls"),),
    room=Room(gettext_lazy("Tea room"), "tearoom:pots", 45),
    held=(Held(Pot),),
    take_out=take_out,
    values=lambda: (Value("recipe", pot.pot, bytes(pot.salt), pot.recipe) for pot in Pot.objects.all()),
    needs=needs,
    sights=lambda _polity, _at: [Sight(15, "Recipes", "How members brew their tea.", "Nobody else reads yours.")],
)
