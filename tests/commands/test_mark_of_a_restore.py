"""What the record says of a restore."""

from frombelow.polity import decode
from tests.commands.test_keys_in_the_record import entries

PASS = {"FROMBELOW_PASSPHRASE": "twelve letters and more"}


def test_what_the_record_says_of_a_restore_is_of_the_backup_that_was_restored(frombelow, data, tmp_path):
    """back-up-and-restore.md: “With the next thing that is done the record says that it goes on from a backup”. An older
    backup was tried with --wait; then a newer one into the same folder, its database moved away as the page says."""
    frombelow("backup", "a.frombelow", "--data", data, **PASS)
    (tmp_path / "roll.csv").write_text("name,email\nBo Two,bo@example.org\n")
    frombelow("import-roll", "roll.csv", "--yes", "--key", "ada.key", "--data", data)
    frombelow("backup", "b.frombelow", "--data", data, **PASS)
    size = len(entries(frombelow, data, tmp_path))
    new = tmp_path / "new"
    frombelow("restore", "a.frombelow", "--data", new, "--wait", **PASS)
    for each in new.glob("frombelow.sqlite3*"):
        each.unlink()
    said = frombelow("restore", "b.frombelow", "--data", new, **PASS)
    last = decode(entries(frombelow, new, tmp_path)[-1]).act
    assert (last.size, last.recovered) == (size, 0), said
    assert "0 of them came back from the copy" in said
