"""Passphrases of backups that are no text, and backups that say too little of themselves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from frombelow_site.operations.archive import pack
from tests.commands.test_keys_in_the_record import entries

NO_TEXT = os.fsdecode(b"twelve letters \xff\xfe and more")


def test_a_backup_under_a_passphrase_that_is_no_text_is_refused_in_a_sentence_and_not_said_in_the_record(
    frombelow, data, tmp_path
):
    before = len(entries(frombelow, data, tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "frombelow", "backup", "b.frombelow", "--data", str(data)],
        cwd=tmp_path,
        env={**os.environ, "FROMBELOW_PASSPHRASE": NO_TEXT},
        capture_output=True,
        text=True,
        check=False,
    )
    after = entries(frombelow, data, tmp_path)
    assert not (tmp_path / "b.frombelow").exists()
    assert len(after) == before, after[-1]  # the record says that a backup was made, and there is none
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_of_a_passphrase_that_is_no_text_nobody_says_that_it_opens_a_backup(frombelow, data, tmp_path):
    frombelow("backup", "b.frombelow", "--data", data, FROMBELOW_PASSPHRASE="twelve letters and more")
    said = frombelow("restore", "b.frombelow", "--data", tmp_path / "new", ends=2, FROMBELOW_PASSPHRASE=NO_TEXT)
    assert "opens" not in said.replace("does not open", "")


@pytest.mark.parametrize("says", [{}, {"version": "0.0.1"}, {"version": "0.0.1", "database": "oracle"}])
def test_a_backup_that_says_too_little_of_itself_is_refused_in_a_sentence(frombelow, tmp_path, says):
    for name in ("record.key", "secret", "database"):
        (tmp_path / name).write_bytes(b"x")
    parts = {name: tmp_path / name for name in ("record.key", "secret", "database")}
    pack(Path(tmp_path / "b.frombelow"), "twelve letters and more", says, parts)
    for more in ((), ("--check",)):
        said = frombelow(
            "restore",
            "b.frombelow",
            "--data",
            tmp_path / "new",
            *more,
            ends=2,
            FROMBELOW_PASSPHRASE="twelve letters and more",
        )
        assert "Traceback" not in said
