"""Every bad file is refused in one sentence with its name and line; nothing is half-read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting import Profile, ReadError, read, read_file
from frombelow.counting.reading.numerals import LONGEST_LINE

from .test_reading import PLAIN

HEAD = b"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n"


def blt(old, new):
    assert old in PLAIN
    return PLAIN.replace(old, new)


@pytest.mark.parametrize(
    ("kind", "data", "line", "words"),
    [
        (".blt", b"", 1, "the file ends where the number of candidates should stand"),
        (".blt", PLAIN[:20], 4, "the file ends"),
        (".blt", PLAIN[:-24], 8, "after 2 of 3 names"),
        (".blt", blt(b"4 1 2 0", b"4 1 9 0"), 2, "there is no candidate 9; they are numbered 1 to 3"),
        (".blt", blt(b"4 1 2 0", b"4 1 1 0"), 2, "candidate 1 is ranked twice"),
        (".blt", blt(b"2 3 0", b"-2 3 0"), 3, "is -2; it cannot be negative"),
        (".blt", blt(b"2 3 0", b"2.5 3 0"), 3, "“2.5”; only whole numbers"),
        (".blt", blt(b"2 3 0", b"two 3 0"), 3, "should be a whole number, not “two”"),
        (".blt", blt(b"2 3 0", b"9999999999999999999 3 0"), 3, "has 19 digits; at most 18"),
        (".blt", blt(b"3 2\n", b"3 4\n"), 1, "there are 4 seats, but only 3 candidates"),
        (".blt", blt(b"3 2\n", b"3 0\n"), 1, "there cannot be 0 seats"),
        (".blt", blt(b"3 2\n", b"3 2\n-1 -2\n"), None, "2 seats, but only 1 of 3 candidates stand"),
        (".blt", b'2 1\n0\n"Ann"\n"Bo"\n', None, "no valid ballot"),
        (".blt", b'2 1\n5 0\n0\n"Ann"\n"Bo"\n', None, "no valid ballot"),
        (".blt", blt(b'"Bo"', b'"Bo'), 7, "no closing quote"),
        (".blt", blt(b'"Bo"', b"Bo"), 7, "a name in quotes should stand here, not “Bo”"),
        (".blt", PLAIN + b'"source"\n"comment"\n"more"\n', 12, "after 3 names, a title, a source and a comment there"),
        (".blt", blt(b"Bo", b"B\xf6"), 7, "not UTF-8"),
        (".soi", b"4: 1,2\n", None, "no line names an alternative"),
        (".soi", HEAD + b"4: 1,3\n", 4, "no candidate 3"),
        (".soi", HEAD + b"4: {1,2}\n", 4, "ranked equally, which a .soi file does not allow"),
        (".soi", HEAD + b"0: 1,2\n", 4, "must be at least 1"),
        (".soi", HEAD + b"4: 1,0,2\n", 4, "no candidate 0"),
        (".soi", HEAD + b"4 5: 1,2\n", 4, "should be a whole number, not “4 5”"),
        (".soi", HEAD + b"4 1 2\n", 4, "a weight, a colon and a ranking"),
        (".soc", HEAD + b"4: 1\n", 4, "only 1 of 2 are ranked"),
        (".toi", HEAD + b"4: 1,{2\n", 4, "a bracket is not closed"),
        (".toi", HEAD + b"4: 1,2\n1: 2,2\n", 5, "ranked twice"),
        (".soi", HEAD, None, "no valid ballot"),
        (".soi", HEAD.replace(b"2: Bo", b"3: Bo"), None, "not all of 1 to 2"),
        (".csv", b"", None, "the file is empty"),
        (".csv", b"count,1,2\n-1,Ann,Bo\n", 2, "must be at least 1"),
        (".csv", b"count,1,2\n1.5,Ann,Bo\n", 2, "only whole numbers"),
        (".csv", b"1,2\nAnn,Ann\n", 2, "“Ann” is ranked twice"),
        (".csv", b"Ann,Bo\n1,x\n", 2, "the rank of “Bo” should be a whole number, not “x”"),
        (".csv", b"Ann,Bo\n1,2,3\n", 2, "3 cells, the header 2"),
        (".csv", b'1,2\n"Ann,Bo\n', 2, "not CSV"),
        (".cvr", b"Ballot,Precinct\n1,P1\n", 1, "no column is for a rank"),
        (".cvr", b"Rank 1,Rank 1\nAnn,Bo\n", 1, "two columns are for rank 1"),
        (".xyz", b"", None, "not known here"),
    ],
)
def test_it_is_refused_with_file_and_line(kind, data, line, words):
    with pytest.raises(ReadError) as refused:
        read(data, "votes" + kind, kind)
    assert words in str(refused.value)
    assert str(refused.value).startswith("votes" + kind)
    assert line is None or refused.value.line == line
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        read_file(tmp_path / "gone.blt")


def test_what_a_message_shows_of_the_file_cannot_turn_the_line_around():
    with pytest.raises(ReadError, match=r"“\\u202ex”"):
        read(blt(b"2 3 0", "2 \u202ex 0".encode()), "b.blt", ".blt")


@pytest.mark.parametrize("kind", [".blt", ".soi", ".csv", ".cvr"])
@pytest.mark.parametrize("piece", [b'\\"', b"1 ", b'"', b"{1,", b"-", b"7=", b"x"])
def test_the_longest_line_that_is_read_at_all_is_refused(kind, piece):
    """A reader whose work grows with the square of a line's length never comes to its end here."""
    with pytest.raises(ReadError) as refused:
        read(piece * (LONGEST_LINE // len(piece)), "long" + kind, kind)
    assert "bytes; the most is" not in str(refused.value)


@pytest.mark.parametrize("piece", [b'\\"', b'" "', b'" x"', b"\\"])
def test_a_name_as_long_as_the_longest_line_is_refused(piece):
    with pytest.raises(ReadError):
        read(blt(b'"Bo"', b'"' + piece * (LONGEST_LINE // len(piece) - 1)), "long.blt", ".blt")


@pytest.mark.parametrize("kind", [".blt", ".soi", ".csv", ".cvr"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_ten_megabytes_on_one_line_are_refused_unread(kind, end):
    with pytest.raises(ReadError) as refused:
        read(b"Ann,Bo" + end + b"x" * 10_000_000 + end + b"1,2", "long" + kind, kind)
    assert str(refused.value) == f"long{kind}, line 2: the line has 10,000,000 bytes; the most is 2,000,000."


@settings(max_examples=300)
@given(st.integers(0, len(PLAIN) - 1), st.binary(max_size=3), st.integers(0, 4))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at, put, cut):
    data = PLAIN[:at] + put + PLAIN[at + cut :]
    try:
        profile = read(data, "b.blt", ".blt")
    except ReadError:
        return
    assert isinstance(profile, Profile)
    assert profile.valid > 0


@pytest.mark.parametrize("end", range(len(PLAIN) - 22))
def test_a_file_cut_anywhere_before_its_last_name_is_refused(end):
    with pytest.raises(ReadError):
        read(PLAIN[:end], "b.blt", ".blt")
