"""Rulebooks to start from.

``NAME.toml`` holds everything: articles, parameters, topics, offices, and the words in English. ``LANGUAGE/NAME.toml``
holds the same rulebook's words in another language and nothing else, so that no figure can differ between languages.
"""

import re
from functools import lru_cache
from importlib.resources import files

from ..book import as_read
from ..writing import with_settings, with_words

_HERE = files(__name__)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TAG = 12  # what the rulebook's parameter takes
ENGLISH = "en"


def templates() -> list[str]:
    """The names of the rulebooks to start from."""
    return sorted(place.name.removesuffix(".toml") for place in _HERE.iterdir() if place.name.endswith(".toml"))


def languages() -> list[str]:
    """The languages in which there are words for the rulebooks."""
    return sorted({ENGLISH, *(place.name for place in _HERE.iterdir() if place.joinpath("blank.toml").is_file())})


def language_tag(text: str) -> str:
    """The tag as rulebooks write it: es_AR is es-AR. Raises ValueError where it cannot be one."""
    tag = text.replace("_", "-")
    if len(tag) > _LONGEST_TAG or not _TAG.fullmatch(tag):
        raise ValueError(f"a language is written like “en”, “es” or “es-MX”, not “{text[:40]}”")
    return tag


def words_for(language: str) -> str:
    """The language whose words a rulebook in this language gets: its own, that without the region, or English."""
    parts = language_tag(language).lower().split("-")
    known = languages()
    return next((tag for n in range(len(parts), 0, -1) if (tag := "-".join(parts[:n])) in known), ENGLISH)


@lru_cache(64)
def template(name: str, *, zone: str = "Etc/UTC", language: str = ENGLISH) -> str:
    """The text of a rulebook, for this time zone and in this language. Raises ValueError for what is no language."""
    tag, spoken = language_tag(language), words_for(language)
    text = (_HERE / f"{name}.toml").read_text(encoding="utf-8")
    if spoken != ENGLISH:
        text = with_words(text, as_read(_HERE.joinpath(spoken, f"{name}.toml").read_text(encoding="utf-8")))
    return with_settings(text, {"zone": zone, "language": tag})
