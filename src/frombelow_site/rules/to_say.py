"""What a page's script says a change of rules with: the articles, and the words for each sort of setting.

The script reads the change from the act that is to be sealed: these are the words beside it.
"""

from typing import Any

from django.utils.translation import get_language, gettext, override

from frombelow.counting.thresholds import PRESETS
from frombelow.polity.rulebook import Rulebook
from frombelow.polity.rulebook import parameters as limits
from frombelow.polity.rulebook.aloud import WORDS
from frombelow.polity.rulebook.parameters import PARAMETERS, Between, Whole
from frombelow.polity.rulebook.writing import as_written

from .fields import NAMES

SORTS: dict[Any, str] = {
    limits.threshold: "majority", limits.quorum: "quorum", limits.seconders: "seconders", limits.truth: "truth",
    limits.zone: "text", limits.language: "text",
}  # fmt: skip


def told(book: Rulebook, language: str) -> dict[str, Any]:
    """Each article with its settings as rules write them; of each setting its name and its sort; and the sentences in
    which a setting is said, in the language of the rules and in the reader's."""
    with override(language):
        words = _words()
    return {
        "articles": {number: _article(each.title, each.text, each.settings) for number, each in book.articles.items()},
        "names": {key: str(NAMES[key]) for key in PARAMETERS},
        "sorts": {key: sort_of(key) for key in PARAMETERS},
        "presets": {name: as_written(preset) for name, preset in PRESETS.items()},
        "language": language, "words": words, "readers": {"language": get_language(), "words": _words()},
    }  # fmt: skip


def sort_of(key: str) -> str:
    """What sort of setting it is: how it is written, and said."""
    read = PARAMETERS[key].read
    if isinstance(read, Whole):
        return "number"
    return "share" if isinstance(read, Between) else SORTS[read]


def _article(title: str, text: str, settings: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "text": text, "settings": {key: as_written(value) for key, value in settings.items()}}


def _words() -> dict[str, str]:
    return {key: gettext(words) for key, words in WORDS.items()}
