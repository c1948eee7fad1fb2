"""Home asks whoever alone can say that an answer is not theirs."""

from frombelow.polity import Stage
from frombelow.polity.votes.acts import PaperVote
from frombelow_site.door import new_id
from tests.site_keys import do, first_key


def test_home_goes_on_asking_a_member_whose_only_answer_is_one_that_officers_handed_in_on_paper(site):
    keys = {person: first_key(site, person) for person in (site.ada, site.eve)}
    site.wait(8)
    motion = site.second(site.move(site.dee))
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    asked = "Vote on" in site.browser(site.bo).get("/").content.decode()
    for officer, office in ((site.ada, "chair"), (site.eve, "secretary")):
        under = site.holds(officer, office).id
        do(site, keys[officer], PaperVote(
            by=officer, under=under, poll=motion, person=site.bo, choice="yes", nonce=new_id()
        ))  # fmt: skip
    assert asked
    assert f"/decide/{motion}/" in site.browser(site.bo).get("/").content.decode()
