"""Home asks for what only its reader can say before anything else."""

from frombelow.polity import Stage
from frombelow.polity.votes.acts import CastVote
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id
from tests.site_keys import do, first_key


def ten_motions(site):
    motions = [site.move(by, title=f"Paint wall {by[:3]} {n}") for by in (site.dee, site.eve) for n in range(5)]
    return [site.second(motion) for motion in motions]


def voting(site, motion):
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)


def test_home_asks_each_member_of_the_rest_whether_the_answer_is_theirs_however_many_votes_are_open(site):
    site.admit(8)
    keys = {person: first_key(site, person) for person in (site.bo, *site.people[:2])}
    site.wait(1)
    motions = ten_motions(site)
    site.wait(8)
    recall = site.petition()
    for person in [site.eve, site.dee, *site.people]:
        if site.polity.motions[recall].stage is Stage.PETITION:
            decide.sign(person, recall)
    voting(site, recall)
    do(site, keys[site.bo], CastVote(by=site.bo, poll=recall, choice="no", nonce=new_id()))
    for person in site.people[2:7]:
        decide.vote(person, recall, "yes")  # the server, in their names
    while site.polity.motions[recall].stage is not Stage.RESTING:
        site.wait(1)
    opened = [motion for motion in motions if site.polity.motions[motion].stage is Stage.VOTING]
    page = site.browser(site.people[3]).get("/").content.decode()
    assert f"/decide/{recall}/" in page, f"{len(opened)} votes are open"
