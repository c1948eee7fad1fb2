"""“Have we met this person?” has one answer, for a file and by hand."""

import re
from importlib import import_module

import pytest
from django.apps import apps

from frombelow.polity.members.acts import ExpelMember
from frombelow_site.decide import actions as decide
from frombelow_site.door import the_door
from frombelow_site.door.writer import Asked
from frombelow_site.membership import actions as membership
from frombelow_site.people.models import Card
from frombelow_site.roll import actions, forms, queries

from .files import batch_of, upload


def expelled(site):
    """Dee Three was expelled by the members."""
    site.admit(6)
    motion = site.voting(ExpelMember(site.dee), title="Expel Dee")
    for person in [site.ada, site.eve, site.bo, *site.people]:
        decide.vote(person, motion, "yes")
    while site.polity.people[site.dee].active:
        site.wait(1)


def read(site, rows):
    """What the page says of a file with these rows."""
    return upload(site, site.browser(site.eve), ("name,email\n" + rows).encode()).content.decode()


@pytest.mark.parametrize(("rows", "why"), [
    ("Dee Three,dee@example.org\n", "this person was expelled. Only the members take them in again."),
    ("Dее Three,dee@example.org\n", "this person was expelled. Only the members take them in again."),
    ("Dee Three,dee.new@example.org\n", "somebody of this name or address was expelled."),
])  # fmt: skip
def test_who_was_expelled_does_not_come_back_by_a_file(site, rows, why):
    expelled(site)
    page = read(site, rows + "New One,new@example.org\n")
    assert why.lower() in page.lower()
    assert "1 person can be brought in" in page


def test_a_namesake_of_who_was_expelled_comes_in_by_a_file_on_somebodys_word(site):
    expelled(site)
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,email\nDee Three,dee.new@example.org\nNew One,new@example.org\n")
    asked = eve.get(f"/people/roll/import/{batch}/mend/").content.decode()
    assert "This is another person" in asked
    page = eve.post(f"/people/roll/import/{batch}/mend/", {"name-2": "Dee Three", "another-2": "on"}, follow=True)
    assert "2 people can be brought in" in page.content.decode()


def test_the_word_that_they_are_another_brings_nobody_in_who_surely_was_expelled(site):
    expelled(site)
    eve = site.browser(site.eve)
    batch = batch_of(site, eve, b"name,email\nDee Three,\nNew One,new@example.org\n")
    said = {"name-2": "Dee Three", "mail-2": "dee@example.org", "another-2": "on"}
    page = eve.post(f"/people/roll/import/{batch}/mend/", said, follow=True).content.decode()
    assert "this person was expelled" in page
    assert "1 person can be brought in" in page


def test_who_left_comes_back_by_their_own_word_alone(site):
    membership.leave(site.bo)
    page = read(site, "Bo Four,bo@example.org\nNew One,new@example.org\n")
    assert "this person left." in page
    assert "1 person can be brought in" in page
    form = {"name": "Bo Four", "mail": "bo@example.org", "branch": site.polity.root}
    eve, before = site.browser(site.eve), site.polity.members
    refused = eve.post("/people/roll/admit/", form)
    assert "They come back by their own word alone." in refused.content.decode()
    assert site.polity.members == before
    assert eve.post("/people/roll/admit/", {**form, "another": "on"}).status_code == 302


def test_who_was_expelled_is_not_admitted_by_hand_without_a_word(site):
    expelled(site)
    form = {"name": "Dee Three", "mail": "dee@example.org", "branch": site.polity.root}
    for name in ("Dee Three", "DЕЕ Thrее", "dee three"):
        page = site.browser(site.eve).post("/people/roll/admit/", form | {"name": name, "mail": ""}).content.decode()
        assert "only the members take them in again, by a motion" in page


def test_cards_from_before_are_known_again_by_whatever_signs(site):
    Card.objects.update(name_like="", name_looks="")
    import_module("frombelow_site.people.migrations.0004_names_written_otherwise").all_known_again(apps, None)
    assert queries.met_before("Ве Fоur", "") == ""
    assert queries.met_before("Во Fоur", "") == "member"


def test_two_at_once_make_one_membership(site, monkeypatch):
    form = {"name": "Fay Five", "mail": "fay@example.org", "branch": site.polity.root}
    eve, before, real, pressed = site.browser(site.eve), site.polity.members, forms.met_before, []

    def met(name, mail):
        found = real(name, mail)
        if not pressed:  # another press comes between the question and the act
            pressed.append(form)
            eve.post("/people/roll/admit/", form)
        return found

    monkeypatch.setattr(forms, "met_before", met)
    page = eve.post("/people/roll/admit/", form)
    assert site.polity.members == before + 1
    assert "came in meanwhile" in page.content.decode()
    assert "is a member already" in eve.post("/people/roll/admit/", form).content.decode()
    assert eve.post("/people/roll/admit/", {**form, "another": "on"}).status_code == 302


def test_another_person_is_one_person_though_the_form_is_pressed_twice_without_scripts(site):
    eve, before = site.browser(site.eve), site.polity.members
    (once,) = re.findall('name="drawn-once" value="([a-z2-7]+)"', eve.get("/people/roll/admit/").content.decode())
    form = {"name": "Bo Four", "mail": "", "branch": site.polity.root, "another": "on", "drawn-once": once}
    assert [eve.post("/people/roll/admit/", form).status_code for _press in range(2)] == [302, 302]
    assert site.polity.members == before + 1
    other = eve.post("/people/roll/admit/", form | {"name": "Cleo Dahl", "another": ""})
    assert other.status_code != 302
    assert site.polity.members == before + 1


@pytest.mark.parametrize(("second", "members"), [
    (("Fay Five", "other@example.org"), 1), (("Gus Six", "FAY@example.org"), 1), (("Gus Six", ""), 2),
])  # fmt: skip
def test_two_in_one_batch_make_one_membership(site, second, members):
    before, asked = site.polity.members, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "perform", lambda act, *privates: asked.append(Asked(act, privates)))
        for who in (("Fay Five", "fay@example.org"), second):
            actions.admit(site.eve, site.mandate_of_eve, site.polity.root, *who, unmet=True)
    the_door().writer.take(asked)
    assert site.polity.members == before + members
