"""Everything that the site says is there in Spanish."""

import ast
import html
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import polib
import pytest
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import override, trans_real
from script.library_sentences import SENTENCES_OF

import frombelow_site
from frombelow.polity import Refused
from frombelow_site.ui.refusals import sentence

SITE = Path(frombelow_site.__file__).parent
SPANISH = SITE / "locale/es/LC_MESSAGES/django.po"
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+(?::\w+)?\}")


@pytest.fixture(scope="module")
def spanish():
    return polib.pofile(str(SPANISH))


def in_python():
    """Every literal that the site's Python asks to be translated, by whatever name it calls who translates."""
    for path in SITE.rglob("*.py"):
        tree, ask = ast.parse(path.read_text()), set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                ask |= {each.asname or each.name for each in node.names if "gettext" in each.name}
        context = {name for name in ask if name.startswith("pgettext")}
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[*_, ast.Constant(value=str(words))]) if name in context:
                    yield words
                case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(words)), *_]) if name in ask:
                    yield words


def in_templates():
    """Every sentence of the templates, as the catalogue spells it."""
    for path in SITE.rglob("templates/**/*.html"):
        name = str(path).partition("/templates/")[2]
        nodes = engines["django"].get_template(name).template.nodelist
        for node in nodes.get_nodes_by_type(TranslateNode):
            words = node.filter_expression.var
            if isinstance(words, str):
                yield words
            elif getattr(words, "literal", None) is not None:
                yield words.literal
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            yield node.render_token_list(node.singular)[0]


def test_no_sentence_is_missing(spanish):
    there = {entry.msgid.replace("%%", "%") for entry in spanish if entry.translated()}
    wanted = {*in_python(), *in_templates(), *(each for every in SENTENCES_OF for each in every.values())}
    wanted = {words.replace("%%", "%") for words in wanted}
    assert len(wanted) > 1_000
    assert sorted(wanted - there - {""}) == []


def test_nothing_waits_to_be_looked_at(spanish):
    assert [entry.msgid for entry in spanish.untranslated_entries()] == []
    assert [entry.msgid for entry in spanish.fuzzy_entries()] == []


def test_every_translation_has_the_places_of_its_sentence(spanish):
    for entry in spanish:
        for words in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            asked = {*PLACES.findall(entry.msgid), *PLACES.findall(entry.msgid_plural)}
            assert set(PLACES.findall(words)) <= asked, entry.msgid
            assert entry.msgid_plural or set(PLACES.findall(words)) == asked, entry.msgid


def test_the_compiled_catalogue_is_that_of_the_words(spanish):
    spanish.metadata_is_fuzzy = False
    assert SPANISH.with_suffix(".mo").read_bytes() == spanish.to_binary()


def test_a_refusal_is_said_in_spanish():
    with override("es"):
        said = sentence(Refused("4.2", "too-few-seconders", needed=5, there=3))
    assert said.startswith("Artículo 4.2:")
    assert "cinco" in said
    assert "tres" in said


def test_a_page_is_in_spanish_for_who_reads_spanish(site):
    text = site.browser(site.bo).get("/decide/", headers={"accept-language": "es"}).content.decode()
    assert '<html lang="es"' in text
    assert "Presentar una propuesta" in text


def test_no_page_asks_for_words_that_are_not_there_in_spanish(site, monkeypatch):
    """Words that come from a table are found by no reader of the code: pages ask for them, and here each is there."""
    site.admit(8)
    site.decided(9)
    site.second(site.move(title="Two seconds"))
    site.petition()
    site.voting()
    site.wait(1)
    missing = set()
    ask = trans_real.DjangoTranslation.gettext

    def gettext(catalogue, words):
        if catalogue.language() == "es" and words and words not in catalogue._catalog:
            missing.add(words)
        return ask(catalogue, words)

    monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", gettext)
    for person in (site.bo, site.ada, site.eve):
        browser, todo, seen, shapes = site.browser(person), ["/"], set(), Counter()
        while todo:
            place = todo.pop()
            answer = browser.get(place, headers={"accept-language": "es"})
            if "text/html" not in answer.get("content-type", ""):
                continue
            for found in re.findall(r'href="([^"#]*)', answer.content.decode()):
                found = urljoin(place, html.unescape(found))
                shape = re.sub(r"[a-z2-7]{26}|\d+", "*", found)
                if found.startswith("/") and found not in seen and shapes[shape] < 5:
                    seen.add(found)
                    shapes[shape] += 1
                    todo.append(found)
        assert len(seen) > 100
    assert sorted(missing) == []
