"""A key at the command line looks at its own last seal before it makes another."""

import json
import os
import sqlite3

from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint
from tests import ready

OURS = ("FROMBELOW_DATABASE", "FROMBELOW_MAIL", "FROMBELOW_DATA")
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in OURS} | {
    "FROMBELOW_KEY_PASSPHRASE": "correct horse battery staple"
}


def run(folder, *arguments):
    return ready.run("-m", "frombelow", *arguments, cwd=folder, env=ENVIRONMENT)


def altered(data):
    """With the record's key: an entry below Ada's seals says another thing, and the checkpoint is signed anew."""
    with sqlite3.connect(data / "frombelow.sqlite3") as table:
        rows = [bytes(row[0]) for row in table.execute('SELECT data FROM door_entry ORDER BY "index"')]
        n = next(n for n, row in enumerate(rows) if b"access.issue-code" in row)
        entry = json.loads(rows[n])
        entry["act"]["shown"] = entry["act"]["person"]
        rows[n] = json.dumps(entry, separators=(",", ":")).encode()
        for trigger in ("door_entry_no_update", "door_signedcheckpoint_no_delete"):
            table.execute(f"DROP TRIGGER {trigger}")
        table.execute('UPDATE door_entry SET data = ? WHERE "index" = ?', (rows[n], n))
        tree = Tree()
        tree.extend(rows)
        name, _, seed = (data / "record.key").read_text().strip().partition(" ")
        note = sign_checkpoint(Checkpoint(name, len(rows), tree.root()), Signer.from_seed(name, bytes.fromhex(seed)))
        table.execute("DELETE FROM door_signedcheckpoint")
        table.execute("INSERT INTO door_signedcheckpoint VALUES (?, ?)", (len(rows), note))
    for each in (data / "copy").iterdir():
        each.unlink()


def test_a_key_at_the_command_line_seals_over_no_history_in_which_its_own_last_seal_does_not_hold(tmp_path):
    """The anchor is what the device itself verified. Since a start believes the record's key, nobody looks: Ada's next
    seal covers a history that her last one contradicts, and “Entry 5 holds it.”"""
    run(tmp_path, "init", "data", "--template", "club", "--name", "Chess", "--founder", "Ada <ada@example.org>")
    run(tmp_path, "key", "only", "--key", "ada.key", "--data", "data")
    (tmp_path / "a.json").write_text('{"kind":"member.step-back"}')
    assert run(tmp_path, "act", "a.json", "--key", "ada.key", "--data", "data").returncode == 0
    altered(tmp_path / "data")
    (tmp_path / "a.json").write_text('{"kind":"member.return"}')
    done = run(tmp_path, "act", "a.json", "--key", "ada.key", "--data", "data")
    assert done.returncode != 0, done.stdout
