"""Whoever founds in Spanish has Spanish rules, offices and words, from the first page to the record."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from frombelow.polity import read_rulebook, replay
from frombelow.polity.rulebook.templates import languages, template, templates
from frombelow_site.beginning import rules
from frombelow_site.beginning.kinds import KINDS
from frombelow_site.door import tables
from frombelow_site.rules.fields import HOW, PART, SQUARE
from tests.beginning.conftest import FOUNDERS, KIND, OFFICES, RULES, chosen
from tests.beginning.test_founding import _fields

SPANISH = {**KIND, "language": "es", "zone": "Europe/Madrid"}
ENGLISH_WORDS = re.compile(r"\b(the|of|and|who|those|yes|at least|more than|whichever|days|somebody)\b", re.I)
PLACES = re.compile(r"\{\w+\}")


def text(answer):
    return answer.content.decode()


def test_every_language_of_the_site_has_words_for_the_rules():
    assert {code for code, _ in settings.LANGUAGES} <= set(languages())


@pytest.mark.parametrize("kind", templates())
def test_every_article_is_read_aloud_in_spanish_alone(kind):
    book = read_rulebook(template(kind, language="es", zone="Europe/Madrid"))
    with override("es"):
        for article in book.articles.values():
            assert not ENGLISH_WORDS.search(article.sentence(gettext)), article.number


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_nobody_changed_stays_as_the_spanish_template_has_it(kind):
    before = read_rulebook(template(kind, zone="Europe/Madrid", language="es"))
    after = read_rulebook(rules.write(kind, "Europe/Madrid", "es", chosen(kind)))
    assert after.values == before.values
    assert [a.text for a in after.articles.values()] == [a.text for a in before.articles.values()]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("how", list(HOW))
def test_no_spanish_article_tells_a_figure_that_was_changed(kind, how):
    share = "2" if how == SQUARE else "12%"
    data = chosen(kind) | {"quorum_how": how, "quorum_share": share, "rulebook_majority_share": "60%"}
    book = read_rulebook(rules.write(kind, "Etc/UTC", "es-MX", data))
    quorum, change = (book.articles[book.article(key)].text for key in ("quorum", "rulebook_majority"))
    assert "tres" not in quorum + change
    assert ("a sabiendas" in quorum) == (how == PART)
    assert not ENGLISH_WORDS.search(PLACES.sub("", quorum + change))


def test_the_general_resolution_tells_its_figures_in_spanish_until_they_change():
    text_ = template("general-resolution", language="es")
    with override("es"):
        assert gettext(rules.FIGURES) in text_
    assert "tres veces la mitad de esa raíz" in text_


def test_the_language_offered_first_is_that_of_the_browser(beginning, client):
    beginning.type_code()
    page = text(client.get("/begin/kind/", headers={"accept-language": "es-AR,es;q=0.9"}))
    assert 'value="es" selected' in page
    assert 'value="en" selected' in text(client.get("/begin/kind/", headers={"accept-language": "fr"}))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_founded_in_spanish(beginning, client, kind):
    beginning.type_code()
    beginning.post("kind", **{**SPANISH, "kind": kind})
    for page in ("rules", "founders", "offices"):
        fields = _fields(text(client.get(f"/begin/{page}/")))
        data = fields | ({"name0": "Ada", "mail0": "ada@example.org"} if page == "founders" else {})
        if data.get("quorum_how") == ["participating"]:
            data["quorum_knowing"] = "on"
        if page == "offices":
            data = {key: ["0"] for key in re.findall(r'name="(office-[^"]*)"', text(client.get("/begin/offices/")))}
        assert beginning.post(page, **data).status_code == 302
    client.get("/begin/look/")
    beginning.post("look", press=beginning.press())
    polity = beginning.door.polity()
    expected = read_rulebook(template(kind, zone="Europe/Madrid", language="es"))
    assert polity.book.values == expected.values
    assert polity.book.articles == expected.articles
    assert {office.title for office in polity.offices.values()} == {office.title for office in expected.offices}
    replay([data for _, data in tables.read()], until=beginning.door.clock())


def test_the_rules_page_shows_spanish_articles_with_their_figures(beginning, client):
    beginning.type_code()
    beginning.post("kind", **SPANISH)
    beginning.post("rules", **{**RULES, "debate_days": "21", "read": "1"})
    page = text(client.get("/begin/rules/"))
    assert "Una propuesta se debate durante 21 días." in page
    assert "Una propuesta necesita apoyos: 5, o 5% de quienes pueden votar, lo que sea menor." in page
    assert "Una votación cuenta si vota sí al menos 10% de quienes pueden votar." in page
    assert "Una propuesta se aprueba con más votos sí que no." in page


def found_in_spanish(beginning, client):
    beginning.type_code()
    for page, data in (("kind", SPANISH), ("rules", RULES), ("founders", FOUNDERS), ("offices", OFFICES)):
        assert beginning.post(page, **data).status_code == 302
    client.get("/begin/look/")
    beginning.post("look", press=beginning.press())


def test_the_offices_and_the_last_look_are_in_spanish(beginning, client):
    beginning.type_code()
    for page, data in (("kind", SPANISH), ("rules", RULES), ("founders", FOUNDERS), ("offices", OFFICES)):
        beginning.post(page, **data)
    for page in ("offices", "look"):
        shown = text(client.get(f"/begin/{page}/"))
        assert "Administración del servidor" in shown
        assert "Server administrator" not in shown
    assert "Una propuesta se aprueba con más votos sí que no." in shown
    assert "Todo acto que ejerce una facultad es una entrada del registro." in shown


def test_the_first_pages_after_the_founding_quote_the_rules_in_spanish(beginning, client):
    found_in_spanish(beginning, client)
    polity = beginning.door.polity()
    other = next(office.holders[0].id for office in polity.offices.values() if office.key == "secretary")
    petition = "Una revocación empieza cuando ha firmado el 10% de quienes pueden votar."
    for page, words in {
        "/next/": "Puede hacerlo Bo Two, con el cargo Secretaría.",
        "/answerability/": "Presidencia",
        "/answerability/rules/": "<h1>Estatutos de un sindicato de inquilinas e inquilinos</h1>",
        "/answerability/rules/4.6/": "Una propuesta se debate durante",
        f"/answerability/mandates/{other}/recall/": petition,
        "/decide/move/": "Una propuesta necesita apoyos: 5, o 5% de quienes pueden votar, lo que sea menor.",
    }.items():
        assert words in text(client.get(page)), page


def test_a_setting_out_of_bounds_is_told_in_spanish_too(beginning, client):
    beginning.type_code()
    beginning.post("kind", **SPANISH)
    answer = beginning.post("rules", **{**RULES, "voting_days": "99"})
    assert answer.status_code == 400
    assert "Aquí cabe un número entero de 2 a 30." in text(answer)


def test_whoever_founds_in_spanish_is_told_mistakes_in_spanish(beginning):
    beginning.up_to("founders")
    beginning.client.cookies["language"] = "es"
    founders = text(beginning.post("founders", rows="3", name0="=Ada", mail0="ada"))
    named = text(beginning.post("kind", **{**SPANISH, "name": "=1+1"}))
    assert "empieza como una fórmula" in named
    assert "empieza como una fórmula" in founders
    assert "no tiene @" in founders
    assert not re.search("begins like|has no @", named + founders)
