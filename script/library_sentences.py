"""Prints the library's sentences as Python that gettext can read: the library itself knows nothing of translations."""

from frombelow.counting.messages import MESSAGES as COUNTING
from frombelow.counting.reports.names import HOW
from frombelow.keys import SENTENCES as KEYS
from frombelow.lots.draws import SENTENCES as DRAWS
from frombelow.polity.kernel.refusals import FOUR, MORE, NONE, SHARED, SMALL
from frombelow.polity.kernel.subject import Subject
from frombelow.polity.kernel.words import AUTHORS, OTHERS
from frombelow.polity.motions.stages import STAGES
from frombelow.polity.rulebook.aloud import WORDS
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.subjects import SUBJECTS
from frombelow.roll.faults import LABELS
from frombelow.roll.fields import TITLES
from frombelow.roll.headings import OTHER, OWN_EXPORT
from frombelow.roll.sentences import SENTENCES
from frombelow.roll.verdicts import DECISIONS


def sentences_of(subject: Subject) -> dict[str, str]:
    """Everything that a subject says, each by itself."""
    spoken = [subject.title, *subject.refusals.values(), *subject.words.values()]
    spoken += [author.words for author in subject.authors] + [each.words for each in subject.possible]
    spoken += [kind.label for kind in subject.kinds]
    spoken += [effect.headline for effect in subject.effects if effect.headline]
    spoken += [effect.question for effect in subject.effects]
    for kind in (*subject.kinds, *subject.effects):
        spoken += [kind.sentence, *kind.variants.values()]
    return {words: words for words in spoken}


SENTENCES_OF = (
    SHARED, *map(sentences_of, SUBJECTS), AUTHORS, OTHERS, POWERS, WORDS, SENTENCES, TITLES, COUNTING, HOW, KEYS, DRAWS,
    {word: word for word in (*SMALL, NONE, FOUR, MORE, *DECISIONS, *LABELS, OTHER, OWN_EXPORT)},
    {stage: rule.phase for stage, rule in STAGES.items()}, {stage: rule.label for stage, rule in STAGES.items()},
)  # fmt: skip

if __name__ == "__main__":
    print("from django.utils.translation import gettext_noop as _\n")
    for sentences in SENTENCES_OF:
        for sentence in sentences.values():
            print(f"_({sentence!r})")
