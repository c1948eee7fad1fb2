"""What the quotas of a draw do to each group's chances stands on the motion's page before anybody votes."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frombelow.polity.draws.acts import HoldDraw
from frombelow_site.decide import chances
from frombelow_site.decide.models import Chances
from frombelow_site.decide.panels import UnpreparedError
from frombelow_site.people.models import Card
from frombelow_site.ui import background
from tests.walking import content_of

QUOTAS = (("years", "0–1", 2, 2), ("years", "2–4", 2, 2), ("years", "5+", 0, 0))


def text(answer):
    return " ".join(content_of(answer).decode().split())


@pytest.fixture
def motion(site, monkeypatch, django_capture_on_commit_callbacks):
    """Moves a draw of four of 24, of whom six have been in for three years and eighteen for one, and lets what is
    begun in the background run."""
    monkeypatch.setattr(background, "start", lambda work, _name: work())
    site.admit(20)
    for n, person in enumerate(site.polity.people):
        Card.objects.filter(pk=person).update(joined=date(2023 if n < 6 else 2025, 6, 1))

    def move(quotas=QUOTAS, size=4):
        said = {"purpose": "panel", "task": "look at the fund", "reserves": 0, "chance": "dice"}
        effect = HoldDraw(size=size, quotas=quotas, until=site.polity.today(site.at) + 200, **said)
        with django_capture_on_commit_callbacks(execute=True):
            return site.move(site.bo, effect)

    return move


def page(site, motion):
    return text(site.browser(site.eve).get(f"/decide/{motion}/"))


def test_the_chances_of_each_group_stand_beside_those_without_quotas_before_the_vote(site, motion):
    said = page(site, motion())
    assert (
        "To be drawn: 4 of 24 people, as of the members of 2 March 2026. Without quotas everybody’s chance would be 16.7 %."
        in said
    )
    row = '<th scope="row" class="name">{0}</th> '
    row += '<td class="number">16.7 %</td> <td class="number">{2}</td> <td class="number">{1}</td>'
    for each in (("0–1", 18, "11.1 %"), ("2–4", 6, "33.3 %"), ("5+", 0, "–")):
        assert row.format(*each) in said


def test_the_lowest_chance_is_said_with_what_keeps_it_down(site, motion):
    said = page(site, motion())
    assert "With them the lowest is 11.1 %, of 18 members. What keeps it down: of the group “" in said
    assert "sit" in said


def test_quotas_that_take_nothing_from_anybody_are_said_to_take_nothing(site, motion):
    wide = tuple((category, group, 0, 4) for category, group, _least, _most in QUOTAS)
    said = page(site, motion(wide))
    assert "these quotas take nothing from anybody" in said
    assert "What keeps it down" not in said


def test_two_bars_a_group_show_both_chances(site, motion):
    said = page(site, motion())
    assert said.count('<rect class="span"') == said.count('<rect class="sit"') == 3
    assert '<rect class="sit" x="0" y="04" width="333" height="4"/>' in said
    assert '<rect class="sit" x="0" y="14" width="1000" height="4"/>' in said


def test_until_they_are_found_the_page_says_so(site, motion, monkeypatch):
    monkeypatch.setattr(background, "start", lambda _work, _name: None)
    assert "This is being found, and is not here yet." in page(site, motion())


def test_quotas_that_today_s_members_cannot_keep_are_told_with_the_smallest_way_out(site, motion):
    said = page(site, motion((("years", "0–1", 0, 1), ("years", "2–4", 0, 4), ("years", "5+", 3, 3))))
    assert "No panel keeps all of these quotas. The smallest way out: " in said
    assert "5+: 0 to 3 instead of 3 to 3" in said


def test_a_group_that_the_quotas_do_not_name_and_too_few_members_are_named(site, motion):
    some = motion((("years", "0–1", 0, 4), ("years", "5+", 0, 4)))
    assert "Somebody is in the group “2–4”, which the quotas do not name." in page(site, some)
    many = motion((("years", "0–1", 0, 30), ("years", "2–4", 0, 30), ("years", "5+", 0, 30)), 30)
    assert "Fewer people could be drawn today than are to be drawn." in page(site, many)


def test_where_finding_them_takes_too_much_the_page_says_that(site, motion, monkeypatch):
    def too_much(_order):
        raise UnpreparedError("too much")

    monkeypatch.setattr(chances, "solve", too_much)
    assert "What these quotas do to chances could not be found." in page(site, motion())


def test_what_breaks_is_said_to_have_broken_and_asked_for_again_at_the_next_start(site, motion, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(chances, "_order", lambda *_: 1 / 0)
        name = motion()
    assert "could not be found" in page(site, name)


def test_what_a_stop_of_the_server_cut_off_is_begun_again(
    site, motion, monkeypatch, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as patch:
        patch.setattr(background, "start", lambda _work, _name: None)
        name = motion()
    with django_capture_on_commit_callbacks(execute=True):
        chances.go_on(site.polity, site.at)
    assert "11.1 %" in page(site, name)


def test_they_are_found_anew_of_the_members_of_the_day_on_which_the_vote_opens(
    site, motion, django_capture_on_commit_callbacks
):
    name = motion()
    Card.objects.filter(joined__year=2025).update(joined=date(2023, 1, 1))
    Card.objects.filter(pk__in=site.people[:4]).update(joined=date(2025, 12, 1))
    with django_capture_on_commit_callbacks(execute=True):
        site.second(name)
        while site.polity.motions[name].poll is None:
            site.wait(1)
    said = page(site, name)
    assert "as of the members of 2 March 2026" not in said
    assert "With them the lowest is 10.0 %, of 20 members" in said


def test_what_was_found_stays_where_nothing_can_be_found_later(site, motion):
    name = motion()
    chances._keep(name, 0, chances.Why(broke=True), site.at)
    assert "11.1 %" in page(site, name)


def test_a_page_asks_once_for_them_and_a_motion_without_quotas_never(site, motion):
    name, plain = motion(), site.move(site.eve, title="Something else")
    for address, asked in ((name, 1), (plain, 0)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(site, address)
        assert sum("decide_chances" in each["sql"] for each in queries) == asked


def test_no_page_makes_anybody_wait_for_a_solver(site, motion, monkeypatch):
    name = motion()
    monkeypatch.setattr(chances, "solve", lambda _order: pytest.fail("a solver ran"))
    Chances.objects.update(state=Chances.State.WAITING)
    assert "not here yet" in page(site, name)


def test_solvers_run_one_after_the_other(site, motion, monkeypatch):
    at_once = []
    running = threading.Lock()

    def one(_order):
        at_once.append(running.acquire(blocking=False))
        threading.Event().wait(0.01)
        running.release()
        raise UnpreparedError

    monkeypatch.setattr(chances, "solve", one)
    orders = [threading.Thread(target=chances._asked, args=[None]) for _ in range(8)]
    for each in orders:
        each.start()
    for each in orders:
        each.join()
    assert at_once == [True] * 8


def test_another_language_says_all_of_it(site, motion):
    browser = site.browser(site.eve)
    browser.post("/ui/language/", {"language": "es"})
    said = text(browser.get(f"/decide/{motion()}/"))
    assert "16,7 %" in said
    assert all(words not in said for words in ("Without", "What the quotas", "keeps it down"))
