"""What is wrong with a draw: one sentence an id, so that it can be said in any language."""

from types import MappingProxyType

from ..errors import LotsError

SENTENCES = MappingProxyType(
    {
        # the file
        "too-large": "it has more than {most} bytes.",
        "no-json": "this is no JSON file in UTF-8 ({why}).",
        "format": "{why}.",
        "half-sign": "a text in it holds half of a sign.",
        "not-yet": "it is not there yet: the draw is not over.",
        "unasked": "the specification asks for none.",
        # the specification
        "times": "it is not after “{before}”: a draw takes its steps one after the other, and chance comes last.",
        "size": "a panel of {size} cannot be drawn from {people} people.",
        "quota": "at least {least} and at most {most} cannot both be.",
        "quota-twice": "{category}, {feature} stands there twice.",
        "no-panels": "say of how many panels one is drawn.",
        "order-has-no-list": "who is first in the order sits, so there are no quotas, no panels and no first value.",
        "no-pool": "{why}",
        "enough": "{enough} witnesses cannot be enough where there are {witnesses}.",
        "key-twice": "{name}: the same name or key stands there twice.",
        "beacon-unknown": "the chain {chain}… is none whose key is known here; quicknet is.",
        "dice-few": "so few rolls can be tried out beforehand: with {sides} sides it takes at least {needed}.",
        "dice-witnesses": "dice count if at least {wanted} witnesses saw them.",
        # the pool
        "rows-number": "there are {found} rows, and the specification says {told}.",
        "rows-root": "these are not the rows that the specification fixed: somebody was put in, taken out or changed.",
        "row-twice": "the same mark stands there twice.",
        "row-features": "this person does not count for one quota in each category.",
        "excluded": "there are {found} lists of people who are excluded, and the specification says {wanted}.",
        "no-row": "there is no row {number}; the {people} rows are numbered from 0.",
        "other-row": "this row is not of who has this salt and this name.",
        "salt": "a salt has {wanted} bytes.",
        # the list
        "list-number": "there are {found} panels, and the specification says {wanted}.",
        "panel-people": "the people of a panel are numbers of rows, each once, in their order.",
        "panel-quotas": "this panel does not keep the size and the quotas.",
        "panel-turns": "people who are alike do not take turns in it as the first value says.",
        "certificate": "it is not shown that the list is fair. {why}",
        # contributions
        "contribution-early": "{by} contributed before it was open.",
        "contribution-late": "{by} contributed after it was closed.",
        "contribution-twice": "{by} contributed twice; the first one counts.",
        "contribution-order": "{by} does not stand in the order of names.",
        "contribution-copied": "what {by} contributed was given before by somebody else.",
        "contribution-way": "{by} contributed in another way than the specification says.",
        "contribution-stranger": "{by} is not among those who can contribute.",
        "contribution-unasked": "{by} signed with a key that the specification does not name.",
        "reveal-moment": "{by} showed what they had committed to while it was not the time for it.",
        "reveal-other": "{by} showed another value than the one that they had committed to in this draw.",
        "checkpoint-unseen": "nobody saw this checkpoint before chance could be known.",
        # keys and witnesses
        "signature": "what stands under the key of {name} is not by it: {why}.",
        "no-witness": "{name} is no witness of this draw.",
        "witness-twice": "{name} stands there twice.",
        "witness-moment": "{name} saw it at a moment at which it was not to be seen.",
        "witnesses-few": "{found} witnesses saw it, and {wanted} are needed.",
        # what chance supplied
        "other-source": "chance comes from something else than the specification says.",
        "beacon-other-chain": "this is the beacon of another chain ({chain}…).",
        "beacon-other-round": "this is round {found}, and round {wanted} was fixed.",
        "beacon-signature": "this is not what the beacon said in round {round}: its signature does not hold.",
        "dice-number": "there are {found} rolls, and {wanted} were fixed.",
        "dice-side": "{found} stands on no die with {sides} sides.",
        "drawn-already": "chance has spoken for this draw, and speaks once.",
        # what follows
        "other-seed": "another seed follows from what stands here.",
        "other-panel": "another panel follows from what stands here.",
        "other-reserves": "others follow in the order from what stands here.",
        "not-seated": "person {person} does not sit on the panel.",
        "accepted-twice": "person {person} accepted before.",
        "reason": "who is excluded is so for a reason, which is committed to; nobody else has one.",
        "excluded-late": "whom quotas drew is not excluded afterwards: who cannot sit is excluded before.",
    }
)


class DrawError(LotsError):
    """Something about a draw that does not hold. ``message`` is the id of its sentence, ``where`` the place in the
    file, ``facts`` what stands in the sentence."""

    def __init__(self, message: str, where: str, **facts: object) -> None:
        super().__init__(message, where, facts)
        self.message, self.where, self.facts = message, where, facts

    @property
    def why(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.message].format(**self.facts)

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"
