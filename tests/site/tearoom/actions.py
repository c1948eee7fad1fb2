from frombelow_site.door import new_id, perform, private
from tests.polity.tea import Brew


def brew(person, cups, recipe):
    kept = private("recipe", new_id(), recipe)
    perform(Brew(by=person, pot=kept.whose, cups=cups, recipe=kept.commitment), kept)
    return kept.whose
