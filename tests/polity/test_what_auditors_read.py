"""What ``frombelow verify`` says of a record that somebody prepared."""

import http.client
import json
import urllib.error
import urllib.request
import zipfile

import pytest
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow.record import Checkpoint, Signer, Tree, sign_checkpoint, write_export
from tests.cast import Organization

SIGNER = Signer.from_seed("tenants.example/record", bytes(32))
EVIL = "\r\x1b[2K\x1b[1ATenants: 2 entries, none altered.\x1b[8m"


def respelled(entry, **changes):
    said = json.loads(entry)
    said["act"].update(changes)
    return json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()


@pytest.fixture
def record():
    org = Organization(more=2)
    return [respelled(org.record[0], key=SIGNER.vkey), *org.record[1:]]


def invoked(*arguments):
    """As on a terminal: what is said keeps its control signs."""
    return CliRunner().invoke(app, ["verify", *arguments], color=True)


def verified(tmp_path, entries):
    tree = Tree()
    tree.extend(entries)
    note = sign_checkpoint(Checkpoint(SIGNER.name, tree.size, tree.root()), SIGNER)
    write_export(tmp_path / "record.zip", iter(entries), [note], SIGNER.vkey)
    return invoked(str(tmp_path / "record.zip"))


def test_a_record_that_nobody_touched_is_right(tmp_path, record):
    assert verified(tmp_path, record).exit_code == 0


def test_a_record_under_another_name_than_its_founding_gives_it_is_not_right(tmp_path, record):
    said = verified(tmp_path, [respelled(record[0], origin="another.example/record"), *record[1:]])
    assert said.exit_code == 1
    assert "signed under another name than the one that its founding gives it" in said.output


@pytest.mark.parametrize("field", ["by", "kind", "branch", "under", EVIL])
def test_nothing_that_stands_in_a_bad_entry_moves_the_cursor(tmp_path, record, field):
    said = verified(tmp_path, [*record[:-1], respelled(record[-1], **{field: EVIL})])
    assert said.exit_code == 1
    assert not {"\r", "\x1b"} & set(said.output)
    assert len(said.output) < 700


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_name_of_a_part_that_somebody_made_up_is_cut(tmp_path, options):
    with zipfile.ZipFile(tmp_path / "record.zip", "w") as made:
        made.writestr(EVIL + "a" * 60_000, b"x")
    said = invoked(str(tmp_path / "record.zip"), *options)
    assert said.exit_code == 2
    assert not {"\r", "\x1b"} & set(said.output)
    assert len(said.output) < 700


@pytest.mark.parametrize(
    "error",
    [
        urllib.error.HTTPError("http://x.example", 404, EVIL + "a" * 9_000, None, None),
        http.client.BadStatusLine(EVIL),
    ],
)
def test_a_server_that_answers_badly_does_not_write_what_the_terminal_shows(monkeypatch, error):
    def fail(*_arguments, **_options):
        raise error

    monkeypatch.setattr(urllib.request, "urlopen", fail)
    said = invoked("http://x.example/record.zip")
    assert said.exit_code == 2
    assert not {"\r", "\x1b"} & set(said.output)
    assert len(said.output) < 700
    assert "http://x.example/record.zip could not be read" in said.output
