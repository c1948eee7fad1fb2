"""Which letters are written when, to whom, and that none is written twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

from frombelow.polity import Stage
from frombelow.polity.mail.state import Notices
from frombelow_site.decide import actions as decide
from frombelow_site.decide.models import Notice
from frombelow_site.mail.models import Letter, Round
from frombelow_site.mail.writing import Writing
from frombelow_site.operations import marks
from frombelow_site.roll import actions as roll
from tests.site_mail import delivered

HOUR, DAY = 3_600, 86_400


def told(to="bo@example.org"):
    return [each.subject for each in delivered() if each.to == [to]]


def test_who_has_not_answered_hears_once_that_a_day_is_left(site):
    motion = site.voting()
    decide.vote(site.ada, motion, "yes")
    site.at = site.polity.motions[motion].poll.closes - 20 * HOUR
    for _ in range(3):
        delivered()
        site.at += 2 * HOUR
    assert told().count("A vote closes soon") == 1
    assert "A vote closes soon" not in told("ada@example.org")


def test_a_result_comes_with_the_article_that_made_it_so(site):
    site.decided()
    [letter] = [each for each in delivered() if each.to == ["bo@example.org"] and each.subject == "A vote has closed"]
    said = letter.body.replace("\n", " ")
    assert "Carried." in said
    assert "3 yes, 0 no, 0 abstained" in said
    assert "Article 6.1" in said


def test_who_is_recalled_hears_of_it_at_once_and_what_the_record_says_of_the_notice(site):
    motion = site.petition()
    assert "Something is asked that is about you" in told("ada@example.org")
    assert "Something is asked that is about you" not in told()
    site.wait(2)
    delivered()
    [notice] = site.polity.part(Notices).about[motion]
    assert (notice.letter, notice.mailed, notice.unreached) == ("about-me", 1, 0)


def test_of_a_vote_the_record_says_how_many_its_notice_reached_and_holds_a_mark_of_its_words(site):
    site.admit(3)
    motion = site.voting()
    delivered()
    site.wait(1.1)
    delivered()
    [notice] = [each for each in site.polity.part(Notices).about[motion] if each.letter == "vote"]
    assert (notice.mailed, notice.bounced, notice.printed, notice.unreached) == (7, 0, 0, 0)
    assert "You can answer until" in Notice.objects.get(index=notice.index).words
    assert [found.good for found in marks.compare()] == [True]
    Notice.objects.filter(index=notice.index).update(words="Nothing of the kind")
    assert not all(found.good for found in marks.compare())


def test_a_new_member_hears_what_to_do_first(site):
    roll.admit(site.eve, site.mandate_of_eve, site.polity.root, "Gus Five", "gus@example.org")
    [letter] = [each for each in delivered() if each.to == ["gus@example.org"]]
    assert letter.subject == "Welcome"
    assert "1. Sign in with this address." in letter.body


def monday(site, hour, minute=0, day=9):
    return int(datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/London")).timestamp())


def test_the_weekly_letter_comes_on_monday_once_and_is_never_empty(site):
    site.at = monday(site, 6, 59)
    delivered()
    assert not Round.objects.filter(kind="digest").exists()
    site.at = monday(site, 7)
    assert "The week" not in told()  # nothing was moved, so there is nothing to tell
    site.voting()
    site.at = monday(site, 7, 5, day=23)
    for _ in range(3):
        delivered()
        site.at += HOUR
    assert told().count("The week") == 1
    letter = next(each for each in delivered() if each.subject == "The week")
    assert "OPEN NOW" in letter.body
    assert "Paint the hall" in letter.body


def test_on_the_day_on_which_clocks_change_the_weekly_letter_comes_at_seven(site):
    """29 March 2026 is a Sunday; that Monday is the first whose seven o'clock is an hour earlier."""
    site.at = monday(site, 7, day=30) - 60
    delivered()
    assert not Round.objects.filter(kind="digest", about="2026-W14").exists()
    site.at += 60
    delivered()
    assert Round.objects.filter(kind="digest", about="2026-W14").exists()
    assert site.at == monday(site, 7, day=23) + 7 * DAY - HOUR


def test_a_postman_that_is_stopped_in_the_middle_of_a_round_writes_no_copy_twice(site, monkeypatch):
    monkeypatch.setattr("frombelow_site.mail.writing.A_PART", 2)
    site.admit(9)
    site.voting()
    first = Writing(Round.objects.get(kind="vote"))
    assert first.part(site.at)
    assert Letter.objects.filter(kind="vote").count() == 2
    delivered()  # another process goes on
    people = list(Letter.objects.filter(kind="vote").values_list("person", flat=True))
    assert len(people) == len(set(people)) == 13


def test_a_record_that_is_made_anew_writes_to_nobody(site):
    from frombelow_site.door import projections

    site.decided()
    delivered()
    before = Round.objects.count()
    projections.rebuild_all(site.polity)
    assert Round.objects.count() == before


def test_a_vote_that_is_held_once_more_is_told_of_again(site):
    motion = site.voting()
    while site.polity.motions[motion].stage is Stage.VOTING:
        site.wait(1)
    assert site.polity.motions[motion].stage is Stage.ADJOURNED
    while site.polity.motions[motion].stage is Stage.ADJOURNED:
        site.wait(1)
    assert told().count("A vote is open") == 1  # the first was over before anybody was written to
    closed = next(each for each in delivered() if each.subject == "A vote has closed")
    assert "the vote is held once more" in closed.body.replace("\n", " ")


def test_who_came_in_with_a_file_is_written_to_once_and_when_somebody_says_so(site):
    from frombelow_site.roll.models import Import

    site.admit(3)
    batch = next(iter(site.polity.imports))
    Import.objects.update_or_create(
        pk=batch,
        defaults={"by": site.eve, "under": site.mandate_of_eve, "branch": site.polity.root, "state": "done", "done": 3},
    )
    eve, page = site.browser(site.eve), f"/people/roll/import/{batch}/"
    assert "Shall each of them get a letter?" in eve.get(page).content.decode()
    assert "Welcome" not in told("person1@example.org")
    for _ in range(2):
        assert eve.post(f"{page}welcome/").status_code == 302
    assert told("person1@example.org") == ["Welcome"]
    assert "A letter went to each of them" in eve.get(page).content.decode()
    assert site.browser(site.bo).post(f"{page}welcome/").status_code == 404


def test_the_page_of_a_motion_says_who_was_told_of_its_vote(site):
    motion = site.voting()
    delivered()
    page = f"/decide/{motion}/"
    assert "Who was told" not in site.browser(site.bo).get(page).content.decode()
    site.wait(1.1)
    delivered()
    said = " ".join(site.browser(site.bo).get(page).content.decode().split())
    assert "That the vote was open: 4 copies mailed, 0 delivered on paper." in said
