"""Scales of grades in words, as majority judgement is held with them; lowest first in each.

Sources: Balinski and Laraki, Majority Judgment (2011), in six grades; mieuxvoter.fr, in five to seven; common words of
schools and surveys. Words that fit two scales in different orders are ambiguous: who counts says the order.
"""

from collections.abc import Iterable, Sequence

SCALES: tuple[tuple[str, ...], ...] = (
    ("Reject", "Poor", "Acceptable", "Good", "Very good", "Excellent"),
    ("To reject", "Poor", "Acceptable", "Good", "Very good", "Excellent"),
    ("Reject", "Poor", "Fair", "Good", "Very good", "Excellent"),
    ("Reject", "Inadequate", "Passable", "Fair", "Good", "Very good", "Excellent"),
    ("To reject", "Insufficient", "Passable", "Fair", "Good", "Very good", "Excellent"),
    ("Very poor", "Poor", "Fair", "Good", "Very good", "Excellent"),
    ("Terrible", "Bad", "Average", "Good", "Excellent"),
    ("Very bad", "Bad", "Average", "Good", "Very good"),
    ("Rejected", "Passable", "Good", "Very good", "Excellent"),
    ("À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent"),
    ("Rechazar", "Insuficiente", "Aceptable", "Bueno", "Muy bueno", "Excelente"),
    ("A rechazar", "Insuficiente", "Pasable", "Bien", "Muy bien", "Excelente"),
    ("Ablehnen", "Unzureichend", "Ausreichend", "Befriedigend", "Gut", "Sehr gut", "Ausgezeichnet"),
    ("Ungenügend", "Mangelhaft", "Ausreichend", "Befriedigend", "Gut", "Sehr gut"),
)


def folded(grade: str) -> str:
    """A grade as it is compared: capitals and blanks do not matter."""
    return " ".join(grade.replace("_", " ").split()).casefold()


def scale_of(words: Iterable[str]) -> Sequence[str] | None:
    """The scale whose words these are, lowest first; None where no known scale has them all, or where two do that put
    them in different orders, or end lower."""
    said = {folded(word) for word in words}
    fitting = [scale for scale in SCALES if said <= {folded(word) for word in scale}]
    orders = {tuple(word for word in map(folded, scale) if word in said) for scale in fitting}
    return fitting[0] if len(orders) == 1 else None
