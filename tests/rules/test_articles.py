"""The rules by article, and how each came to be."""

from msgspec import structs

from frombelow_site.rules import articles
from tests import acts as a

CHANGE = (
    '[[article]]\nnumber = "4.6"\ntitle = "Debate"\ntext = "A motion is debated for {debate_days} days."\n'
    "debate_days = 21\n"
)
NEW = '[[article]]\nnumber = "9.9"\ntitle = "Tea"\ntext = "There is tea at meetings."\n'


def text(response):
    return response.content.decode()


def changed(site, *changes):
    for n, change in enumerate(changes):
        site.decided(4, 0, structs.replace(change, on=site.polity.size), title=f"Change {n}")


def test_the_pieces_of_an_article_read_as_its_sentence(site):
    for article in site.polity.book.articles.values():
        assert "".join(piece.text for piece in articles.pieces(article)) == article.sentence()


def test_an_article_nobody_changed_says_that_the_founders_adopted_it(site):
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert "adopted by the founders" in page
    assert "Before" not in page


def test_an_article_shows_each_decision_that_changed_it_before_and_after(site):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(CHANGE.replace("21", "28")))
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert page.count("<mark>21</mark>") == 2
    first, second = site.polity.motions
    assert page.index(second) < page.index(first)
    for motion in site.polity.motions:
        assert f"/decide/{motion}/" in page
    rules = text(site.browser(site.bo).get("/answerability/rules/"))
    assert "by the decision “The rules change: Article 4.6, Debate (Days of debate: 28)”" in rules


def test_an_article_that_was_added_and_struck_out_keeps_its_history(site):
    changed(site, a.ChangeRules(NEW), a.ChangeRules("", repeal=("9.9",)))
    page = text(site.browser(site.bo).get("/answerability/rules/9.9/"))
    assert "This article was struck out." in page
    assert "It was not there." in page
    assert "adopted by the founders" not in page
    assert "Struck out" in text(site.browser(site.bo).get("/answerability/rules/"))


def test_the_told_history_ends_with_the_rules_in_force(site):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(NEW))
    told = articles.history(site.polity)
    assert {number: found[-1].after for number, found in told.items()} == {
        number: site.polity.book.articles[number] for number in ("4.6", "9.9")
    }


def test_a_lost_change_is_in_no_history(site):
    site.decided(0, 4, a.ChangeRules(CHANGE))
    assert articles.history(site.polity) == {}


def test_a_branch_that_is_stricter_is_named_under_the_article(site):
    site.polity.branches[site.polity.root].stricter = {"debate_days": 30}
    page = text(site.browser(site.bo).get("/answerability/rules/4.6/"))
    assert "Stricter in a branch" in page
    assert "A motion is debated for <mark>30</mark> days." in page


def test_there_is_no_page_for_an_article_that_never_was(site):
    assert site.browser(site.bo).get("/answerability/rules/77.7/").status_code == 404


def test_rule_pages_ask_the_database_little(site, django_assert_max_num_queries):
    changed(site, a.ChangeRules(CHANGE), a.ChangeRules(NEW))
    motion = site.move(site.bo)
    bo = site.browser(site.bo)
    for page in (
        "",
        "4.6/",
        "what-stops-me/",
        "what-stops-me/?act=second",
        f"what-stops-me/?act=second&about={motion}",
    ):
        articles._known = None
        with django_assert_max_num_queries(12):
            assert bo.get(f"/answerability/rules/{page}").status_code == 200


def test_outsiders_learn_nothing_of_the_rules(site, client):
    for page in ("rules/", "rules/4.6/"):
        assert client.get(f"/answerability/{page}").status_code == 302
