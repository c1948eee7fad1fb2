"""The drill of readers finds what it looks for, and finds nothing in the readers that there are."""

import pytest
from drills.fuzz import BLT, READERS, Reader, fault

from frombelow.counting import ReadError, profile_of, read


@pytest.mark.parametrize("reader", READERS, ids=lambda each: each.name)
def test_a_changed_file_is_read_or_refused(reader):
    assert fault(reader, 1, 60) == ""


def test_a_reader_that_breaks_is_found():
    assert "IndexError" in fault(Reader("broken", lambda data: data[300], (BLT,), ReadError), 1, 30)


def test_a_candidate_whom_no_line_names_is_found():
    made_up = Reader("made up", lambda _: profile_of(["Ann Å", "Nobody"], [(1, [0])], seats=1), (BLT,), ReadError)
    assert "“Nobody” is a candidate" in fault(made_up, 1, 30)


def test_ballots_that_are_not_the_same_once_they_were_written_are_found():
    two_names = Reader("two", lambda _: profile_of(["Ann\n", "Ann "], [(1, [0])], seats=1), (BLT,), ReadError)
    assert fault(two_names, 1, 30)
    assert read(BLT, "b.blt", ".blt").candidates[0] == "Ann Å"
