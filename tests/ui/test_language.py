"""Pages in the language that was chosen, else the browser's, else the organization's; rules in their own."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from frombelow.polity import read_rulebook
from frombelow.polity.rulebook.templates import template
from frombelow_site.ui import clock
from frombelow_site.ui.languages import supported
from frombelow_site.ui.templatetags.site import percent

RULES = read_rulebook(template("tenants-union", language="es"))


def language(answer):
    return re.search(r'<html lang="([\w-]+)"', answer.content.decode())[1]


@pytest.fixture
def spanish(site, monkeypatch):
    """The organization's rules are in Spanish."""
    monkeypatch.setattr(site.polity, "rules", RULES)
    return site


@pytest.mark.parametrize(
    ("tag", "found"), [("es", "es"), ("es-AR", "es"), ("ES-mx", "es"), ("en-GB", "en"), ("fr", ""), ("*", ""), ("", "")]
)
def test_a_region_is_served_by_its_language(tag, found):
    assert supported(tag.lower()) == found


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("es-AR,es;q=0.9", "es"), ("fr,es;q=0.5,en;q=0.1", "es"), ("fr", "en"), ("*", "en"), (";;,", "en")],
)
def test_the_browser_s_first_language_that_there_is_counts(site, asked, shown):
    assert language(Client().get("/enter/", headers={"accept-language": asked})) == shown


def test_who_asks_for_none_that_there_is_gets_the_organization_s(spanish):
    assert language(Client().get("/enter/", headers={"accept-language": "fr"})) == "es"
    assert language(Client().get("/enter/")) == "es"


def test_rules_are_read_in_their_own_language_and_say_so(spanish):
    page = spanish.browser(spanish.bo).get("/answerability/rules/6.1/").content.decode()
    assert '<h1 lang="es">Mayor' not in page  # who asks for no language gets Spanish pages
    english = spanish.browser(spanish.bo).get("/answerability/rules/6.1/", headers={"accept-language": "en"})
    page = english.content.decode()
    assert '<h1 lang="es">Mayoría</h1>' in page
    assert '<span lang="es"> Una propuesta se aprueba con <mark>más votos sí que no</mark>.' in " ".join(page.split())
    assert "All articles" in page


def test_days_and_figures_are_written_as_the_language_does(site):
    moment = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    with override("es"):
        assert clock.date_of(date(2026, 11, 29)) == "29 de noviembre de 2026"
        assert clock.figure(1234567) == "1\xa0234\xa0567"
        assert percent(125) == "12,5%"
    with override("en"):
        assert clock.date_of(moment) == "29 November 2026"
        assert clock.minute_of(moment) == "29 November 2026, 23:30"
        assert percent(125) == "12.5%"
