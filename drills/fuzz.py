"""Every reader of files that people send, on files with bytes changed: what is not read is refused in words.

What is read is written and read again where there is a writer, and must be the same; and no candidate is counted whom
the file does not name. Hypothesis makes the changes and shrinks what breaks.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from frombelow.counting import CountError, Profile, ReadError, read, rule_named, write_blt, write_table
from frombelow.counting.reading.by_rule import read_bytes_for
from frombelow.counting.reading.numerals import text_of
from frombelow.roll.sentences import RollError
from frombelow.roll.verdicts import read_roll

TODAY = date(2026, 11, 27)
BLT = b'4 2\n-3\n5 1 2 0\n2 2=1 4 0\n3 4 0\n0\n"Ann \xc3\x85"\n"Bo, B."\n"Cy"\n"Di"\n"A title"\n'
SLOW = b'# a comment\n[nick a b c]\n3 2\n(1) 1 a b 0\n(2) 1 c 0\n2.0 2 - 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n'
RANKS = b"count,Rank 1,Rank 2,Rank 3\n3,Ann,Bo,\n2,Bo=Cy,Ann,\n1,Cy,skipped,overvote\n"
NAMES = b"Timestamp;Ann;Bo;Cy\n1;1;2;3\n2;2;1;\n"
SOI = (
    b"# FILE NAME: x.soi\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 5\n# NUMBER UNIQUE ORDERS: 2\n"
    b"# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n# ALTERNATIVE NAME 3: Cy\n3: 1,2\n2: 3,1,2\n"
)
TOI = SOI.replace(b"2: 3,1,2", b"2: {3,1},2")
PB = (
    b"META\nkey;value\nnum_projects;3\nnum_votes;3\nbudget;100\nvote_type;approval\nPROJECTS\n"
    b"project_id;cost;name\n1;60;Park\n2;50;Pool\n3;40;Path\nVOTES\nvoter_id;vote\na;1,2\nb;1\nc;3\n"
)
CVR = b"Cast Vote Record,Precinct,Rank 1,Rank 2\n1,A,Ann,Bo\n2,A,Bo,undervote\n3,B,UWI,Ann\n"
ROLL = (
    "name;email;phone;branch;joined;id\nAda Okafor;ada@example.org;+44 20 7946 0018;Quay;1.3.2021;7\n"
    "José Núñez;jose@example.org;;Mill;12/31/20;8\n"
)
PIECES = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b";", b",", b"\t", b"|", b"\n", b"\r", b"=", b"-", b"0",
    b"9" * 30, b"1e9", b"1.5", b"\xe2\x80\xae", b"{", b"}", b"[", b"]", b"(", b"/*", b"*/", b"#", b":", b" ", b"\xc3",
    b"NaN", b"META",
)  # fmt: skip


class Reader(NamedTuple):
    """A reader, files as it reads them, and what it may raise."""

    name: str
    read: Callable[[bytes], Any]
    files: tuple[bytes, ...]
    refuses: type[Exception]


def _by_rule(rule: str, name: str) -> Callable[[bytes], Any]:
    return lambda data: read_bytes_for(rule_named(rule), data, Path(name))


def _kind(kind: str) -> Callable[[bytes], Any]:
    return lambda data: read(data, f"ballots{kind}", kind)


READERS = (
    Reader("blt", _kind(".blt"), (BLT, SLOW), ReadError),
    *(Reader(kind, _kind(kind), (SOI, TOI), ReadError) for kind in (".soc", ".soi", ".toc", ".toi")),
    Reader("csv", _kind(".csv"), (RANKS, NAMES), ReadError),
    Reader("cvr", _kind(".cvr"), (CVR, RANKS), ReadError),
    Reader("text", _by_rule("scottish", "ballots.txt"), (BLT, SLOW, TOI), ReadError),
    Reader("approvals", _by_rule("pav", "b.pb"), (PB,), ReadError),
    Reader("projects", _by_rule("budget-greedy", "b.pb"), (PB,), ReadError),
    Reader("scores", _by_rule("score", "b.csv"), (b"count,Ann,Bo\n3,5,2\n1,,4\n",), ReadError),
    Reader("grades", _by_rule("majority-judgement", "b.csv"), (b"Ann,Bo\ngood,poor\npoor,good\n",), ReadError),
    Reader("lists", _by_rule("dhondt", "b.csv"), (b"list,votes\nA,1 000\nB,40\n",), ReadError),
    Reader("question", _by_rule("yes-no", "b.csv"), (b"yes,no,abstain,eligible\n142,70,28,400\n",), ReadError),
    Reader(
        "roll", lambda data: read_roll(data, today=TODAY),
        (ROLL.encode(), ROLL.encode("cp1252"), ROLL.encode("utf-16"), ROLL.replace(";", "\t").encode()), RollError,
    ),
)  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, files: tuple[bytes, ...]) -> bytes:
    """One of the files with pieces cut out, doubled, or put in."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(0, 6))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 12))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(data[at : at + length] * 2))
        data = data[:at] + piece + data[at + length :]
    return data


def check(reader: Reader, data: bytes) -> None:
    """Return if the reader reads the data or refuses it, and what it read is what stands there."""
    try:
        found = reader.read(data)
    except reader.refuses as refused:
        if not str(refused).strip():
            raise AssertionError("it is refused without a word") from refused
        return
    if isinstance(found, Profile):
        _same_again(found)
        for name in found.candidates:
            assert _is_named(name, data), f"“{name}” is a candidate, and no line of the file names them"


def _is_named(name: str, data: bytes) -> bool:
    """Whether the name stands in the file, with or without the signs that a format puts before a quote."""
    text = " ".join(text_of(data, "").replace("\\", "").replace('"', "").split())
    return " ".join(name.replace("\\", "").replace('"', "").split()) in text


def _same_again(profile: Profile) -> None:
    again = read(write_blt(profile, profile.seats or 1).encode(), "again.blt", ".blt")
    assert again.candidates == profile.candidates
    assert list(again.rows()) == list(profile.rows())
    assert again.withdrawn == profile.withdrawn
    try:
        table = write_table(profile)
    except CountError:
        return
    again = read(table.encode(), "again.csv", ".csv")
    assert again.candidates == profile.candidates
    assert sorted(again.rows()) == sorted(_together(profile))


def _together(profile: Profile) -> Iterator[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Equal rankings as one, as a table gives them."""
    found: dict[tuple[tuple[int, ...], ...], int] = {}
    for weight, ranking in profile.rows():
        ordered = tuple(tuple(sorted(rank)) for rank in ranking)
        found[ordered] = found.get(ordered, 0) + weight
    yield from ((weight, ranking) for ranking, weight in found.items())


def fault(reader: Reader, number: int, examples: int) -> str:
    """What breaks this reader among so many files, in words; "" if nothing does."""

    @seed(number)
    @settings(max_examples=examples, phases=(Phase.generate, Phase.shrink), report_multiple_bugs=False,
              database=None, deadline=None, suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(changed(reader.files))
    def tried(data: bytes) -> None:
        check(reader, data)

    try:
        tried()
    except Exception as error:  # whatever it is, it is what the drill looks for
        notes = " ".join(getattr(error, "__notes__", ()))
        return f"{reader.name}: {type(error).__name__}: {error} {notes}"
    return ""


def drill(minutes: float) -> bool:
    """Whether no reader broke; each has its share of the time, again and again with other changes."""
    until, number, faults, counts = monotonic() + minutes * 60, 0, set[str](), 0
    while monotonic() < until:
        number += 1
        for reader in READERS:
            found = fault(reader, number, 400)
            counts += 400
            if found and found not in faults:
                faults.add(found)
                print(found, flush=True)
    print(f"{counts:,} files, {len(READERS)} readers, {len(faults)} faults")
    return not faults
