"""What was done by a power, and to the server: it stands wherever members look for it, in the same words."""

import pytest

from frombelow.polity.kernel.act import SERVER
from frombelow.record import Verifier, check_receipt
from tests import acts as a

READERS = ("quiet", "ada", "eve", "dee")


def page_of(seen, reader, address):
    (page,) = [page for page in seen.pages[reader] if page.address == address]
    return page


def lines_of(seen, reader, address, name):
    """The entries that a list shows, on all its pages."""
    pages = [page for page in seen.pages[reader] if page.address.partition("?")[0] == address]
    return {line.index: line.sentence for page in pages for line in page.answer.context[name].lines}


@pytest.mark.parametrize("reader", READERS)
def test_every_act_done_under_a_mandate_is_listed_with_it(seen, reader):
    polity, told = seen.house.site.polity, 0  # of what was done before they walked
    for mandate in polity.mandates.values():
        done = {
            index for index, entry in seen.entries.items()
            if mandate.id in (entry.act.under, getattr(entry.act, "mandate", "") if entry.act.by == SERVER else "")
        }  # fmt: skip
        shown = lines_of(seen, reader, f"/answerability/mandates/{mandate.id}/", "done")
        assert {each for each in shown if each < seen.size} == {each for each in done if each < seen.size}
        told += len(shown)
    assert told > 5


@pytest.mark.parametrize("reader", READERS)
def test_starts_backups_restores_and_whatever_else_was_done_to_the_server_stand_on_one_page(seen, reader):
    shown = lines_of(seen, reader, "/answerability/server/", "found")
    kinds = (a.Start, a.Backup, a.Restore, a.Settings)
    done = [index for index, entry in seen.entries.items() if isinstance(entry.act, kinds)]
    assert len(done) == 4
    assert set(done) <= set(shown)
    assert "The server started (version 1.2)." in shown.values()


@pytest.mark.parametrize("reader", READERS)
def test_each_act_of_power_is_an_entry_that_reads_as_a_sentence(seen, reader):
    told = [
        page for page in seen.pages[reader] if page.address.startswith("/record/entry/") and page.address[-1] == "/"
    ]
    assert len(told) > 20
    for page in told:
        sentence = page.answer.context["line"].sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert sentence[-1] in ".”)?", sentence
        assert "{" not in sentence


@pytest.mark.parametrize("reader", READERS)
def test_its_proof_is_a_small_file_that_shows_without_the_server_that_the_entry_was_there(seen, reader):
    verifier, proofs = Verifier.from_vkey(seen.house.site.polity.key), 0
    for page in seen.pages[reader]:
        if page.address.endswith("/receipt"):
            index = int(page.address.split("/")[-2])
            check_receipt(page.content, seen.bytes[index], verifier)
            assert len(page.content) < 2_000 + 2 * len(seen.bytes[index])  # it holds the entry, too
            proofs += 1
    assert proofs > 20


def test_members_can_read_who_looked_at_the_roll(seen):
    """Dee walked after Eve, who looked."""
    assert "Eve Two" in page_of(seen, "dee", "/answerability/looks/").content.decode()
    assert "Eve Two looked at the roll" in page_of(seen, "dee", "/record/?kind=roll.look").content.decode()


def test_who_can_see_what_says_who_reads_the_roll_and_nobody_else_does(seen):
    sights = page_of(seen, "quiet", "/answerability/who-can-see/").answer.context["sights"]
    roll = min(sights, key=lambda sight: sight.rank)
    said = {mandate.person for power in roll.powers for mandate in power.mandates}
    assert said == {seen.house.site.eve}
    for reader in READERS:
        reads = [page for page in seen.pages[reader] if page.address.startswith("/people/roll/")]
        assert bool(reads) == (getattr(seen.house.site, reader, "") in said), reader
