"""A roll comes in as a dry run first, then as one batch that can be undone; out again it is the same file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from msgspec.structs import replace

from frombelow.polity import Standing, decode
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.kernel.commitments import check_commitment
from frombelow.polity.organization.acts import DissolveBranch, FormBranch
from frombelow.polity.roll.acts import ImportRoll
from frombelow.polity.server.acts import Backup, Start
from frombelow.roll import RollError, write_roll
from frombelow_site.door import new_id, perform, tables
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card, Member
from frombelow_site.roll import actions as roll
from frombelow_site.roll import files
from frombelow_site.roll.models import Import
from frombelow_site.roll.queries import export, own_uuid
from frombelow_site.roll.reading import home_branches

from .files import FILE, batch_of, bring_in, row, upload


def test_the_dry_run_tells_what_would_happen_and_stores_nobody(site):
    page = upload(site, site.browser(site.eve)).content.decode()
    assert "2 people can be brought in" in page
    assert "Line 4" in page
    assert "is on the roll already" in page
    assert "Born: never brought in" in page
    assert "1990" not in page
    assert site.polity.members == 4


def test_one_button_brings_them_in_and_pressed_twice_it_does_so_once(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    batch = Import.objects.get().id
    for _ in range(2):
        eve.post(f"/people/roll/import/{batch}/go/")
    assert site.polity.members == 6
    assert "2 people are members now" in eve.get(f"/people/roll/import/{batch}/").content.decode()
    assert not files.place(batch).exists()


def branches(site, *names):
    """Branches of these names, formed by the members; their ids."""
    for name in names:
        site.decided(3, 0, FormBranch(name=name, parent=site.polity.root))
    return [next(branch.id for branch in site.polity.branches.values() if branch.name == name) for name in names]


def test_people_come_to_the_branch_that_the_file_names_if_one_alone_has_the_name(site):
    (north,) = branches(site, "North")
    eve = site.browser(site.eve)
    raw = b"name,email,branch\nFay,fay@x.example, north \nGus,gus@x.example,Harbour\nHal,hal@x.example,\n"
    page = upload(site, eve, raw).content.decode()
    assert "Which branch they come to" in page
    assert "no branch has this name alone" in page
    eve.post(f"/people/roll/import/{Import.objects.get().id}/go/")
    home = {
        card.name: site.polity.people[card.person].branch for card in Card.objects.filter(mail__endswith="x.example")
    }
    assert home == {"Fay": north, "Gus": site.polity.root, "Hal": site.polity.root}
    eve.post(f"/people/roll/import/{Import.objects.get().id}/undo/", {"sure": "1"})
    assert site.polity.members == 4


def test_nobody_comes_to_a_branch_that_was_dissolved_or_lies_elsewhere(site):
    north, south = branches(site, "North", "South")
    site.decided(3, 0, DissolveBranch(branch=north))
    assert home_branches(site.polity, site.polity.root)(row(branch="North")) == site.polity.root
    assert home_branches(site.polity, south)(row(branch=site.polity.branches[site.polity.root].name)) == south


def test_of_two_branches_with_one_name_neither_is_guessed(site):
    (north,) = branches(site, "North")
    site.decided(3, 0, FormBranch(name="NORTH", parent=north))
    assert home_branches(site.polity, site.polity.root)(row(branch="North")) == site.polity.root


def test_a_file_whose_headings_nobody_knows_asks_which_column_is_which(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"Genosse,Haus\nFay Five,12b\n")
    page = eve.get(f"/people/roll/import/{batch}/").content.decode()
    assert "Which column is which?" in page
    assert "Fay Five" in page  # what the first row has under the heading
    read = eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "name", "column-1": "tags"}, follow=True)
    assert "1 person can be brought in" in read.content.decode()
    eve.post(f"/people/roll/import/{batch}/go/")
    assert Card.objects.get(name="Fay Five").tags == "12b"


def test_a_column_can_be_read_otherwise_or_left_out(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,phone,note\nFay,020 7946 0001,Fay Five\n")
    eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "", "column-1": "", "column-2": "name"})
    eve.post(f"/people/roll/import/{batch}/go/")
    card = Card.objects.get(name="Fay Five")
    assert card.phone == ""


def test_columns_without_a_name_are_asked_for_again(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,phone\nFay,020 7946 0001\n")
    page = eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "", "column-1": "phone"}, follow=True)
    assert "No column holds a name or a mail address" in page.content.decode()
    eve.post(f"/people/roll/import/{batch}/go/")
    assert site.polity.members == 4


def test_a_private_column_is_never_brought_in_whatever_is_asked(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,religion\nFay,Quaker\n")
    eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "name", "column-1": "tags"})
    eve.post(f"/people/roll/import/{batch}/go/")
    assert Card.objects.get(name="Fay").tags == ""
    assert "Quaker" not in Import.objects.get().reading


def test_a_made_up_field_changes_nothing(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,phone\nFay,020 7946 0001\n")
    answer = eve.post(f"/people/roll/import/{batch}/columns/", {"column-0": "salt", "column-1": "phone"})
    assert answer.status_code == 400
    assert "1 person can be brought in" in answer.content.decode()


def test_what_is_wrong_with_a_row_is_said_in_the_readers_language(site):
    eve = site.browser(site.eve)
    eve.cookies["language"] = "es"
    page = upload(site, eve, b"name,email\n,x@example.org\nFay,holm at quayside\n").content.decode()
    assert "there is no name" not in page
    assert "la dirección de correo" in page


def test_files_that_nobody_brought_in_and_what_was_said_of_rows_are_forgotten(site):
    eve = site.browser(site.eve)
    done = batch_of(site, eve, FILE)
    eve.post(f"/people/roll/import/{done}/go/")
    upload(site, eve, b"name\nHal\n")
    Import.objects.update(made=timezone.now() - timedelta(days=8))
    eve.get("/people/roll/import/")
    assert [found.id for found in Import.objects.all()] == [done]
    assert "nameless" in Import.objects.get().reading
    Import.objects.update(made=timezone.now() - timedelta(days=31))
    eve.get("/people/roll/import/")
    assert Import.objects.get().reading == "{}"
    assert eve.get(f"/people/roll/import/{done}/").status_code == 200


@pytest.mark.parametrize("act", [Start(by=SERVER, version="0.1.0"), Backup(by=SERVER, size=1)])
def test_old_files_are_forgotten_without_anybody_opening_the_page(site, act):
    upload(site, site.browser(site.eve))
    Import.objects.update(made=timezone.now() - timedelta(days=8))
    perform(act)
    assert not Import.objects.exists()


def test_a_file_is_not_kept_that_stopped_half_way_with_its_server(site):
    upload(site, site.browser(site.eve))
    Import.objects.update(state="running", made=timezone.now() - timedelta(days=8))
    perform(Start(by=SERVER, version="0.1.0"))
    assert Import.objects.get().state == "stopped"
    assert not files.place(Import.objects.get().id).exists()


def test_the_name_of_a_file_is_forgotten_with_what_was_said_of_its_rows(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    Import.objects.update(state="done", file_name="who is ill.csv", made=timezone.now() - timedelta(days=31))
    assert "who is ill" not in eve.get("/people/roll/import/").content.decode()
    assert Import.objects.get().file_name == "*.csv"
    assert "*.csv" in eve.get(f"/people/roll/import/{Import.objects.get().id}/").content.decode()


def test_a_running_import_shows_how_far_it_is_and_looks_again_by_itself(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    Import.objects.update(state="running", done=1)
    page = eve.get(f"/people/roll/import/{Import.objects.get().id}/").content.decode()
    assert "ui/again.js" in page
    assert "Look again" in page
    assert '<progress max="2" value="1"' in page


def test_an_import_is_undone_as_a_whole_but_for_who_has_acted(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    batch = Import.objects.get().id
    eve.post(f"/people/roll/import/{batch}/go/")
    fay = Card.objects.get(name="Fay Five").person
    membership.step_back(fay, None)
    membership.come_back(fay)
    eve.post(f"/people/roll/import/{batch}/undo/", {"sure": "1"})
    assert site.polity.people[fay].standing is Standing.MEMBER
    assert not Card.objects.filter(name="Gus Six").exists()
    assert Member.objects.filter(standing="undone").count() == 1


def test_whoever_left_is_not_said_to_stay_when_their_import_is_undone(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    batch = Import.objects.get().id
    eve.post(f"/people/roll/import/{batch}/go/")
    membership.leave(Card.objects.get(name="Fay Five").person)
    said = eve.post(f"/people/roll/import/{batch}/undo/", {"sure": "1"}, follow=True).content.decode()
    assert "The import is undone." in said
    assert "acted as a member by now stay" not in said


def test_an_import_is_not_there_for_others(site):
    eve = site.browser(site.eve)
    upload(site, eve)
    batch = Import.objects.get().id
    for who in (site.bo, site.ada):
        browser = site.browser(who)
        assert browser.get(f"/people/roll/import/{batch}/").status_code == 404
        assert browser.post(f"/people/roll/import/{batch}/go/").status_code == 404
        assert browser.post(f"/people/roll/import/{batch}/undo/", {"sure": "1"}).status_code == 404


def test_a_file_that_no_list_is_kept_in_says_so(site):
    response = upload(site, site.browser(site.eve), b"\xd0\xcf\x11\xe0 a spreadsheet")
    assert response.status_code == 400
    assert "This is a file of an old Excel (.xls)" in response.content.decode()


def test_the_record_commits_to_names_and_holds_none(site):
    result = bring_in(site)
    card = Card.objects.get(name="Fay Five")
    assert card.person in site.polity.imports[result.batch].people
    data = next(data for _, data in tables.read(site.polity.size - 1))
    assert b"Fay" not in data
    marks = {person: mark for person, mark, _branch in decode(data).act.rows}
    check_commitment(marks[card.person], bytes(card.salt), "Fay Five")


def test_values_of_the_file_are_kept_on_the_card(site):
    bring_in(site)
    card = Card.objects.get(name="Fay Five")
    assert (card.phone, card.joined, card.branch_text) == ("+34 600 111 222", date(2020, 12, 31), "North")


def test_the_same_file_again_brings_nobody_in_who_can_be_told_apart(site):
    bring_in(site)
    again = bring_in(site)
    assert again.roll.counts()["already a member"] >= 2


def test_export_then_import_on_a_fresh_install_then_export_gives_the_same_bytes(site):
    bring_in(site)
    first = write_roll(export(site.polity, [site.polity.root]))
    Card.objects.all().delete()  # as on a fresh install, where nobody is known
    Member.objects.all().delete()
    bring_in(site, first)
    assert write_roll(export(site.polity, [site.polity.root])) == first


def test_our_own_export_brings_nobody_in_twice(site):
    bring_in(site)
    result = bring_in(site, write_roll(export(site.polity, [site.polity.root])))
    assert result.admitted == 0


def test_an_id_is_a_uuid_elsewhere(site):
    assert len(own_uuid(site.bo)) == 36


def test_thousands_come_in_under_one_batch(site):
    rows = "".join(f"Person {n},p{n}@example.org\n" for n in range(2_000))
    told = []
    result = roll.import_roll(
        ("name,email\n" + rows).encode(), site.eve, site.mandate_of_eve, site.polity.root, progress=told.append
    )
    assert told == [512, 1024, 1536, 2000]
    assert len(site.polity.imports[result.batch].people) == 2_000
    assert Card.objects.count() == Member.objects.count() == 2_004


def test_a_file_without_names_is_refused(site):
    with pytest.raises(RollError):
        bring_in(site, b"colour\nred\n")


def test_a_row_of_yesterday_has_come_after_a_quiet_month(site):
    site.at += 31 * 86_400  # and nobody did anything
    yesterday = datetime.fromtimestamp(site.at - 86_400, UTC).date().isoformat()
    said = upload(site, site.browser(site.eve), f"name,joined\nFay Five,{yesterday}\n".encode()).content.decode()
    assert "1 person can be brought in" in said
    assert "has not come yet" not in said


def test_the_page_of_an_import_offers_to_undo_it_as_long_as_the_rules_do(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, FILE)
    eve.post(f"/people/roll/import/{batch}/go/")
    page = f"/people/roll/import/{batch}/"
    assert "Undo this import" in eve.get(page).content.decode()
    site.at += 60 * 86_400
    assert "Undo this import" not in eve.get(page).content.decode()


def test_one_list_that_two_people_bring_in_at_once_is_brought_in_once(site):
    eve, before = site.browser(site.eve), site.polity.members
    batch = batch_of(site, eve, FILE)
    other = Import.objects.create(
        id=new_id(), by=site.ada, under="", branch=site.polity.root, file_name="roll.csv", state=Import.State.RUNNING
    )
    page = eve.post(f"/people/roll/import/{batch}/go/", follow=True).content.decode()
    assert "Others came or left since the file was read" in page
    assert site.polity.members == before
    other.delete()
    eve.post(f"/people/roll/import/{batch}/go/")
    assert site.polity.members > before


def test_a_list_that_another_officer_began_meanwhile_is_looked_at_again(site):
    eve, before = site.browser(site.eve), site.polity.members
    batch = batch_of(site, eve, FILE)
    act = ImportRoll(by=site.eve, batch=new_id(), branches=(site.polity.root,), count=1, root="A" * 43)
    perform(replace(act, under=site.mandate_of_eve))
    assert "Others came or left" in eve.post(f"/people/roll/import/{batch}/go/", follow=True).content.decode()
    assert site.polity.members == before


def test_a_file_without_headings_keeps_its_first_person_where_the_page_is_told(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"Fay Five,North\nGus Six,North\n")
    asked = eve.get(f"/people/roll/import/{batch}/").content.decode()
    assert "It is a person: there are no headings" in asked
    said = {"first": "person", "column-0": "name", "column-1": "branch"}
    page = eve.post(f"/people/roll/import/{batch}/columns/", said, follow=True).content.decode()
    assert "2 people can be brought in" in page
    again = eve.post(f"/people/roll/import/{batch}/columns/", said | {"column-1": ""}, follow=True).content.decode()
    assert "2 people can be brought in" in again
    back = eve.post(f"/people/roll/import/{batch}/columns/", said | {"first": "headings"}, follow=True)
    assert "No column holds a name" in back.content.decode()


def test_columns_without_a_heading_are_chosen_one_by_one(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"Name,,\nFay Five,fay@example.org,North\n")
    said = {"column-0": "name", "column-1": "mail", "column-2": "branch"}
    eve.post(f"/people/roll/import/{batch}/columns/", said)
    eve.post(f"/people/roll/import/{batch}/go/")
    card = Card.objects.get(name="Fay Five")
    assert (card.mail, card.branch_text) == ("fay@example.org", "North")


def test_an_encoding_is_chosen_by_how_its_words_read(site):
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, "Name,Email\nDvořák,d@example.org\n".encode("cp1250"))
    page = eve.get(f"/people/roll/import/{batch}/").content.decode()
    assert "Its letters can be read in several ways" in page
    assert "Windows-1250: Dvořák</option>" in page
