"""The members can decide that the public sees the words and results of what they decide, and nobody's name."""

import pytest

from frombelow.polity import Refused
from frombelow_site.decide import actions as decide
from frombelow_site.decide.models import Wording
from tests import acts as a


def text(answer):
    return " ".join(answer.content.decode().split())


def number(site, motion):
    return site.polity.motions[motion].number


@pytest.fixture
def shown(site):
    site.decided(4, 0, a.ShowDecisions(), title="In public")
    assert site.polity.shows_from
    return site


def test_the_public_sees_nothing_until_the_members_decide_so(site, client):
    motion = site.decided(4, 0)
    for address in ("/decided/", f"/decided/{number(site, motion)}/"):
        assert client.get(address).status_code == 404
    site.decided(4, 0, a.ShowDecisions(), title="In public")
    assert client.get("/decided/").status_code == 200


def test_the_words_the_change_and_the_result_are_shown(shown, client):
    change = a.ChangeRules('[[article]]\nnumber = "4.6"\ndebate_days = 21\n', on=shown.polity.size)
    motion = shown.decided(3, 1, change, title="Longer debates", body="See https://tenants.example/why today.")
    name = number(shown, motion)
    assert name in text(client.get("/decided/"))
    page = text(client.get(f"/decided/{name}/"))
    for part in (
        "Longer debates", '<a href="https://tenants.example/why"', "for 14 days", "for 21 days", "Carried",
        "3 yes, 1 no, 0 abstained: 4 of 4 answered.", "Article 6.3 decided it",
    ):  # fmt: skip
        assert part in page, part


def test_no_name_of_anybody_is_shown(shown, client):
    recall = shown.petition()
    shown.wait(15)
    motions = [
        shown.decided(4, 0, title="Tea"),
        shown.decided(4, 0, a.GrantMandate(shown.office("treasurer").id, shown.bo), title="Bo Four counts"),
        shown.decided(2, 0, a.ExpelMember(shown.dee), title="Expel Dee Three", body="Dee Three broke the door."),
    ]
    pages = [text(client.get("/decided/"))]
    pages += [text(client.get(f"/decided/{number(shown, each)}/")) for each in (*motions, recall)]
    for page in pages:
        for name in ("Ada One", "Eve Two", "Dee Three", "Bo Four", "broke the door", "met the landlord", shown.bo):
            assert name not in page
    assert "its words are shown to members alone" in pages[2]


def test_what_was_moved_before_stays_among_members(site, client):
    before = site.move(site.eve, title="Before")
    site.decided(4, 0, a.ShowDecisions(), title="In public")
    after = site.decided(4, 0, title="After")
    page = text(client.get("/decided/"))
    assert "After" in page
    assert "Before" not in page.replace("Before and", "")
    assert client.get(f"/decided/{number(site, before)}/").status_code == 404
    assert client.get(f"/decided/{number(site, after)}/").status_code == 200


def test_what_looks_for_seconders_is_not_shown_yet(shown, client):
    motion = shown.move(title="Only an idea")
    assert "Only an idea" not in text(client.get("/decided/"))
    assert client.get(f"/decided/{number(shown, motion)}/").status_code == 404


def test_how_an_open_vote_stands_is_not_shown(shown, client):
    motion = shown.voting(title="A bench")
    for person in (shown.ada, shown.eve):
        decide.vote(person, motion, "yes")
    page = text(client.get(f"/decided/{number(shown, motion)}/"))
    assert "A bench" in page
    assert "2 yes" not in page
    assert "2 of 4" not in page


def test_erased_words_are_gone_there_too(shown, client):
    motion = shown.decided(4, 0, title="A bench", body="For the yard.")
    assert "For the yard." in text(client.get(f"/decided/{number(shown, motion)}/"))
    Wording.objects.filter(motion=motion).delete()
    for address in ("/decided/", f"/decided/{number(shown, motion)}/"):
        page = text(client.get(address))
        assert "A bench" not in page
        assert "For the yard." not in page
    assert "erased" in page


def test_the_members_can_end_it_by_the_same_majority(shown, client):
    motion = shown.decided(4, 0, title="A bench")
    shown.decided(4, 0, a.HideDecisions(), title="Among ourselves")
    for address in ("/decided/", f"/decided/{number(shown, motion)}/"):
        assert client.get(address).status_code == 404


def test_it_takes_the_majority_for_rules_and_is_moved_from_a_page(site):
    bo = site.browser(site.bo)
    page = bo.get("/decide/move/?effect=public").content.decode()
    draft = page.split('name="draft" value="')[1].split('"')[0]
    form = {"title": "In public", "body": "Why not", "branch": site.polity.root, "draft": draft}
    motion = bo.post("/decide/move/?effect=public", form).url.split("/")[2]
    assert isinstance(site.polity.motions[motion].effects[0], a.ShowDecisions)
    assert site.polity.motions[motion].gravity == "rulebook_majority"


def test_who_moves_is_told_that_the_public_sees_it(shown):
    assert "The public sees what you write here" in text(shown.browser(shown.bo).get("/decide/move/"))


def test_nobody_moves_what_is_so_already(shown):
    with pytest.raises(Refused, match="already"):
        shown.move(shown.bo, a.ShowDecisions())
