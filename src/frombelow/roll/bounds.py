"""How much a file of people can be. What is more is refused in one sentence, before anything is made of it."""

BYTES = 50_000_000
ROWS = 300_000
LINES = 1_100_000  # blank ones too: a spreadsheet writes as many as it has, which are 1,048,576
COLUMNS = 1_000
CELL = 131_072  # characters; what Python's csv module takes
ROW = 1_000_000  # characters, over all lines of a row


def figure(number: int) -> str:
    """A bound as a sentence says it.

    >>> figure(ROWS)
    '300,000'
    """
    return f"{number:,}"
