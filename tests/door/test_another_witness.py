"""Programs that others wrote: aics-witness cosigns the record of a site, and aics-tlog finds it as it was signed."""

import json
import os
import subprocess
import time
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest

from frombelow.polity.members.acts import StepBack
from frombelow.polity.server.acts import Witness
from frombelow.polity.server.state import Server
from frombelow.record import Checkpoint, Tree, make_request, read_checkpoint, sign_checkpoint
from frombelow_site.door import perform, tables
from frombelow_site.door.asker import Asker
from frombelow_site.door.models import Asking, Cosignature
from frombelow_site.records.exporting import write
from tests.door.outside import name_witnesses
from tests.ports import free_port
from tests.record.cast import flipped, unpack
from tests.site_cast import site  # noqa: F401  a fixture

pytestmark = [pytest.mark.checker, pytest.mark.may_skip]
SETUP = Path(__file__).parents[2] / "script/setup-witness"
NAME = "aics.example/w"


@pytest.fixture(scope="module")
def programs():
    made = subprocess.run([SETUP], capture_output=True, text=True, check=False)
    if made.returncode == 3:
        pytest.skip("there is no Python 3.12 here, which aics-witness needs")
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip())


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The other witness has the machine's clock, so the site begins today."""
    monkeypatch.setattr("tests.site_cast.NOON", int(time.time()))


@pytest.fixture
def other(programs, site, tmp_path):  # noqa: F811
    """aics-witness, running for the site's record, which asks it; its folder is ``tmp_path``."""
    port, config = free_port(), ("--config", tmp_path / "witness.json")
    run = programs / "aics-witness"

    def tell(*arguments):
        return subprocess.run([run, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout

    vkey = tell("init", *config, "--name", NAME, "--listen", f"127.0.0.1:{port}").strip()
    tell("add-log", *config, "--origin", site.polity.origin, "--vkey", site.polity.key)
    served = subprocess.Popen(
        [run, "serve", *config], stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    waits_for(port)
    name_witnesses(site, Witness(vkey, f"http://127.0.0.1:{port}"))
    site.asker = Asker(site.door)
    site.evidence = lambda: json.loads(tell("evidence", *config))
    yield port
    served.terminate()
    served.wait(20)
    served.stderr.close()


def waits_for(port):
    for _ in range(100):
        try:
            return ask(port, "GET", "/healthz")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("aics-witness does not answer")


def ask(port, method, path, body=None):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body)
    answer = connection.getresponse()
    return answer.status, answer.read()


def told(there, entries):
    """Another history of this record, signed with its key; and what to send so that it is cosigned first of all."""
    tree = Tree()
    tree.extend(entries)
    note = sign_checkpoint(Checkpoint(there.polity.origin, tree.size, tree.root()), there.door.signer())
    return make_request(0, [], note)


def found():
    return [(row.found, row.size) for row in Asking.objects.all()]


def test_aics_witness_cosigns_a_record_that_grows(site, other):  # noqa: F811
    for act in (None, StepBack(by=site.bo), StepBack(by=site.eve)):
        if act:
            perform(act)
        Asker(site.door).ask()  # a new one each time, which has asked nobody within the minute
        assert found() == [("", 0)]
    size = site.polity.size
    assert Cosignature.objects.get(size=size).witness.startswith(NAME)
    place = sha256(site.polity.origin.encode()).hexdigest()
    status, shown = ask(other, "GET", f"/{place}/checkpoint")
    assert status == 200
    assert read_checkpoint(shown) == read_checkpoint(tables.latest_checkpoint())


def test_aics_witness_refuses_a_fork_and_the_site_tells(site, other):  # noqa: F811
    size = site.polity.size - 1
    assert ask(other, "POST", "/add-checkpoint", told(site, [b"else %d" % n for n in range(size)]))[0] == 200
    site.asker.ask()
    assert found() == [("fork", size)]
    assert not Cosignature.objects.exists()
    (kept,) = site.evidence()
    assert kept["origin"] == site.polity.origin


def test_aics_witness_refuses_a_rollback_and_the_site_tells(site, other):  # noqa: F811
    entries = [data for _, data in tables.read()]
    assert ask(other, "POST", "/add-checkpoint", told(site, [*entries, b"one", b"two"]))[0] == 200
    site.asker.ask()
    assert found() == [("ahead", len(entries) + 2)]
    assert not Cosignature.objects.exists()


def test_aics_tlog_finds_an_export_as_it_was_signed_and_cosigned_and_a_flipped_byte(site, other, programs, tmp_path):  # noqa: F811
    (tmp_path / "old").write_bytes(tables.latest_checkpoint())
    perform(StepBack(by=site.bo))
    site.asker.ask()
    write(tmp_path / "r.zip")
    folder = unpack(tmp_path / "r.zip", tmp_path / "record")
    cosigner = site.polity.part(Server).asked[0].key
    keys = ("--log-key", site.polity.key, "--witness-key", cosigner, "--quorum", "1", "--tiles", folder)

    def verify(*what):
        command = [programs / "aics-tlog", *what, *keys]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return json.loads(answer.stdout)

    went_on = ("verify-consistency", "--old-checkpoint", tmp_path / "old")
    assert verify("verify-checkpoint")["ok"]
    assert verify(*went_on)["ok"]
    (tile,) = (each for each in (folder / "tile/0").rglob("*") if each.is_file())
    tile.write_bytes(flipped(tile.read_bytes(), 40))
    assert "TileVerificationError" in verify(*went_on)["error"]
