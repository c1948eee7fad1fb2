"""What counting refuses, each as one plain sentence that a member can read."""


class CountingError(Exception):
    """Something was refused; the message is one plain sentence."""


class ReadError(CountingError):
    """A ballot file that cannot be read: which file, which line (1-based, or None for the whole file), and why."""

    def __init__(self, file: str, line: int | None, why: str) -> None:
        place = f"{file}, line {line}" if line is not None else file
        super().__init__(f"{place}: {why}")
        self.file, self.line, self.why = file, line, why


class CountError(CountingError):
    """A count that cannot begin: more seats than candidates, no valid ballot, bounds that nobody can meet."""


class LotNeeded(CountingError):  # noqa: N818  it is not an error: a lot has to be drawn
    """The count stopped at a tie that only a lot can break. Draw it, and count again with the answer in ``lots``.

    ``candidates`` are the tied candidate numbers (0-based), ``names`` their names, ``purpose`` what the lot decides (a
    key of LOTS), ``round`` the number of the round (1-based) in which the count stands.
    """

    def __init__(self, candidates: tuple[int, ...], names: tuple[str, ...], purpose: str, round_: int) -> None:
        who = " and ".join([", ".join(names[:-1]), names[-1]])
        super().__init__(f"Round {round_} needs a lot between {who}: {LOTS.get(purpose, purpose)}.")
        self.candidates, self.names, self.purpose, self.round = candidates, names, purpose, round_


LOTS = {
    "exclude": "who is excluded",
    "surplus": "whose surplus goes first",
    "elect": "who is elected",
    "order": "who comes first in the order that breaks ties",
}
