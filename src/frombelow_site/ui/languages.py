"""In which language a page is: the one that the reader chose, else the browser's, else the organization's."""

from collections.abc import Collection
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.html import format_html
from django.utils.translation import activate, get_language, get_supported_language_variant, gettext, override
from django.utils.translation.trans_real import parse_accept_lang_header

from frombelow.polity.rulebook import Article
from frombelow_site.door import the_door


def supported(tag: str) -> str:
    """The language of the site that serves this tag; "" if none does."""
    try:
        return get_supported_language_variant(tag) if tag else ""
    except LookupError:
        return ""


def of_the_organization() -> str:
    """The language of the rulebook, if the site speaks it; else the site's own."""
    rules = the_door().replica.polity.rules
    return (supported(rules["language"]) if rules else "") or settings.LANGUAGE_CODE


def of_the_reader(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = [tag for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    return next((found for tag in (chosen, *asked) if (found := supported(tag))), "") or of_the_organization()


def spoken_of(known: Collection[str], language: str = "") -> str:
    """This language, or that of the page, where it is one of these; else English."""
    spoken = (language or get_language() or "en").partition("-")[0]
    return spoken if spoken in known else "en"


def remember(response: HttpResponse, language: str) -> None:
    """This browser asks for the language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, secure=settings.HTTPS,
        httponly=True, samesite="Lax", path=settings.LANGUAGE_COOKIE_PATH,
    )  # fmt: skip


class LanguageMiddleware(LocaleMiddleware):
    """Each answer is in the reader's language, and says so."""

    def process_request(self, request: HttpRequest) -> None:
        activate(of_the_reader(request))
        request.LANGUAGE_CODE = get_language()


# --- the rules, which are a text in one language, whoever reads them ---


def of_the_rules(language: str = "") -> str:
    """The language in which rules are read aloud: their own where the site speaks it, else the reader's."""
    rules = the_door().replica.polity.rules
    return supported(language or (rules["language"] if rules else "")) or get_language() or settings.LANGUAGE_CODE


def as_the_rules_speak(language: str = "") -> AbstractContextManager[None]:
    """Inside, sentences are in the language of the rules."""
    return override(of_the_rules(language))


def sentence_of(article: Article, language: str = "") -> str:
    """The article's text with its parameters in words, in the language of the rules."""
    with override(of_the_rules(language)):
        return article.sentence(gettext)


def aloud(article: Article, language: str = "") -> str:
    """The same, marked with its language where the page is in another."""
    spoken, sentence = of_the_rules(language), sentence_of(article, language)
    return sentence if spoken == get_language() else format_html('<span lang="{}">{}</span>', spoken, sentence)
