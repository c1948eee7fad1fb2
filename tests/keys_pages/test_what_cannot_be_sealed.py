"""Pages hand acts in without a seal: they offer none that needs one, and say why."""

from frombelow.polity import Stage
from frombelow.polity.keys.acts import OnlyWithKeys
from tests.site_keys import do, first_key, pages_stand


def test_no_page_offers_a_vote_to_a_bound_member_whose_answer_on_it_is_refused(site):
    key = first_key(site, site.bo, "card")
    do(site, key, OnlyWithKeys(by=site.bo))
    motion = site.second(site.move(site.ada))
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    for person, offered in ((site.bo, False), (site.ada, True)):
        page = site.browser(person).get(f"/decide/{motion}/").content.decode()
        assert (f'action="/decide/{motion}/vote/"' in page) == offered
        assert ("“only with my keys”" in page) == (not offered)
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
