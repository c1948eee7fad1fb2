"""A page of the roll for each member, and another mail address for them."""

import re
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.db import transaction

from frombelow.polity import decode
from frombelow.polity.offices.acts import CreateOffice, GrantMandate
from frombelow.polity.organization.acts import FormBranch
from frombelow.polity.roll.acts import LookAtRoll
from frombelow_site.decide import actions as decide
from frombelow_site.door import tables
from frombelow_site.door.models import Entry
from frombelow_site.mail.bounces import came_back
from frombelow_site.mail.models import Letter, Text
from frombelow_site.membership import actions as membership
from frombelow_site.membership import contacts
from frombelow_site.operations import marks
from frombelow_site.people.models import Card, MailCorrection
from frombelow_site.people.queries import mails
from frombelow_site.roll import actions as roll
from tests.site_mail import delivered

HOUR = 3_600


def text(answer):
    return " ".join(answer.content.decode().split())


def page_of(site, who, person):
    return site.browser(who).get(f"/people/roll/member/{person}/")


def correct(site, person, address="bo@new.example", who=None):
    return site.browser(who or site.eve).post(f"/people/roll/member/{person}/mail/", {"mail": address}, follow=True)


def hours(site, count):
    site.at += count * HOUR
    site.door.tick()


@pytest.fixture(autouse=True)
def letters_at_once(monkeypatch):
    """Letters about an entry leave before its page is there."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


@pytest.mark.parametrize(("who", "status"), [("eve", 200), ("ada", 404), ("bo", 404), ("dee", 404), ("charlie", 302)])
@pytest.mark.parametrize("more", ["", "mail/"])
def test_only_the_secretary_sees_a_members_page_of_the_roll(site, who, status, more):
    answer = site.browser(getattr(site, who)).get(f"/people/roll/member/{site.bo}/{more}")
    assert answer.status_code == status


def test_the_page_says_contacts_branch_joining_ways_in_and_mandates(site):
    page = text(page_of(site, site.eve, site.ada))
    for words in ("Ada One", "ada@example.org", "Tenants", "with the founding", "a code by mail", "earlier", "Chair"):
        assert words in page
    assert '<dd><bdi class="words">never</bdi></dd>' in text(page_of(site, site.eve, site.dee))
    fay = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "", "+44 7700 900123")
    site.browser(site.eve).post("/people/roll/print-code/", {"person": fay})
    page = text(page_of(site, site.eve, fay))
    for words in ("+44 7700 900123", "a printed sheet"):
        assert words in page
    assert "a code by mail" not in page


def test_the_page_says_whether_letters_come_back_and_how_somebody_was_reached_last(site):
    words = Text.objects.create(language="en", subject="x", body="y")
    fields = {"person": site.bo, "mail": "bo@example.org", "kind": "week", "text": words, "made": 1, "due": 1}
    assert "not yet" in text(page_of(site, site.eve, site.bo))
    letter = Letter.objects.create(**fields, state=Letter.State.SENT, sent=site.at)
    assert "by mail, Monday 2 March 2026" in text(page_of(site, site.eve, site.bo))
    Letter.objects.create(**fields, state=Letter.State.PRINTED, sent=site.at + 86_400)
    assert "by a printed letter, Tuesday 3 March 2026" in text(page_of(site, site.eve, site.bo))
    assert "come back" not in text(page_of(site, site.eve, site.bo))
    came_back(letter, "5.1.1 no such mailbox", site.at)
    assert "since Monday 2 March 2026: 5.1.1 no such mailbox" in text(page_of(site, site.eve, site.bo))
    assert "Bo Four" in text(site.browser(site.eve).get("/people/roll/?show=unreached"))


def test_nobody_sees_the_page_of_who_is_not_on_the_roll(site):
    membership.leave(site.bo)
    for person in (site.bo, site.charlie, "x"):
        assert page_of(site, site.eve, person).status_code == 404


def test_opening_a_members_page_is_a_look_like_the_lists_and_one_entry_not_two(site):
    page_of(site, site.eve, site.bo)
    site.browser(site.eve).get("/people/roll/")
    page_of(site, site.eve, site.ada)
    assert Entry.objects.filter(kind="roll.look").count() == 1


def test_who_opens_two_thousand_pages_in_an_hour_is_seen_by_everybody(site):
    mandates = [(site.holds(site.eve, "secretary"), site.polity.root)]
    for _ in range(2_000):
        roll.look(site.eve, mandates)
    looks = [act for act in (decode(data).act for _, data in tables.read()) if isinstance(act, LookAtRoll)]
    assert [look.pages or 1 for look in looks] == [1, 9, 10, 30, 50, 100, 300, 500, 1_000]
    page = text(site.browser(site.bo).get("/answerability/looks/"))
    assert '<th scope="row"><bdi>Eve Two</bdi></th> <td class="number">1</td> <td class="number">2,000</td>' in page
    assert "opened 1,000 more pages" in page
    assert "opened 1,000 more pages of the roll of Tenants" in text(site.browser(site.bo).get("/people/me/looks/"))
    site.at += HOUR + 1
    roll.look(site.eve, mandates)
    assert Entry.objects.filter(kind="roll.look").count() == 10
    site.at += 31 * 24 * HOUR
    assert "In the last 30 days" not in text(site.browser(site.bo).get("/answerability/looks/"))


# --- another address ---


def test_an_address_that_an_officer_gives_counts_after_the_hours_and_the_old_one_is_told(site):
    page = text(correct(site, site.bo))
    assert "bo@new.example was given for them" in page
    (letter,) = [each for each in delivered() if each.subject == "Another mail address was given for you"]
    assert letter.to == ["bo@example.org"]
    assert "new.example" not in letter.body
    assert "5 March" in letter.body
    hours(site, 71)
    assert mails(site.bo) == ["bo@example.org"]
    hours(site, 2)
    assert mails(site.bo) == ["bo@new.example"]
    assert "bo@new.example" in text(page_of(site, site.eve, site.bo))
    kinds = list(Entry.objects.filter(kind__startswith="member.").values_list("kind", flat=True))
    assert kinds == ["member.correct-mail", "member.mail-corrected"]


def test_the_record_holds_no_address_that_an_officer_gave(site):
    correct(site, site.bo)
    hours(site, 80)
    assert not any(b"new.example" in bytes(entry.data) for entry in Entry.objects.all())


def test_the_member_sees_who_gave_it_and_keeps_the_one_they_have(site):
    correct(site, site.bo)
    bo = site.browser(site.bo)
    assert "the mail address that an officer gave for you" in text(bo.get("/"))
    page = text(bo.get("/people/me/"))
    for words in ("bo@new.example", "Eve Two", "Keep the address I have"):
        assert words in page
    assert "You keep the address you have." in text(bo.post("/people/me/mail/keep/", follow=True))
    assert bo.post("/people/me/mail/keep/").status_code == 409
    hours(site, 80)
    assert mails(site.bo) == ["bo@example.org"]
    assert "kept their address lately" in text(page_of(site, site.eve, site.bo))
    assert "kept their address lately" in text(correct(site, site.bo))


def test_afterwards_the_member_sees_which_address_took_the_place_of_which(site):
    correct(site, site.bo)
    hours(site, 80)
    page = text(site.browser(site.bo).get("/people/me/"))
    assert "An officer gave bo@new.example as your mail address, in the place of bo@example.org" in page


def test_who_says_where_mail_goes_to_needs_no_address_that_an_officer_gave(site, monkeypatch):
    correct(site, site.bo)
    contacts.ask_mail(site.bo, "bo@own.example")
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    assert contacts.confirm_mail(site.bo, code)
    hours(site, 80)
    assert mails(site.bo) == ["bo@own.example"]


def test_an_address_that_is_none_is_not_given(site):
    for address in ("bo at example", "", "bo@new.example\u202e"):
        assert correct(site, site.bo, address).status_code == 400
    assert not MailCorrection.objects.exists()


def test_the_page_hands_in_what_it_drew_for_the_address(site):
    page = site.browser(site.eve).get(f"/people/roll/member/{site.bo}/mail/").content.decode()
    assert '<input type="hidden" name="drawn-commitment" data-words="mail">' in page


def test_nobody_without_the_power_gives_an_address(site):
    for who in (site.ada, site.bo, site.dee):
        assert correct(site, site.ada, who=who).status_code == 404
    assert not Entry.objects.filter(kind="member.correct-mail").exists()


def test_of_an_erased_member_no_address_that_an_officer_gave_is_left(site):
    correct(site, site.bo)
    hours(site, 80)
    membership.erase_and_leave(site.bo)
    assert not MailCorrection.objects.exists()
    assert not Card.objects.filter(pk=site.bo).exists()
    assert [found.good for found in marks.compare()] == [True]


# --- several keepers, what is shown, what is printed ---


def decided(site, *effects):
    motion = site.voting(*effects)
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, motion, "yes")
    site.wait(8)


@pytest.fixture
def north(site):
    """A branch with Fay and Gus at home."""
    decided(site, FormBranch("North", site.polity.root))
    north = next(branch.id for branch in site.polity.branches.values() if branch.name == "North")
    site.fay = roll.admit(site.eve, site.mandate_of_eve, north, "Fay Five", "fay@example.org")
    site.gus = roll.admit(site.eve, site.mandate_of_eve, north, "Gus Six", "")
    return north


@pytest.fixture
def keeper(site, north):
    """Fay, whom the whole made keeper of the branch."""
    decided(site, CreateOffice("Keeper", ("admit-members", "see-the-roll"), north))
    office = next(office.id for office in site.polity.offices.values() if office.title == "Keeper")
    decided(site, GrantMandate(office, site.fay))
    return site.fay


def test_a_keeper_of_a_branch_sees_that_branch_and_no_other(site, keeper):
    fay = site.browser(keeper)
    page = text(fay.get("/people/roll/"))
    assert "Gus Six" in page
    assert "Ada One" not in page
    assert page_of(site, site.fay, site.gus).status_code == 200
    assert page_of(site, site.fay, site.ada).status_code == 404
    assert correct(site, site.ada, who=site.fay).status_code == 404
    assert "was given for them" in text(correct(site, site.gus, who=site.fay))
    assert "Ada One" not in text(fay.post("/people/roll/print/", {"branch": site.polity.root}))


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"branch": "north"}, {"Fay Five", "Gus Six"}),
        ({"show": "unreached"}, {"Gus Six"}),
        ({"show": "new"}, {"Fay Five", "Gus Six"}),
        ({"show": "new", "name": "fay"}, {"Fay Five"}),
        ({"show": "nonsense", "branch": "x"}, {"Ada One", "Eve Two", "Dee Three", "Bo Four", "Fay Five", "Gus Six"}),
    ],
)
def test_the_roll_is_shown_by_branch_by_who_cannot_be_reached_and_by_who_is_new(site, north, asked, seen):
    if asked.get("branch") == "north":
        asked = asked | {"branch": north}
    eve, everybody = site.browser(site.eve), set(Card.objects.values_list("name", flat=True))
    for page in (text(eve.get("/people/roll/?" + urlencode(asked))), text(eve.post("/people/roll/print/", asked))):
        shown = {name for name in everybody if f"<bdi>{name}</bdi>" in page}
        assert shown == seen


def test_a_list_that_is_printed_is_in_the_record_as_a_file_is(site):
    site.browser(site.eve).post("/people/roll/print/", {})
    entry = Entry.objects.latest("index")
    assert (entry.kind, entry.by) == ("roll.export", site.eve)


NAMES = ["Ñ" * 200, "محمد عبد الله", "O’Brien", "D'Arcy <b>"]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_has_a_page_that_shows_it_as_it_is(site, name):
    person = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, name, "")
    escaped = name.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert f"<h1><bdi>{escaped}</bdi></h1>" in text(page_of(site, site.eve, person))
    assert f"<bdi>{escaped}</bdi>" in text(site.browser(site.eve).get("/people/roll/"))


def test_a_name_with_a_sign_that_nobody_sees_is_refused_in_words(site):
    form = {"name": "Fay\u200bFive", "mail": "", "phone": "", "branch": site.polity.root}
    answer = site.browser(site.eve).post("/people/roll/admit/", form)
    assert answer.status_code in (200, 400)
    assert "cannot be seen" in text(answer)
