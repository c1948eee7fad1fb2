"""The record says of each entry on whose word it stands: a key of who did it, or the server."""

import html
import re

import pytest

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import Return, StepBack
from frombelow.polity.server.acts import Backup
from frombelow_site.door import perform
from frombelow_site.records import lines
from frombelow_site.records.queries import entries
from tests.site_keys import do, first_key, pages_stand, sealed


def words(site, index, reader=None):
    [row] = entries(reader or site.bo).filter(index=index)
    [line] = lines.told(reader or site.bo, [row])
    return line.word


def text(site, address):
    page = site.browser(site.bo).get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


@pytest.mark.parametrize("kind", ["file", "passkey", "device", "card"])
def test_a_sealed_entry_says_by_which_kind_of_key(site, kind):
    pages_stand(site)
    receipt = do(site, first_key(site, site.bo, kind), StepBack(by=site.bo))
    said = {"file": "a key file", "passkey": "a passkey", "device": "a device", "card": "a card"}[kind]
    assert words(site, receipt.index) == f"sealed by {said}"
    assert f"sealed by {said} · Entry {receipt.index} and its proof" in text(site, "/record/")


def test_who_has_no_key_acts_on_the_servers_word(site):
    assert words(site, perform(StepBack(by=site.bo)).index) == "on the server’s word"


def test_an_act_without_a_seal_is_marked_once_there_was_a_key(site):
    before = perform(StepBack(by=site.bo)).index
    first_key(site, site.bo)
    bound = site.polity.size - 1
    after = perform(Return(by=site.bo)).index
    assert [words(site, index) for index in (before, bound, after)] == [
        "on the server’s word", "on the server’s word", "no seal, though they had a key",
    ]  # fmt: skip


def test_what_nobody_did_stands_on_nobodys_word(site):
    assert words(site, perform(Backup(by=SERVER, size=1)).index) == ""


def test_acts_under_a_mandate_are_marked_until_it_needs_seals(site):
    pages_stand(site)
    site.admit(1)
    said = "no seal yet; this mandate needs one from Monday 16 March 2026 on"
    assert said in text(site, f"/answerability/mandates/{site.mandate_of_eve}/")
    assert said in text(site, "/record/")


def test_where_no_host_is_known_no_mandate_is_marked(site):
    site.admit(1)
    assert "no seal yet" not in text(site, f"/answerability/mandates/{site.mandate_of_eve}/")


def test_the_page_of_an_entry_shows_the_facts_of_its_seal(site):
    key = first_key(site, site.bo)
    act = StepBack(by=site.bo)
    mark = sealed(site, key, act)
    index = perform(act, seal=mark).index
    page = text(site, f"/record/entry/{index}/")
    for fact in (mark.key, mark.root, mark.signature, "(ed25519)", "the first 2 entries", "2 March 2026, 13:00"):
        assert fact in page
    assert "Its seal" in page


def test_the_page_of_an_entry_without_a_seal_says_on_whose_word_it_stands(site):
    index = perform(StepBack(by=site.bo)).index
    page = text(site, f"/record/entry/{index}/")
    assert "Its seal" not in page
    assert "Who did it: on the server’s word." in page
    assert "Who did it" not in text(site, f"/record/entry/{perform(Backup(by=SERVER, size=1)).index}/")


def test_a_hidden_vote_does_not_show_by_which_key_it_was_sealed(site):
    from frombelow.polity.votes.acts import CastVote
    from frombelow_site.door import new_id

    motion = site.voting()
    index = do(site, first_key(site, site.bo), CastVote(by=site.bo, poll=motion, choice="yes", nonce=new_id())).index
    assert words(site, index, site.ada) == ""
    assert words(site, index) == "sealed by a key file"


def test_a_receipt_of_a_sealed_entry_verifies(site):
    from frombelow.record import Verifier, check_receipt
    from frombelow_site.door.models import Entry

    index = do(site, first_key(site, site.bo), StepBack(by=site.bo)).index
    receipt = site.browser(site.bo).get(f"/record/entry/{index}/receipt").content
    check_receipt(receipt, bytes(Entry.objects.get(index=index).data), Verifier.from_vkey(site.polity.key))
