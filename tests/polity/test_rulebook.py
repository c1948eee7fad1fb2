"""The rulebook: what it says, how it is changed, and every mistake named with its article and line."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.counting.thresholds import PRESETS, Base, Quorum, Tally, Threshold
from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.rulebook import Rulebook
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.book import _as_hard
from frombelow.polity.rulebook.parameters import PARAMETERS, Seconders, fraction, stricter_or_equal, threshold
from frombelow.polity.rulebook.templates import template, templates
from tests.cast import TENANTS, article, rules


def mistake(text):
    with pytest.raises(RulebookError) as caught:
        read_rulebook(text)
    return caught.value


def outcome(read, value, mistakes):
    """What is read, or the mistake that is named; anything else that is raised comes through."""
    try:
        return read(value)
    except mistakes as error:
        return error


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(part) or f'"{part}"' in line)


@pytest.mark.parametrize(
    ("key", "value", "number", "why"),
    [
        ("quorum", '{ yes_of_eligible = "120%" }', "5.6", "outside what is possible"),
        ("quorum", '{ participating = "20%" }', "5.6", "knowingly = true"),
        ("quorum", '{ turnout = "20%" }', "5.6", "is not known here"),
        ("quorum", "{}", "5.6", "a table with"),
        ("quorum", '{ yes_root = "4" }', "5.6", "outside"),
        ("debate_days", "-3", "4.6", "outside what is possible: from 3 to 90"),
        ("debate_days", "14.5", "4.6", "a whole number"),
        ("debate_days", "true", "4.6", "a whole number"),
        ("debate_days", '"14"', "4.6", "a whole number"),
        ("franchise_days", "181", "5.2", "outside"),
        ("recall_petition", "0.1", "7.1", "in quotes"),
        ("recall_petition", '"a tenth"', "7.1", "is no share"),
        ("recall_petition", '"1/0"', "7.1", "is no share"),
        ("recall_petition", '"-10%"', "7.1", "outside"),
        ("recall_petition", '"1e999999999"', "7.1", "is no share"),
        ("recall_petition", '"34%"', "7.1", "outside"),
        ("seconders", '{ count = 5, share = "5%", root = "1/2" }', "4.2", "not both"),
        ("seconders", '{ share = "5%" }', "4.2", "a whole number"),
        ("seconders", "5", "4.2", "a table"),
        ("majority", '"landslide"', "6.1", "is no known majority"),
        ("majority", '{ share = "1/2" }', "6.1", "carry both sides"),
        ("majority", '{ share = "1/3" }', "6.1", "outside"),
        ("majority", '{ share = "2/3", of = "rich" }', "6.1", "nothing to take a share of"),
        ("majority", '{ share = "2/3", of = ["cast"] }', "6.1", "nothing to take a share of"),
        ("majority", '{ share = "2/3", more_than = 1 }', "6.1", "true or false"),
        ("majority", '{ share = "2/3", of = "present" }', "6.1", "nobody present"),
        ("majority", '{ share = "3/4" }', "6.3", "easier than an ordinary motion"),
        ("rulebook_majority", '"simple"', "", ""),
        ("rulebook_majority", '{ share = "2/3", yes_of_eligible = "80%" }', "6.3", "outside"),
        ("zone", '"Europe/Atlantis"', "1.2", "there is no time zone"),
        ("zone", '"Europe"', "1.2", "there is no time zone"),
        ("zone", '"../../etc/passwd"', "1.2", "there is no time zone"),
        ("zone", '"tzdata"', "1.2", "there is no time zone"),
        ("zone", '"' + "a" * 300 + '"', "1.2", "there is no time zone"),
        ("zone", "1", "1.2", "Europe/Madrid"),
        ("language", '"e"', "1.3", "a language is written"),
        ("stepped_back_in_quorum", '"yes"', "5.8", "true or false"),
        ("recall_days", "5", "7.4", "before the officer's time to reply is over"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_its_article_and_line(key, value, number, why):
    text = rules(**{key: value})
    if not number:
        read_rulebook(text)  # the bounds allow it
        return
    found = mistake(text)
    assert found.article == number
    assert why in found.why
    assert found.line == line_of(text, f"{'rulebook_majority' if 'easier' in why else key} = ")
    assert str(found).startswith(f"Article {number}, line {found.line}: ")


def with_article(number, extra):
    return TENANTS.replace(f'number = "{number}"\n', f'number = "{number}"\n{extra}\n')


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        (with_article("4.6", "debait_days = 3"), "4.6", "there is no parameter “debait_days”"),
        (
            with_article("4.7", "debate_days = 3").replace("question that was", "{debate_days} question that was"),
            "4.7",
            "“debate_days” stands in Article 4.6 already",
        ),
        (with_article("6.1", 'topics = ["motions"]'), "6.1", "“motions” stands in Article 4.1 already"),
        (with_article("6.1", 'topics = ["magic"]'), "6.1", "topics are a list"),
        (with_article("6.1", "topics = [[1]]"), "6.1", "topics are a list"),
        (TENANTS.replace("debate_days = 14\n", ""), "4.6", "the text speaks of {debate_days}"),
        (
            TENANTS.replace("{debate_days}", "some").replace("debate_days = 14\n", ""),
            "",
            "no article says “debate_days”",
        ),
        (TENANTS.replace('topics = ["effects"]', ""), "", "no article says “effects”"),
        (TENANTS.replace('number = "6.2"', 'number = "6.1"'), "6.1", "two articles with this number"),
        (TENANTS.replace('number = "6.2"', "number = 6.2"), "", "a number in quotes"),
        (TENANTS.replace('number = "6.2"', 'number = "six"'), "", "a number in quotes"),
        (TENANTS.replace('title = "Effects"', 'title = ""'), "6.2", "a title and a text"),
        ("format = 2", "", "format = 1"),
        ("format = 1", "", "a title is needed"),
        ("format = ", "", "this is not TOML"),
        ("x = " + "[" * 20_000, "", "not TOML"),
        ("x = " + "9" * 20_000, "", "not TOML"),
        ('format = 1\ntitle = "T"\narticle = 3', "", "begins with [[article]]"),
        ('format = 1\ntitle = "T"\nemergency = true', "", "“emergency” is not known here"),
    ],
)
def test_a_mistake_in_the_text_is_named(text, number, why):
    found = mistake(text)
    assert found.article == number
    assert why in found.why


OFFICE = '\n[[office]]\nkey = "x"\ntitle = "X"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (OFFICE + "seats = 0", "nobody could fill the office “X”: 0 is outside"),
        (OFFICE + 'powers = ["suspend-the-rules"]', "there is no power “suspend-the-rules”"),
        (OFFICE + 'powers = [["open-votes"]]', "there is no power"),
        (OFFICE + 'powers = "open-votes"', "powers are a list"),
        (OFFICE + "term_months = 37", "outside"),
        (OFFICE + "salary = 1", "is not known here"),
        ('\n[[office]]\ntitle = "X"', "the office “X” needs key"),
        (OFFICE.replace('"x"', '"chair"'), "two offices with the key “chair”"),
    ],
)
def test_an_office_that_nobody_could_fill_is_named(text, why):
    found = mistake(TENANTS + text)
    assert why in found.why
    assert found.line == line_of(TENANTS + text, "Server administrator") + 3


# --- changes ---

BOOK = read_rulebook(TENANTS)


def test_a_change_replaces_whole_articles_and_counts_the_version():
    changed = BOOK.changed(article("4.6", debate_days=30))
    assert (changed["debate_days"], changed.version, BOOK["debate_days"]) == (30, 2, 14)
    assert changed.articles["4.6"].sentence() == "A motion is debated for 30 days."


def test_an_article_is_added_and_repealed():
    added = BOOK.changed('[[article]]\nnumber = "10.1"\ntitle = "Tea"\ntext = "There is tea."')
    assert added.articles["10.1"].sentence() == "There is tea."
    assert "10.1" not in added.changed("", ("10.1",)).articles


@pytest.mark.parametrize("number", ["4.6", "1.1", "6.3"])
def test_no_article_that_is_needed_is_repealed(number):
    with pytest.raises(RulebookError, match="each parameter and topic needs one"):
        BOOK.changed("", (number,))


def test_what_is_not_there_is_not_repealed():
    with pytest.raises(RulebookError, match=r"Article 9\.9: there is no such article"):
        BOOK.changed("", ("9.9",))


def test_a_change_that_says_one_article_twice_is_refused():
    with pytest.raises(RulebookError, match="two articles with this number"):
        BOOK.changed(article("4.6") + "\n" + article("4.6", debate_days=30))


def test_a_change_brings_no_offices_in():
    with pytest.raises(RulebookError, match="“office” is not known here"):
        BOOK.changed(OFFICE)


def test_a_parameter_moves_to_another_article():
    moved = BOOK.changed(
        '[[article]]\nnumber = "10.1"\ntitle = "Debate"\ntext = "{debate_days} days."\ndebate_days = 20', ("4.6",)
    )
    assert moved.article("debate_days") == "10.1"


SHARES = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)])
MAJORITIES = st.builds(
    Threshold, SHARES, st.sampled_from([Base.YES_NO, Base.CAST, Base.ELIGIBLE]), st.booleans(),
    st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2)]),
)  # fmt: skip


@given(MAJORITIES, MAJORITIES, *[st.integers(0, 12)] * 4)
def test_changing_the_rules_is_never_easier_than_an_ordinary_motion(rules_, simple, yes, no, abstain, silent):
    tally = Tally(yes, no, abstain, yes + no + abstain + silent)
    if _as_hard(rules_, simple) and rules_.met(tally):
        assert simple.met(tally)


@given(MAJORITIES, MAJORITIES, *[st.integers(0, 12)] * 4)
def test_a_branchs_stricter_majority_is_stricter_for_every_tally(whole, branch, yes, no, abstain, silent):
    tally = Tally(yes, no, abstain, yes + no + abstain + silent)
    if stricter_or_equal("majority", whole, branch) and branch.met(tally):
        assert whole.met(tally)


# --- words ---


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (14, "14"),
        (Fraction(1, 10), "10%"),
        (Fraction(2, 3), "2/3"),
        (Seconders(5, Fraction(1, 20)), "5, or 5% of those who may vote, whichever is fewer"),
        (Seconders(5, root=Fraction(1, 2)), "5, or 1/2 times the square root of those who may vote, whichever is fewer"),
        (PRESETS["simple"], "more yes than no"),
        (PRESETS["absolute of cast"], "more than 1/2 of the answers cast"),
        (threshold({"share": "2/3", "yes_of_eligible": "25%"}), "at least 2/3 of yes and no, and yes from at least 25% of all who may vote"),
        (Quorum(), "somebody may vote"),
        (Quorum(Fraction(1, 5), Fraction(1, 10)), "at least 20% of those who may vote take part and at least 10% of those who may vote say yes"),
    ],
)  # fmt: skip
def test_every_setting_can_be_read_aloud(value, words):
    assert in_words(value) == words


@pytest.mark.parametrize("key", PARAMETERS)
@pytest.mark.parametrize("name", templates())
def test_every_setting_of_every_rulebook_to_start_from_can_be_read_aloud(name, key):
    assert in_words(read_rulebook(template(name))[key])


def test_words_for_what_is_no_setting_there_are_none():
    with pytest.raises(TypeError):
        in_words(1.5)


@pytest.mark.parametrize(
    ("text", "value"),
    [("20%", Fraction(1, 5)), ("2/3", Fraction(2, 3)), ("0.5", Fraction(1, 2)), ("12.5%", Fraction(1, 8)), ("0", 0)],
)
def test_shares_are_exact(text, value):
    assert fraction(text) == value


@given(st.text(max_size=300))
def test_any_text_is_a_rulebook_or_a_named_mistake(text):
    for read in (read_rulebook, BOOK.changed):
        found = outcome(read, text, RulebookError)
        assert isinstance(found, Rulebook) or str(found)


@given(st.sampled_from(sorted(PARAMETERS)), st.recursive(
    st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.floats(), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["share", "of", "count", "root", "x"]), inner, max_size=3),
    max_leaves=5,
))  # fmt: skip
def test_any_value_is_a_setting_or_a_named_mistake(key, value):
    found = outcome(PARAMETERS[key].read, value, ValueError)
    assert str(found) if isinstance(found, ValueError) else in_words(found)


# --- texts that are written to stop whoever reads them ---

DEEP = ".".join("a" * 15_000)
ARTICLE = '[[article]]\nnumber = "4.20"\ntitle = "A"\ntext = "B"\n'


@pytest.mark.parametrize(
    "patch",
    [
        f"[[article]]\nnumber = {{{DEEP} = 1}}\n",
        f"{ARTICLE}voting_days = {{{DEEP} = 1}}\n",
        f"{ARTICLE}seconders = {{count = {{{DEEP} = 1}}}}\n",
        f"{ARTICLE}majority = {{of = {{{DEEP} = 1}}}}\n",
        f"{ARTICLE}quorum = {{participating = {{{DEEP} = 1}}}}\n",
        f"[[article]]\nnumber = 0x{'f' * 30_000}\n",
        f"{ARTICLE}voting_days = 0x{'f' * 30_000}\n",
        f"{ARTICLE}topics = [{{{DEEP} = 1}}]\n",
    ],
    ids=["number", "whole", "count", "of", "share", "long number", "long whole", "topics"],
)
def test_what_is_too_deep_to_be_quoted_is_a_mistake_like_any_other(patch):
    with pytest.raises(RulebookError) as found:
        read_rulebook(TENANTS).changed(patch)
    assert len(str(found.value)) < 1_000


@pytest.mark.parametrize(
    "key",
    [DEEP, f"[{DEEP}]", f"  [[ {DEEP} ]]", f"\"a\".'b' . {DEEP}", f'"\\"" . {DEEP}',
     f"x = {{{DEEP} = 1}} #", f"x = {{a = 1, \"b\" . {DEEP} = 1}} #", f"x = [[{{ '' . {DEEP} = 1}}]] #"],
)  # fmt: skip
def test_a_key_of_thousands_of_parts_is_refused_before_it_takes_the_memory(key, monkeypatch):
    monkeypatch.setattr("tomllib.loads", lambda text: pytest.fail("it was read"))
    with pytest.raises(RulebookError, match=r"line 2: .* a key of so many parts"):
        read_rulebook(f"# rules\n{key} = 1\n")


def test_a_text_with_many_points_is_no_key_of_many_parts():
    text = "\\n".join(["See 1.2.3.4.5.6.7.8.9.10.11.12 and so on", "a. b. c. d. e. f. g. h. i. j. k. l, and the rest"])
    patch = f'[[article]]\nnumber = "4.20"\ntitle = "A"\ntext = """\n{text}"""\n'
    assert "4.20" in read_rulebook(TENANTS).changed(patch).articles


@pytest.mark.parametrize(
    "line",
    ['"' + '\\"' * 1_000_000, '"\\"' * 500_000, '"' * 1_000_000, "'\"" * 500_000, "a" * 2_000_000, "-" * 2_000_000,
     ("a" * 300 + ".") * 97 + "a ", ('"".' * 97 + '" ') * 3_000, ("a." * 97 + "a ") * 5_000, "a " * 1_000_000],
    ids=lambda line: line[:6],
)  # fmt: skip
@pytest.mark.many
def test_a_text_is_looked_through_once_for_keys_of_many_parts(line):
    # Looked through anew from each of its signs, it would take hours.
    with pytest.raises(RulebookError, match="TOML"):
        read_rulebook(f"title = {line}")


def test_a_long_line_of_space_is_passed_over():
    # Read again from each of its places, it would take an hour.
    with pytest.raises(RulebookError, match=r"Article 4\.20, line 6"):
        read_rulebook(TENANTS).changed(f"{ARTICLE}{' ' * 1_000_000}\nhall = 1\n")


def test_an_article_has_a_number_in_the_digits_of_all_others():
    for number in ("4.2\u0660", "4.2\uff10"):
        with pytest.raises(RulebookError, match="needs a number"):
            read_rulebook(TENANTS).changed(ARTICLE.replace("4.20", number))


@pytest.mark.parametrize("sign", ["\\u202e", "\\u2066", "\\u001b", "\\u0085", "\\u2028"])
def test_a_text_holds_no_signs_that_cannot_be_seen(sign):
    for patch in (ARTICLE.replace('"B"', f'"B {sign}"'), ARTICLE.replace('"A"', f'"A {sign}"')):
        with pytest.raises(RulebookError, match=r"Article 4\.20, line 1: the text holds signs that cannot be seen"):
            read_rulebook(TENANTS).changed(patch)
    with pytest.raises(RulebookError, match="signs that cannot be seen"):
        read_rulebook(TENANTS.replace('title = "Chair"', f'title = "Chair{sign}"'))


def test_lines_and_tabs_are_no_such_signs():
    patch = ARTICLE.replace('"B"', '"B\\n\\tand שלום, فاطمة"')
    assert read_rulebook(TENANTS).changed(patch).articles["4.20"].text == "B\n\tand שלום, فاطمة"
