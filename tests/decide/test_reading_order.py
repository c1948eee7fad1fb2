"""A motion's page reads from what it would do over the reasons to the question, and then to the answer."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from frombelow_site.decide import actions as decide
from frombelow_site.ui.templatetags.site import linked
from tests import acts as a


def page(site, person, motion):
    text = " ".join(site.browser(person).get(f"/decide/{motion}/".replace("//", "/")).content.decode().split())
    return text[text.index("<main") :]


def article(number, **settings):
    told = "\n".join(f"{key} = {value}" for key, value in settings.items())
    return a.ChangeRules(f'[[article]]\nnumber = "{number}"\n{told}\n')


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    assert places == sorted(places), dict(zip(parts, places, strict=True))


def test_the_answer_comes_after_the_reasons_and_the_question(site):
    text = page(site, site.bo, site.voting(body="It is grey."))
    in_order(
        text, "<h1>", "It is grey.", ">The question</h2>", "Shall the motion", "The vote closes at",
        "only you see your answer", 'value="yes"', 'class="main"> Vote <', "have answered",
    )  # fmt: skip


def test_a_change_stands_between_the_reasons_and_the_question(site):
    text = page(site, site.bo, site.voting(article("4.6", debate_days=21)))
    in_order(text, "It is grey.", "Before and after", "for 14 days", "for 21 days", ">The question</h2>")


def test_a_reply_stands_before_the_question(site):
    motion = site.petition()
    decide.reply(site.ada, motion, "I did so for all of us.")
    site.wait(15)
    in_order(
        page(site, site.bo, motion), "She met the landlord", "I did so for all", ">The question</h2>", 'value="yes"'
    )


def test_who_answered_is_told_what_and_when_and_can_change_it(site):
    motion = site.voting()
    decide.vote(site.bo, motion, "yes")
    text = page(site, site.bo, motion)
    day = re.search(r"You answered yes on (\w+day \d+ \w+ 2026)\.", text)
    assert day, text
    in_order(text, "You answered yes", "Change it", 'value="yes"')
    assert "You answered" not in page(site, site.eve, motion)
    decide.vote(site.bo, motion, "abstain")
    assert f"You abstained on {day[1]}." in page(site, site.bo, motion)


@pytest.mark.parametrize(
    ("effects", "asked"),
    [
        (lambda s: [], "Shall the motion “Paint the hall” be carried, as it is written above?"),
        (lambda s: [article("4.6", debate_days=21)], "Shall Article 4.6 say 21 days instead of 14"),
        (lambda s: [a.ExpelMember(s.dee)], "Shall Dee Three be expelled?"),
        (lambda s: [a.EndMandate(s.holds(s.ada, "chair").id)], "Shall Ada One cease to be Chair?"),
        (lambda s: [a.GrantMandate(s.office("treasurer").id, s.bo)], "Shall Bo Four hold the office Treasurer, for at"),
        (lambda s: [a.Dissolve()], "Shall the organization end?"),
        (lambda s: [a.FormBranch("Harbour", s.polity.root)], "Shall the branch Harbour be formed, under Tenants?"),
        (
            lambda s: [a.FormBranch("Harbour", s.polity.root), a.ExpelMember(s.dee)],
            "Shall all of this be done: Expel Dee Three, and one thing more?",
        ),
    ],
)
def test_the_question_says_what_yes_does(site, effects, asked):
    assert asked in page(site, site.bo, site.voting(*effects(site)))


def test_a_recall_asks_whether_they_cease_to_hold_the_office(site):
    motion = site.petition()
    site.wait(15)
    assert "Shall Ada One cease to be Chair?" in page(site, site.bo, motion)


def test_an_article_whose_words_alone_change_is_asked_about_as_such(site):
    change = a.ChangeRules('[[article]]\nnumber = "4.6"\ntext = "Everything is debated for {debate_days} days."\n')
    assert "Shall Article 4.6 say other words, as they stand above?" in page(site, site.bo, site.voting(change))


def test_an_article_that_is_struck_out_is_asked_about_as_such(site):
    new = a.ChangeRules('[[article]]\nnumber = "12.9"\ntitle = "Tea"\ntext = "There is tea."\n')
    motion = site.voting(new, title="Tea")
    assert "Shall there be an Article 12.9, Tea, as it stands above?" in page(site, site.bo, motion)
    for person in (site.ada, site.eve, site.dee, site.bo):
        decide.vote(person, motion, "yes")
    site.wait(8)
    gone = site.voting(a.ChangeRules("", repeal=("12.9",), on=site.polity.size), title="No tea")
    assert "Shall Article 12.9, Tea, be struck out?" in page(site, site.bo, gone)


def test_the_bar_of_time_says_that_it_is_of_time_and_turnout_stands_elsewhere(site):
    text = page(site, site.bo, site.voting())
    bar = text.index("<progress")
    assert re.search(r"<progress[^>]*></progress> <small>Time: \d+ of 7 days are over\.</small>", text[bar:])
    in_order(text, "<progress", "</form>", "How many have answered", "have answered. The figures")


def test_a_decided_motion_was_decided_on_the_day_on_which_its_vote_closed(site):
    motion = site.voting()
    last = site.polity.motions[motion].deadline - 1
    decide.vote(site.bo, motion, "yes")
    site.wait(9)  # the server hears of it days later
    day = datetime.fromtimestamp(last, ZoneInfo("Europe/London")).strftime("%A %-d %B %Y")
    assert f"Decided on {day}." in page(site, site.bo, motion)
    assert f"Carried, {day}" in page(site, site.bo, "")  # the list


def test_what_is_over_is_told_as_past(site):
    lost = page(site, site.bo, site.decided(1, 3, article("4.6", debate_days=21)))
    assert "What it would have done" in lost
    carried = page(site, site.bo, site.decided(4, 0, article("4.6", debate_days=21), title="Again"))
    assert "What it did" in carried
    for text in (lost, carried):
        assert "What it would do" not in text
        assert "that it needs" not in text


def test_nobody_taking_part_is_told_apart_from_a_tie(site):
    site.decided(4, 0, a.ChangeRules('[[article]]\nnumber = "5.6"\nquorum = {yes_of_eligible = "0"}\n'), title="None")
    tied, nobody = site.decided(2, 2, title="One"), site.decided(0, 0, title="Two")
    assert "Tied, so not carried" in page(site, site.bo, tied)
    assert "Nobody took part: not carried" in page(site, site.bo, nobody)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("See https://a.example/b?c=1&d.", '<a href="https://a.example/b?c=1&amp;d" rel="nofollow noreferrer">'),
        ("(https://a.example/b)", '(<a href="https://a.example/b" rel="nofollow noreferrer">https://a.example/b</a>)'),
    ],
)
def test_an_https_address_in_a_text_can_be_followed(words, shown):
    assert shown in linked(words)


@pytest.mark.parametrize(
    "words",
    [
        "http://a.example", "javascript:alert(1)", "https://bank.example@evil.example", "https://b\u0430nk.example",
        "https://a.example/\u202egnp", "https://", "ftp://a.example",
    ],
)  # fmt: skip
def test_nothing_else_in_a_text_can_be_followed(words):
    assert "<a " not in linked(words)


def test_a_text_with_addresses_stays_escaped():
    assert linked('<b>https://a.example/"><script>') == (
        '&lt;b&gt;<a href="https://a.example/" rel="nofollow noreferrer">https://a.example/</a>&quot;&gt;&lt;script&gt;'
    )


def test_an_address_in_the_reasons_can_be_followed_on_the_page(site):
    text = page(site, site.bo, site.move(body="Read https://tenants.example/minutes first."))
    assert '<a href="https://tenants.example/minutes" rel="nofollow noreferrer">' in text
