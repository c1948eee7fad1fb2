"""Who left says that the answer in their name is not theirs."""

from html import unescape

from frombelow.polity import Stage
from frombelow.polity.votes.acts import CastVote
from frombelow_site.decide import actions as decide
from frombelow_site.door import new_id
from frombelow_site.membership import actions as membership
from tests.site_keys import do, first_key


def test_whoever_left_finds_the_button_by_which_they_say_that_the_answer_in_their_name_is_not_theirs(site):
    site.admit(8)
    key = first_key(site, site.bo)
    site.wait(1)
    recall = site.petition()
    for person in [site.eve, site.dee, *site.people]:
        if site.polity.motions[recall].stage is Stage.PETITION:
            decide.sign(person, recall)
    while site.polity.motions[recall].stage is not Stage.VOTING:
        site.wait(1)
    do(site, key, CastVote(by=site.bo, poll=recall, choice="no", nonce=new_id()))
    for person in site.people[2:7]:
        decide.vote(person, recall, "yes")  # the server, in their names
    left = site.people[3]
    membership.leave(left)
    while site.polity.motions[recall].stage is not Stage.RESTING:
        site.wait(1)
    browser, button = site.browser(left), f"/decide/{recall}/disown/"
    pages = [browser.get(path, follow=True).content.decode() for path in ("/", "/people/me/", f"/decide/{recall}/")]
    assert any(button in page for page in pages)
    assert f"/decide/{recall}/" in pages[1]
    assert browser.post(button).status_code == 302
    assert left in site.polity.motions[recall].poll.asked
    told = site.browser(site.ada).get("/keys/requests/").content.decode()
    assert f'"kind":"vote.vouch-disown","poll":"{recall}","person":"{left}"' in unescape(told)
