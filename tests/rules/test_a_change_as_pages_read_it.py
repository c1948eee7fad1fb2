"""The page's own modules, run by Node, read a change of rules as the library does, or leave it to people as it stands."""

import json
import random
import shutil
import subprocess
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st

import frombelow_site.rules
from frombelow.counting.thresholds import PRESETS, Base, Quorum, Threshold
from frombelow.polity import read_rulebook
from frombelow.polity.rulebook import parameters as limits
from frombelow.polity.rulebook.aloud import in_words
from frombelow.polity.rulebook.parameters import PARAMETERS, Between, Seconders, Whole
from frombelow.polity.rulebook.templates import languages, template, templates
from frombelow.polity.rulebook.writing import article_text, as_written, difference
from frombelow_site.rules import to_say

SCRIPTS = Path(frombelow_site.rules.__file__).parent / "static/rules"
PROGRAM = """
import { readFileSync } from "node:fs";
const { read } = await import("./spelled.mjs");
const { changes } = await import("./before_and_after.mjs");
const { told, texts, whole } = JSON.parse(readFileSync(0, "utf8"));
const plain = (value) => (value instanceof Map ? Object.fromEntries([...value].map(([k, v]) => [k, plain(v)])) : value);
const made = (text) => (whole ? changes(text, told) : read(text).map(plain));
const found = texts.map((text) => {
  try {
    return made(text);
  } catch (error) {
    if (error.constructor.name !== "Otherwise") throw error;
    return null;
  }
});
process.stdout.write(JSON.stringify(found));
"""
SEED, MANY = 13, 4_000
without_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    for place in SCRIPTS.glob("*.js"):
        text = place.read_text(encoding="utf-8").replace('.js";', '.mjs";')
        (folder / f"{place.stem}.mjs").write_text(text, encoding="utf-8")
    (folder / "ask.mjs").write_text(PROGRAM)

    def ask(texts, told=None):
        asked = json.dumps({"texts": texts, "told": told, "whole": told is not None})
        done = subprocess.run(
            ["node", str(folder / "ask.mjs")], input=asked, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def book_of(name, language):
    return read_rulebook(template(name, language=language))


def told_of(book, language):
    """What the page says a change with, where the rules' language is the reader's."""
    with override(language):
        return to_say.told(book, language)


def shares(between):
    low, high = Fraction(between.low.rstrip("%")), Fraction(between.high.rstrip("%"))
    low, high = (low / 100 if "%" in between.low else low), (high / 100 if "%" in between.high else high)
    return st.fractions(low, high, max_denominator=1000)


def possible(majority):
    """Not exactly half, which would carry both sides; and no more of everybody than can come."""
    most = majority.base is Base.ELIGIBLE and (majority.share, majority.strict) > (Fraction(3, 4), False)
    return not most and (majority.strict or majority.share > Fraction(1, 2))


def any_value(key):
    read = PARAMETERS[key].read
    if isinstance(read, Whole):
        return st.integers(read.low, read.high)
    if isinstance(read, Between):
        return shares(read)
    if read is limits.truth:
        return st.booleans()
    if read is limits.threshold:
        made = st.builds(
            Threshold, shares(limits.MAJORITY), st.sampled_from(Base), st.booleans(), shares(limits.OF_ALL)
        )
        return made.filter(possible)
    if read is limits.quorum:
        return st.builds(Quorum, *[shares(limits.OF_ALL)] * 2, shares(limits.QUORUM_ROOT))
    if read is limits.seconders:
        count = st.integers(1, 1000)
        rooted = st.builds(lambda count, root: Seconders(count, root=root), count, shares(limits.SECONDERS_ROOT))
        return st.one_of(st.builds(Seconders, count, shares(limits.SECONDERS_SHARE)), rooted)
    return st.just("Europe/Madrid" if key == "zone" else "es")


@given(st.sampled_from(sorted(PARAMETERS)).flatmap(lambda key: st.tuples(st.just(key), any_value(key))))
def test_a_setting_as_rules_write_it_is_read_as_the_setting_that_it_was(drawn):
    key, value = drawn
    assert PARAMETERS[key].read(as_written(value)) == value


def drawn_values(count):
    rng = random.Random(SEED)
    for n in range(count):
        key = sorted(PARAMETERS)[n % len(PARAMETERS)]
        yield key, _one(PARAMETERS[key].read, rng)


def _one(read, rng):
    """A value that the setting can have, quickly: many are wanted."""

    def share(high=100):
        return Fraction(rng.randint(0, high), rng.choice([100, 3, 7, 1000, 2]))

    if isinstance(read, Whole):
        return rng.choice([read.low, read.high, rng.randint(read.low, read.high)])
    if read is limits.truth:
        return rng.random() < 0.5
    if read is limits.threshold:
        preset = rng.choice([*PRESETS.values()])
        made = Threshold(share(), rng.choice(list(Base)), rng.random() < 0.5, rng.choice([Fraction(0), share()]))
        return rng.choice([preset, made])
    if read is limits.quorum:
        return Quorum(*(rng.choice([Fraction(0), share()]) for _ in range(3)))
    if read is limits.seconders:
        return rng.choice([Seconders(rng.randint(1, 1000), share()), Seconders(9, root=share() + 1)])
    return share() if isinstance(read, Between) else "Europe/Madrid"


@without_node
@pytest.mark.checker
@pytest.mark.parametrize("language", languages())
def test_a_setting_is_said_as_the_library_says_it(page, language):
    drawn, told = list(drawn_values(MANY)), told_of(book_of("club", language), language)
    texts = [
        article_text({"number": "9.99", "title": "A", "text": f"So: {{{key}}}.", key: as_written(value)})
        for key, value in drawn
    ]
    found = page([{"articles": text} for text in texts], told)
    with override(language):
        for (key, value), said in zip(drawn, found, strict=True):
            words = in_words(value, gettext)
            assert said["found"][0]["is"] == f"So: {words}."
            assert said["found"][0]["rows"] == [[told["names"][key], "–", words]]


@without_node
@pytest.mark.checker
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", templates())
def test_every_article_is_said_before_and_after_as_the_library_says_it(page, name, language):
    book = book_of(name, language)
    texts = [
        article_text({"number": number, "title": f"{each['title']}, anew"}) for number, each in book.source.items()
    ]
    found = page([{"articles": text} for text in texts], told_of(book, language))
    with override(language):
        for said, article in zip(found, book.articles.values(), strict=False):
            (one,) = [each["found"][0] for each in found if each["found"][0]["number"] == article.number]
            assert one["was"] == one["is"] == article.sentence(gettext)
            assert (one["called"], one["title"], one["rows"]) == (article.title, f"{article.title}, anew", [])
            assert said["plain"]


@without_node
@pytest.mark.checker
def test_what_a_change_does_is_told_whole(page):
    book = book_of("tenants-union", "en")
    told = told_of(book, "en")
    number = book.article("voting_days")
    whole = book.source[number]
    change = difference(book, article_text(whole | {"voting_days": 19}))
    (said,) = page([{"articles": change}], told)
    assert "19" in said["found"][0]["is"]
    assert said["found"][0]["rows"] == [[told["names"]["voting_days"], str(book["voting_days"]), "19"]]
    (said,) = page([{"articles": "", "repeal": ["4.2"]}], told)
    assert (said["found"][0]["was"], said["found"][0]["is"]) == (book.articles["4.2"].sentence(), None)
    (said,) = page([{"articles": article_text({"number": "99.1", "title": "New", "text": "We sing."})}], told)
    assert (said["found"][0]["was"], said["found"][0]["is"]) == (None, "We sing.")
    (said,) = page([{"articles": change, "without": [number]}], told)
    assert not said["plain"]
    (said,) = page([{"articles": article_text({"number": "4.2", "topics": []})}], told)
    assert not said["plain"]


UNTOLD = {
    "a place that nothing fills": article_text({"number": "5.2", "text": "It is open for {nothing}."}),
    "a setting that there is not": article_text({"number": "5.2", "weather": "fair"}),
    "part of an article that there is not": article_text({"number": "99.1", "voting_days": 3}),
    "a comment": article_text({"number": "5.2", "voting_days": 3}) + "# not so\n",
    "a text of several lines": '[[article]]\nnumber = "5.2"\ntext = """\nIt is open."""\n',
    "a key in quotes": '[[article]]\nnumber = "5.2"\n"voting_days" = 3\n',
    "a key of two parts": '[[article]]\nnumber = "5.2"\nmajority.share = "2/3"\n',
    "a number in another spelling": '[[article]]\nnumber = "5.2"\nvoting_days = 0x13\n',
    "a number with a line in it": '[[article]]\nnumber = "5.2"\nvoting_days = 1_9\n',
    "the same twice": '[[article]]\nnumber = "5.2"\nvoting_days = 3\nvoting_days = 4\n',
    "the same article twice": article_text({"number": "5.2", "voting_days": 3}) * 2,
    "a share that is none": article_text({"number": "5.2", "majority": {"share": "1/0"}}),
    "a majority that is not known": article_text({"number": "5.2", "majority": "constructor"}),
    "a part that is not known": article_text({"number": "5.2", "majority": {"share": "2/3", "__proto__": "x"}}),
    "no article’s number": '[[article]]\ntitle = "So"\n',
}


@without_node
@pytest.mark.checker
@pytest.mark.parametrize("what", UNTOLD)
def test_what_cannot_be_put_into_words_is_left_to_people_as_it_stands(page, what):
    book = book_of("tenants-union", "en")
    assert page([{"articles": UNTOLD[what]}], told_of(book, "en")) == [None]


@without_node
@pytest.mark.checker
def test_whatever_a_page_reads_of_a_text_the_library_reads_of_it_too(page):
    rng, whole = random.Random(SEED), []
    for name in templates():
        whole += [article_text(table) for table in book_of(name, rng.choice(languages())).source.values()]
    letters = "\n\r\t \"'\\[]{}=,.#_-+0123456789abtruefnx\u0000\u2028é😀"
    texts = []
    for _ in range(MANY):
        text = rng.choice(whole)
        for _change in range(rng.randint(0, 2)):
            at = rng.randrange(len(text))
            text = (
                text[:at]
                + rng.choice(["", rng.choice(letters), rng.choice(letters) * 2])
                + text[at + rng.randint(0, 2) :]
            )
        texts.append(text)
    read = 0
    for text, found in zip(texts, page(texts), strict=True):
        if found is None:
            continue
        try:
            known = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue  # then nobody reads it, and it is refused
        assert known == {"article": found}
        read += 1
    assert read > MANY // 4
