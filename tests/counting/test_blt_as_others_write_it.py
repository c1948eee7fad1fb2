"""BLT files as OpenSTV, OpaVote, droop, Hill and Wichmann write them."""

import pytest

from frombelow.counting import CountError, ReadError, profile_of, read, write_table
from frombelow.counting.reading.blt import read_blt

NAMES = '"A"\n"B"\n"C"\n"T"\n'


def rows(text):
    return sorted(read_blt(text.encode()).rows())


def refused(text):
    with pytest.raises(ReadError) as found:
        read_blt(text.encode())
    return str(found.value)


PLAIN = rows("3 1\n2 1 2 0\n3 2 0\n0\n" + NAMES)


@pytest.mark.parametrize("names", [
    '"A" # one\n"B" # two\n"C"\n"T" # title\n', '"A" /* one */\n"B"\n"C"\n"T"\n', '"A" "B" "C" "T"\n',
    NAMES + '"a source"\n"a comment"\n',
])  # fmt: skip
def test_comments_behind_names_are_no_names(names):
    profile = read_blt(("3 1\n2 1 2 0\n3 2 0\n0\n" + names).encode())
    assert (profile.candidates, profile.title, sorted(profile.rows())) == (("A", "B", "C"), "T", PLAIN)


def test_the_number_of_a_ballot_stands_in_place_of_its_weight_where_droop_wrote_it():
    droop = "".join(f"(id {n}) 1 2 0\n" for n in range(4)) + "(id 5) 3 0\n(id 6) 3 0\n"
    assert rows("3 2\n" + droop + "0\n" + NAMES) == sorted([(1, ((0,), (1,)))] * 4 + [(1, ((2,),))] * 2)


def test_the_weight_1_stands_behind_the_number_of_a_ballot_where_openstv_wrote_it():
    profile = read_blt(("3 2\n(a) 1 1 2 0\n(b) 1 3 0\n(c) 1 0\n0\n" + NAMES).encode())
    assert sorted(profile.rows()) == sorted([(1, ((0,), (1,))), (1, ((2,),)), (1, ())])
    assert profile.notes == ("Ballots have numbers; the 1 behind it is how many it stands for.",)


def test_two_ballots_of_one_number_are_refused():
    assert "two ballots with the number “a”" in refused("3 2\n(a) 1 2 0\n(a) 3 0\n0\n" + NAMES)


def test_nicknames_withdrawals_and_ties_in_brackets():
    text = "3 1 [nick a b c] [withdrawn c] [tie 3 2 1] 2 a b 0 3 b 0 0 " + NAMES
    profile = read_blt(text.encode())
    assert (sorted(profile.rows()), profile.withdrawn) == (PLAIN, {2})
    assert "order in which ties are broken" in profile.notes[0]
    assert "give each of the 3 candidates a name" in refused("3 1 [nick a b] 2 a 0 0 " + NAMES)
    assert "[tie] should name each candidate once" in refused("3 1 [tie 1 2] 2 1 0 0 " + NAMES)
    assert "the option “undeclared” is not known" in refused("3 1 [undeclared 1] 2 1 0 0 " + NAMES)


def test_equals_in_brackets_as_hill_writes_them():
    assert rows("3 1\n2 (1 3) 2 0\n0\n" + NAMES) == rows("3 1\n2 1=3 2 0\n0\n" + NAMES) == [(2, ((0, 2), (1,)))]


def test_whole_weights_with_a_point_are_weights_and_parts_of_ballots_are_refused():
    assert rows("3 1\n2.0 1 2 0\n3.00 2 0\n0\n" + NAMES) == PLAIN
    assert "only whole numbers" in refused("3 1\n2.5 1 2 0\n0\n" + NAMES)


@pytest.mark.parametrize("names", ['"A"\n"A"\n"C"\n', '""\n"B"\n"C"\n', '"Ann"\n"ANN"\n"C"\n'])
def test_empty_and_equal_names_are_refused(names):
    text = "3 1\n2 1 2 0\n0\n" + names
    assert "no name" in refused(text) or "twice" in refused(text) or "hard to tell apart" in refused(text)


@pytest.mark.parametrize("kind", [".blt", ".toi"])
def test_a_name_with_a_line_break_in_it_is_refused(kind):
    blt = b'2 1\n1 1 0\n0\n"\rAnn"\n"Bo"\n'
    toi = b"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\rnn\n# ALTERNATIVE NAME 2: Bo\n3: 1,2\n"
    with pytest.raises(ReadError, match="no part of a name"):
        read(blt if kind == ".blt" else toi, "b", kind)


def test_a_name_that_a_table_would_take_for_a_rank_is_no_header():
    with pytest.raises(CountError, match="cannot be the header"):
        write_table(profile_of(["ARank 3", "Bo"], [(1, [0])]))
