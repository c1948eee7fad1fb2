"""How much a file of people can be: what is more is refused in one sentence that says the bound and what to do."""

import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frombelow.roll import RollError, judge_roll, read_roll
from frombelow.roll.bounds import BYTES, CELL, COLUMNS, LINES, ROW, ROWS
from frombelow.roll.headings import LONGEST, key

TODAY = date(2026, 11, 26)
HEAD = b"name,email\n"
TOO_LONG = "The file has more than 1,100,000 lines."


def refused(raw):
    with pytest.raises(RollError) as found:
        judge_roll(lambda: io.BytesIO(raw), today=TODAY)
    sentence = str(found.value)
    assert "Nothing was stored." in sentence
    assert len(sentence) < 400
    return sentence


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (HEAD + b"Bo,b@example.org\n" * (ROWS + 1), "The file has more than 300,000 rows."),
        pytest.param(HEAD + b"\n" * (LINES + 1) + b"Bo,\n", TOO_LONG, marks=pytest.mark.many),
        pytest.param(b"\n" * (LINES + 1) + HEAD + b"Bo,\n", TOO_LONG, marks=pytest.mark.many),
        (b"name" + b"," * COLUMNS + b"\nBo\n", "Line 1: there are more than 1,000 columns."),
        (b"," * 1_000_000 + b"\nBo\n", "Line 1: the row that begins here has more than 1,000,000 characters."),
        (HEAD + b"Bo" + b"," * COLUMNS + b"\n", "Line 2: there are more than 1,000 columns."),
        (HEAD + b"Bo," + b"x" * (CELL + 1) + b"\n", "Line 2: a cell here has more than 131072 characters."),
        (HEAD + b"Bo,b\nAna," + b"x" * (ROW + 1), "Line 3: the row that begins here has more than 1,000,000"),
        (b"x" * BYTES, "Line 1: the row that begins here has more than 1,000,000 characters."),
        (HEAD + b"x" * (BYTES + 1), "The file has more than 50 MB."),
        (HEAD + b'"x\n","x\n",' * 4_000_000, "Line 2: the row that begins here has more than 1,000,000 characters."),
        (HEAD + b'Bo,"' + b"x\n" * 20_000_000, "Line 2: a cell here has more than 131072 characters."),
        (b"sep=;" + b"," * BYTES, "The file has more than 50 MB."),
        (b"sep=;" + b"," * 10_000_000, "Line 1: the row that begins here has more than 1,000,000 characters."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_is_more_than_a_list_of_people_is_refused_with_the_bound(raw, said):
    assert refused(raw).startswith(said)


@pytest.mark.many
def test_a_file_of_as_many_rows_as_can_be_is_read():
    raw = HEAD + b"Bo,\n" * ROWS
    assert judge_roll(lambda: io.BytesIO(raw), today=TODAY).size == ROWS


def test_a_row_over_many_lines_is_one_row():
    roll = read_roll(HEAD + b'"Bo\nLi",bo@example.org\n' * 3, today=TODAY)
    assert [row.line for row in roll.rows] == [2, 4, 6]


def test_rows_come_one_at_a_time_and_the_file_is_not_held():
    opened = []

    class Watched(io.BytesIO):
        def read(self, size=-1):
            assert 0 <= size <= 1 << 22
            return super().read(size)

    def anew():
        opened.append(Watched(HEAD + b"Bo,\n" * 100_000))
        return opened[-1]

    judged = judge_roll(anew, today=TODAY)
    next(judged.rows)
    assert opened[-1].tell() < 100_000


def test_the_marks_of_a_heading_are_put_in_order_as_far_as_headings_go():
    """Python takes the square of their number for it; of all of these it would take hours."""
    marks = "\u0301\u0316" * 5_000_000
    assert key("Name" + marks) == "name"
    assert key("a" * LONGEST + "b") == "a" * LONGEST


PIECES = st.sampled_from(
    [b"name", b"email", b",", b";", b"\t", b'"', b"\n", b"\r\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"sep=;\n", b"x" * 3000,
     b'"' * 999, b"," * 1500, b"\n" * 999, b"@", b"1/2/2020", b"\xff\xfe", b"PK\x03\x04", b"\xcc\x81" * 999, b"=1"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.integers(1, 40))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@pytest.mark.many
def test_a_file_of_any_pieces_is_read_or_refused_in_a_sentence(pieces, times):
    raw = HEAD * (len(pieces) % 2) + b"".join(pieces) * times
    try:
        judged = judge_roll(lambda: io.BytesIO(raw), today=TODAY)
    except RollError as error:
        assert "Nothing was stored." in str(error)  # noqa: PT017
    else:
        assert sum(1 for _ in judged.rows) == judged.size
