"""A file that says something else of members than the roll: shown before, ticked, taken over, and put back."""

import re

import pytest
from django.core import mail
from django.db import transaction

from frombelow.polity import decode
from frombelow.polity.offices.acts import CreateOffice, GrantMandate
from frombelow.polity.roll.acts import ImportRoll, LookAtRoll
from frombelow_site.door import tables
from frombelow_site.door.models import Entry
from frombelow_site.mail.models import Bounced
from frombelow_site.membership import actions as membership
from frombelow_site.membership import contacts
from frombelow_site.operations import marks
from frombelow_site.people.models import Card, ListUpdate
from frombelow_site.people.queries import mails
from frombelow_site.roll import actions as roll
from frombelow_site.roll import files, importing, updating
from frombelow_site.roll.models import Import
from frombelow_site.roll.queries import own_uuid
from tests.site_mail import delivered

from .files import go, upload

HOUR = 3_600


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture(autouse=True)
def letters_at_once(monkeypatch):
    """Letters about an entry leave before its page is there."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, **_kinds: call())


def hours(site, count):
    site.at += count * HOUR
    site.door.tick()


def read(site, *rows, head="id,name,email,phone", who=None):
    """An officer chooses a file of these rows; returns their browser and the batch."""
    browser = site.browser(who or site.eve)
    upload(site, browser, "\n".join([head, *rows]).encode())
    return browser, Import.objects.latest("made").id


def items(batch):
    return {(each.person, each.field): each for each in updating.kept(files.updates(batch))}


def tick(browser, batch, which="all"):
    browser.post(f"/people/roll/import/{batch}/updates/", {"which": which})


def undo(browser, batch):
    return browser.post(f"/people/roll/import/{batch}/undo/", {"sure": "1"}, follow=True)


def bo(site, mail="bo@example.org", phone="", name="Bo Four"):
    return f"{own_uuid(site.bo)},{name},{mail},{phone}"


def card(person):
    return Card.objects.get(pk=person)


# --- what a file knows better ---


def test_what_is_missing_is_ticked_and_what_differs_is_not(site):
    browser, batch = read(site, bo(site, "bo@new.example", "600 111 222"))
    found = items(batch)
    assert (found[site.bo, "phone"].ticked, found[site.bo, "mail"].ticked) == (True, False)
    page = text(browser.get(f"/people/roll/import/{batch}/"))
    assert "As it is ticked now, 1 member is updated." in page
    assert "Update 1 member" in page
    assert "gets another mail address" not in page
    tick(browser, batch)
    assert "1 gets another mail address: the one they have gets a letter, and 72 hours later" in text(
        browser.get(f"/people/roll/import/{batch}/")
    )


def test_one_button_fills_what_is_missing_and_brings_people_in(site):
    browser, batch = read(site, bo(site, phone="600 111 222"), "7,Fay Five,fay@example.org,")
    assert "Bring in 1 person, and update members" in text(browser.get(f"/people/roll/import/{batch}/"))
    page = text(go(browser, batch))
    assert "1 person is a member now" in page
    assert "1 member is updated." in page
    assert card(site.bo).phone == "600 111 222"
    kinds = list(Entry.objects.filter(kind__startswith="roll.").values_list("kind", "by"))
    assert kinds == [("roll.import", site.eve), ("roll.rows", "server"), ("roll.updates", "server")]
    assert [found.good for found in marks.compare()] == [True]


def test_old_and_new_stand_beside_each_other_and_are_ticked_row_by_row(site):
    Card.objects.filter(pk=site.bo).update(phone="600 000 000")
    browser, batch = read(site, bo(site, "bo@new.example", "600 111 222"))
    page = text(browser.get(f"/people/roll/import/{batch}/updates/"))
    for words in ("Bo Four", "600 000 000", "600 111 222", "bo@example.org", "bo@new.example", "Line 2"):
        assert words in page
    shown = ["2-phone", "2-mail"]
    browser.post(f"/people/roll/import/{batch}/updates/", {"shown": shown, "tick": ["2-phone"]})
    assert [key for key, each in items(batch).items() if each.ticked] == [(site.bo, "phone")]
    for which, ticked in (("all", 2), ("none", 0), ("missing", 0)):
        tick(browser, batch, which)
        assert sum(each.ticked for each in items(batch).values()) == ticked


def test_what_is_ticked_and_nothing_else_comes_over(site):
    Card.objects.filter(pk=site.bo).update(phone="600 000 000", language="en")
    browser, batch = read(site, bo(site, phone="600 111 222") + ",es", head="id,name,email,phone,language")
    browser.post(f"/people/roll/import/{batch}/updates/", {"shown": ["2-phone", "2-language"], "tick": ["2-language"]})
    go(browser, batch)
    assert (card(site.bo).phone, card(site.bo).language) == ("600 000 000", "es")


def test_a_phone_in_other_groups_and_an_address_in_capitals_are_no_news(site):
    Card.objects.filter(pk=site.bo).update(phone="+44 20 7946 0001")
    _browser, batch = read(site, bo(site, "BO@Example.org", "+44 (20) 79460001"))
    assert items(batch) == {}


def test_our_own_file_brought_in_again_says_nothing_new(site):
    site.admit(3)
    raw = site.browser(site.eve).post("/people/roll/export/").content
    browser = site.browser(site.eve)
    upload(site, browser, raw)
    batch = Import.objects.latest("made").id
    assert items(batch) == {}
    assert "What the file says of members" not in text(browser.get(f"/people/roll/import/{batch}/"))


def test_a_name_and_a_branch_are_never_taken_from_a_list(site):
    _browser, batch = read(site, bo(site, phone="600", name="Bob Four") + ",North", head="id,name,email,phone,branch")
    assert {field for _person, field in items(batch)} == {"phone"}
    tick(_browser, batch)
    go(_browser, batch)
    assert card(site.bo).name == "Bo Four"


# --- whom it is about ---


def test_who_shares_an_address_or_a_name_alone_is_not_updated(site):
    _browser, batch = read(site, ",Bob Other,bo@example.org,600", ",Bo Four,other@example.org,600")
    assert items(batch) == {}


def test_where_two_members_have_one_name_and_address_neither_is_updated(site):
    roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Bo Four", "bo@example.org")
    _browser, batch = read(site, ",Bo Four,bo@example.org,600")
    assert items(batch) == {}


def test_a_name_with_its_address_tells_somebody_surely_also_by_a_further_address(site):
    contacts.OtherMail.objects.create(person=site.bo, mail="bo@home.example", mail_key="bo@home.example")
    _browser, batch = read(site, ",Bo Four,bo@home.example,600")
    assert {field for _person, field in items(batch)} == {"phone"}


def test_what_a_file_says_in_two_ways_of_one_person_it_does_not_say(site):
    browser, batch = read(site, bo(site, phone="600"), bo(site, phone="700"))
    assert items(batch)[site.bo, "phone"].why == updating.TWICE
    tick(browser, batch)
    assert not items(batch)[site.bo, "phone"].ticked
    assert "says two things of them" in text(browser.get(f"/people/roll/import/{batch}/updates/"))


def test_who_left_or_is_erased_is_not_updated(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    membership.erase_and_leave(site.bo)
    assert items(batch) == {}
    assert "600 111 222" not in files.updates(batch).read_text()
    go(browser, batch)
    assert not Card.objects.filter(pk=site.bo).exists()
    assert not ListUpdate.objects.exists()


def test_what_lists_said_of_somebody_goes_with_them(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    go(browser, batch)
    assert ListUpdate.objects.exists()
    membership.erase_and_leave(site.bo)
    assert not ListUpdate.objects.exists()
    assert [found.good for found in marks.compare()] == [True]


# --- what members said themselves ---


def test_what_a_member_gave_themselves_stays_and_the_page_says_so(site):
    contacts.set_about(site.bo, "600 000 000", "")
    browser, batch = read(site, bo(site, phone="600 111 222"))
    tick(browser, batch)
    assert not items(batch)[site.bo, "phone"].ticked
    assert "They gave this themselves: it stays." in text(browser.get(f"/people/roll/import/{batch}/updates/"))
    assert "Given by the members themselves" in text(browser.get(f"/people/roll/import/{batch}/"))
    go(browser, batch)
    assert card(site.bo).phone == "600 000 000"


def test_what_a_member_took_off_themselves_is_not_filled_again(site):
    Card.objects.filter(pk=site.bo).update(phone="600 000 000")
    contacts.set_about(site.bo, "", "")
    browser, batch = read(site, bo(site, phone="600 000 000"))
    go(browser, batch)
    assert card(site.bo).phone == ""


def test_who_kept_their_address_keeps_it_in_the_next_list_too(site):
    browser, batch = read(site, bo(site, "bo@new.example"))
    tick(browser, batch)
    go(browser, batch)
    site.browser(site.bo).post("/people/me/mail/keep/")
    site.wait(40)
    _browser, batch = read(site, bo(site, "bo@newer.example"))
    assert items(batch)[site.bo, "mail"].why == updating.THEIRS


def test_what_a_member_changed_since_the_file_was_read_stays(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    contacts.set_about(site.bo, "600 000 000", "")
    page = text(go(browser, batch))
    assert card(site.bo).phone == "600 000 000"
    assert "something stays as it was" in page


# --- an address, and who takes over whose account ---


def given(site, address="bo@new.example"):
    browser, batch = read(site, bo(site, address))
    tick(browser, batch)
    page = text(go(browser, batch))
    delivered()
    return page, browser, batch


def test_an_address_from_a_file_counts_after_the_hours_and_the_old_one_is_told(site):
    page, _browser, _batch = given(site)
    assert "1 mail address waits, and the member can stop it." in page
    (letter,) = [each for each in delivered() if each.subject == "Another mail address was given for you"]
    assert letter.to == ["bo@example.org"]
    assert "new.example" not in letter.body
    hours(site, 71)
    assert mails(site.bo) == ["bo@example.org"]
    hours(site, 2)
    assert mails(site.bo) == ["bo@new.example"]
    assert not any(b"new.example" in bytes(entry.data) for entry in Entry.objects.all())


def test_the_member_sees_who_gave_an_address_by_a_list_and_keeps_the_one_they_have(site):
    given(site)
    member = site.browser(site.bo)
    assert "the mail address that an officer gave for you" in text(member.get("/"))
    page = text(member.get("/people/me/"))
    for words in ("bo@new.example", "Eve Two", "Keep the address I have"):
        assert words in page
    member.post("/people/me/mail/keep/")
    hours(site, 80)
    assert mails(site.bo) == ["bo@example.org"]


def test_a_member_sees_what_a_list_changed_of_them_and_takes_it_along(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    go(browser, batch)
    page = text(site.browser(site.bo).get("/people/me/"))
    assert "A list gave 600 111 222 as your phone, in the place of –" in page
    assert "Eve Two" in page


def test_no_file_gives_a_member_the_address_of_who_brings_it_in(site):
    browser, batch = read(site, bo(site, "Eve@example.org"))
    assert items(batch)[site.bo, "mail"].why == updating.YOURS
    tick(browser, batch)
    assert updating.counts(items(batch).values()).members == 0


def test_a_file_says_nothing_of_who_brings_it_in(site):
    _browser, batch = read(site, f"{own_uuid(site.eve)},Eve Two,eve@new.example,600")
    assert items(batch) == {}


def test_an_address_to_which_letters_come_back_is_said_to_be_one(site):
    Bounced.objects.create(person=site.bo, mail="bo@example.org", at=site.at, why="5.1.1")
    browser, batch = read(site, bo(site, "bo@new.example"))
    assert "Letters to it come back." in text(browser.get(f"/people/roll/import/{batch}/updates/"))


def test_two_files_read_at_once_the_second_is_read_again(site):
    site.wait(0)
    browser, first = read(site, bo(site, phone="600 111 222"))
    Import.objects.filter(pk=first).update(by=site.ada)  # or the second file would take its place
    _browser, second = read(site, bo(site, phone="700 111 222"))
    Import.objects.filter(pk=first).update(by=site.eve)
    go(browser, first)
    page = text(go(browser, second))
    assert "It is read again" in page
    assert items(second)[site.bo, "phone"].old == "600 111 222"
    assert card(site.bo).phone == "600 111 222"


def test_pressed_with_another_choice_than_the_page_showed_nothing_happens(site):
    browser, batch = read(site, bo(site, "bo@new.example", "600 111 222"))
    tick(browser, batch)
    answer = browser.post(f"/people/roll/import/{batch}/go/", {"ticked": "0" * 16}, follow=True)
    assert "What is ticked changed meanwhile" in text(answer)
    assert not Entry.objects.filter(kind="roll.import").exists()


def test_pressed_twice_it_happens_once(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    go(browser, batch)
    browser.post(f"/people/roll/import/{batch}/go/", {"ticked": ""})
    assert Entry.objects.filter(kind="roll.updates").count() == 1
    (act,) = [act for act in (decode(data).act for _, data in tables.read()) if isinstance(act, ImportRoll)]
    assert (act.count, act.updates) == (0, 1)


# --- who sees what ---


def test_the_page_of_old_and_new_is_a_look_at_the_roll(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    browser.get(f"/people/roll/import/{batch}/")
    looks = [act for act in (decode(data).act for _, data in tables.read()) if isinstance(act, LookAtRoll)]
    assert looks == []
    browser.get(f"/people/roll/import/{batch}/updates/")
    assert Entry.objects.filter(kind="roll.look").count() == 1


def test_who_brings_in_lists_and_does_not_see_the_roll_sees_what_the_file_says_and_no_more(site):
    office = {"title": "Greeter", "powers": ("admit-members",), "branch": site.polity.root}
    site.decided(3, 0, CreateOffice(**office))
    greeter = next(each.id for each in site.polity.offices.values() if each.title == "Greeter")
    site.decided(3, 0, GrantMandate(greeter, site.ada))
    Card.objects.filter(pk=site.bo).update(phone="600 000 000")
    browser, batch = read(site, bo(site, "bo@new.example", "600 111 222"), who=site.ada)
    page = text(browser.get(f"/people/roll/import/{batch}/updates/"))
    assert "600 111 222" in page
    assert "another one" in page
    for words in ("Bo Four", "600 000 000", "bo@example.org"):
        assert words not in page
    assert not Entry.objects.filter(kind="roll.look").exists()


@pytest.mark.parametrize("who", ["ada", "bo", "dee"])
def test_nobody_else_sees_what_a_file_says_of_members(site, who):
    _browser, batch = read(site, bo(site, phone="600 111 222"))
    for send in ("get", "post"):
        answer = getattr(site.browser(getattr(site, who)), send)(f"/people/roll/import/{batch}/updates/")
        assert answer.status_code == 404


def test_once_it_is_brought_in_nothing_is_ticked_any_more(site):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    go(browser, batch)
    assert browser.get(f"/people/roll/import/{batch}/updates/").status_code == 302
    assert not files.updates(batch).exists()
    assert not files.known(batch).exists()


# --- taken back ---


def test_undoing_an_import_puts_back_what_it_changed(site):
    Card.objects.filter(pk=site.bo).update(language="en")
    browser, batch = read(site, bo(site, phone="600 111 222") + ",es", head="id,name,email,phone,language")
    tick(browser, batch)
    go(browser, batch)
    asked = text(browser.post(f"/people/roll/import/{batch}/undo/"))
    assert "What it changed of members is as it was again" in asked
    undo(browser, batch)
    assert (card(site.bo).phone, card(site.bo).language) == ("", "en")
    assert undo(browser, batch).status_code == 409
    assert [found.good for found in marks.compare()] == [True]


def test_undoing_leaves_what_the_member_or_a_later_list_changed_since(site):
    site.admit(1)
    other = site.people[0]
    rows = [bo(site, phone="600 111 222"), f"{own_uuid(other)},Person 0,person0@example.org,600 333"]
    browser, first = read(site, *rows)
    go(browser, first)
    contacts.set_about(site.bo, "600 000 000", "")
    _browser, second = read(site, f"{own_uuid(other)},Person 0,person0@example.org,600 444")
    tick(browser, second)
    go(browser, second)
    undo(browser, first)
    assert (card(site.bo).phone, card(other).phone) == ("600 000 000", "600 444")


def test_an_address_that_waits_never_counts_once_the_import_is_undone(site):
    _page, browser, batch = given(site)
    undo(browser, batch)
    assert "Keep the address I have" not in text(site.browser(site.bo).get("/people/me/"))
    hours(site, 80)
    assert mails(site.bo) == ["bo@example.org"]


def test_an_address_that_counts_goes_back_after_the_hours_and_the_member_is_told_and_can_stop_it(site):
    _page, browser, batch = given(site)
    hours(site, 73)
    undo(browser, batch)
    letters = [each for each in delivered() if each.subject == "Another mail address was given for you"]
    assert [each.to for each in letters] == [["bo@example.org"], ["bo@new.example"]]
    assert "bo@example.org" in text(site.browser(site.bo).get("/people/me/"))
    assert mails(site.bo) == ["bo@new.example"]
    hours(site, 73)
    assert mails(site.bo) == ["bo@example.org"]


def test_an_address_where_there_was_none_goes_again(site):
    fay = roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Fay Five", "", "600")
    browser, batch = read(site, f"{own_uuid(fay)},Fay Five,fay@new.example,600")
    assert items(batch)[fay, "mail"].ticked
    go(browser, batch)
    assert mails(fay) == []
    hours(site, 73)
    assert mails(fay) == ["fay@new.example"]
    undo(browser, batch)
    page = text(site.browser(fay).get("/people/me/"))
    assert "fay@new.example is your address no more from" in page
    hours(site, 73)
    assert mails(fay) == []


def test_an_address_that_the_member_set_themselves_since_stays_when_the_import_is_undone(site):
    _page, browser, batch = given(site)
    hours(site, 73)
    contacts.ask_mail(site.bo, "bo@own.example")
    assert contacts.confirm_mail(site.bo, re.search(r"\d{6}", mail.outbox[-1].body)[0])
    undo(browser, batch)
    assert sum(each.subject == "Another mail address was given for you" for each in delivered()) == 1
    assert "Keep the address I have" not in text(site.browser(site.bo).get("/people/me/"))
    hours(site, 80)
    assert mails(site.bo) == ["bo@own.example"]


def test_a_server_that_stops_half_way_says_nothing_more_of_members(site, monkeypatch):
    browser, batch = read(site, bo(site, phone="600 111 222"))
    monkeypatch.setattr(importing, "_start", lambda _work, _batch: None)
    go(browser, batch)
    roll.stop_what_is_silent(roll.timedelta(days=-1))
    assert Import.objects.get(pk=batch).state == Import.State.STOPPED
    assert card(site.bo).phone == ""
    assert not files.updates(batch).exists()


# --- woman, man or another ---

WITH_SEX = "id,name,email,sex"


def test_a_list_fills_what_nobody_said_and_never_changes_it(site):
    Card.objects.filter(pk=site.eve).update(sex="woman")
    eve = f"{own_uuid(site.eve)},Eve Two,eve@example.org,man"
    browser, batch = read(site, f"{own_uuid(site.bo)},Bo Four,bo@example.org,hombre", eve, head=WITH_SEX)
    assert list(items(batch)) == [(site.bo, "sex")]
    assert "Sex" in text(browser.get(f"/people/roll/import/{batch}/updates/"))
    go(browser, batch)
    assert (card(site.bo).sex, card(site.eve).sex) == ("man", "woman")
    assert "A list gave man as your sex" in text(site.browser(site.bo).get("/people/me/"))
    undo(browser, batch)
    assert card(site.bo).sex == ""


def test_no_list_says_it_of_who_said_that_they_say_nothing(site):
    contacts.set_sex(site.bo, "")
    _browser, batch = read(site, f"{own_uuid(site.bo)},Bo Four,bo@example.org,man", head=WITH_SEX)
    assert items(batch)[site.bo, "sex"].why == "theirs"


def test_whoever_comes_with_a_list_is_what_it_says_and_leaves_with_the_export(site):
    browser, batch = read(site, "7,Fay Five,fay@example.org,mujer", "8,Gil Six,gil@example.org,hexagon", head=WITH_SEX)
    page = text(browser.get(f"/people/roll/import/{batch}/"))
    assert "he sex “hexagon” cannot be read and is left out" in page
    go(browser, batch)
    assert dict(Card.objects.filter(foreign_id__in=("7", "8")).values_list("name", "sex")) == {
        "Fay Five": "woman", "Gil Six": "",
    }  # fmt: skip
    exported = browser.post("/people/roll/export/").content.decode()
    assert exported.splitlines()[0].endswith(",tags,sex")
    assert "Fay Five,fay@example.org,,,,,," in exported
    assert any(line.startswith("7,Fay Five") and line.endswith(",woman") for line in exported.splitlines())


def test_an_update_of_a_list_can_hold_no_other_word():
    from frombelow_site.people.from_lists import fit_update, spelled

    assert fit_update(spelled({"sex": "woman"})) == ""
    assert fit_update(spelled({"sex": "hexagon"})) == "unfit-update"
