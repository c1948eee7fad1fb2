"""What acts change in the tables of draws: who is told that they were drawn."""

from frombelow.polity import Polity
from frombelow.polity.draws.acts import DeclineSeat, DrawPanel, PassOver, SpecifyDraw
from frombelow.polity.draws.state import Draws
from frombelow.polity.server.acts import Start
from frombelow_site.door.projections import Entered, project

from . import letters
from .models import Place, Pool


@project(SpecifyDraw)
def said(_polity: Polity, entered: list[Entered]) -> None:
    """The rows that were drawn up are those of the draw from now on."""
    for entry in entered:
        if Pool.objects.filter(draw=entry.act.draw, root=entry.act.root).exists():
            drafts = Place.objects.filter(draw=entry.act.draw, draft=True)
            if drafts.exists():
                Place.objects.filter(draw=entry.act.draw, draft=False).delete()
                drafts.update(draft=False)


@project(DrawPanel, DeclineSeat, PassOver)
def told(polity: Polity, entered: list[Entered]) -> None:
    """Whoever is drawn, to sit or to be asked, or comes in for somebody, gets a letter, once."""
    for draw in dict.fromkeys(entry.act.draw for entry in entered):
        held = polity.part(Draws).held[draw]
        rows = held.drawn if held.is_audit else held.asked
        fresh = Place.objects.filter(draw=draw, number__in=list(rows), told=False, draft=False)
        people = list(fresh.values_list("person", "number"))
        fresh.update(told=True)
        for person, number in people:
            if held.is_audit:
                letters.to_be_asked(person, draw, held.asks_until)
            else:
                letters.drawn(person, draw, held.asked[number])


@project(Start)
def stopped(_polity: Polity, _entered: list[Entered]) -> None:
    """What ran when the server stopped is begun again by who presses its button."""
    Pool.objects.filter(state=Pool.State.RUNNING).update(touched=0)
