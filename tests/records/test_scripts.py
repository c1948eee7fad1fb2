"""Which scripts pages load: what the record says of it, the page that tells how to compare, and doctor."""

from hashlib import sha256

import pytest
from django.contrib.staticfiles.finders import find

from frombelow import __version__
from frombelow.keys.base64url import to_text
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Start
from frombelow.record.scripts import read_listing
from frombelow_site.door import perform, scripts
from frombelow_site.operations import pages


@pytest.fixture
def started(site):
    """The server started, and said what its pages run."""
    perform(Start(by=SERVER, version=__version__, scripts=scripts.hashed()))
    return site


def page(site):
    return site.browser(site.bo).get("/record/scripts/").content.decode()


def test_every_script_that_a_page_can_load_is_listed_with_the_hash_of_its_bytes(site, client):
    text = client.get("/record/scripts.txt").content
    hashes = read_listing(text.decode())
    assert {"records/remember.js", "ui/keys/spelling.js", "accounts/passkeys.js"} <= hashes.keys()
    for path, hashed in hashes.items():
        with open(find(path), "rb") as file:
            assert sha256(file.read()).hexdigest() == hashed
    assert to_text(sha256(text).digest()) == scripts.hashed()


def test_a_start_of_the_server_names_the_scripts_and_the_page_says_that_they_are_these(started):
    assert "names exactly the scripts below" in page(started)
    assert pages.scripts(started.door.replica).good


def test_before_a_start_that_names_them_nothing_is_claimed(site):
    assert "does not say yet which scripts" in page(site)
    assert pages.scripts(site.door.replica).good


def test_a_script_that_was_changed_on_the_disk_is_told_on_the_page_and_by_doctor(started, monkeypatch):
    real = list(scripts._found())
    monkeypatch.setattr(scripts, "_found", lambda: [(path, data + b" ") for path, data in real])
    assert "names other scripts than those below" in page(started)
    finding = pages.scripts(started.door.replica)
    assert not finding.good
    assert "install the version anew" in finding.do


def test_everybody_reads_what_browsers_run_and_the_record_page_leads_there(started, client):
    assert "frombelow verify record.zip --site http://testserver/" in client.get("/record/scripts/").content.decode()
    assert 'href="/record/scripts/"' in started.browser(started.bo).get("/record/").content.decode()
