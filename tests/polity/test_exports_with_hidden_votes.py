"""What ``frombelow verify`` finds in an export that was made while a vote was open, and in the whole one after it."""

import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow.record import RecordError, check_export, read_export
from tests.cast import Organization, acts_in

from .hiding import SIGNER, a, asked, brought_in, exported, find, gap, votes_in, with_key, young

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def verified(*arguments):
    return CliRunner().invoke(app, ["verify", *map(str, arguments)])


@pytest.fixture
def org():
    return asked()


@pytest.fixture
def files(org, tmp_path):
    """The export with its votes hidden, taken away while the vote is open, and the whole one after it."""
    record = with_key(org.record)
    places = votes_in(org.polity, org.record)
    earlier = exported(tmp_path / "earlier.zip", record, [gap(record, n) for n in places], sizes=[3, places[1] + 1])
    org.close(org.motion)
    later = exported(tmp_path / "later.zip", with_key(org.record), sizes=[len(record)])
    return earlier, later, places


def test_verify_says_in_one_sentence_how_many_votes_are_hidden_and_until_when(files):
    earlier, later, places = files
    done = verified(earlier)
    assert done.exit_code == 0, done.output
    (line,) = [line for line in done.output.splitlines() if "hidden" in line]
    assert line.startswith("4 votes in 1 open vote are hidden until 2026-")
    assert "Every act that was judged was allowed" in done.output
    found = json.loads(verified(earlier, "--json").output)
    assert (found["ok"], found["hidden"], found["left_open"]) == (True, len(places), [])
    assert found["judged"] == found["entries"] == read_export(earlier).size
    assert found["hidden_until"] is not None
    whole = json.loads(verified(later, "--json").output)
    assert (whole["hidden"], whole["hidden_until"]) == (0, None)
    assert "hidden" not in verified(later).output


def test_verify_says_from_where_on_it_checked_hashes_alone(tmp_path):
    org = young()
    batch, new, motion = brought_in(org)
    org.cast(new[0], motion, "yes")
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    org.do(a.StepBack, new[0])
    record, places = with_key(org.record), votes_in(org.polity, org.record)
    path = exported(tmp_path / "record.zip", record, [gap(record, n) for n in places])
    done = verified(path)
    undone = find(record, a.UndoImport)
    assert done.exit_code == 0, done.output
    assert f"From entry {undone:,} on only hashes were checked" in done.output
    found = json.loads(verified(path, "--json").output)
    assert (found["judged"], found["entries"]) == (undone, len(record))


def test_verify_names_what_it_leaves_open(org, tmp_path):
    org.do(a.IssueCode, org.eve, under=org.mandate(org.eve), person=org.quiet)
    record, places = with_key(org.record), votes_in(org.polity, org.record)
    path = exported(tmp_path / "record.zip", record, [gap(record, n) for n in places])
    assert f"may have voted: {len(record) - 1}." in verified(path).output
    assert json.loads(verified(path, "--json").output)["left_open"] == [len(record) - 1]


def test_the_whole_record_fits_the_one_with_gaps_hash_for_hash(files, tmp_path):
    earlier, later, _places = files
    assert verified(later, "--since", earlier).exit_code == 0
    (tmp_path / "kept").write_bytes(read_export(earlier).checkpoint)
    assert verified(later, "--since", tmp_path / "kept").exit_code == 0
    size = read_export(earlier).size
    assert list(read_export(later).leaf_hashes())[:size] == list(read_export(earlier).leaf_hashes())
    assert verified(earlier, "--since", later).exit_code == 1  # it is shorter


def test_a_whole_record_in_which_a_hidden_vote_became_another_does_not_fit(org, tmp_path):
    record = with_key(org.record)
    places = votes_in(org.polity, org.record)
    earlier = exported(tmp_path / "earlier.zip", record, [gap(record, n) for n in places])
    other = Organization(more=6)
    old = other.to_vote()
    other.vote(old, yes=other.people[:6])
    other.close(old)
    motion = other.to_vote()
    for person, choice in ((other.bo, "yes"), (other.eve, "yes"), (other.bo, "yes")):
        other.cast(person, motion, choice)
    other.do(a.StepBack, other.people[6])
    other.cast(other.people[5], motion, "abstain")
    other.close(motion)
    later = exported(tmp_path / "later.zip", with_key(other.record))
    assert verified(later).exit_code == 0
    assert verified(later, "--since", earlier).exit_code == 1


def test_no_hidden_vote_leaves_a_trace_in_the_file(org, tmp_path):
    record = with_key(org.record)
    places = votes_in(org.polity, org.record)
    raw = exported(tmp_path / "record.zip", record, [gap(record, n) for n in places]).read_bytes()
    for index in places:
        assert record[index] not in raw
        assert acts_in(org)[index].nonce.encode() not in raw
    shown = [data for index, data in enumerate(record) if index not in places]
    assert all(data in raw for data in shown)
    with zipfile.ZipFile(tmp_path / "record.zip") as archive:
        listed = archive.read("hidden").decode().splitlines()
    assert listed[0] == "frombelow-hidden/1"
    assert [line.split()[:3] for line in listed[1:]] == [[str(n), "vote.cast", org.motion] for n in places]


@few
@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_any_byte_changed_in_an_export_with_gaps_is_refused(files, tmp_path, where, mask):
    raw = bytearray(files[0].read_bytes())
    raw[int(where * len(raw))] ^= mask
    path = tmp_path / "changed.zip"
    path.write_bytes(raw)
    with pytest.raises(RecordError):
        check_export(read_export(path), SIGNER.verifier)


def test_a_wrong_leaf_hash_is_refused_by_verify(org, tmp_path):
    record = with_key(org.record)
    places = votes_in(org.polity, org.record)
    gaps = [gap(record, n) for n in places]
    gaps[1] = gap([b"another"] * len(record), places[1], about=org.motion)
    done = verified(exported(tmp_path / "record.zip", record, gaps))
    assert done.exit_code == 1
    assert f"Entry {places[1]} is not the one that was recorded" in done.output


def test_a_vote_of_a_closed_poll_hidden_in_a_file_is_refused_by_verify(org, tmp_path):
    record = with_key(org.record)
    index = find(record, a.CastVote)
    done = verified(exported(tmp_path / "record.zip", record, [gap(record, index)]))
    assert done.exit_code == 1
    assert f"Entry {index:,}, Article" in done.output
    assert verified(exported(tmp_path / "record.zip", record, [gap(record, 0, about=org.motion)])).exit_code == 1
