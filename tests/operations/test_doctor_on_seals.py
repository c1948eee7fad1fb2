"""What the doctor says of members' seals, and of whether anybody can seal here."""

import pytest
from msgspec.structs import replace

from frombelow.polity.keys import checks
from frombelow.polity.members.acts import StepBack
from frombelow_site.door import perform, writer
from frombelow_site.operations import health, seals
from tests.site_keys import do, first_key, pages_stand, sealed

LOCAL = ["localhost", "127.0.0.1", "[::1]"]


@pytest.fixture
def here(site, tmp_path, settings):
    settings.DATA = tmp_path
    return site


def finding(name):
    return next(each for each in health.findings() if each.name == name)


def test_where_nothing_is_sealed_it_says_on_whose_word_acts_stand(here):
    assert finding("seals").good
    assert "stands on the server’s word" in finding("seals").what


def test_seals_that_hold_are_counted(here):
    do(here, first_key(here, here.bo), StepBack(by=here.bo))
    assert finding("seals") == seals.good("seals", "1 acts are sealed by who did them, and every seal holds.")


@pytest.mark.parametrize("batch", [checks.BATCH, 1], ids=["here", "in another process"])
def test_a_seal_that_does_not_hold_is_found_though_the_record_is_signed_over_it(here, monkeypatch, batch):
    """Whoever has the record's key writes an act for Bo, with a seal that only looks like one, and signs all of it."""
    monkeypatch.setattr(checks, "BATCH", batch)
    key, act = first_key(here, here.bo), StepBack(by=here.bo)
    mark = sealed(here, key, act)
    with monkeypatch.context() as thief:
        thief.setattr(writer, "check_signature", lambda *job: None)
        receipt = perform(act, seal=replace(mark, signature=key.sign(b"another act")))
    found = finding("seals")
    assert not found.good
    assert found.what.startswith(f"The seal of entry {receipt.index} does not hold:")
    assert found.do


def test_a_trial_on_one_machine_is_well_and_hears_what_its_acts_stand_on(here, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = LOCAL, False
    found = finding("hosts")
    assert found.good
    assert "stands on the server’s word" in found.what


def test_pages_that_come_without_https_are_told_and_how_to_mend_it(here, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = [*LOCAL, "tenants.example"], False
    pages_stand(here)
    found = finding("hosts")
    assert not found.good
    assert found.what == (
        "The pages come without https, so what members do on these pages stands on the server’s word."
    )
    assert "FROMBELOW_HTTPS=1" in found.do


def test_a_record_that_names_no_host_is_told_and_how_to_mend_it(here, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["tenants.example"], True
    assert not finding("hosts").good
    assert "frombelow hosts HOST" in finding("hosts").do
    pages_stand(here)
    assert finding("hosts") == seals.good("hosts", "Members can use keys at tenants.example.")


def test_this_machine_itself_needs_no_https(here, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = LOCAL, False
    pages_stand(here, "localhost")
    assert finding("hosts").what == "Members can use keys at localhost."
