from frombelow_site.door.projections import project
from tests.polity.tea import Brew

from .models import Pot


@project(Brew)
def pots(polity, entered):
    for entry in entered:
        for kept in entry.privates:
            Pot.objects.create(pot=kept.whose, person=entry.act.by, recipe=kept.value, salt=kept.salt)
