"""Of which kind a file of ballots is: its name says it, or, where the name says nothing, its beginning."""

import re
from pathlib import PurePath

PREFLIB = frozenset({".soi", ".soc", ".toi", ".toc"})
KNOWN = frozenset({".blt", ".csv", ".tsv", ".cvr", ".pb"}) | PREFLIB
SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".ods"})  # of which one sheet is taken, as CSV
KINDS = "those that are: .blt, .soi, .soc, .toi, .toc, .csv, .tsv, .xlsx, .ods, .cvr, .pb"
SAYS_NOTHING = frozenset({"", ".txt", ".dat", ".text"})
# What was matched is given back nowhere, or comments without end would be tried in all ways.
_BLT = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s*+(?:#[^\n]*+\n|/\*(?:[^*]|\*(?!/))*+\*/))*+\s*+\d++\s++\d++\s")
_PABULIB = re.compile(rb"(?:\xef\xbb\xbf)?\s*META\s*\n", re.IGNORECASE)


def kind_of(name: str, data: bytes) -> str:
    """The kind, as an ending in small letters; the ending of the name where that is of no known kind."""
    ending = PurePath(name).suffix.lower()
    if ending in SPREADSHEETS:
        return ".csv"
    if ending not in SAYS_NOTHING:
        return ending
    if b"# ALTERNATIVE NAME" in data[:100_000]:
        return ".toi"
    if _PABULIB.match(data):
        return ".pb"
    if _BLT.match(data[:100_000]) and b'"' in data:
        return ".blt"
    return ending
