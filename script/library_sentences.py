"""Prints the library's sentences as Python that gettext can read: the library itself knows nothing of translations."""

from frombelow.counting.messages import MESSAGES as COUNTING
from frombelow.polity.aloud import WORDS
from frombelow.polity.parameters import POWERS
from frombelow.polity.refusals import MESSAGES, PHASES, SMALL
from frombelow.polity.telling import AUTHORS, CHOICES, EFFECTS, OTHERS, TELLING, WHYS
from frombelow.roll.fields import TITLES
from frombelow.roll.headings import OTHER, OWN_EXPORT
from frombelow.roll.sentences import SENTENCES
from frombelow.roll.verdicts import DECISIONS, LABELS

SENTENCES_OF = (
    MESSAGES, TELLING, EFFECTS, WHYS, AUTHORS, CHOICES, OTHERS, POWERS, PHASES, WORDS, SENTENCES, TITLES, COUNTING,
    {word: word for word in (*SMALL, *DECISIONS, *LABELS, OTHER, OWN_EXPORT)},
)  # fmt: skip

if __name__ == "__main__":
    print("from django.utils.translation import gettext_noop as _\n")
    for sentences in SENTENCES_OF:
        for sentence in sentences.values():
            print(f"_({sentence!r})")
