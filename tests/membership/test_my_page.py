"""My name, my addresses and what I say of myself: whose they are, who sees them, and what is kept of old ones."""

import re
from datetime import timedelta

import pytest
from django.core import mail as post
from django.test import Client
from django.utils import timezone

from frombelow.polity import decode
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.organization.acts import FormBranch
from frombelow_site.accounts import letters
from frombelow_site.accounts.models import Limit
from frombelow_site.decide import actions as decide
from frombelow_site.door import perform, tables
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, MailChange, OldName
from frombelow_site.people.queries import mails
from tests import acts as a
from tests.pages import read
from tests.site_mail import delivered
from tests.site_offices import carry

NOBODY = dict.fromkeys(("mail_to", "phone_to", "language_to", "access_needs_to", "skills_to"), "nobody")
NAME = {"name": "Bo Newname", "pronouns": "they", "pronouns_to": "nobody"}


def body(response):
    return response.content.decode()


def code():
    return re.search(r"\d{6}", post.outbox[-1].body)[0]


def card(person):
    return Card.objects.get(pk=person)


# --- my name ---


def test_a_new_name_shows_everywhere_also_where_i_acted_before(site):
    motion = site.move(site.bo)
    site.browser(site.bo).post("/people/me/name/", NAME)
    ada = site.browser(site.ada)
    for page in (f"/decide/{motion}/", "/record/", f"/people/{site.bo}/"):
        assert "Bo Newname" in body(ada.get(page))
        assert "Bo Four" not in body(ada.get(page))


def test_the_record_commits_to_the_new_name_and_holds_none(site):
    site.browser(site.bo).post("/people/me/name/", NAME)
    data = list(tables.read())[-1][1]
    assert b"Newname" not in data
    check_commitment(decode(data).act.name, bytes(card(site.bo).salt), "Bo Newname")


def test_the_old_name_is_sealed_with_its_salt_and_read_by_me_alone(site):
    salt = bytes(card(site.bo).salt)
    bo = site.browser(site.bo)
    bo.post("/people/me/name/", NAME)
    old = OldName.objects.get()
    assert (old.name, bytes(old.salt)) == ("Bo Four", salt)
    assert "Bo Four" in body(bo.get("/people/me/"))
    eve = site.browser(site.eve)
    for page in ("/people/roll/", f"/people/{site.bo}/", "/people/"):
        assert "Bo Four" not in body(eve.get(page))
    assert "Nobody is called so." in body(eve.get("/people/roll/?name=bo+four"))
    assert b"Bo Four" not in eve.post("/people/roll/export/").content


def test_the_name_i_have_already_is_no_entry(site):
    size = site.polity.size
    site.browser(site.bo).post("/people/me/name/", {**NAME, "name": "Bo Four"})
    assert site.polity.size == size
    assert card(site.bo).pronouns == "they"


@pytest.mark.parametrize("name", ["Bo", "李雷", "محمد", "Zoë 🌻", "N" * 300, "'t Hooft", "क्षितिज"])
def test_any_name_that_people_go_by_is_taken(site, name):
    assert site.browser(site.bo).post("/people/me/name/", {**NAME, "name": name}).status_code == 302
    assert card(site.bo).name == name


@pytest.mark.parametrize(
    "name", ["", " ", "N" * 301, "Bo\u202eruoF", "\u2066Bo", "=1+1", "Bo\x00", "Bo\nFour", "\u200d"]
)
def test_a_name_that_hides_or_runs_something_is_refused_and_kept_in_the_form(site, name):
    size = site.polity.size
    response = site.browser(site.bo).post("/people/me/name/", {**NAME, "name": name})
    assert response.status_code == 400
    assert 'value="they"' in body(response)
    assert (card(site.bo).name, site.polity.size) == ("Bo Four", size)


def test_a_name_is_shown_and_never_run(site):
    site.browser(site.bo).post("/people/me/name/", {**NAME, "name": "<script>alert(1)</script>"})
    for page in ("/people/me/", f"/people/{site.bo}/", "/people/me/name/"):
        assert "<script>alert" not in body(site.browser(site.bo).get(page))


def test_a_name_after_the_end_is_refused_and_kept_in_the_form(site):
    site.polity.ended = site.door.writer.polity.ended = True
    response = site.browser(site.bo).post("/people/me/name/", NAME)
    assert response.status_code == 409
    assert "the organization has ended" in body(response)
    assert "Bo Newname" in body(response)


def test_who_is_a_member_no_more_is_told_when_their_form_comes_late(site):
    bo = site.browser(site.bo)
    membership.leave(site.bo)
    answer = bo.post("/people/me/name/", NAME)
    assert answer.status_code == 403
    assert "You are a member no more" in body(answer)
    assert NAME["name"] in body(answer)
    assert card(site.bo).name == "Bo Four"


# --- my mail address ---


def ask(browser, address="bo@new.example"):
    return browser.post("/people/me/mail/", {"mail": address})


def test_a_new_address_stands_when_its_code_is_typed_and_the_old_one_is_told(site):
    bo = site.browser(site.bo)
    assert ask(bo).url == "/people/me/mail/code/"
    assert post.outbox[-1].to == ["bo@new.example"]
    assert card(site.bo).mail == "bo@example.org"
    bo.post("/people/me/mail/code/", {"code": code()})
    assert card(site.bo).mail == "bo@new.example"
    assert delivered()[-1].to == ["bo@example.org"]
    assert "another address" in delivered()[-1].body
    assert not MailChange.objects.exists()


def test_no_letter_names_the_organization(site):
    bo = site.browser(site.bo)
    ask(bo)
    bo.post("/people/me/mail/code/", {"code": code()})
    assert "Tenants" not in "".join(letter.subject + letter.body for letter in delivered())


def test_a_wrong_late_or_foreign_code_changes_nothing(site):
    bo, ada = site.browser(site.bo), site.browser(site.ada)
    ask(bo)
    right = code()
    assert bo.post("/people/me/mail/code/", {"code": f"{(int(right) + 1) % 1_000_000:06d}"}).status_code == 400
    ask(ada, "ada@new.example")
    assert ada.post("/people/me/mail/code/", {"code": right}).status_code in (400, 302)
    MailChange.objects.filter(pk=site.bo).update(expires=timezone.now() - timedelta(minutes=1))
    assert bo.post("/people/me/mail/code/", {"code": right}).url == "/people/me/mail/"
    assert card(site.bo).mail == "bo@example.org"


def test_a_code_is_tried_five_times_and_used_once(site):
    bo = site.browser(site.bo)
    ask(bo)
    right = code()
    for _ in range(5):
        bo.post("/people/me/mail/code/", {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
    bo.post("/people/me/mail/code/", {"code": right})
    assert card(site.bo).mail == "bo@example.org"
    ask(bo)
    right = code()
    for _ in range(2):
        bo.post("/people/me/mail/code/", {"code": right})
    assert card(site.bo).mail == "bo@new.example"


def test_codes_cannot_be_asked_for_without_end(site):
    bo = site.browser(site.bo)
    assert [ask(bo).status_code for _ in range(6)] == [302] * 5 + [429]


@pytest.mark.parametrize("address", ["", "bo", "bo@x", "bo@@example.org", "b o@example.org", "x" * 250 + "@a.org"])
def test_what_is_no_address_is_refused(site, address):
    assert ask(site.browser(site.bo), address).status_code == 400
    assert post.outbox == []


def test_two_people_may_share_an_address_and_neither_learns_of_the_other(site):
    bo = site.browser(site.bo)
    ask(bo, "ada@example.org")
    bo.post("/people/me/mail/code/", {"code": code()})
    assert card(site.bo).mail == card(site.ada).mail == "ada@example.org"


def add(browser, address, beside="on"):
    """The browser's person has a further address, shown to be theirs."""
    browser.post("/people/me/mail/", {"mail": address, "beside": beside})
    return browser.post("/people/me/mail/code/", {"code": code()})


def test_a_further_address_signs_in_and_every_address_hears_of_it(site):
    bo = site.browser(site.bo)
    add(bo, "bo@second.example")
    assert mails(site.bo) == ["bo@example.org", "bo@second.example"]
    assert delivered()[-1].to == ["bo@example.org"]
    assert "another address too" in delivered()[-1].body.replace("\n", " ")
    fresh = Client()
    fresh.post("/enter/", {"mail": "Bo@Second.example"})
    assert post.outbox[-1].to == ["bo@second.example"]
    fresh.post("/enter/code/", {"code": code()})
    assert fresh.session["person"] == site.bo
    letters.changed(site.bo, "A passkey was added.")
    assert sorted(letter.to[0] for letter in delivered()[-2:]) == ["bo@example.org", "bo@second.example"]


def test_a_further_address_is_taken_away_by_its_person_alone_and_all_are_told(site):
    bo, ada = site.browser(site.bo), site.browser(site.ada)
    add(bo, "bo@second.example")
    ada.post("/people/me/mail/away/", {"mail": "bo@second.example"})
    assert len(mails(site.bo)) == 2
    told = len(delivered())
    for _ in range(2):
        bo.post("/people/me/mail/away/", {"mail": "bo@second.example"})
    assert mails(site.bo) == ["bo@example.org"]
    assert sorted(letter.to[0] for letter in delivered()[told:]) == ["bo@example.org", "bo@second.example"]
    bo.post("/people/me/mail/away/", {"mail": "bo@example.org"})  # the first can be replaced, not taken away
    assert mails(site.bo) == ["bo@example.org"]


def test_a_further_address_that_becomes_the_first_stands_once(site):
    bo = site.browser(site.bo)
    add(bo, "bo@second.example")
    add(bo, "bo@second.example", beside="")
    assert mails(site.bo) == ["bo@second.example"]
    add(bo, "bo@second.example")
    assert mails(site.bo) == ["bo@second.example"]


def test_nobody_keeps_more_than_five_addresses(site):
    bo = site.browser(site.bo)
    for n in range(4):
        Limit.objects.all().delete()
        add(bo, f"bo@{n}.example")
    assert len(mails(site.bo)) == 5
    assert bo.post("/people/me/mail/", {"mail": "bo@more.example", "beside": "on"}).status_code == 400


def test_further_addresses_are_seen_by_their_person_alone_and_gone_when_erased(site):
    bo = site.browser(site.bo)
    add(bo, "bo@second.example")
    assert "bo@second.example" in bo.get("/people/me/").content.decode()
    assert "bo@second.example" not in site.browser(site.eve).get("/people/roll/").content.decode()
    membership.erase_and_leave(site.bo)
    assert mails(site.bo) == []


def test_an_address_changes_only_within_the_hour(site):
    bo = site.browser(site.bo)
    add(bo, "bo@second.example")
    session = bo.session
    session["at"] -= 3601
    session.save()
    bo.post("/people/me/mail/away/", {"mail": "bo@second.example"})
    assert len(mails(site.bo)) == 2


# --- what I say of myself ---


def test_what_i_say_is_shown_to_nobody_unless_i_say_so(site):
    bo = site.browser(site.bo)
    bo.post(
        "/people/me/about/",
        {**NOBODY, "skills": "Bread", "access_needs": "A ramp", "phone": "+34 600", "language": "ca"},
    )
    page = body(site.browser(site.ada).get(f"/people/{site.bo}/"))
    for words in ("Bread", "A ramp", "+34 600", "bo@example.org"):
        assert words not in page
    bo.post("/people/me/about/", {**NOBODY, "skills": "Bread", "skills_to": "everybody", "access_needs": "A ramp"})
    page = body(site.browser(site.ada).get(f"/people/{site.bo}/"))
    assert "Bread" in page
    assert "A ramp" not in page


def test_my_branch_sees_what_i_show_it_and_others_do_not(site):
    north = site.voting(FormBranch("North", site.polity.root))
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, north, "yes")
    site.wait(8)
    branch = next(b.id for b in site.polity.branches.values() if b.name == "North")
    membership.transfer(site.bo, branch)
    membership.transfer(site.eve, branch)
    site.wait(31)
    site.browser(site.bo).post("/people/me/about/", {**NOBODY, "skills": "Bread", "skills_to": "branch"})
    assert "Bread" in body(site.browser(site.eve).get(f"/people/{site.bo}/"))
    assert "Bread" not in body(site.browser(site.ada).get(f"/people/{site.bo}/"))


def test_my_page_says_in_words_who_sees_each_part(site):
    bo = site.browser(site.bo)
    page = body(bo.get("/people/me/"))
    assert "You, and who may see the roll: Secretary." in page
    assert "You alone." in page
    bo.post(
        "/people/me/about/", {**NOBODY, "skills": "Bread", "skills_to": "everybody", "phone": "1", "phone_to": "branch"}
    )
    page = body(bo.get("/people/me/"))
    assert "All members see it." in page
    assert "You, the members of your branch, and who may see the roll: Secretary." in page


@pytest.mark.parametrize(
    "field",
    [
        {"phone": "=1"},
        {"language": "a\u202eb"},
        {"skills": "\u2067x"},
        {"access_needs": "x" * 2001},
        {"skills_to": "all"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(site, field):
    response = site.browser(site.bo).post("/people/me/about/", {**NOBODY, "skills": "Bread", "phone": "12", **field})
    assert response.status_code == 400
    assert "12" in body(response) or "Bread" in body(response)
    assert card(site.bo).phone == ""


@pytest.mark.parametrize("page", ["name", "mail", "about", "step-back", "leave", "erase", "mail/code"])
def test_a_megabyte_in_each_field_is_refused_in_words(site, page):
    bo = site.browser(site.bo)
    ask(bo)
    fields = ["name", "pronouns", "mail", "phone", "language", "skills", "until", "give_back", "sure", "code"]
    for field in fields:
        response = bo.post(f"/people/me/{page}/", {field: "x" * 1_000_000})
        assert response.status_code == 400
        assert "Nothing was changed" in body(response)
    assert card(site.bo).name == "Bo Four"


# --- a member as others see them ---


def test_a_member_is_a_page_with_name_and_offices(site):
    page = body(site.browser(site.bo).get(f"/people/{site.ada}/"))
    assert "Ada One" in page
    assert "Chair" in page


def test_who_is_unknown_gone_or_guessed_at_is_the_same_404(site):
    membership.leave(site.dee)
    bo = site.browser(site.bo)
    pages = [bo.get(f"/people/{who}/") for who in (site.dee, site.charlie, "x", "a" * 26)]
    assert {page.status_code for page in pages} == {404}
    assert len({re.sub(r'value="[^"]{64}"', "", body(page)) for page in pages}) == 1


@pytest.mark.parametrize("page", ["me/name/", "me/mail/", "me/mail/code/", "me/about/", "me/looks/", "me/erase/", "x/"])
def test_who_is_not_signed_in_is_sent_to_sign_in(site, client, page):
    assert client.get(f"/people/{page}").url.startswith("/enter/")


def test_nobody_is_told_that_they_move_to_a_branch_that_was_dissolved(site):
    site.admit(12)
    (north,) = carry(site, a.FormBranch("North", site.polity.root))
    motion = site.voting(a.DissolveBranch(north))
    perform(a.Transfer(by=site.people[0], to=north))
    assert "You asked to move to North." in read(site.browser(site.people[0]).get("/people/me/"))
    for person in (site.ada, site.eve, site.dee, site.bo, *site.people):
        decide.vote(person, motion, "yes")
    site.wait(8)
    assert site.polity.branches[north].dissolved
    assert "You asked to move to" not in read(site.browser(site.people[0]).get("/people/me/"))
