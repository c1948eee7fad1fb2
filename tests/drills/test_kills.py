"""The drill of kills finds what it looks for: each way in which an answer can be lost is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.organizations import Organization
from drills.kills import Lost, rounds
from drills.receipts import Log, Told, read

from drills import proof
from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint

SIGNER = Signer.from_seed("bench.example/record", bytes(32))


def note(entries, signer=SIGNER):
    tree = Tree()
    tree.extend(entries)
    return sign_checkpoint(Checkpoint("bench.example/record", tree.size, tree.root()), signer)


@pytest.fixture(scope="module")
def entries():
    organization = Organization(key=SIGNER.vkey)
    organization.admit(3_000)
    return organization.record


def faults(entries, told, latest=None):
    return proof.faults(list(enumerate(entries)), latest or note(entries), told, SIGNER.verifier)


@pytest.fixture
def told(entries):
    return [Told(n, entries[n], note(entries[: n + 1])) for n in range(1, len(entries))]


def test_a_record_that_holds_every_receipt_has_no_fault(entries, told):
    assert faults(entries, told) == []


def test_a_receipt_that_the_record_lacks_is_told(entries, told):
    found = faults(entries[:-1], told)
    assert f"a receipt for entry {len(entries) - 1} was given, and there is no such entry" in found


def test_other_bytes_than_the_receipt_says_are_told(entries, told):
    told[0] = told[0]._replace(entry=entries[2])
    assert "entry 1 is not what its receipt says" in faults(entries, told)


def test_a_checkpoint_that_somebody_saw_and_that_is_no_beginning_is_told(entries, told):
    told[1] = told[1]._replace(note=note([*entries[:2], b"another past"]))
    assert "a checkpoint over 3 entries was seen that is no beginning of this record" in faults(entries, told)


def test_a_checkpoint_signed_by_another_is_told(entries, told):
    told[1] = told[1]._replace(note=note(entries[:3], Signer.from_seed("bench.example/record", b"1" * 32)))
    assert any(fault.startswith("a checkpoint that was seen is none") for fault in faults(entries, told))


def test_a_latest_checkpoint_that_leaves_entries_out_is_told(entries, told):
    found = faults(entries, told, note(entries[:-1]))
    assert f"the latest checkpoint does not cover all {len(entries)} entries" in found


def test_a_hole_and_a_second_time_are_told(entries, told):
    holed = [(index, entry) for index, entry in enumerate(entries) if index != 2]
    found = proof.faults(holed, note(entries), told, SIGNER.verifier)
    assert "the entries are not dense: entry 2 is missing or twice" in found
    assert "an act stands in the record twice" in faults([*entries, entries[-1]], told)


def test_a_line_that_the_kill_cut_off_is_no_receipt(tmp_path, told):
    log = Log(tmp_path / "one.log")
    log.write(told[0])
    with (tmp_path / "one.log").open("a") as file:
        file.write('[7, "cut')
    assert list(read(tmp_path)) == told[:1]


@pytest.fixture
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("FROMBELOW_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("FROMBELOW_DATABASE", raising=False)
    monkeypatch.chdir(Path(__file__).parents[2])


@pytest.mark.usefixtures("_folder")
def test_a_kill_loses_nothing(tmp_path, capfd):
    done = rounds(tmp_path, 1)
    assert done.kills == 1
    assert done.entries > done.receipts
    # Then somebody has a receipt that the record lacks: the drill fails, and says so.
    Log(tmp_path / "logs" / "zz.log").write(Told(done.entries + 5, b"{}", b""))
    again = subprocess.run(
        [sys.executable, "-m", "drills.crowd", "check", str(tmp_path / "logs")],
        env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert again.returncode == 1
    assert f"a receipt for entry {done.entries + 5:,} was given, and there is no such entry" in again.stderr


@pytest.mark.usefixtures("_folder")
def test_the_drill_fails_where_a_receipt_is_missing(tmp_path, capfd):
    Log(tmp_path / "logs" / "zz.log").write(Told(1_000_000, b"{}", b""))
    with pytest.raises(Lost):
        rounds(tmp_path, 1)
    assert "a receipt for entry 1,000,000 was given, and there is no such entry" in capfd.readouterr().err
