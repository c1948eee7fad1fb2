"""Another history that was seen, of this record or of one that is cosigned here, is told to every member."""

import pytest

from frombelow.cli.witness_server import WitnessFolder
from frombelow.record import Cosigner, make_request
from frombelow_site.door.asker import Asker
from frombelow_site.operations.witnesses import cosigned_for_others
from tests.door.outside import Outside, name_witnesses, reaches
from tests.record.cast import NOON, ORIGIN, UNION, head_of, rewritten, tree_of


@pytest.fixture
def sisters(tmp_path, settings):
    """A witness beside the site, which cosigned 70 entries of another record."""
    settings.WITNESS = tmp_path / "witness"
    folder = WitnessFolder(settings.WITNESS, Cosigner.from_seed("w", bytes(32)), {ORIGIN: UNION.verifier}, lambda: NOON)
    assert folder.answer(make_request(0, [], head_of(tree_of(70)))).status == 200
    yield folder
    folder.close()


def pages(site):
    bo = site.browser(site.bo)
    return [bo.get(place).content.decode() for place in ("/", "/answerability/server/")]


def test_whose_records_are_cosigned_here_stands_on_answerability_and_asks_nobody_to_do_anything(site, sisters):
    home, server = pages(site)
    assert f"<strong>{ORIGIN}</strong>" in server
    assert "70 entries." in server
    assert ORIGIN not in home
    assert cosigned_for_others() == []


def test_a_record_that_forked_before_our_witness_is_told_to_every_member_and_by_doctor(site, sisters):
    assert sisters.answer(make_request(70, [], head_of(rewritten(70, 4)))).status == 409
    for page in pages(site):
        assert f"The record {ORIGIN} forked: its key signed two histories." in page
    (finding,) = cosigned_for_others()
    assert not finding.good
    assert "Show it to its members." in finding.do


def test_what_anybody_can_send_to_our_witness_is_told_as_a_doubt_and_over_when_the_record_goes_on(site, sisters):
    tree = tree_of(80)
    assert sisters.answer(make_request(70, [bytes(32)], head_of(tree))).status == 422
    for page in pages(site):
        assert "may have forked" in page
    assert sisters.answer(make_request(70, tree.consistency(70), head_of(tree))).status == 200
    assert "may have forked" not in "".join(pages(site))


def test_what_our_witnesses_saw_that_is_not_here_stands_on_home_before_anything_else(site, tmp_path):
    bakers = Outside(tmp_path, "bakers.example", site.polity.key, site.at)
    name_witnesses(site, bakers.witness)
    note = head_of(tree_of(site.polity.size - 1))
    bakers.server.folder._state = {site.polity.origin: note.replace(ORIGIN.encode(), site.polity.origin.encode())}
    Asker(site.door, reaches(bakers)).ask()
    home = pages(site)[0]
    assert home.index("saw another history") < home.index("needs you")
    bakers.stop()
