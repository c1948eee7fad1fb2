"""Woman, man or another, as pages say it. The roll and the record have it in words of their own, the same in every
language."""

from typing import Any

from django.utils.translation import pgettext_lazy

from frombelow.roll.sexes import ANOTHER, MAN, WOMAN

NOT_SAID = "not said"
WORDS: dict[str, Any] = {
    WOMAN: pgettext_lazy("a person", "woman"), MAN: pgettext_lazy("a person", "man"),
    ANOTHER: pgettext_lazy("a person", "another"), NOT_SAID: pgettext_lazy("of a person", "not said"),
}  # fmt: skip


def in_words(sex: str) -> str:
    """As a page says it; "" where nothing is said."""
    return str(WORDS.get(sex, sex))


def of_field(field: str, text: str) -> str:
    """What a card, or a list, has in a field, as a page says it."""
    return in_words(text) if field == "sex" else text
