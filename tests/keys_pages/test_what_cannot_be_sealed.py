"""Pages offer what has to be sealed to who has a key, and say what is needed where a browser has none of them."""

from frombelow.polity import Stage
from frombelow.polity.keys.acts import OnlyWithKeys
from tests.site_keys import do, first_key, pages_stand


def test_a_page_offers_a_bound_member_what_their_key_can_seal_and_says_what_can_where_there_is_none(site):
    key = first_key(site, site.bo, "card")
    do(site, key, OnlyWithKeys(by=site.bo))
    motion = site.second(site.move(site.ada))
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    for person, bound in ((site.bo, True), (site.ada, False)):
        page = site.browser(person).get(f"/decide/{motion}/").content.decode()
        assert f'action="/decide/{motion}/vote/"' in page
        assert ("on paper through two officers" in page) == bound
    answer = site.browser(site.bo).post(f"/decide/{motion}/vote/", {"choice": "yes"})
    assert answer.status_code == 409
    assert "“only with my keys”" in answer.content.decode()
    home = site.browser(site.bo).get("/").content.decode()
    assert f'href="/decide/{motion}/"' in home  # they can answer with their key


def test_no_page_offers_an_officer_a_ruling_that_is_refused_for_want_of_a_seal(site):
    """Fourteen days after the pages stand at an address where keys work."""
    pages_stand(site)
    site.wait(15)
    motion = site.second(site.move(site.bo))
    browser = site.browser(site.ada)
    assert f"/decide/{motion}/in-order/" not in browser.get(f"/decide/{motion}/").content.decode()
    assert browser.post(f"/decide/{motion}/in-order/").status_code == 409
