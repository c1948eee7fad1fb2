"""Entries in plain words: one sentence a kind of act, with the facts to fill it. The site translates the sentences."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..rulebook.aloud import Say, as_it_is
from .act import DECISION, SERVER, TIME, Act, Effect
from .ids import BranchId, MandateId, OfficeId, PersonId, is_id
from .refusals import SHARED, fill
from .subject import EffectKind, Kind, registry

if TYPE_CHECKING:
    from ..motions.state import Question
    from ..rulebook.book import Rulebook
    from ..state import Polity

AUTHORS = {TIME: "Time", SERVER: "The server", DECISION: "A decision"}
OTHERS = {
    "no branch yet": "a branch that does not exist yet",
    "new office": "a new office",
}
Name = Callable[[PersonId], str]


def short(person: PersonId) -> str:
    """A person where no names are at hand."""
    return f"person {person[:6]}…"


class Teller:
    """Tells what acts and effects say, with the names of this moment: ``name`` names a person by their id; ``say``
    translates; ``asks`` is the question whose effects are told; ``named`` holds the ids of whom and what was named."""

    def __init__(
        self, polity: "Polity", name: Name = short, say: Say = as_it_is, asks: "Question | None" = None
    ) -> None:
        self.polity, self.say, self.asks = polity, say, asks
        self.named: dict[PersonId | OfficeId | BranchId, None] = {}
        self._name = name

    def of(self, question: "Question | None") -> "Teller":
        """The same for the effects of a question: they are told by the rules that it was moved under."""
        return Teller(self.polity, self._name, self.say, question)

    @property
    def rules(self) -> "Rulebook":
        """The rules by which effects are told."""
        return self.asks.rules if self.asks else self.polity.book

    def act(self, act: Act) -> str:
        """The act as a sentence."""
        kind = registry.by_act[type(act)]
        facts = self._facts(act)
        facts["by"] = self._author(act.by)
        return self._fill(kind, act, facts)

    def effect(self, effect: Effect) -> str:
        """The effect as a sentence."""
        kind = registry.by_effect[type(effect)]
        return self._fill(kind, effect, self._facts(effect))

    def headline(self, effect: Effect) -> str:
        """What a motion that does this is called: of nobody that it is done."""
        kind = registry.by_effect[type(effect)]
        if kind.headline:
            return fill(self.say(kind.headline), self._facts(effect), self.say)
        return self.effect(effect).rstrip(".")

    def question(self, effect: Effect) -> str:
        """What a vote on it asks: yes is that it is done."""
        kind = registry.by_effect[type(effect)]
        _variant, more = kind.told(self, effect) if kind.told else ("", {})
        return fill(self.say(kind.question), self._facts(effect) | more, self.say)

    def name(self, person: PersonId) -> str:
        """The person's name."""
        self.named[person] = None
        return self._name(person)

    def branch(self, branch: BranchId) -> str:
        """The branch's name."""
        self.named[branch] = None
        found = self.polity.branches.get(branch)
        return found.name if found else self.say(OTHERS["no branch yet"])

    def office(self, office: OfficeId) -> str:
        """The office's title."""
        self.named[office] = None
        found = self.polity.offices.get(office)
        return found.title if found else self.say(OTHERS["new office"])

    def refusal(self, message: str) -> str:
        """Why something is void: the refusal without the figures, which only the moment had."""
        known = SHARED.get(message) or registry.refusals.get(message, "")
        return self.say(known) if known and "{" not in known else message.replace("-", " ") + "."

    def _author(self, by: str) -> str:
        if by in AUTHORS:
            return self.say(AUTHORS[by])
        author = registry.authors.get(by.partition(":")[0])
        return self.say(author.words) if author else self.name(PersonId(by))

    def _fill(self, kind: Kind | EffectKind, spoken: Act | Effect, facts: dict[str, Any]) -> str:
        variant, more = kind.told(self, spoken) if kind.told else ("", {})
        sentence = kind.variants[variant] if variant else kind.sentence
        return fill(self.say(sentence), facts | more, self.say)

    def _facts(self, spoken: Act | Effect) -> dict[str, Any]:
        """The fields, and names for the ids among them."""
        found: dict[str, Any] = {field: getattr(spoken, field) for field in spoken.__struct_fields__}
        polity = self.polity
        if isinstance(mandate := found.get("mandate"), str) and mandate in polity.mandates:
            held = polity.mandates[MandateId(mandate)]
            found["person"], found["office"] = self.name(held.person), self.office(held.office)
        elif isinstance(person := found.get("person"), str):
            found["person"] = self.name(PersonId(person))
        if isinstance(office := getattr(spoken, "office", None), str):
            found["office"] = self.office(OfficeId(office))
        for field in ("branch", "to"):
            if isinstance(branch := getattr(spoken, field, None), str):
                found["branch"] = self.branch(BranchId(branch))
        return found


def people_in(polity: "Polity", spoken: Act | Effect) -> set[PersonId]:
    """Everybody whom the act or effect names, so that their names can be read at once."""
    found = {getattr(spoken, field, None) for field in ("by", "person", "shown")}
    if (mandate := polity.mandates.get(getattr(spoken, "mandate", MandateId("")))) is not None:
        found.add(mandate.person)
    if isinstance(spoken, Effect):
        found.update(registry.by_effect[type(spoken)].names(polity, spoken))
    if isinstance(effect := getattr(spoken, "effect", None), Effect):
        found |= people_in(polity, effect)
    return {PersonId(name) for name in found if isinstance(name, str) and is_id(name)}


def tell(polity: "Polity", act: Act, name: Name = short, say: Say = as_it_is) -> str:
    """The act as a sentence, in English or as ``say`` translates."""
    return Teller(polity, name, say).act(act)
