from msgspec import Struct

from ..rulebook.book import Rulebook


class Deciding(Struct, frozen=True):
    """What an effect needs to know of the decision it follows from: which members decide, under which rules, when; and
    the id of the decision and of what the effect makes, once it happens."""

    branch: str
    rules: Rulebook
    at: int
    decision: str = ""
    makes: str = ""
