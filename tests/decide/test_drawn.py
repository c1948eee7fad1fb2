"""What whoever acts drew stands in the record as they drew it: ids, salts, commitments to their words."""

import pytest

from frombelow.polity import decode
from frombelow.polity.kernel.commitments import commit
from frombelow_site.decide.models import Remark, Wording
from frombelow_site.door import new_id
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card

SALT = bytes(range(32))
SPELLED = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
ASKED = {"title": "Lamps", "body": "One.\r\nTwo."}
WORDS = "Lamps\n\nOne.\nTwo."


def last(site):
    site.door.tick()
    return decode(bytes(Entry.objects.order_by("-index").first().data)).act


def drawn(words, **other):
    return {"drawn-salt": SPELLED, "drawn-commitment": commit(SALT, words), **other}


def move(site, **sent):
    browser = site.browser(site.bo)
    draft = browser.get("/decide/move/").context["draft"]
    return browser.post("/decide/move/", {**ASKED, "branch": site.polity.root, "draft": draft, **sent})


def test_a_motion_has_the_id_and_the_mark_that_its_mover_drew(site):
    name = new_id()
    assert move(site, **drawn(WORDS, **{"drawn-id": name})).url == f"/decide/{name}/"
    assert (last(site).motion, last(site).text) == (name, commit(SALT, WORDS))
    row = Wording.objects.get(motion=name)
    assert (bytes(row.salt), row.body) == (SALT, "One.\nTwo.")


def test_without_a_script_the_server_draws(site):
    assert move(site).status_code == 302
    row = Wording.objects.get(motion=last(site).motion)
    assert last(site).text == commit(bytes(row.salt), WORDS)


@pytest.mark.parametrize(
    "sent",
    [
        {"body": "One.\r\nThree."},
        {"title": "Lamp"},
        {"drawn-salt": SPELLED[:-1] + "9"},
        {"drawn-salt": "short"},
        {"drawn-salt": ""},
        {"drawn-commitment": "no mark"},
        {"drawn-id": "no id"},
        {"drawn-id": "A" * 26},
        {"drawn-id": "a" * 200},
    ],
)
def test_words_that_changed_on_their_way_store_nothing(site, sent):
    before = Entry.objects.count()
    answer = move(site, **{**drawn(WORDS, **{"drawn-id": new_id()}), **sent})
    assert answer.status_code == 409
    assert "was refused" in answer.content.decode()
    assert Entry.objects.count() == before
    assert not Wording.objects.exists()


def test_the_same_form_sent_twice_is_one_motion_by_the_id_that_its_mover_drew(site):
    name = new_id()
    answers = [move(site, **drawn(WORDS, **{"drawn-id": name})) for _ in range(2)]
    assert {answer.url for answer in answers} == {f"/decide/{name}/"}
    assert Wording.objects.count() == 1


def test_a_reply_and_a_new_name_stand_under_the_marks_of_who_said_them(site):
    motion = site.petition()
    browser = site.browser(site.ada)
    browser.post(f"/decide/{motion}/reply/", {"text": "No\r\nway.", **drawn("No\nway.")})
    assert last(site).text == commit(SALT, "No\nway.")
    assert Remark.objects.get(person=site.ada).text == "No\nway."
    site.browser(site.bo).post(
        "/people/me/name/", {"name": "Bo Two", "pronouns": "", "pronouns_to": "nobody", **drawn("Bo Two")}
    )
    assert last(site).name == commit(SALT, "Bo Two")
    assert Card.objects.get(pk=site.bo).name == "Bo Two"


def test_an_answer_has_the_nonce_that_who_votes_drew(site):
    motion, nonce = site.voting(), new_id()
    site.browser(site.dee).post(f"/decide/{motion}/vote/", {"choice": "yes", "drawn-id": nonce})
    assert last(site).nonce == nonce
