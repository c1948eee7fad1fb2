"""What an upgrade says that it did."""

import json
import os
import sqlite3

from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint
from tests import ready

OURS = ("FROMBELOW_DATABASE", "FROMBELOW_MAIL", "FROMBELOW_DATA")
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in OURS}


def run(*arguments):
    done = ready.run("-m", "frombelow", *arguments, env=ENVIRONMENT)
    return done.stdout + done.stderr


def test_an_upgrade_does_not_say_of_entries_that_nobody_judged_that_they_replay(tmp_path):
    """upgrade.md: it “replays the record”. It takes what the record's key signed unjudged, says “3 entries replay.”, and
    doctor says two lines below that entry 1 could not have been done."""
    data = tmp_path / "data"
    run("init", data, "--template", "club", "--name", "Chess", "--founder", "Ada <ada@example.org>", "--no-key")
    with sqlite3.connect(data / "frombelow.sqlite3") as table:
        rows = [bytes(row[0]) for row in table.execute('SELECT data FROM door_entry ORDER BY "index"')]
        at, n = json.loads(rows[-1])["at"], len(rows)
        ada = json.loads(rows[0])["act"]["by"]
        rows.append(b'{"v":2,"at":%d,"act":{"kind":"member.return","by":"%s"}}' % (at, ada.encode()))  # she is there
        table.execute("INSERT INTO door_entry VALUES (?, ?, ?, ?, ?, ?)", (n, at, "member.return", ada, "", rows[-1]))
        tree = Tree()
        tree.extend(rows)
        name, _, seed = (data / "record.key").read_text().strip().partition(" ")
        note = sign_checkpoint(Checkpoint(name, n + 1, tree.root()), Signer.from_seed(name, bytes.fromhex(seed)))
        table.execute("INSERT INTO door_signedcheckpoint VALUES (?, ?)", (n + 1, note))
    said = run("upgrade", "--data", data)
    assert f"Entry {n}" in said, said
    assert "entries replay" not in said, said
