"""Whom an organization met, and by what somebody is known again: whatever the signs with which their name is written,
and whatever number another program gave them."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from ..alike import looks
from .finding import APOSTROPHES, BETWEEN

# Ids that no second list has by chance. Any other may be the number of a row, which each list begins with 1.
_OF_ITS_OWN = re.compile(r"[0-9A-Fa-f]{8}(-?)(?:[0-9A-Fa-f]{4}\1){3}[0-9A-Fa-f]{12}\Z")


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """Whom the organization met: of those on the roll mail addresses as `normalised_mail` gives them, what `by_id`
    gives, and names as `likes` gives them; of those who were expelled, and who left, all that `met` gives."""

    mails: Container[str] = frozenset()
    foreign_ids: Container[str] = frozenset()
    names: Container[str] = frozenset()
    expelled: Container[str] = frozenset()
    left: Container[str] = frozenset()


def normalised_name(name: str) -> str:
    """The form by which two names are compared; never the form that is shown."""
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    return " ".join(name.casefold().split())


def likes(name: str) -> tuple[str, ...]:
    """The forms, one or two, of which two names have one in common where they are read or look the same: with whichever
    apostrophes, accents, capitals and blanks, in whichever alphabet. Never the form that is shown.

    >>> likes("Seán O’Hara"), likes("Ivan")
    (('sean ohara',), ('ivan', 'lvan'))
    """
    plain = name.replace(" ", "")
    if plain.isascii() and plain.isalpha() and "I" not in plain:  # most of them, and the rest takes ten times as long
        return (" ".join(name.lower().replace("m", "rn").split()),)
    # A capital can look like one of another alphabet where the small letter does not.
    forms = _like(name.casefold()), _like(looks(name).casefold())
    return forms[:1] if forms[0] == forms[1] else forms


def _like(name: str) -> str:
    seen = APOSTROPHES.sub("", looks(APOSTROPHES.sub("", name)))
    return " ".join(BETWEEN.split("".join(sign for sign in seen if unicodedata.category(sign) != "Mn"))).strip()


def tells_alone(foreign_id: str) -> bool:
    """Whether this id is one person's in any list there is."""
    return len(foreign_id) in (32, 36) and _OF_ITS_OWN.match(foreign_id) is not None


def by_id(foreign_id: str, called: tuple[str, ...], mail: str) -> set[str]:
    """By what somebody with this id of another program is known again, surely: by the id, where it can be no other's;
    else by it together with the name (as `likes` gives it) or the mail. The id itself comes along."""
    if not foreign_id:
        return set()
    agreed = () if tells_alone(foreign_id) else (f"id {foreign_id} {each}" for each in (*called, mail) if each)
    return {f"id {foreign_id}", *agreed}


def sure_ids(foreign_id: str, called: tuple[str, ...], mail: str) -> set[str]:
    """Of what `by_id` gives, all that makes sure."""
    found = by_id(foreign_id, called, mail)
    return found if tells_alone(foreign_id) else found - {f"id {foreign_id}"}


def sure(foreign_id: str, called: tuple[str, ...], mail: str) -> set[str]:
    """By what somebody is known again surely: what `sure_ids` gives, and the name together with the mail. Two of whom
    one of these is the same are one person."""
    return sure_ids(foreign_id, called, mail) | ({f"{each} {mail}" for each in called} if mail else set())


def met(called: tuple[str, ...], mail: str, foreign_id: str) -> set[str]:
    """By what somebody who is a member no more is known again: surely by the id of another program and by name and mail
    together, perhaps by one of the two."""
    known = sure_ids(foreign_id, called, mail) | {mail} - {""}
    for each in called:
        known |= {each, f"{each} {mail}"}
    return known
