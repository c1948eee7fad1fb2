"""What a motion does is its headline everywhere; its mover's words stand below."""

import re

import pytest

from frombelow.polity import Stage
from frombelow_site.decide import actions as decide
from frombelow_site.decide.headlines import LONGEST, headlines
from tests import acts as a

REFORM = '[[article]]\nnumber = "5.4"\nvoting_days = 14\n'
TYPO = '[[article]]\nnumber = "5.4"\ntext = "A vote stays open for {voting_days} days. Until then all can change it."\n'


def text(answer):
    return " ".join(answer.content.decode().split())


def pages(site, motion):
    """The places where a motion is called by a name: Home, the list, its own page, the record."""
    browser = site.browser(site.ada)
    return [text(browser.get(place)) for place in ("/", "/decide/", f"/decide/{motion}/", "/record/")]


def test_a_title_that_lies_is_no_headline(site):
    motion = site.move(site.bo, a.GrantMandate(site.office("chair").id, site.dee), title="Make Dee steward")
    for page in pages(site, motion):
        assert "Dee Three holds the office Chair" in page
    page = pages(site, motion)[2]
    called = "Dee Three holds the office Chair, for at most 12 months, in place of Ada One, its holder since "
    assert f">{called}the founding</h1>" in page
    assert page.index("<h1") < page.index("Make Dee steward")
    assert not any("Make Dee steward" in page for page in pages(site, motion)[:2])


def test_a_recall_is_called_after_whom_it_is_about(site):
    motion = site.petition()
    for page in pages(site, motion):
        assert "Recall Ada One from the office Chair" in page


def test_a_motion_of_several_things_says_that_there_are_more(site):
    root = site.polity.root
    motion = site.move(site.bo, a.FormBranch("North", root), a.FormBranch("South", root), title="Branches")
    assert "The branch North is formed, under Tenants, and one thing more" in pages(site, motion)[1]


def test_a_motion_without_effects_is_called_as_its_mover_calls_it_and_said_to_be_words(site):
    motion = site.move(title="Paint the hall")
    page = re.sub(r'<script id="committed".*?</script>', "", pages(site, motion)[2])  # what the page's script compares
    assert "<h1>In words only: “Paint the hall”</h1>" in page
    assert page.count("Paint the hall") == 2  # the title of the page is the same, and nothing says it once more


def test_a_motion_that_does_nothing_is_not_called_like_one_that_does_something(site):
    recall = site.petition()
    real = headlines(site.polity, [recall])[recall]
    false = site.move(title=real)
    assert headlines(site.polity, [false])[false] == f"In words only: “{real}”"
    assert f"“{real}”" in pages(site, false)[0]


def test_a_change_of_rules_is_shown_in_words_and_in_figures(site):
    motion = site.move(site.bo, a.ChangeRules(REFORM), title="A small matter")
    page = pages(site, motion)[2]
    assert "Days of voting" in page
    assert "7 before, 14 after" in page


def carried_meanwhile(site):
    """Bo's reform waits for seconders while a change of the same article is carried."""
    reform = site.move(site.bo, a.ChangeRules(REFORM, on=site.polity.size), title="Vote longer")
    site.decided(4, 0, a.ChangeRules(TYPO, on=site.polity.size), title="Words")
    return reform


def test_the_page_shows_the_rules_in_force_not_those_of_the_day_it_was_moved(site):
    reform = carried_meanwhile(site)
    assert "A vote stays open for 7 days" in text(site.browser(site.ada).get(f"/decide/{reform}/"))


def test_whose_change_meets_another_article_is_asked_at_home_and_looks_at_it_again(site):
    reform = carried_meanwhile(site)
    bo = site.browser(site.bo)
    assert "Look again at" in text(bo.get("/"))
    assert "Look again at" not in text(site.browser(site.ada).get("/"))
    page = text(bo.get(f"/decide/{reform}/"))
    assert "Look at your change again before the vote opens" in page
    on = re.search(r'name="on" value="(\d+)"', page)[1]
    answer = bo.post(
        f"/decide/{reform}/look-again/0/", {"on": on, "text-5.4": "For {voting_days} days, all can answer."}
    )
    assert answer.status_code == 302
    assert "For {voting_days} days" in site.polity.motions[reform].effects[0].articles
    assert "Look again at" not in text(bo.get("/"))


def test_others_are_told_what_happens_if_the_mover_does_not_look_again(site):
    reform = carried_meanwhile(site)
    page = text(site.browser(site.ada).get(f"/decide/{reform}/"))
    assert "Unless its mover looks at it again before the vote opens" in page
    assert "/look-again/" not in page
    assert site.browser(site.ada).post(f"/decide/{reform}/look-again/0/", {"on": "1"}).status_code in (403, 409)


def test_what_was_left_out_is_said_on_the_ballot(site):
    other = '[[article]]\nnumber = "4.6"\ndebate_days = 21\n'
    reform = site.move(site.bo, a.ChangeRules(REFORM + other, on=site.polity.size))
    site.decided(4, 0, a.ChangeRules(TYPO, on=site.polity.size))
    site.second(reform)
    while site.polity.motions[reform].stage is not Stage.VOTING:
        site.wait(1)
    page = text(site.browser(site.ada).get(f"/decide/{reform}/"))
    assert "Article 5.4 is left out" in page
    decide.vote(site.ada, reform, "yes")


def test_a_headline_is_a_line_however_many_articles_a_motion_changes(site):
    title = "Nothing is changed by this. " * 7
    change = "".join(f'[[article]]\nnumber = "19.{n}"\ntitle = "{title}"\ntext = "x"\n' for n in range(1, 21))
    motion = site.move(site.bo, a.ChangeRules(change, on=site.polity.size))
    said = headlines(site.polity, [motion])[motion]
    assert said.startswith("The rules change: Article 19.1, Nothing is changed by this.")
    assert said.endswith(" …")
    assert len(said) <= LONGEST
    assert "Article 19.20" in pages(site, motion)[2]


def moved_by_form(site, effect="", **fields):
    """What the form answers to a motion of Bo's."""
    browser, place = site.browser(site.bo), f"/decide/move/?effect={effect}"
    draft = re.search(r'name="draft" value="([^"]+)"', text(browser.get(place)))[1]
    given = {"draft": draft, "title": "A title", "body": "Reasons.", "branch": site.polity.root}
    return browser.post(place, given | fields)


@pytest.mark.parametrize("title", ["Paint \u202eevituc\u2066 hall", "Paint\u3164", "\u00ad"])
def test_the_title_of_a_motion_turns_no_direction_and_hides_nothing(site, title):
    answer = moved_by_form(site, title=title)
    assert answer.status_code == 400
    assert "signs that cannot be seen" in text(answer)


@pytest.mark.parametrize("deep", [100, 300, 320, 350, 400, 900])
def test_a_form_of_deep_brackets_is_a_mistake_like_any_other(site, deep):
    articles = '[[article]]\nnumber = "5.4"\nx = ' + "[" * deep + "]" * deep
    answer = moved_by_form(site, "rules&full=1", articles=articles, on=str(site.polity.size))
    assert answer.status_code in (400, 409)
    assert "too many brackets" in text(answer)


SHORTER, LONGER = REFORM.replace("14", "5"), REFORM.replace("14", "21")


def both_voted_on(site, *effects):
    """Two motions on one article, moved by Bo, whose votes are open at the same time."""
    motions = [site.move(site.bo, effect, title=f"Motion {n}") for n, effect in enumerate(effects)]
    for motion in motions:
        site.second(motion)
    site.wait(6)
    while any(site.polity.motions[motion].stage is not Stage.VOTING for motion in motions):
        site.wait(1)
    return motions


def test_two_motions_on_one_article_name_each_other_while_they_run(site):
    one, other = both_voted_on(site, a.ChangeRules(SHORTER), a.ChangeRules(LONGER))
    page = text(site.browser(site.ada).get(f"/decide/{one}/"))
    assert "Another motion on its way changes Article 5.4 too:" in page
    assert f'href="/decide/{other}/"' in page
    assert "the later one is in force (Article 6.3)" in page


def test_motions_on_one_article_are_told_apart_by_their_headlines(site):
    both_voted_on(site, a.ChangeRules(SHORTER), a.ChangeRules(LONGER))
    home = text(site.browser(site.ada).get("/"))
    assert "The rules change: Article 5.4, Voting (Days of voting: 5)" in home
    assert "The rules change: Article 5.4, Voting (Days of voting: 21)" in home


def test_a_motion_of_which_nothing_is_left_is_asked_of_nobody_and_says_so(site):
    reform = carried_meanwhile(site)
    ada = site.browser(site.ada)
    assert "nothing is left of it, and it ends without a vote" in text(ada.get(f"/decide/{reform}/"))
    site.second(reform)
    while site.polity.motions[reform].stage is not Stage.LAPSED:
        site.wait(1)
    assert "Vote on" not in text(ada.get("/"))
    assert "<h1>The rules change: Article 5.4, Voting (Days of voting: 14)</h1>" in text(ada.get(f"/decide/{reform}/"))


def test_what_else_a_motion_does_is_its_headline_where_a_change_of_rules_was_left_out(site):
    also = a.FormBranch("North", site.polity.root)
    both = site.move(site.bo, a.ChangeRules(REFORM, on=site.polity.size), also, title="Both")
    site.decided(4, 0, a.ChangeRules(TYPO, on=site.polity.size), title="Words")
    site.second(both)
    while site.polity.motions[both].stage is not Stage.VOTING:
        site.wait(1)
    page = text(site.browser(site.ada).get(f"/decide/{both}/"))
    assert "<h1>The branch North is formed, under Tenants, and one thing more</h1>" in page
    assert "Nothing is left of a change of the rules: Article 5.4, Voting." in page


def test_nobody_is_called_expelled_by_the_headline_of_a_motion_to_expel_them(site):
    motion = site.move(site.bo, a.ExpelMember(site.dee), title="Dee")
    for page in pages(site, motion)[:3]:
        assert "Expel Dee Three" in page
    assert "<h1>Expel Dee Three</h1>" in pages(site, motion)[2]
    assert "Dee Three is expelled" not in pages(site, motion)[0] + pages(site, motion)[1]


def test_no_mandate_is_called_ended_by_the_headline_of_a_motion_to_end_it(site):
    motion = site.move(site.bo, a.EndMandate(site.holds(site.ada, "chair").id), title="Ada")
    assert "<h1>Take the office Chair from Ada One</h1>" in pages(site, motion)[2]


def test_a_change_that_was_looked_at_and_left_as_it_was_is_not_said_to_be_put_otherwise(site):
    reform = carried_meanwhile(site)
    decide.look_again(site.bo, reform, 0, {}, site.polity.size)
    page = text(site.browser(site.ada).get(f"/decide/{reform}/"))
    assert "and left it as it was." in page
    assert "put its words otherwise" not in page
