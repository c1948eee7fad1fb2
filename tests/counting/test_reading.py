"""Files that can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.counting import ReadError, profile_of, read, read_file, write_blt, write_table
from frombelow.counting.reading.blt import _SlowReader, read_blt

from .test_properties import profiles

PLAIN = b'3 2\n4 1 2 0\n2 3 0\n1 2 1 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Branch committee"\n'


def rows(profile):
    return sorted(profile.rows())


def test_a_plain_blt_file():
    profile = read(PLAIN, "b.blt", ".blt")
    assert profile.candidates == ("Ann", "Bo", "Cy")
    assert (profile.seats, profile.title, profile.ballots) == (2, "Branch committee", 7)
    assert rows(profile) == [(1, ((1,), (0,), (2,))), (2, ((2,),)), (4, ((0,), (1,)))]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b" 0\n", b" 0 "),
        PLAIN.replace(b"\n", b" "),
        b"# by hand\n" + PLAIN.replace(b"4 1 2 0", b"4 1 2 0 # counted twice"),
        PLAIN.replace(b"4 1 2 0", b"4 1 - 2 0 /* a rank\n left out */"),
        PLAIN.replace(b"1 2 1 3 0", b"(17) 1 2 1 3 0"),
        PLAIN.replace(b"4 1 2 0", b"4.00 1 2 0"),
        PLAIN.replace(b'"\n', b'"\n\n  '),
    ],
)
def test_the_same_file_written_otherwise(data):
    again, plain = read_blt(data), read_blt(PLAIN)
    assert (again.candidates, again.title, rows(again)) == (plain.candidates, plain.title, rows(plain))


def test_withdrawn_and_equal_ranks():
    profile = read_blt(b'4 2\n-2 -4\n3 1=3 2 0\n1 4 1 0\n0\n"A"\n"B"\n"C"\n"D"\n')
    assert profile.withdrawn == {1, 3}
    assert rows(profile) == [(1, ((3,), (0,))), (3, ((0, 2), (1,)))]


@pytest.mark.parametrize("name", ['Ann "Red" Lee', "R\\D", "שרה", "a\u202eb", "👩🏽‍🌾", "O'Neil; DROP", "<b>&amp;"])
def test_names_of_every_kind_come_back(name):
    profile = profile_of([name, "Bo"], [(1, [0])], seats=1)
    assert read_blt(write_blt(profile).encode()).candidates == (name, "Bo")


def test_quotes_inside_a_name_on_its_own_line_are_kept():
    assert read_blt(PLAIN.replace(b'"Bo"', b'"Bo "Red" Lee"')).candidates[1] == 'Bo "Red" Lee'


def test_a_blank_ballot_is_a_ballot_but_not_a_valid_one():
    profile = read_blt(PLAIN.replace(b"2 3 0", b"2 3 0\n5 0"))
    assert (profile.ballots, profile.valid) == (12, 7)


@settings(max_examples=100)
@given(profiles(), st.booleans())
def test_what_is_written_reads_back(profile, fast):
    text = write_blt(profile, 1)
    back = read_blt(text.encode()) if fast else _SlowReader(text, "b.blt").read()
    assert (back.candidates, back.seats, rows(back)) == (profile.candidates, 1, rows(profile))
    table = read(write_table(profile).encode(), "b.csv", ".csv")
    whole = {ranking: 0 for _, ranking in profile.rows()}
    for weight, ranking in profile.rows():
        whole[ranking] += weight
    assert {ranking: weight for weight, ranking in table.rows()} == whole


def test_preflib_strict_and_with_ties():
    head = b"# FILE NAME: 1.soi\n# TITLE: Delegates\n# NUMBER ALTERNATIVES: 3\n"
    head += b"# ALTERNATIVE NAME 1: Ann\n# ALTERNATIVE NAME 2: Bo\n# ALTERNATIVE NAME 3: Cy\n"
    soi = read(head + b"4: 1,2\n2: 3\n", "1.soi", ".soi")
    assert (soi.candidates, soi.title, rows(soi)) == (
        ("Ann", "Bo", "Cy"),
        "Delegates",
        [(2, ((2,),)), (4, ((0,), (1,)))],
    )
    toi = read(head + b"4: 1,{2,3}\n2: {3}\n", "1.toi", ".toi")
    assert rows(toi) == [(2, ((2,),)), (4, ((0,), (1, 2)))]
    toc = read(head + b"4: {1, 2}, 3", "1.toc", ".toc")
    assert rows(toc) == [(4, ((0, 1), (2,)))]
    soc = read(head + b"4: 1,2,3\n1: 3,2,1\n", "1.soc", ".soc")
    assert rows(soc) == [(1, ((2,), (1,), (0,))), (4, ((0,), (1,), (2,)))]


def test_csv_by_rank_and_by_candidate():
    by_rank = read(b"count,1,2,3\n4,Ann,Bo,\n2,Cy,,\n1,Bo = Ann,Cy,\n", "b.csv", ".csv")
    by_candidate = read(b"count,Ann,Bo,Cy\n4,1,2,\n2,,,1\n1,1,1,2\n", "b.csv", ".csv")
    assert by_rank.candidates == by_candidate.candidates == ("Ann", "Bo", "Cy")
    assert rows(by_rank) == rows(by_candidate)


def test_csv_without_weights_has_a_ballot_a_row():
    profile = read("Rank 1,Rank 2\nSeán,Bo\nSeán,Bo\nBo,\n".encode(), "b.csv", ".csv")
    assert rows(profile) == [(1, ((0,),)), (2, ((1,), (0,)))]


def test_cast_vote_records():
    data = (
        b"Cast Vote Record,Precinct,Rank 1 Mayor,Rank 2 Mayor,Rank 3 Mayor\n"
        b"1,P1,Ann,Bo,Cy\n2,P1,Ann,undervote,Bo\n3,P2,overvote,Ann,\n4,P2,Bo,Bo,Ann\n5,P2,Cy,overvote,Ann\n"
    )
    profile = read(data, "cvr.csv", ".cvr")
    assert rows(profile) == [(1, ()), (1, ((0,), (1,))), (1, ((0,), (1,), (2,))), (1, ((1,), (0,))), (1, ((2,),))]
    assert profile.valid == 4


def test_a_file_is_read_by_its_suffix(tmp_path):
    (tmp_path / "b.blt").write_bytes(PLAIN)
    assert read_file(tmp_path / "b.blt").seats == 2


def test_a_profile_that_would_fill_the_memory_is_refused():
    names = "".join(f'"{each}"\n' for each in range(60_000)).encode()
    one_long = b" ".join(b"%d" % each for each in range(1, 60_001))
    with pytest.raises(ReadError, match="too many for one profile"):
        read(b"60000 1\n1 " + one_long + b" 0\n" + b"1 1 0\n" * 20_000 + b"0\n" + names, "wide.blt", ".blt")
