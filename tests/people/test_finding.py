"""A person is chosen by typing part of a name, without a list of everybody."""

import re

import pytest
from django.db import connection

from frombelow.polity.offices.acts import GrantMandate
from frombelow.polity.organization.acts import FormBranch
from frombelow_site.accounts import limits
from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership
from frombelow_site.operations import marks
from frombelow_site.people import subject
from frombelow_site.people.finding import find, named
from frombelow_site.people.models import Card, NamePart
from frombelow_site.roll import actions as roll


def text(answer):
    return " ".join(answer.content.decode().split())


def came(site, *names, branch=None):
    return [roll.admit(site.eve, site.mandate_of_eve, branch or site.polity.root, name, "") for name in names]


def found(site, typed):
    return [each.name for each in find(site.polity, typed, site.polity.root).people]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("jose", ["José García"]), ("gar", ["José García"]), ("O'Br", ["Siobhán O’Brien"]), ("andrei", ["Аndrei Popescu"]),
        ("jo", []), ("bo", ["Bo Four"]), ("B", []), ("مح", []), ("محم", ["محمد عبد الله"]), ("’", []), ("x", ["X"]),
        ("ññ" * 20, ["Ñ" * 200]),
    ],
)  # fmt: skip
def test_who_is_meant_is_found_by_part_of_the_name(site, typed, names):
    came(site, "José García", "Siobhán O’Brien", "Аndrei Popescu", "محمد عبد الله", "X", "Ñ" * 200)
    assert found(site, typed) == names


def test_one_letter_or_two_show_nobody_but_who_is_called_so(site):
    came(site, "Li Wei", "Lin Wei", "Lisa Wei")
    assert found(site, "li") == ["Li Wei"]


def test_of_more_than_ten_nobody_is_shown(site):
    came(site, *(f"Person {n}" for n in range(11)))
    matches = find(site.polity, "pers", site.polity.root)
    assert (matches.people, matches.more) == ([], True)
    assert found(site, "person 7") == ["Person 7"]


def move(site, who, **fields):
    browser = site.browser(who)
    page = browser.get("/decide/move/?effect=grant").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(draft|effect)" value="([^"]*)"', page))
    office = site.office("chair").id
    form = {"office": office, "title": "x", "body": "y", "branch": site.polity.root, **hidden, **fields}
    return browser.post("/decide/move/?effect=grant", form)


def test_namesakes_are_told_apart_by_branch_and_year_and_chosen(site):
    first, second = came(site, "Ana Gil", "Ana Gil")
    page = text(move(site, site.bo, name="ana"))
    assert "More than one person is called so. Choose one." in page
    assert page.count('type="radio"') == 2
    assert page.index('name="name"') < page.index('type="radio"') < page.index('name="title"')
    assert "Ana Gil, Tenants, since the founding" in page
    Card.objects.filter(pk=second).update(joined="2019-05-04")
    assert "Ana Gil, Tenants, since 2019" in text(move(site, site.bo, name="ana"))
    answer = move(site, site.bo, name="ana", chosen=second)
    assert answer.status_code == 302
    motion = next(iter(site.polity.motions.values()))
    assert isinstance(motion.effects[0], GrantMandate)
    assert motion.effects[0].person == second != first


def test_part_of_a_name_chooses_nobody_without_a_choice(site):
    page = text(move(site, site.bo, name="thr"))
    assert "Is it this person? Then choose them." in page
    assert "Dee Three, Tenants, since the founding" in page
    assert move(site, site.bo, name="thr", chosen=site.ada).status_code == 400
    assert move(site, site.bo, name="thr", chosen=site.dee).status_code == 302


def test_who_looks_for_many_people_waits(site, monkeypatch):
    monkeypatch.setattr(limits, "LOOKS", 2)
    for _ in range(2):
        assert "Nobody on the roll is called so" in text(move(site, site.bo, name="nobody"))
    assert "You looked for many people." in text(move(site, site.bo, name="three"))


def test_an_officer_finds_whom_they_let_in_again_by_part_of_the_name(site):
    page = text(site.browser(site.eve).get("/enter/restore/?name=thr"))
    assert "Dee Three" in page
    assert "Tenants, since the founding" in page


def test_namesakes_of_one_branch_and_year_are_told_apart_all_the_same(site):
    for _ in range(2):
        came(site, "Kai Moreau")
    told = [each.told for each in find(site.polity, "kai", site.polity.root).people]
    assert len(told) == len(set(told)) == 2


def test_a_person_in_another_branch_is_not_found_there(site):
    north = site.voting(FormBranch("North", site.polity.root))
    for person in (site.ada, site.eve, site.bo):
        decide.vote(person, north, "yes")
    site.wait(8)
    branch = next(each.id for each in site.polity.branches.values() if each.name == "North")
    came(site, "Fay Five", branch=branch)
    assert [each.name for each in find(site.polity, "fay", branch).people] == ["Fay Five"]
    assert find(site.polity, "three", branch).people == []


# --- the index follows from the cards ---


def test_a_new_name_is_found_and_the_old_one_is_not(site):
    membership.rename(site.bo, "Zoë Nine")
    assert found(site, "zoe") == ["Zoë Nine"]
    assert found(site, "four") == []


def test_who_left_is_not_found(site):
    membership.leave(site.bo)
    assert found(site, "four") == []


def test_no_part_of_the_name_is_left_of_who_was_erased(site):
    membership.erase_and_leave(site.bo)
    assert not NamePart.objects.filter(person=site.bo).exists()
    assert [each.good for each in marks.compare()] == [True]


def test_parts_that_do_not_fit_the_cards_are_told(site):
    assert list(subject.amiss()) == []
    NamePart.objects.filter(person=site.bo, part="four").delete()
    NamePart.objects.create(person="nobody", part="four")
    assert list(subject.amiss()) == [
        f"how {site.bo} is found by name", "how nobody is found by name, who has no card",
    ]  # fmt: skip


def test_the_roll_finds_any_part_of_a_name_from_one_letter_on(site):
    eve = site.browser(site.eve)
    for typed in ("f", "fou", "four b", "bo@example.org"):
        page = text(eve.get("/people/roll/", {"name": typed}))
        assert "Bo Four" in page
        assert "Ada One" not in page


def test_the_beginning_of_a_part_is_looked_up_and_not_searched_for(site):
    plan = named(Card.objects.all(), "pers").explain()
    assert "INDEX people_namepart_part" in plan or connection.vendor != "sqlite"
    assert "SCAN people_namepart" not in plan
