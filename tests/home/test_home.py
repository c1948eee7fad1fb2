"""Home says what needs you, and nothing more."""

import pytest

from frombelow_site.decide import actions as decide
from frombelow_site.membership import actions as membership
from tests.site_cast import DAY, NOON


def body(response):
    return response.content.decode()


def test_it_sends_who_is_not_signed_in_to_sign_in(site, client):
    assert client.get("/").url.startswith("/enter/")


def test_it_says_rest_when_nothing_needs_you(site):
    assert "Nothing needs you. Rest." in body(site.browser(site.bo).get("/"))


def test_it_lists_a_vote_that_you_can_cast_until_you_cast_it(site):
    motion = site.voting()
    bo = site.browser(site.bo)
    assert "Vote on" in body(bo.get("/"))
    decide.vote(site.bo, motion, "no")
    assert "Vote on" not in body(bo.get("/"))


def test_it_lists_a_motion_to_rule_on_for_the_chair_and_not_for_a_member(site):
    site.second(site.move())
    assert "Rule on" in body(site.browser(site.ada).get("/"))
    assert "Rule on" not in body(site.browser(site.bo).get("/"))


def test_it_lists_a_debate_that_is_over_for_who_may_open_the_vote(site):
    site.debated()
    site.wait(15)
    assert "Open the vote on" in body(site.browser(site.ada).get("/"))
    assert "Open the vote on" not in body(site.browser(site.bo).get("/"))


def test_it_lists_the_reply_that_is_owed_by_whom_a_recall_is_about(site):
    site.petition()
    assert "Reply to" in body(site.browser(site.ada).get("/"))
    assert "Reply to" not in body(site.browser(site.eve).get("/"))


def test_it_lists_a_motion_that_you_could_second_and_not_your_own(site):
    site.admit(30)
    site.move()
    assert "Second, if you agree" in body(site.browser(site.ada).get("/"))
    assert "Second, if you agree" not in body(site.browser(site.bo).get("/"))


def test_who_stepped_back_sees_votes_only(site):
    site.admit(30)
    site.voting(title="Is being voted")
    site.move(title="Looks for seconders")
    site.second(site.move(site.dee, title="Waits for a ruling"))
    membership.step_back(site.eve, None)
    page = body(site.browser(site.eve).get("/"))
    assert "Is being voted" in page
    assert "Looks for seconders" not in page
    assert "Waits for a ruling" not in page


def test_who_stepped_back_sees_the_reply_they_owe_and_no_news(site):
    site.decided()
    site.petition()
    membership.step_back(site.ada, None)
    page = body(site.browser(site.ada).get("/"))
    assert "Reply to" in page
    assert "Decided since" not in page
    assert "Return" in page


def test_who_returns_reads_what_was_decided_while_they_were_away(site):
    bo = site.browser(site.bo)
    bo.get("/")
    membership.step_back(site.bo, None)
    site.decided(title="Decided meanwhile")
    bo.get("/")
    membership.come_back(site.bo)
    assert "Decided meanwhile" in body(bo.get("/"))


def test_votes_come_first_the_one_that_closes_soonest_on_top(site):
    site.admit(30)
    site.move(title="Third")
    site.voting(title="First")
    late = site.second(site.move(title="Second"))
    while site.polity.motions[late].stage.value != "voting" and site.at < NOON + 40 * DAY:
        site.wait(1)
    page = body(site.browser(site.ada).get("/"))
    places = [page.find(title) for title in ("First", "Second", "Third") if title in page]
    assert places == sorted(places)


def test_each_line_has_its_deadline_and_its_minutes(site):
    site.voting(body="word " * 2_000)
    page = body(site.browser(site.bo).get("/"))
    assert "until the end of" in page
    assert "10 minutes" in page


def test_it_lists_seven_lines_at_most(site):
    site.admit(30)
    for n in range(9):
        site.move((site.bo, site.dee)[n % 2])
    assert body(site.browser(site.ada).get("/")).count("Second, if you agree") == 7


def test_it_tells_what_was_decided_since_you_last_looked(site):
    bo = site.browser(site.bo)
    bo.get("/")
    site.decided()
    page = body(bo.get("/"))
    assert "Decided since you last looked" in page
    assert "Carried: 3 yes, 0 no, 0 abstained" in page


@pytest.mark.parametrize("size", [4, 1204])
def test_it_asks_the_database_little_at_any_size(site, size, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    site.decided(yes=400 if size > 400 else 3)
    for n in range(8):
        site.move((site.ada, site.dee)[n % 2])
    bo = site.browser(site.bo)
    bo.get("/")
    with django_assert_max_num_queries(12):
        assert bo.get("/").status_code == 200


def test_it_tells_what_comes_where_i_vote_and_not_twice(site):
    debated = site.debated(title="Is being debated")
    page = body(site.browser(site.eve).get("/"))
    comes = page.partition("What comes</h2>")[2]
    assert "Is being debated" in comes
    assert "until the end of" in comes
    assert page.count(f'href="/decide/{debated}/"') == 1


def test_a_vote_that_i_answered_still_comes_and_asks_nothing(site):
    motion = site.voting()
    decide.vote(site.dee, motion, "no")
    page = body(site.browser(site.dee).get("/"))
    assert "closes at the end of" in page.partition("What comes</h2>")[2]
    assert "Vote on" not in page


def test_it_tells_what_i_moved_and_where_it_stands(site):
    site.admit(30)
    site.move(site.bo, title="My own")
    page = body(site.browser(site.bo).get("/"))
    assert "My own" in page.partition("What you moved</h2>")[2]
    assert "What you moved" not in body(site.browser(site.eve).get("/"))


def test_it_tells_when_an_office_of_mine_ends(site):
    page = body(site.browser(site.ada).get("/"))
    far = site.holds(site.ada, "chair").ends - site.at > 60 * DAY
    assert ("Your office ends: Chair" in page) != far
    site.at = site.holds(site.ada, "chair").ends - 10 * DAY
    assert "Your office ends: Chair" in body(site.browser(site.ada).get("/"))
    assert "Your office ends" not in body(site.browser(site.bo).get("/"))


def test_each_heading_has_seven_lines_at_most(site):
    site.admit(60)
    for n in range(9):
        site.move(site.people[n])
    for n in range(5):
        site.move(site.bo, title=f"Bo's {n}")
    page = body(site.browser(site.bo).get("/"))
    for part in page.split("<h2>"):
        assert part.count('class="what"') <= 7


@pytest.mark.parametrize("who", ["ada", "dee"])
def test_an_officer_s_home_asks_the_database_as_little(site, who, django_assert_max_num_queries):
    site.decided()
    site.debated()
    site.move(getattr(site, who))
    officer = site.browser(getattr(site, who))
    officer.get("/")
    with django_assert_max_num_queries(12):
        assert officer.get("/").status_code == 200
