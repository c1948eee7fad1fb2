"""Entries that are lost for good: the record goes on by an entry that says so, and never silently."""

import json
import shutil
import sqlite3

import pytest

from tests import clubs

from .conftest import run_in


@pytest.fixture(scope="module")
def gone_back(club_of_ada, tmp_path_factory):
    """A folder with a club whose disk went back to its founding; of the copy its last checkpoint is left, and an export
    is kept."""
    folder = tmp_path_factory.mktemp("gone-back")
    data, frombelow = clubs.put(club_of_ada, folder), run_in(folder)
    frombelow("key", "only", "--key", "ada.key", "--data", data)
    shutil.copytree(data, folder / "before")
    frombelow("record", "export", "before.zip", "--data", data)
    for _ in range(2):
        frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", data)
    copied = (data / "copy" / "entries").read_bytes()
    (folder / "kept-checkpoint").write_bytes((data / "copy" / "checkpoint").read_bytes())
    shutil.copytree(data / "copy", folder / "whole-copy")
    for place in data.glob("frombelow.sqlite3*"):
        place.unlink()
    for place in (folder / "before").glob("frombelow.sqlite3*"):
        shutil.copy2(place, data)
    (data / "copy" / "entries").write_bytes(copied[: len((folder / "before" / "copy" / "entries").read_bytes())])
    return folder


@pytest.fixture
def lost(gone_back, tmp_path):
    """This club, to go on with."""
    return shutil.copytree(gone_back, tmp_path, dirs_exist_ok=True) / "data"


def resumed(frombelow, data, ends=0, **more):
    return frombelow("resume", "--key", "ada.key", "--data", data, *more.get("also", ()), ends=ends)


def size_of(place):
    with sqlite3.connect(place / "frombelow.sqlite3") as database:
        return database.execute("SELECT count(*) FROM door_entry").fetchone()[0]


def test_without_a_word_in_the_record_the_door_stays_closed(frombelow, lost):
    here = size_of(lost)
    assert "old backup" in frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", lost, ends=2)
    assert size_of(lost) == here


def test_whoever_runs_the_server_says_what_is_lost_and_the_door_opens(frombelow, lost, tmp_path):
    here = size_of(lost)
    said = resumed(frombelow, lost)
    assert f"Entries {here} to {here + 1} are lost; entry {here} says so" in said
    assert list((lost / "copy").glob("checkpoint.lost-*"))  # what was signed is kept
    assert "No witness will be asked" in frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", lost)
    frombelow("record", "export", "r.zip", "--data", lost)
    told = frombelow("verify", "r.zip")
    assert f"Entries {here} to {here + 1} are lost, and others stand in their places" in told
    (loss,) = json.loads(frombelow("verify", "r.zip", "--json"))["lost"]
    assert (loss["from"], loss["to"]) == (here, here + 1)
    assert all(finding["good"] for finding in json.loads(frombelow("doctor", "--json", "--data", lost)))


def test_verify_says_of_a_kept_checkpoint_what_was_lost_and_refuses_one_that_no_loss_explains(
    frombelow, lost, tmp_path
):
    resumed(frombelow, lost)
    frombelow("record", "export", "r.zip", "--data", lost)
    assert "are lost" in frombelow("verify", "r.zip", "--since", "kept-checkpoint")
    assert "are lost" in frombelow("verify", "r.zip", "--since", "before.zip")
    assert "shorter than the one you saw" in frombelow("verify", "before.zip", "--since", "kept-checkpoint", ends=1)


def test_nothing_is_said_to_be_lost_that_the_copy_still_has(frombelow, lost, tmp_path):
    shutil.rmtree(lost / "copy")
    shutil.copytree(tmp_path / "whole-copy", lost / "copy")
    here = size_of(lost)
    assert "the copy has all" in resumed(frombelow, lost, ends=2)
    assert size_of(lost) == here


def test_a_checkpoint_that_a_member_kept_says_what_is_lost_where_the_copy_is_gone(frombelow, lost):
    shutil.rmtree(lost / "copy")
    assert "Nothing is lost" in resumed(frombelow, lost, ends=2)
    assert "are lost" in resumed(frombelow, lost, also=["--checkpoint", "kept-checkpoint"])


def test_a_checkpoint_of_another_key_says_nothing(frombelow, lost, tmp_path):
    note = (tmp_path / "kept-checkpoint").read_bytes()
    (tmp_path / "forged").write_bytes(note.replace(b"\n", b"\n9", 1))
    assert "is not right" in resumed(frombelow, lost, ends=2, also=["--checkpoint", "forged"])
    assert "cannot be read" in resumed(frombelow, lost, ends=2, also=["--checkpoint", "none"])


def test_nobody_goes_on_without_a_key(frombelow, lost):
    assert "say --key FILE" in frombelow("resume", "--data", lost, ends=2)


def test_who_is_not_bound_says_of_nothing_that_it_is_lost(frombelow, data, tmp_path):
    shutil.copytree(data, tmp_path / "before")
    frombelow("witness", "set", "--nobody", "--key", "ada.key", "--data", data)
    shutil.copy2(data / "copy" / "checkpoint", tmp_path / "kept")
    assert "by who acts only with their keys" in frombelow(
        "resume", "--key", "ada.key", "--data", tmp_path / "before", "--checkpoint", "kept", ends=2
    )
