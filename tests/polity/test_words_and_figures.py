"""An article's words read no other figure than those that the article sets."""

import tomllib

import pytest

from frombelow.polity.rulebook.book import RulebookError, read_rulebook
from frombelow.polity.rulebook.figures import strange_figure
from tests import acts as a
from tests.cast import TEMPLATES, TENANTS, TEXT, Organization


@pytest.fixture(scope="module")
def org():
    return Organization(4)


def moved(org, **said):
    """A change of the article on the debate, as a member would move it."""
    lines = "".join(f'{key} = "{words}"\n' for key, words in said.items())
    change = f'[[article]]\nnumber = "{org.polity.book.article("debate_days")}"\n{lines}debate_days = 3\n'
    return {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": (a.ChangeRules(change),)}


@pytest.mark.parametrize(
    "text",
    [
        "Before a vote there are 1{debate_days} days of debate.",
        "Before a vote there are {debate_days}0 days of debate.",
        "Before a vote there are 30 days of debate, in urgent cases {debate_days}.",
        "Before a vote there are {debate_days}.5 days of debate.",
        "Before a vote there are {debate_days}{debate_days} days of debate.",
        "Before a vote there are {debate_days}.{debate_days} days of debate.",
        "Before a vote there are twenty-{debate_days} days of debate.",
        "Before a vote there are twenty{debate_days} days of debate.",
        "Before a vote there are -{debate_days} days of debate.",
        "Before a vote there are {debate_days}% of the days of debate.",
        "Before a vote there are {debate_days}\u00bd days of debate.",
        "Before a vote there are {debate_days}\u00b2 days of debate.",
        "Before a vote there are \u0663\u0660 days of debate, in urgent cases {debate_days}.",
        "Before a vote there are \u2169 days of debate, in urgent cases {debate_days}.",
        "\u8fa9\u8bba\u4e09{debate_days}\u5929\u3002",
    ],
)
def test_an_articles_words_read_no_other_number_than_it_sets(org, text):
    refused = org.refused(a.Move, org.bo, **moved(org, text=text))
    assert "nothing applies that" in refused.sentence()


# All that joins two figures, comes before one or after one, so that a reader reads another number.
JOINING = "·:'’٫٬\u00a0\u202f‑⁒∶⋅˙ ,;&|"
BEFORE = "－﹣‐‑‒—⁻➖±−$#~"
AFTER = "％٪﹪‱°\u0336\u0338\u0366"
STRANGE = [
    *(f"At most {{running_motions}}{each}{{motion_kilobytes}} kB" for each in JOINING),
    *(f"At most {each}{{running_motions}} motions, and {{motion_kilobytes}} kB" for each in BEFORE),
    *(f"At most {{running_motions}}{each} motions, and {{motion_kilobytes}} kB" for each in AFTER),
    *(f"At most {each} {{running_motions}} motions, and {{motion_kilobytes}} kB" for each in "−–-+"),
    *(f"At most {{running_motions}} {each} motions, and {{motion_kilobytes}} kB" for each in "%‰×"),
    "At most {running_motions} ({motion_kilobytes}) kB",
]


@pytest.mark.parametrize("text", STRANGE)
def test_no_two_settings_and_no_sign_beside_one_read_as_another_number(text):
    assert strange_figure("Motions", text)


def test_an_articles_title_reads_no_other_number_than_the_article_sets(org):
    said = {"title": "30 days of debate", "text": "Before a vote there are {debate_days} days of debate."}
    assert "“30”" in org.refused(a.Move, org.bo, **moved(org, **said)).sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Before a vote there is a {debate_days}-day debate.",
        "Debate, in days: {debate_days}.",
        "Debate (in days, “{debate_days}”), then a vote.",
        "{debate_days}, and no day less.",
        "Before a vote: {debate_days} – or, where the members say so, more – days of debate.",
        "¿Días de debate? «{debate_days}».",
        "\u8fa9\u8bba{debate_days}\u5929\u3002",
    ],
)
def test_an_article_says_its_own_number_in_any_sentence(org, text):
    motion = org.do(a.Move, org.bo, **moved(org, text=text)).act.motion
    assert text in org.polity.motions[motion].effects[0].articles
    org.do(a.Withdraw, org.bo, motion=motion)


def test_who_founds_is_held_to_the_same():
    with pytest.raises(RulebookError, match="nothing applies that"):
        read_rulebook(TENANTS.replace("{debate_days} days", "30 days, or {debate_days} days"))


def test_an_article_that_sets_nothing_says_any_number():
    more = '[[article]]\nnumber = "9.9"\ntitle = "Dues"\ntext = "A member pays 5 euros a month, or 2 without work."\n'
    assert "5 euros" in read_rulebook(f"{TENANTS}\n{more}").articles["9.9"].sentence()


def test_no_template_reads_another_number_than_it_sets():
    for path in sorted(TEMPLATES.glob("**/*.toml")):
        articles = tomllib.loads(path.read_text())["article"]
        for entry in articles.values() if isinstance(articles, dict) else articles:
            assert not strange_figure(entry["title"], entry["text"]), path
