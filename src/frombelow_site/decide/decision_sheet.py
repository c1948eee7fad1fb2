"""A decision as a PDF that speaks for itself: its words, figures and article, its entry, and how to check it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frombelow.polity import Question, kind_of
from frombelow.polity.motions.acts import RuleOut
from frombelow.polity.rulebook.acts import Restate
from frombelow.polity.votes.acts import CloseVote, SettleVote
from frombelow_site.door import the_door
from frombelow_site.door.models import Entry
from frombelow_site.ui.clock import day, figure
from frombelow_site.ui.languages import sentence_of
from frombelow_site.ui.sheets import BOLD, EVEN, Said, sheets

HEADING, SMALL = 13.0, 7.5


def decision_sheet(motion: Question, shown: dict[str, Any], organization: str, vkey: str) -> bytes:
    """The sheet of what was decided, with the proofs of its entries attached; ``shown`` is what its page shows."""
    rows = Entry.objects.filter(index__in=_indexes(motion, shown["author"])).order_by("index")
    entries = {row.index: bytes(row.data) for row in rows}
    text = [
        *_head(motion, shown, organization), *_words(shown), *_figures(motion, shown),
        *_proof(motion, shown["author"], entries, vkey),
    ]  # fmt: skip
    files = [(f"entry-{index}.tlog-proof", the_door().receipt(index, data)) for index, data in entries.items()]
    words = f"{shown['heading']}\n\n{shown['body']}\n" if shown["body"] else ""
    files += [("words.txt", words.encode())] if words else []
    return sheets(f"{motion.number} · {organization}", get_language() or "en", text, files)


def _indexes(motion: Question, author: Question) -> set[int]:
    """The entries with which it was put and put otherwise, its votes closed and what rested was settled; of an appeal,
    also those with which the other motion was moved and ruled out."""
    kinds = [kind_of(Restate), kind_of(CloseVote), kind_of(SettleVote)]
    found = Entry.objects.filter(about=motion.id, kind__in=kinds)
    if author is not motion:
        found |= Entry.objects.filter(about=author.id, kind=kind_of(RuleOut), index__lt=motion.entry)
    return {author.entry, motion.entry, *found.values_list("index", flat=True)}


def _head(motion: Question, shown: dict[str, Any], organization: str) -> Iterator[Said]:
    yield Said(f"{organization} · {motion.number} · {shown['kind']} · {shown['branch'].name}", 9)
    yield Said(shown["title"], 17, BOLD, 10)
    yield Said(f"{shown['outcome']}, {day(motion.closed_on)}", 12, BOLD, 8)
    if shown["does"]:
        yield Said(shown["did"])
    for row in shown["does"]:
        yield Said(f"– {row['words']}")
        if row["void"]:
            yield Said(_("This had become impossible and is void."))
    for each in shown["named"]:
        yield Said(f"{each.name}: {each.apart}.", 9)


def _words(shown: dict[str, Any]) -> Iterator[Said]:
    yield Said(_("The motion"), HEADING, BOLD, 16)
    yield Said(shown["heading"], 10.5, BOLD)
    yield Said(shown["body"] or _("The words of this motion were erased. Its mark in the record stays."))
    if shown["ruled"]:
        who, article = shown["ruled"]
        yield Said(_("The ruling"), HEADING, BOLD, 16)
        yield Said(f"{shown['names'][who]}, {_('Article')} {article}", 9)
        yield Said(shown["ruling"])
    for _who, text in shown["replies"]:
        yield Said(_("The reply"), HEADING, BOLD, 16)
        yield Said(text)
    for change in shown["changes"]:
        yield Said(f"{change['number']} {change['title']}", HEADING, BOLD, 16)
        yield Said(_("Before"), 9, BOLD)
        yield Said(sentence_of(change["was"]) if change["was"] else _("It is not there."))
        yield Said(_("After"), 9, BOLD)
        yield Said(sentence_of(change["is"]) if change["is"] else _("It is struck out."))


def _figures(motion: Question, shown: dict[str, Any]) -> Iterator[Said]:
    yield Said(_("The figures"), HEADING, BOLD, 16)
    yield Said(
        _("%(yes)s yes, %(no)s no, %(abstain)s abstained: %(cast)s of %(of)s answered.")
        % {
            "yes": figure(motion.yes), "no": figure(motion.no), "abstain": figure(motion.abstain),
            "cast": figure(motion.cast), "of": figure(motion.eligible),
        }
    )  # fmt: skip
    if shown["apart"]:
        yield Said(f"{shown['apart']}.")
    decided_by = shown["decided_by"]
    yield Said(
        _("Article %(number)s decided it: %(text)s")
        % {"number": decided_by.number, "text": sentence_of(decided_by)}
    )  # fmt: skip


def _proof(motion: Question, author: Question, entries: dict[int, bytes], vkey: str) -> Iterator[Said]:
    yield Said(_("How to check it"), HEADING, BOLD, 16)
    decided = max(entries)
    yield Said(
        _("It was put with entry %(moved)s of the record and decided with entry %(decided)s. They stand below as they "
          "were hashed; people are ids in them. Their proofs are attached to this file: any program that reads C2SP "
          "tlog-proof checks them against the key. Who has the whole record runs: frombelow verify record.zip")
        % {"moved": figure(motion.entry), "decided": figure(decided)}
    )  # fmt: skip
    if more := [figure(index) for index in entries if index not in (motion.entry, decided)]:
        said = _("What belongs to it stands below too, as it was moved, put otherwise, ruled out or voted on: entries "
                 "%(more)s.")  # fmt: skip
        yield Said(said % {"more": ", ".join(more)})
    if motion.text:
        yield Said(
            _("The words are attached as words.txt, also with letters that this sheet shows as “¤”. The mark of them "
              "in the record is “text” in entry %(n)s.") % {"n": figure(author.entry)}
        )  # fmt: skip
    yield Said(_("The key of the record"), 9, BOLD, 8)
    yield Said(vkey, SMALL, EVEN)
    for index, data in entries.items():
        yield Said(_("Entry %(n)s") % {"n": figure(index)}, 9, BOLD, 8)
        yield Said(data.decode(), SMALL, EVEN)
    yield Said(_("The proof of entry %(n)s, with the checkpoint") % {"n": figure(decided)}, 9, BOLD, 8)
    yield Said(the_door().receipt(decided).decode(), SMALL, EVEN)
