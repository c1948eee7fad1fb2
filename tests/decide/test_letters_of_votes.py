"""What letters say of how a vote ended, and of what lapsed, is what the record says."""

from django.core import mail

from frombelow.polity import Stage
from frombelow_site.decide import actions as decide
from frombelow_site.decide.letters import how_it_ended
from frombelow_site.door import perform
from tests import acts as a
from tests.cast import Organization
from tests.pages import read
from tests.polity.resting import PLAIN, keyed, resting
from tests.site_mail import delivered


def letters(site, days):
    """To whom what was said in so many days."""
    delivered(), mail.outbox.clear()
    site.wait(days)
    return [(each.to[0], each.subject, " ".join(each.body.split())) for each in delivered()]


def test_the_letter_about_a_vote_without_a_quorum_says_its_figures(site):
    site.admit(6)
    motion = site.voting()
    for person in (site.ada, site.eve, site.dee, site.bo, *site.people):
        decide.vote(person, motion, "no")
    said = [body for _to, subject, body in letters(site, 8) if subject == "A vote has closed"]
    assert len(said) == 10
    assert all("0 yes, 10 no, 0 abstained, of 10 who may vote" in body for body in said)
    while site.polity.motions[motion].stage is not Stage.VOTING:
        site.wait(1)
    assert "0 yes, 10 no, 0 abstained, of 10" in how_it_ended(site.polity.motions[motion])


def test_the_letter_about_a_vote_that_is_held_once_more_since_answers_were_disowned_says_so():
    org = Organization(8, book=PLAIN)
    keys = keyed(org)
    motion, rest = resting(org, keys)
    found = org.polity.motions[motion]
    figures = f"{found.yes} yes, {found.no} no, {found.abstain} abstained, of {found.eligible}"
    for person in (person for person in rest if person in keys and found.poll.is_on_word(person)):
        org.do(a.DisownVote, person, poll=motion, sealed=keys[person])
    org.until(motion, Stage.ADJOURNED)
    said = how_it_ended(found)
    assert said.startswith("Answers were disowned that could have decided this.")
    assert figures in said


def test_page_and_letter_say_why_a_recall_lapsed(site):
    recall = site.petition()
    while site.polity.motions[recall].stage is not Stage.DEBATE:
        site.wait(1)
    perform(a.Resign(by=site.ada, mandate=site.polity.motions[recall].mandate))
    said = [body for to, _subject, body in letters(site, 15) if to == "bo@example.org"]
    assert site.polity.motions[recall].stage is Stage.LAPSED
    why = "the mandate ended before the vote"
    assert any(f"What you moved is over without a decision: {why}." in body for body in said)
    assert f"Lapsed: {why}" in read(site.browser(site.bo).get(f"/decide/{recall}/"))
