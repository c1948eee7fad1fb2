"""What a member can do now, and why not the rest: the rules are asked, nothing is told twice."""

from collections.abc import Iterable

from .kernel.act import Act
from .kernel.ids import PersonId
from .kernel.judging import why_not
from .kernel.refusals import Refused
from .kernel.subject import registry
from .keys.seals import needed
from .state import Polity


def possible(
    polity: Polity, person: PersonId, about: str, thing: str, at: int, verbs: Iterable[str] | None = None,
) -> dict[str, Refused | None]:  # fmt: skip
    """For each verb that is done to such a thing: None where nothing stops this person at this second, else why not.
    That an act has to be sealed stops who has no key that could."""
    return {
        verb: _refused(polity, each.act(polity, person, thing, at), at, sealed=polity.keys.can_seal(person))
        for verb, each in registry.possible.items()
        if each.about == about and (verbs is None or verb in verbs)
    }


def may(polity: Polity, person: PersonId, verb: str, thing: str, at: int) -> bool:
    """Whether nothing stops this person from doing this to this thing at this second."""
    return why_not(polity, registry.possible[verb].act(polity, person, thing, at), at) is None


def _refused(polity: Polity, act: Act, at: int, *, sealed: bool) -> Refused | None:
    return why_not(polity, act, at) or (None if sealed else needed(polity, act, at))
