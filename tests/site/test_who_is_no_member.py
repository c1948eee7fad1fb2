"""Every address of the site, tried by who was expelled and by who left: their own page is open to them, and no more."""

import io
import re
import zipfile

import pytest
from django.test import Client

from frombelow.polity import Standing
from frombelow.polity.roll.acts import UndoImport
from frombelow_site.accounts import recovery
from frombelow_site.accounts.links import make_link
from frombelow_site.decide import actions as decide
from frombelow_site.door import perform
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card
from tests import acts as a
from tests.walking import addresses as all_addresses

# What is theirs; what a vote needs is open to who was expelled while it runs, and is tried apart.
THEIRS = {
    ("GET", "membership:me"), ("HEAD", "membership:me"), ("GET", "membership:letters"),
    ("HEAD", "membership:letters"), ("POST", "membership:letters"), ("POST", "membership:data"), ("GET", "membership:erase"),
    ("HEAD", "membership:erase"), ("POST", "membership:erase"), ("GET", "records:receipt"),
    ("HEAD", "records:receipt"), ("POST", "accounts:sign-out"), ("POST", "keys:act"), ("POST", "keys:next"),
    ("POST", "keys:standing"),
    ("GET", "keys:passkeys"), ("HEAD", "keys:passkeys"),
}  # fmt: skip
OTHERS = ("Ada One", "Eve Two", "Dee Three", "Person 0", "Person 1")


def addresses(site, index):
    """Each address of the site with its name, the ids in it those of things that are there."""
    ids = {
        "person": site.ada, "motion": site.move(site.ada, title="What others moved"), "mandate": site.holds(site.ada, "chair").id,
        "office": site.office("chair").id, "index": index, "size": 3, "name": site.charlie, "token": "x",
        "batch": site.charlie, "passkey": site.charlie, "number": "4.6", "article": "4.6",
    }  # fmt: skip
    yield from all_addresses(ids)


def gone(site, how):
    """Bo, who is a member no more, with entries of his own; and the browser in which he is signed in."""
    site.admit(4)
    site.move(site.bo, title="What Bo moved")
    browser = site.browser(site.bo)
    if how == "left":
        membership.leave(site.bo)
    else:
        expelled(site)
    assert site.polity.people[site.bo].standing is Standing(how)
    return browser


def expelled(site, each_day=lambda n: None):
    """The others expel Bo; something is done on each day until then."""
    motion, day = site.second(site.move(site.ada, a.ExpelMember(site.bo), title="Expel Bo")), 0
    while site.polity.people[site.bo].active:
        if motion in site.polity.voting and not site.polity.motions[motion].answers:
            for person in [site.ada, site.eve, site.dee, *site.people]:
                decide.vote(person, motion, "yes")
        each_day(day := day + 1)
        site.wait(1)


@pytest.mark.parametrize("how", ["left", "expelled"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_who_is_no_member_finds_nothing_but_what_is_theirs(site, how, method):
    bo, stranger, tried = gone(site, how), Client(), 0
    size, foreign = site.polity.size + 1, 0  # the founding is Ada's
    for path, name in list(addresses(site, foreign)):
        if (method, name) in THEIRS and name != "records:receipt":
            continue
        answer = bo.generic(method, path)
        as_stranger = stranger.generic(method, path)
        tried += 1
        home = answer.status_code == 302 and answer.url in ("/", "/people/me/")
        same = answer.status_code == as_stranger.status_code and answer.get("Location") == as_stranger.get("Location")
        assert home or answer.status_code in (403, 404, 405) or same, (method, path, name, answer.status_code)
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            assert not [other for other in OTHERS if other in answer.content.decode()], path
        bo = site.browser(site.bo)
        assert site.polity.size == size, (method, path)
    assert tried > 60


@pytest.mark.parametrize("how", ["left", "expelled"])
def test_who_is_no_member_takes_their_data_their_proofs_and_their_leave(site, how):
    bo = gone(site, how)
    page = bo.get("/people/me/").content.decode()
    assert not [other for other in OTHERS if other in page]
    proofs = re.findall(r'href="(/record/[^"]*)"', page)
    assert proofs
    for proof in proofs:
        assert bo.get(proof).content.startswith(b"c2sp.org/tlog-proof@v1")
    with zipfile.ZipFile(io.BytesIO(bo.post("/people/me/data/").getvalue())) as file:
        assert b"bo@example.org" in file.read("about me.json")
    assert "You leave for good" not in bo.get("/people/me/erase/").content.decode()
    assert bo.post("/people/me/erase/", {"sure": "on"}).url == "/enter/"
    assert not Card.objects.filter(pk=site.bo).exists()
    assert bo.get("/people/me/").url.startswith("/enter/")


def test_who_left_does_not_learn_who_looked_at_the_roll_since(site):
    site.browser(site.eve).get("/people/roll/")
    bo = site.browser(site.bo)
    membership.leave(site.bo)
    site.wait(1)
    site.browser(site.eve).get("/people/roll/")
    with zipfile.ZipFile(io.BytesIO(bo.post("/people/me/data/").getvalue())) as file:
        assert file.read("about me.json").count(b'"what": "look"') == 1


def test_who_was_expelled_finds_what_they_may_still_vote_on_and_votes(site):
    site.admit(6)
    movers = [site.ada, site.eve, site.dee]
    expelled(site, lambda day: day % 3 or site.second(site.move(movers[day // 3 % 3], title=f"Paint {day}")))
    bo, person = site.browser(site.bo), site.polity.people[site.bo]
    running = [site.polity.motions[name] for name in site.polity.voting]
    mine = [motion.id for motion in running if motion.poll.electorate.holds(site.polity, person)]
    assert mine
    shown = re.findall(r'href="/decide/(\w+)/"', bo.get("/people/me/").content.decode())
    assert sorted(shown) == sorted(mine)
    assert bo.get(f"/decide/{mine[0]}/").status_code == 200
    bo.post(f"/decide/{mine[0]}/vote/", {"choice": "no"})
    assert site.polity.motions[mine[0]].answers[site.bo] == "no"
    assert "you have voted" in bo.get("/people/me/").content.decode()


def test_whose_import_was_taken_back_has_nothing_here_and_no_way_in(site):
    site.admit(2)
    link, batch = make_link(site.people[0]), next(iter(site.polity.imports))
    perform(UndoImport(by=site.eve, under=site.mandate_of_eve, batch=batch))
    assert site.browser(site.people[0]).get("/people/me/").url.startswith("/enter/")
    assert Client().get(link).status_code == 404


def test_who_left_is_not_asked_to_stop_what_ended_with_their_leaving(site):
    recovery.ask_for(site.eve, site.mandate_of_eve, site.bo, "http://testserver")
    bo = site.browser(site.bo)
    assert "Somebody asks to come in as you." in bo.get("/people/me/").content.decode()
    membership.leave(site.bo)
    assert "Somebody asks to come in as you." not in bo.get("/people/me/").content.decode()


def test_who_comes_in_and_was_never_here_finds_nothing(site):
    assert site.browser(site.charlie).get("/people/me/").url == "/enter/?next=%2Fpeople%2Fme%2F"


def test_who_was_expelled_reads_by_which_decision_with_its_figures_and_article(site):
    page = " ".join(gone(site, "expelled").get("/people/me/").content.decode().split())
    assert "<strong>Expel Bo Four</strong>" in page
    assert re.search(r"Carried on .*: 7 yes, 0 no, 0 abstained, of 7 who could vote\.", page)
    assert re.search(r"Article \d\.\d decided it:", page)
    assert "It is grey." in page  # what the mover wrote
    gone_at = f"{site.polity.people[site.bo].gone:,}"
    assert f"It took effect with entry {gone_at} of the record." in page


def test_who_left_reads_of_no_decision(site):
    assert "The decision" not in gone(site, "left").get("/people/me/").content.decode()
