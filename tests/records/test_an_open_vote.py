"""An open vote is not known before it closes: nowhere, by nobody but who voted."""

import io
import json
import logging
import re
import zipfile

import pytest
from django.test import Client
from django.utils.html import escape
from typer.testing import CliRunner

from frombelow.cli import app
from frombelow.polity import Stage, decode, hidden
from frombelow.polity.offices.acts import Resign
from frombelow.polity.organization.acts import FormBranch
from frombelow.polity.rulebook.effects import ChangeRules
from frombelow.record import read_checkpoint, read_export, verify_inclusion
from frombelow.record.hashing import leaf_hash
from frombelow_site.decide import actions as decide
from frombelow_site.door import perform
from frombelow_site.door.models import Entry
from frombelow_site.records import exporting
from tests.cast import article
from tests.site_mail import delivered
from tests.walking import content_of, walk

SENTENCE = "Who it was, and how, can be read when the vote has closed"


class Vote:
    """A vote of Bo's that he changed once, in a poll that is open; Ada, Eve and Dee hold offices, the others none."""

    def __init__(self, site):
        self.site = site
        site.admit(4)
        self.motion = site.voting(FormBranch("North", site.polity.root))
        decide.vote(site.people[0], self.motion, "yes")
        decide.vote(site.bo, self.motion, "yes")
        decide.vote(site.bo, self.motion, "no")
        self.entries = list(Entry.objects.filter(kind="vote.cast", by=site.bo))
        self.indices = [each.index for each in self.entries]

    @property
    def others(self):
        """Who signs in and did not cast it: members, the chair, the secretary, whoever runs the server."""
        return [self.site.people[1], self.site.ada, self.site.eve, self.site.dee]

    def traces(self):
        """What nobody else may come across: the bytes of the entries, their random bytes, their sentences."""
        told = [f"Bo Four voted {choice}" for choice in ("yes", "no")]
        raw = [bytes(each.data) for each in self.entries]
        escaped = [escape(data.decode()).encode() for data in raw]
        nonces = [decode(data).act.nonce.encode() for data in raw]
        return [*raw, *escaped, *nonces, *(words.encode() for words in told)]

    def in_(self, content):
        """Whether any of them stands in what somebody was sent."""
        return any(trace in content for trace in self.traces())


@pytest.fixture
def vote(site):
    return Vote(site)


def asked_for(vote):
    """The addresses at which it could be: lists and their filters, pages, proofs, bundles, files."""
    size = vote.site.polity.size
    yield from ("/record/", "/record/?kind=vote.cast", "/record/download", "/", "/decide/", f"/decide/{vote.motion}/")
    yield from (f"/record/?by={vote.site.bo}", f"/record/?by={vote.site.bo}&kind=vote.cast")
    yield from (f"/record/?about={vote.motion}", f"/record/?about={vote.motion}&by={vote.site.bo}")
    yield f"/record/tile/entries/000.p/{size}"
    for index in vote.indices:
        yield from (f"/record/entry/{index}/", f"/record/entry/{index}/receipt")


def test_an_open_vote_is_not_known_before_it_closes(site, vote):
    for person in (*vote.others, None):
        browser = site.browser(person) if person else Client()
        for address in asked_for(vote):
            assert not vote.in_(content_of(browser.get(address))), (address, person)
        assert not vote.in_(content_of(browser.post("/people/me/data/")))
    site.wait(8)
    assert site.polity.motions[vote.motion].stage is Stage.DECIDED
    reader = site.browser(site.ada)
    seen = {address: content_of(reader.get(address)) for address in asked_for(vote)}
    assert b"Bo Four voted no" in seen[f"/record/?by={site.bo}"]
    for entry in vote.entries:
        assert escape(bytes(entry.data).decode()).encode() in seen[f"/record/entry/{entry.index}/"]
        assert bytes(entry.data) in content_of(reader.get(f"/record/tile/entries/000.p/{site.polity.size}"))
        assert bytes(entry.data) in seen["/record/download"]
    outsider = Client()
    for address in asked_for(vote):
        assert not vote.in_(content_of(outsider.get(address)))


def test_no_page_that_a_link_leads_to_tells_an_open_vote(site, vote):
    for person in vote.others:
        pages = list(walk(site.browser(person)))
        assert {"/record/", "/record/download", f"/decide/{vote.motion}/"} <= {address for address, _, _ in pages}
        assert len(pages) > 40
        assert not [address for address, _answer, content in pages if vote.in_(content)]


def test_who_voted_sees_their_own_vote_meanwhile(site, vote):
    bo = site.browser(site.bo)
    assert b"Bo Four voted no" in bo.get("/record/").content
    assert b"Bo Four voted yes" in bo.get(f"/record/?by={site.bo}").content
    with zipfile.ZipFile(io.BytesIO(bo.post("/people/me/data/").getvalue())) as archive:
        mine = archive.namelist()
    head = read_checkpoint(bo.get("/record/checkpoint").content)
    for index in vote.indices:
        assert b"Bo Four voted" in bo.get(f"/record/entry/{index}/").content
        receipt = bo.get(f"/record/entry/{index}/receipt")
        assert receipt.status_code == 200
        assert f"index {index}\n".encode() in receipt.content
        assert f"entries/{index}.json" in mine
        tree = site.door.replica.tree
        data = bytes(Entry.objects.get(index=index).data)
        verify_inclusion(leaf_hash(data), index, head.size, tree.inclusion(index, head.size), head.root)
    page = bo.get(f"/decide/{vote.motion}/").content.decode()
    assert re.search(r'value="no"[^>]* checked', page)


def test_an_earlier_answer_is_hidden_like_the_last_one(site, vote):
    lines = site.browser(site.ada).get("/record/", {"kind": "vote.cast"}).context["found"].lines
    assert [line.index for line in lines if line.hidden] == [*reversed(vote.indices), vote.indices[0] - 1]
    assert all(SENTENCE in line.sentence for line in lines)
    assert {(line.at, line.by, line.under) for line in lines} == {(0, "", "")}


def test_what_somebody_did_does_not_show_that_they_voted(site, vote):
    """A line without a name, found under a name, would tell it."""
    for person in vote.others:
        for asked in ({"by": site.bo}, {"by": site.bo, "about": vote.motion}, {"by": site.bo, "kind": "vote.cast"}):
            lines = site.browser(person).get("/record/", asked).context["found"].lines
            assert not {line.index for line in lines} & {*vote.indices}


@pytest.mark.parametrize("where", ["", "receipt"])
def test_the_page_of_a_hidden_entry_says_until_when(site, vote, where):
    answer = site.browser(site.ada).get(f"/record/entry/{vote.indices[0]}/{where}")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert SENTENCE in text
    assert "the end of " in text
    assert "no-store" in answer["Cache-Control"]


def test_a_bundle_that_holds_a_hidden_vote_is_not_there_for_anybody_until_the_vote_closes(site, vote):
    size = site.polity.size
    for person in (site.bo, site.ada):
        answer = site.browser(person).get(f"/record/tile/entries/000.p/{size}")
        assert answer.status_code == 404
        assert SENTENCE in answer.content.decode()
        assert "immutable" not in answer["Cache-Control"]
    before = vote.indices[0] - 1  # where the first of the hidden ones stands
    assert site.browser(site.ada).get(f"/record/tile/entries/000.p/{before}").status_code == 200
    assert site.browser(site.ada).get(f"/record/tile/entries/000.p/{before + 1}").status_code == 404
    assert site.browser(site.ada).get(f"/record/tile/0/000.p/{size}").status_code == 200
    site.wait(8)
    assert site.browser(site.ada).get(f"/record/tile/entries/000.p/{size}").status_code == 200


def test_the_download_and_the_file_of_the_command_verify_and_cannot_be_counted(site, vote, tmp_path):
    download = tmp_path / "download.zip"
    download.write_bytes(content_of(site.browser(site.bo).get("/record/download")))
    exporting.write(tmp_path / "record.zip")
    assert download.read_bytes() == (tmp_path / "record.zip").read_bytes()
    export = read_export(download)
    assert [each.index for each in export.hidden] == [vote.indices[0] - 1, *vote.indices]
    assert {each.about for each in export.hidden} == {vote.motion}
    assert not vote.in_(download.read_bytes())
    said = CliRunner().invoke(app, ["verify", str(download)])
    assert said.exit_code == 0, said.output
    assert "3 votes in 1 open vote are hidden until" in said.output
    assert json.loads(CliRunner().invoke(app, ["verify", str(download), "--json"]).output)["hidden"] == 3
    site.wait(8)
    exporting.write(tmp_path / "later.zip")
    later = ["verify", str(tmp_path / "later.zip"), "--since", str(download)]
    assert CliRunner().invoke(app, later).exit_code == 0
    assert read_export(tmp_path / "later.zip").hidden == ()


def test_after_a_first_round_in_which_too_few_took_part_nobody_reads_its_votes_before_the_second_closes(site):
    quorum = article("5.6", quorum='{ participating = "20%", knowingly = true }')
    site.admit(8)
    site.decided(8, 0, ChangeRules(quorum), title="A quorum")
    motion = site.voting(title="Paint the stairs")
    decide.vote(site.bo, motion, "yes")
    first = Entry.objects.filter(kind="vote.cast").last().index
    assert site.browser(site.ada).get(f"/record/entry/{first}/").status_code == 404
    site.wait(8)
    assert site.polity.motions[motion].stage is Stage.ADJOURNED
    assert site.browser(site.ada).get(f"/record/entry/{first}/").status_code == 404
    assert b"Bo Four voted yes" in site.browser(site.bo).get(f"/record/entry/{first}/").content
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    decide.vote(site.bo, motion, "yes")
    second = Entry.objects.filter(kind="vote.cast").last().index
    ada = site.browser(site.ada)
    assert ada.get(f"/record/entry/{first}/").status_code == 404
    assert ada.get(f"/record/entry/{second}/").status_code == 404
    shown = [line.index for line in ada.get("/record/", {"by": site.bo}).context["found"].lines]
    assert not {first, second} & set(shown)
    site.wait(9)
    assert b"Bo Four voted yes" in site.browser(site.ada).get(f"/record/entry/{first}/").content


def test_how_many_answered_is_shown_and_nothing_from_which_the_result_follows(site, vote):
    page = site.browser(site.ada).get(f"/decide/{vote.motion}/").content.decode()
    assert "2 of 8 have answered." in page
    context = site.browser(site.ada).get(f"/decide/{vote.motion}/").context
    assert context["cast"] == 2
    decide.vote(site.people[2], vote.motion, "abstain")
    with_yes = site.browser(site.ada).get(f"/decide/{vote.motion}/").content.decode()
    decide.vote(site.people[2], vote.motion, "yes")
    assert plain(with_yes) == plain(site.browser(site.ada).get(f"/decide/{vote.motion}/").content.decode())


def plain(page):
    """A page without what is drawn anew for each request, and without how long the record is."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|nonce-[\w+/=-]*', "", page)
    return re.sub(r"\b\d+ entries\b", "", page)


def test_that_somebody_voted_who_had_stepped_back_does_not_show_in_how_many_were_asked(site):
    from frombelow_site.membership import actions as membership

    site.admit(2)
    membership.step_back(site.people[0], None)
    motion = site.voting()
    before = site.browser(site.ada).get(f"/decide/{motion}/").context["asked"]
    decide.vote(site.people[0], motion, "yes")
    assert site.polity.motions[motion].eligible == before + 1
    assert site.browser(site.ada).get(f"/decide/{motion}/").context["asked"] == before


def test_the_ballot_says_who_will_see_the_answer_and_when(site, vote):
    page = site.browser(site.people[1]).get(f"/decide/{vote.motion}/").content.decode()
    before = page.rindex("<form", 0, page.index('<fieldset class="answers"'))
    ballot = page[before : page.index("</form>", before)]
    assert "Until the vote closes, only you see your answer." in ballot
    assert "held once more, that is so until the second one closes" in ballot
    assert "the figures of the first are told, and where everybody answered alike they tell your answer" in ballot
    assert "all members can read in the record how each of you answered" in ballot
    assert "Whoever reads the server’s disk can see it at any time." in ballot


def test_no_letter_no_figure_and_no_line_of_the_log_tells_a_vote(site, settings, caplog, client):
    settings.METRICS = True
    site.admit(3)
    motion = site.voting()
    caplog.set_level(logging.DEBUG)
    sent = len(delivered())
    assert site.browser(site.bo).post(f"/decide/{motion}/vote/", {"choice": "no"}).status_code == 302
    entry = Entry.objects.get(kind="vote.cast")
    assert len(delivered()) == sent
    figures = client.get("/metrics").content.decode()
    said = caplog.text + figures
    for secret in (site.bo, motion, decode(bytes(entry.data)).act.nonce, "vote.cast", "vote_cast"):
        assert secret not in said


def test_an_officers_page_shows_what_they_did_and_not_how_they_vote(site, vote):
    decide.vote(site.eve, vote.motion, "no")
    mandate = site.mandate_of_eve
    for person in (site.bo, site.eve):
        page = site.browser(person).get(f"/answerability/mandates/{mandate}/")
        assert "Eve Two voted" not in page.content.decode()
        assert "voted" not in " ".join(line.sentence for line in page.context["done"].lines)


def test_nothing_is_hidden_once_no_vote_is_open(site, vote):
    perform(Resign(by=site.dee, mandate=site.polity.held[site.dee][0].id))
    assert hidden(site.polity)
    assert "A vote is open." in site.browser(site.ada).get("/record/").content.decode()
    site.wait(8)
    assert hidden(site.polity) == {}
    assert "A vote is open." not in site.browser(site.ada).get("/record/").content.decode()


def test_the_list_asks_the_database_as_little_when_a_vote_is_open(site, vote, django_assert_max_num_queries):
    browser = site.browser(site.ada)
    for page in ("", "?kind=vote.cast", f"?by={site.bo}", f"?about={vote.motion}", "entry/3/"):
        with django_assert_max_num_queries(12):
            assert browser.get(f"/record/{page}").status_code == 200


def test_ones_own_answer_says_in_the_record_that_only_oneself_sees_it(site):
    motion = site.voting()
    for person in (site.eve, site.dee):  # enough of them that it is decided
        decide.vote(person, motion, "yes")
    decide.vote(site.bo, motion, "no")
    assert "only you see this" in " ".join(site.browser(site.bo).get("/record/").content.decode().split())
    assert "only you see this" not in " ".join(site.browser(site.ada).get("/record/").content.decode().split())
    site.wait(8)
    assert "only you see this" not in " ".join(site.browser(site.bo).get("/record/").content.decode().split())
