"""How a mandate ends before its day: given back, or by a petition that starts its recall."""

from frombelow.polity import acts
from frombelow_site.decide.actions import kept_text
from frombelow_site.door import perform
from frombelow_site.door.sequencer import Receipt


def resign(person: str, mandate: str) -> Receipt:
    return perform(acts.Resign(by=person, mandate=mandate))


def petition(person: str, motion: str, mandate: str, title: str, body: str) -> Receipt:
    text, kept = kept_text(title, body)
    return perform(acts.Petition(by=person, motion=motion, mandate=mandate, text=text), kept)
